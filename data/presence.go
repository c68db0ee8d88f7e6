package data

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// presence is a lock on a small file beside the database. Whoever has the
// database open holds it shared; whoever wants to put another file in its
// place must hold it alone. The system gives it back when a process dies, so
// none is ever stale. The engine's own locks stay as they are: they cannot
// speak for a file that is moved away.
type presence struct {
	lock *flock.Flock
}

// presenceSuffix is what the lock's file is called after the database.
const presenceSuffix = ".lock"

// A process that replaces the file needs it for seconds; one that only uses it
// may hold it for days.
const (
	waitToEnter  = 5 * time.Second
	waitForAlone = 500 * time.Millisecond
	askAgain     = 20 * time.Millisecond
)

// enter says that this process uses the database. It waits for one that is
// replacing the file just now.
func enter(ctx context.Context, path string) (*presence, error) {
	return take(ctx, path, (*flock.Flock).TryRLockContext, waitToEnter, &Trouble{
		Says: fmt.Sprintf("%s: another Firebreak is restoring or repairing %s just now.", opening, path),
		Safe: "Nothing was changed from here.",
		Do:   "Wait until it is done, then start again.",
	})
}

// alone says that nobody else has the database open, and keeps it so until
// leave. It must be held by whoever moves the file.
func alone(ctx context.Context, path string) (*presence, error) {
	if err := makeDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	return take(ctx, path, (*flock.Flock).TryLockContext, waitForAlone, &Trouble{
		Says: fmt.Sprintf("%s is in use: a window or a command has it open.", path),
		Safe: "Nothing was changed.",
		Do:   "Close Firebreak's windows and commands, then try again.",
	})
}

// take asks for the lock until the wait is over; then others hold it.
func take(
	ctx context.Context, path string, try func(*flock.Flock, context.Context, time.Duration) (bool, error), wait time.Duration, held *Trouble,
) (*presence, error) {
	p := &presence{lock: flock.New(path+presenceSuffix, flock.SetPermissions(0o600))}
	waiting, stop := context.WithTimeout(ctx, wait)
	defer stop()
	got, err := try(p.lock, waiting, askAgain)
	switch {
	case got:
		return p, nil
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		return nil, held
	default:
		return nil, err
	}
}

// leave gives the lock back.
func (p *presence) leave() error {
	if p == nil {
		return nil
	}
	return p.lock.Close()
}
