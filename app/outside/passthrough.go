package outside

import (
	"errors"
	"io/fs"
	"os/exec"
	"strings"

	"firebreak/app/outside/through"
	"firebreak/workflow"
)

// Passage runs a command in the place of this process: what it prints, what it
// is given, signals and its exit code pass as if nobody stood between. Only the
// end of what it prints is kept.
type Passage struct {
	through.Passage
	Scan func(string) string // takes out secrets that only their form tells
}

// The exit codes of a shell for what could not be run.
const (
	exitNotFound = 127
	exitNotRun   = 126
	exitBySignal = 128
)

// Pass runs a command and answers how it ended, and the exit code to end with.
func (p Passage) Pass(words []string) (workflow.Ran, int) { return p.Ended(p.Begin(words)) }

// Ended hears a command to its end, and answers as Pass does.
func (p Passage) Ended(begun *through.Command) (workflow.Ran, int) {
	ended := begun.Wait()
	var ran workflow.Ran
	code := 0
	if ended.Cmd.Process == nil {
		ran, code = notStarted(startTrouble(ended.Words[0], ended.Err)), exitNotRun
		if errors.Is(ended.Err, exec.ErrNotFound) || errors.Is(ended.Err, fs.ErrNotExist) {
			code = exitNotFound
		}
	} else {
		ran = (&running{}).judge(ended.Cmd, ended.Err, "")
		code = max(0, ran.Exit)
		if ran.Signal != "" {
			code = exitBySignal + ended.Code
		}
	}
	secrets := SecretsHere()
	tail := Tail{*ended.Tail}
	ran.Took = ended.Took
	ran.Line = Keepable(workflow.JoinCommand(ended.Words), secrets, p.Scan)
	ran.Printed, ran.Tail = tail.Printed(), tail.Text(secrets, p.Scan)
	return ran, code
}

// Plain is a text that was printed for a terminal, without what colours it and
// without what was printed over.
func Plain(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		if text[i] != 0x1b {
			out.WriteByte(text[i])
			i++
			continue
		}
		i += escapeAt(text[i:])
	}
	lines := strings.Split(strings.ReplaceAll(out.String(), "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, "\r")
		lines[i] = line[strings.LastIndexByte(line, '\r')+1:]
	}
	return strings.Join(lines, "\n")
}

// escapeAt is how long the escape sequence is that a text begins with.
func escapeAt(text string) int {
	if len(text) < 2 {
		return len(text)
	}
	switch text[1] {
	case '[':
		for i := 2; i < len(text); i++ {
			if text[i] >= '@' && text[i] <= '~' {
				return i + 1
			}
			if text[i] < ' ' { // torn
				return i
			}
		}
		return len(text)
	case ']', 'P', '_', '^':
		for i := 2; i < len(text); i++ {
			switch {
			case text[i] == 0x07:
				return i + 1
			case text[i] == 0x1b && i+1 < len(text):
				return i + 2
			case text[i] == '\n':
				return i
			}
		}
		return len(text)
	case '(', ')', '*', '+', '#', ' ':
		return min(3, len(text))
	default:
		return 2
	}
}
