package session

import (
	"context"
	"errors"
)

// job is background work under a key.
type job struct{ cancel context.CancelFunc }

// Run does work beside the UI thread. The newest of a key wins: an older one
// is cancelled and its late result is dropped. The work answers what to do with
// its result on the UI thread; done hears how it ended.
func (d *Desk) Run(key string, work func(context.Context) (func(), error), done func(error)) {
	if old := d.jobs[key]; old != nil {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	mine := &job{cancel}
	d.jobs[key] = mine
	d.threads.Work(func() {
		then, err := work(ctx)
		d.threads.UI(func() {
			cancel()
			if d.jobs[key] != mine || d.closed {
				return
			}
			delete(d.jobs, key)
			if err == nil && then != nil {
				then()
			}
			if done != nil && !errors.Is(err, context.Canceled) {
				done(err)
			}
		})
	})
}

// Running says whether work under a key is under way.
func (d *Desk) Running(key string) bool { return d.jobs[key] != nil }

// idle tells those who wait for the end of the write in flight.
func (d *Desk) idle() {
	if d.busy || len(d.queue) > 0 {
		return
	}
	waiting := d.whenIdle
	d.whenIdle = nil
	for _, call := range waiting {
		call()
	}
}

// Close refuses what is new, finishes the writes in flight and saves what is
// half-typed; done is called when everything is on disk.
func (d *Desk) Close(done func()) {
	finish := func() {
		d.SaveDrafts(func(error) {
			d.closed = true
			for _, j := range d.jobs {
				j.cancel()
			}
			done()
		})
	}
	if !d.busy && len(d.queue) == 0 {
		finish()
		return
	}
	d.whenIdle = append(d.whenIdle, finish)
}
