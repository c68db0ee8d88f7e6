package outside

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
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
	ctx, stop := context.WithTimeout(ctx, command.Time)
	defer stop()
	shown := strings.Join(command.Words, " ")
	path, err := exec.LookPath(command.Words[0])
	if err != nil {
		return fmt.Errorf("the command %s is not installed on this machine, or not on the PATH. Nothing was run", command.Words[0])
	}
	cmd := exec.CommandContext(ctx, path, command.Words[1:]...)
	cmd.Dir = command.Folder
	cmd.Env = append(cmd.Environ(), command.Env...)
	cmd.WaitDelay = 2 * time.Second
	endsWithChildren(cmd)
	out := &teller{left: printedSize, tell: printed}
	cmd.Stdout, cmd.Stderr = out, out
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return fmt.Errorf("%s took longer than %s and was ended. What it had done until then stands", shown, command.Time)
	case ctx.Err() != nil:
		return fmt.Errorf("%s was ended. What it had done until then stands", shown)
	case errors.As(err, &exit):
		return fmt.Errorf("%s ended with the exit code %d. Its last lines say why", shown, exit.ExitCode())
	default:
		return fmt.Errorf("%s could not be run: %w", shown, err)
	}
}

// Installed says whether a program is on the PATH.
func Installed(name string) bool {
	_, err := exec.LookPath(name)
	return err == nil
}

// teller gives on what is printed, up to a size; the rest is swallowed, so that
// the command is never blocked. One command writes into it from one goroutine,
// because its two outputs are the same.
type teller struct {
	left int
	tell func(string)
}

var _ io.Writer = (*teller)(nil)

func (t *teller) Write(data []byte) (int, error) {
	if n := min(len(data), t.left); n > 0 {
		t.left -= n
		t.tell(strings.ToValidUTF8(string(data[:n]), "\uFFFD"))
		if t.left == 0 {
			t.tell("\n… it prints more than is shown here.\n")
		}
	}
	return len(data), nil
}
