package cli

import (
	"context"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"firebreak/app/keep"
	"firebreak/app/outside/through"
	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

// World is what the commands know of the machine they run on. Here fills it
// in; a test gives its own.
type World struct {
	Args     []string // without the program's name
	In       io.Reader
	Out, Err io.Writer
	Colour   bool // Out is a terminal that shows colours
	Now      func() time.Time
	NewID    func() workflow.EventID
	Zone     *time.Location // the machine's own
	Env      func(name string) string
	Login    string // the name of the person who is logged in
	Folder   string // the current folder
	Version  string // of the program: "0.1.0"

	// Begun is the command of firebreak run, when it was started ahead of the
	// program; nil: it is started by the command itself.
	Begun *through.Command
	// OpenWindow opens the window and answers the exit code, 3 when there is
	// no display. It is nil in a program that was built without a window.
	OpenWindow func(ctx context.Context, with Window) int
	// Prober looks at production; nil: nothing can be looked at from here.
	Prober session.Prober
	// Pause waits until the next look is due, or until the context ends.
	Pause func(ctx context.Context, d time.Duration)
	// Hands writes into the repository, and remembers in the ledger what it wrote.
	Hands func(ledger *keep.Shelf) session.Hands
}

// Window is what the command line says about the window to open.
type Window struct {
	Places   data.Places
	Sample   bool
	Incident string // an id or the beginning of one; empty: the newest that burns
	Name     string // the person at the keyboard, until their settings say otherwise
	LogLevel string // how much the window logs; empty: the usual
}

// Here is the world of this process. The version, the window and the hands are
// left for the caller to add.
func Here() World {
	w := World{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Colour: isTerminal(os.Stdout),
		Now: wallClock, NewID: newID, Zone: time.Local, Env: os.Getenv, Login: loginName(), Pause: pause,
	}
	w.Folder, _ = os.Getwd() // empty when it is gone: then nothing is found there
	return w
}

// pause waits on the machine's clock.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// newID answers an id that sorts by the time it was made.
func newID() workflow.EventID {
	id, err := uuid.NewV7()
	if err != nil {
		id = uuid.New()
	}
	return workflow.EventID(id.String())
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

func loginName() string {
	if me, err := user.Current(); err == nil {
		if me.Name != "" && me.Name != me.Username {
			return me.Name
		}
		return filepath.Base(filepath.FromSlash(me.Username))
	}
	return os.Getenv("USER")
}
