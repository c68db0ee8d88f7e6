package outside

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"firebreak/workflow"
)

// Command is a program that a person asked to be run: its words as they are,
// without a shell.
type Command struct {
	Words  []string
	Folder string
	Env    []string      // beside the environment of this process
	Time   time.Duration // after which it is ended
}

// printedSize bounds what is given on of what a command prints.
const printedSize = 1 << 20

// Run runs a command to its end and gives on what it prints as it comes, at
// most a megabyte. Errors are sentences for a person. When the context or the
// time ends, the command is ended with everything that it started.
func Run(ctx context.Context, command Command, printed func(string)) error {
	shown := strings.Join(command.Words, " ")
	told := &teller{left: printedSize, tell: printed}
	run := &running{order: workflow.RunOrder{Words: command.Words, Folder: command.Folder, Env: command.Env, Limit: command.Time}, printed: told.take}
	switch ran := run.run(ctx); ran.Ending {
	case workflow.RunNotStarted:
		return errors.New(strings.TrimSuffix(ran.Says, "."))
	case workflow.RunTimedOut:
		return fmt.Errorf("%s took longer than %s and was ended. What it had done until then stands", shown, command.Time)
	case workflow.RunCancelled, workflow.RunSignalled:
		return fmt.Errorf("%s was ended. What it had done until then stands", shown)
	default:
		if ran.Well() {
			return nil
		}
		return fmt.Errorf("%s ended with the exit code %d. Its last lines say why", shown, ran.Exit)
	}
}

// Installed says whether a program is on the PATH.
func Installed(name string) bool {
	_, err := exec.LookPath(name)
	return err == nil
}

// teller gives on what is printed, up to a size; the rest is swallowed, so that
// the command is never blocked.
type teller struct {
	left int
	tell func(string)
}

func (t *teller) take(data []byte) {
	if n := min(len(data), t.left); n > 0 {
		t.left -= n
		t.tell(strings.ToValidUTF8(string(data[:n]), "\uFFFD"))
		if t.left == 0 {
			t.tell("\n… it prints more than is shown here.\n")
		}
	}
}
