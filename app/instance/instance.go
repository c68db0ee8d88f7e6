package instance

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Ask is what a start was asked for on its command line: a second one hands it
// to the window that is open already.
type Ask struct {
	Sample   bool   `json:"sample,omitempty"`
	Incident string `json:"incident,omitempty"` // an id or the beginning of one
}

// Place says which data a window works on.
type Place struct {
	Data  string // the folder of the data: one window for each
	State string // where the lock lies
	// Meeting is where the socket lies; "" is the system's own folder for such
	// things.
	Meeting string
	Version string
	// Patience is how long another window has to answer, and how long one that
	// is just closing is waited for; 0 is two seconds.
	Patience time.Duration
}

// Elsewhere says that another window has the data open, and was told.
type Elsewhere struct {
	Says string // for the person
}

func (e *Elsewhere) Error() string { return e.Says }

// Silent says that another window has the data open and does not answer.
type Silent struct {
	Says string // what happened, what is safe, what to do
}

func (s *Silent) Error() string { return s.Says }

// Held is this process's place as the window of a data folder.
type Held struct {
	lock   *flock.Flock // nil: the folder allows none
	note   string       // the file that says how to reach this window
	before *Note
	door   net.Listener // nil: nothing can reach this window
	folder string       // of the socket, made for it alone
	wait   time.Duration

	mu      sync.Mutex
	answer  func(Ask, func())
	waiting []Ask // came before the window could answer
}

const patience = 2 * time.Second

// Take makes this process the window of a data folder. Another window that has
// it is told what was asked for; then the answer is an *Elsewhere, or a *Silent
// when it does not react. Nothing that a killed process left behind is in the
// way: the system gives its lock back. A folder that allows no lock is no
// reason not to start, because the store itself bears two writers.
func Take(at Place, ask Ask) (*Held, error) {
	if at.Patience <= 0 {
		at.Patience = patience
	}
	data := realPath(at.Data)
	key := keyOf(data)
	if err := os.MkdirAll(at.State, 0o700); err != nil {
		return &Held{}, nil
	}
	h := &Held{
		lock: flock.New(filepath.Join(at.State, "window-"+key+".lock"), flock.SetPermissions(0o600)),
		note: filepath.Join(at.State, "window-"+key+".json"),
		wait: at.Patience,
	}
	giveUp := time.After(at.Patience)
	for {
		got, err := h.lock.TryLock()
		if err != nil {
			return &Held{}, nil
		}
		if got {
			break
		}
		answered, err := tell(h.note, ask, data, at.Patience)
		if answered {
			return nil, err
		}
		select {
		case <-giveUp:
			return nil, silent(h.note, data)
		case <-time.After(askAgain):
		}
	}
	h.before = readNote(h.note)
	h.open(at, key)
	return h, nil
}

// askAgain is how soon a window that could not be reached is asked again: it
// may be closing, or not be listening yet.
const askAgain = 50 * time.Millisecond

// Before is what the window before this one left behind when it did not end
// properly; nil when it did.
func (h *Held) Before() *Note { return h.before }

// Alive says again that this window is there. Should it be killed, the next
// start knows until when it was.
func (h *Held) Alive(now time.Time) {
	if h.note != "" {
		_ = os.Chtimes(h.note, now, now)
	}
}

// Leave gives the place up, at the very end of a proper one.
func (h *Held) Leave() error {
	h.close()
	if h.lock == nil {
		return nil
	}
	gone := os.Remove(h.note)
	if errors.Is(gone, os.ErrNotExist) {
		gone = nil
	}
	return errors.Join(gone, h.lock.Close())
}

func silent(note, data string) error {
	who := ""
	if n := readNote(note); n != nil && n.Process > 0 {
		who = fmt.Sprintf(" (process %d)", n.Process)
	}
	return &Silent{Says: fmt.Sprintf(
		"Firebreak is open on %s already%s, and that window does not answer. "+
			"What it saved is safe, and nothing was changed from here. "+
			"Wait a moment and look for its window; if it stays silent, end that process and start again. "+
			"The commands work meanwhile: try firebreak status.", data, who)}
}

// realPath is a folder's one name, so that two ways to it meet.
func realPath(folder string) string {
	if full, err := filepath.Abs(folder); err == nil {
		folder = full
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		return real
	}
	return folder
}

// keyOf is a short name for a data folder: a socket's path has room for about a
// hundred characters.
func keyOf(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:6])
}
