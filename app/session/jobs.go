package session

import (
	"context"
	"errors"
)

// job is background work under a key.
type job struct {
	cancel context.CancelFunc
	keeps  bool // it writes something that belongs on record, so closing waits for it
}

// Run does work beside the UI thread. The newest of a key wins: an older one
// is cancelled and its late result is dropped. The work answers what to do with
// its result on the UI thread; done hears how it ended.
func (d *Desk) Run(key string, work func(context.Context) (func(), error), done func(error)) {
	d.drop(key)
	d.start(key, &job{}, work, done)
}

// errRunning refuses to write the same thing twice at once.
const errRunning = sentence("It is being written already. Wait for it to end; nothing was started twice.")

// finish is Run for what writes outside: it is never started twice at once,
// and neither a newer request nor the end of the program cuts it off.
func (d *Desk) finish(key string, work func(context.Context) (func(), error), done func(error)) {
	if d.Running(key) {
		done(errRunning)
		return
	}
	d.start(key, &job{keeps: true}, work, done)
}

func (d *Desk) start(key string, mine *job, work func(context.Context) (func(), error), done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	mine.cancel = cancel
	d.jobs[key] = mine
	var then func()
	d.beside(func() (err error) {
		then, err = work(ctx)
		return err
	}, func(err error) {
		cancel()
		if d.jobs[key] != mine || d.end.closed {
			return
		}
		delete(d.jobs, key)
		if err == nil && then != nil {
			then()
		}
		if done != nil && !errors.Is(err, context.Canceled) {
			done(err)
		}
		d.idle()
	})
}

// drop cancels the work under a key; its result is not wanted any more.
func (d *Desk) drop(key string) {
	if old := d.jobs[key]; old != nil {
		old.cancel()
		delete(d.jobs, key)
	}
}

// Running says whether work under a key is under way.
func (d *Desk) Running(key string) bool { return d.jobs[key] != nil }

// end is how far closing has come.
type end struct {
	asked   bool // nothing new is taken
	closed  bool // everything is on disk
	waiting []func()
	remain  func(error) // hears what cannot be saved, and the desk goes on; nil: it closes all the same
}

// idle goes on with closing once nothing is under way that must end first.
func (d *Desk) idle() {
	if !d.end.asked || d.end.closed || d.line.busy || len(d.line.waiting) > 0 || d.prefs.saving > 0 {
		return
	}
	for _, j := range d.jobs {
		if j.keeps {
			return
		}
	}
	d.SaveDrafts(func(err error) {
		if d.end.closed || !d.end.asked {
			return
		}
		if err != nil && d.end.remain != nil {
			d.end.remain(err)
			return
		}
		if d.backsUpFirst() {
			return
		}
		d.end.closed = true
		d.unwatch()
		d.unwatchRepository()
		for _, j := range d.jobs {
			j.cancel()
		}
		for _, call := range d.end.waiting {
			call()
		}
	})
}

// Close refuses what is new, finishes the writes in flight and saves what is
// half-typed; done is called when everything is on disk.
func (d *Desk) Close(done func()) {
	if d.end.closed {
		done()
		return
	}
	d.end.asked = true
	d.endRuns()
	d.end.waiting = append(d.end.waiting, done)
	d.idle()
}
