package main

import (
	"os"
	"path/filepath"
	"time"

	"firebreak/app/session"
	"firebreak/app/stage"
)

// testWith runs a script of the shop as the critical tests.
func testWith(script string) func(*stage.Stage, string) error {
	return func(s *stage.Stage, folder string) error {
		path := filepath.Join(folder, "shop", "test.sh")
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
			return err
		}
		if err := acceptCommands(s, folder); err != nil {
			return err
		}
		var failed error
		s.Desk.RunTests(session.TestsWanted{Line: "./test.sh --grep auth", Typed: true}, func(err error) { failed = err })
		s.Pass(time.Second)
		return failed
	}
}

// greenTests are tests that pass, with the colours of a terminal.
const greenTests = `printf '\n  \033[1mvalidateToken\033[0m\n'
for n in 1 2 3 4 5 6 7 8; do printf '    \033[32m✓\033[0m accepts token %s of the corpus (%sms)\n' $n $((n * 3)); done
printf '\n  \033[32m38 passing\033[0m (4s)\n'
`

// redTests are tests that fail.
const redTests = `printf '  validateToken\n    1) accepts a token with dashes\n\n  37 passing (4s)\n  1 failing\n\n'
printf '  1) validateToken accepts a token with dashes:\n     AssertionError: expected false to be true, and a line that is longer than the sheet is wide, so that it has to be broken somewhere in its middle\n      at src/auth/token.test.ts:42:18\n'
exit 1
`
