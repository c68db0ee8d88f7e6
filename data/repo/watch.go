package repo

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// watchQuiet is how long the files must rest: an editor or a checkout writes
	// several times in a row.
	watchQuiet = 150 * time.Millisecond
	// watchLongest is how long we wait for that, counted from the first change.
	watchLongest = 500 * time.Millisecond
	// watchFarewell is how long stop waits: whoever is called may hang, or may be
	// the one who stops.
	watchFarewell = 2 * time.Second
)

// Watch calls changed, from a goroutine of its own, whenever one of the
// increment's files, where it lies, or git's business in its tree is other than
// at the last call, and has been at rest for a moment. It does not poll. The
// increment may be renamed away, deleted, archived and put back, also with the
// folders above it; an id that has no folder yet is waited for.
//
// What changes after Watch returned is seen, so read after it. A failure is a
// *Trouble: then nothing is watched, and one must look by hand. stop ends it and
// waits for the goroutine, unless that is held up in changed; calling it again
// is no harm.
func Watch(place Place, id string, changed func()) (stop func(), err error) {
	watch, err := startWatch(place, id, changed)
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(watch.stop), nil
}

func startWatch(place Place, id string, changed func()) (*watch, error) {
	if place.SpecWeave == "" || !incrementFolder.MatchString(id) {
		return nil, trouble(fs.ErrInvalid, "%q cannot be watched, because it is not an increment of a SpecWeave project. "+
			"Nothing was changed. Choose an increment.", id)
	}
	return startWatching(newSight(place, id), place.SpecWeave, changed)
}

// outlook is what a watch looks at.
type outlook interface {
	// folders visits what is there to be watched, from above downwards.
	folders(visit func(string) error) error
	// concerns tells from a path alone whether what happened there can matter.
	concerns(path string) bool
	// read gives a sum of all that is watched.
	read() [sha256.Size]byte
}

func startWatching(sight outlook, below string, changed func()) (*watch, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, unwatchable(below, err)
	}
	watch := &watch{
		sight: sight, events: events, changed: changed,
		stirred: make(chan struct{}, 1), quit: make(chan struct{}), drained: make(chan struct{}), done: make(chan struct{}),
	}
	// From here on both channels are read until they are closed: with a full one
	// the watcher holds its lock, and neither Add nor Close comes back.
	go watch.drain()
	if err := watch.arm(); err != nil {
		_ = events.Close()
		<-watch.drained
		return nil, unwatchable(below, err)
	}
	watch.last = sight.read()
	go watch.run()
	return watch, nil
}

// watch is a running Watch. Its own goroutine arms, waits and compares; another
// one does nothing but take what the system tells.
type watch struct {
	sight   outlook
	events  *fsnotify.Watcher
	changed func()
	last    [sha256.Size]byte // of what was read at the last call

	stirred chan struct{} // something may have changed
	quit    chan struct{}
	drained chan struct{}
	done    chan struct{}
}

func (w *watch) stop() {
	close(w.quit)
	patience := time.NewTimer(watchFarewell)
	defer patience.Stop()
	select {
	case <-w.done:
	case <-patience.C:
	}
}

func (w *watch) drain() {
	defer close(w.drained)
	events, failures := w.events.Events, w.events.Errors
	for events != nil || failures != nil {
		select {
		case event, open := <-events:
			if !open {
				events = nil
			} else if w.sight.concerns(event.Name) {
				w.stir()
			}
		case _, open := <-failures:
			if !open {
				failures = nil
			} else { // events may have been lost
				w.stir()
			}
		}
	}
}

func (w *watch) stir() {
	select {
	case w.stirred <- struct{}{}:
	default: // it is told already
	}
}

func (w *watch) run() {
	defer close(w.done)
	defer func() {
		_ = w.events.Close()
		<-w.drained
	}()
	for {
		select {
		case <-w.quit:
			return
		case <-w.stirred:
		}
		if !w.rest() {
			return
		}
		now := w.sight.read()
		if now == w.last {
			continue
		}
		w.last = now
		select {
		case <-w.quit:
			return
		default:
			w.changed()
		}
	}
}

// rest waits until nothing has stirred for a moment; false means to stop. What
// was created meanwhile is watched at once, so that the wait sees it too.
func (w *watch) rest() bool {
	_ = w.arm() // what cannot be watched is tried again with the next event
	quiet, longest := time.NewTimer(watchQuiet), time.NewTimer(watchLongest)
	defer quiet.Stop()
	defer longest.Stop()
	for {
		select {
		case <-w.quit:
			return false
		case <-w.stirred:
			_ = w.arm()
			quiet.Reset(watchQuiet)
		case <-quiet.C:
			return true
		case <-longest.C:
			return true
		}
	}
}

// arm watches every folder that the increment lies in or may come to lie in. A
// folder that is watched already is no harm, and one that was replaced by
// another of its name needs it.
func (w *watch) arm() error {
	return w.sight.folders(func(folder string) error {
		err := w.events.Add(folder)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			return nil // gone since we looked; the folder above tells when it is back
		}
		return err
	})
}

func unwatchable(folder string, cause error) error {
	switch {
	case errors.Is(cause, syscall.ENOSPC), errors.Is(cause, syscall.EMFILE), errors.Is(cause, syscall.ENFILE):
		return trouble(cause, "Changes below %s cannot be watched, because the system's limit on watches is reached. Nothing was changed. "+
			"Close a program that watches many files, or raise the limit (on Linux fs.inotify.max_user_watches and max_user_instances).", folder)
	default:
		return trouble(cause, "Changes below %s cannot be watched: %s. Nothing was changed. "+
			"Some network disks cannot tell of changes; look by hand there.", filepath.Clean(folder), reason(cause))
	}
}
