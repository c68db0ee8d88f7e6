package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

// The exit codes. They are a promise to scripts, and never change their meaning.
const (
	ExitOK       = 0
	ExitFailed   = 1 // the disk or the store
	ExitUsage    = 2 // the command line is wrong
	ExitNoWindow = 3 // no display, or built without a window
	ExitRefused  = 4 // the workflow says no; the message says what to do
	ExitNothing  = 5 // what was asked for is not there
	ExitConflict = 6 // somebody changed a file, and it was kept
	ExitDamaged  = 7 // the data is damaged or missing, and was not changed
	ExitRepaired = 8 // it was damaged, and nothing of it is lost
	ExitLoss     = 9 // it was damaged, and not all of it could be brought back
)

// exitHelp explains the exit codes in the help and in the manual page.
const exitHelp = `Exit codes:
  0  done
  1  failed: the disk, the store, the repository; or a check found something
  2  the command line is wrong
  3  no window: no display, or built without one
  4  refused by the workflow: the message says what to do
  5  nothing found: no such incident, entry or document
  6  a file was changed by somebody since it was written, and was kept
  7  the data is damaged or missing, and nothing was changed: firebreak doctor
  8  the data was damaged and is repaired; nothing is lost
  9  the data was damaged, and not all of it could be brought back`

// failure is an error that knows its exit code.
type failure struct {
	exit int
	code string // stable, for programs
	says string // for the person: what happened, and what to do
}

// Error is what the person reads.
func (f *failure) Error() string { return f.says }

func wrongUsage(format string, args ...any) error {
	return &failure{exit: ExitUsage, code: "usage", says: fmt.Sprintf(format, args...)}
}

func nothing(code, format string, args ...any) error {
	return &failure{exit: ExitNothing, code: code, says: fmt.Sprintf(format, args...)}
}

// exitOf is the exit code that an error ends the program with.
func exitOf(err error) int {
	var rule *workflow.RuleError
	var known *failure
	var damaged *data.Damaged
	var missing *data.Missing
	var held *session.HeldError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &damaged), errors.As(err, &missing):
		return ExitDamaged
	case errors.As(err, &known):
		return known.exit
	case errors.As(err, &rule), errors.As(err, &held):
		return ExitRefused
	default:
		return ExitFailed
	}
}

// errorJSON is how a program reads an error.
type errorJSON struct {
	Code  string `json:"code"`
	Field string `json:"field,omitempty"`
	Says  string `json:"says"`
}

// complain writes an error: a sentence for a person, JSON for a program.
func complain(to io.Writer, err error, asJSON bool) {
	if !asJSON {
		fmt.Fprintln(to, cleanText(err.Error()))
		return
	}
	says := errorJSON{Code: "failed", Says: err.Error()}
	var rule *workflow.RuleError
	var known *failure
	var trouble *data.Trouble
	switch {
	case errors.As(err, &known):
		says.Code = known.code
	case errors.As(err, &rule):
		says.Code, says.Field = rule.Code, rule.Field
	case errors.As(err, &trouble) && trouble.Code != "":
		says.Code = trouble.Code
	}
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(map[string]errorJSON{"error": says})
}
