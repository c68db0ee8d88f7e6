package data

import "sync"

// track tells how far a long work has come. Its parts become known as it goes
// on, and what was told never goes back.
type track struct {
	mu        sync.Mutex
	tell      func(done, all int64)
	done, all int64
	told      int64
	known     bool // all was known from the beginning
}

// newTrack makes a track; nil tells nobody.
func newTrack(tell func(done, all int64)) *track { return &track{tell: tell} }

// newWhole makes a track of a work whose size is known. Its parts then add
// nothing to what there is to do.
func newWhole(tell func(done, all int64), all int64) *track {
	return &track{tell: tell, all: all, known: true}
}

// expect adds to what there is to do.
func (t *track) expect(more int64) {
	if t == nil || t.known {
		return
	}
	t.move(0, more)
}

// end says that everything is done.
func (t *track) end() {
	if t != nil {
		t.move(t.all, 0)
	}
}

// add says that so much more is done.
func (t *track) add(more int64) { t.move(more, 0) }

func (t *track) move(done, all int64) {
	if t == nil || t.tell == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done, t.all = t.done+done, t.all+all
	t.done = min(t.done, t.all)
	if step := t.all / 200; all > 0 || t.done-t.told >= step || t.done == t.all {
		t.told = t.done
		t.tell(t.done, t.all)
	}
}
