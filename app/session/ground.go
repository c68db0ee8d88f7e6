package session

import (
	"context"
	"time"
)

// Ground is what a shelf may know of the place that it stands on: it can look
// after it, and can save what it holds when the place is gone. A shelf that
// cannot is taken as standing firm.
type Ground interface {
	// Tend looks after the place; a sentence warns before anything fails.
	Tend(ctx context.Context) string
	// PutBack writes what is held open to where it was. It does nothing when
	// all is in its place.
	PutBack(ctx context.Context) error
	// SaveTo writes what is held open into another folder, with half-typed
	// text that never reached the disk, and answers where.
	SaveTo(ctx context.Context, folder string, unsaved []Draft) (path string, err error)
}

// Away is the error of a shelf whose file was taken from under it. Everything
// that was saved is still held open, as long as the program runs.
type Away struct {
	Says    string
	PutBack bool // nothing lies in its place, so it can be put back
	Err     error
}

// Error is what the person reads.
func (a *Away) Error() string { return a.Says }

// Unwrap is the cause.
func (a *Away) Unwrap() error { return a.Err }

// tries writes something that says nothing.
func (d *Desk) tries(then func(error)) {
	logs := d.logs()
	d.beside(func() error {
		for _, shelf := range logs {
			if err := shelf.SetSetting(context.Background(), triedKey, []byte("true")); err != nil {
				return err
			}
		}
		return nil
	}, then)
}

// PutBack writes what is still held open to where it was taken from.
func (d *Desk) PutBack(done func(error)) {
	logs := d.logs()
	d.finish("rescue", func(ctx context.Context) (func(), error) {
		for _, shelf := range logs {
			if ground, firm := shelf.(Ground); firm {
				if err := ground.PutBack(ctx); err != nil {
					return nil, err
				}
			}
		}
		return func() {
			d.watch.seen = 0
			d.state.Away = nil
			d.Say(Strip{Says: "Everything that was saved is back in its place. Attached files and backups that lay in the folder are not."})
			d.tryAgain()
			d.answer(done, nil)
		}, nil
	}, func(err error) {
		if err != nil {
			d.answer(done, err)
		}
	})
}

// SaveTo writes what is still held open into another folder.
func (d *Desk) SaveTo(folder string, done func(error)) {
	logs := d.logs()
	unsaved := make([][]Draft, len(logs))
	for i, shelf := range logs {
		unsaved[i] = d.unsaved(shelf)
	}
	d.finish("rescue", func(ctx context.Context) (func(), error) {
		for i, shelf := range logs {
			if ground, firm := shelf.(Ground); firm {
				if _, err := ground.SaveTo(ctx, folder, unsaved[i]); err != nil {
					return nil, err
				}
			}
		}
		return func() {
			d.mend.copied = true
			d.Say(Strip{
				Says:    "Everything is saved in " + folder + ". To go on there, quit and start again with: firebreak --data-dir " + folder,
				Warning: true,
			})
			d.answer(done, nil)
		}, nil
	}, func(err error) {
		if err != nil {
			d.answer(done, err)
		}
	})
}

// The place is looked after once a minute, and first when the start is over.
const (
	tendEvery = time.Minute
	firstTend = 10 * time.Second
)

// tend looks after the places that the logs lie in. A warning is said once.
func (d *Desk) tend() {
	now := d.clock.Now()
	if d.mend.tended.IsZero() {
		d.mend.tended = now.Add(firstTend - tendEvery)
	}
	if since := now.Sub(d.mend.tended); since >= 0 && since < tendEvery {
		return
	}
	d.mend.tended = now
	ground, firm := d.settings.(Ground)
	if !firm {
		return
	}
	d.Run("tend", func(ctx context.Context) (func(), error) {
		warning := ground.Tend(ctx)
		return func() {
			if warning != "" && d.mend.warned == "" && d.state.Saved.Trouble == "" {
				d.Say(Strip{Says: warning, Warning: true, Kept: true})
			}
			d.mend.warned = warning
		}, nil
	}, nil)
}

// Leave is Close for a person: when something would be lost, the desk goes on
// instead. The strip says what, and offers to quit all the same; stay hears it
// too.
func (d *Desk) Leave(done func(), stay func()) {
	if d.state.Away != nil && !d.mend.copied && !d.end.asked {
		d.remain(d.state.Away.Says, done, stay)
		return
	}
	if says := d.uncut(); says != "" && !d.end.asked {
		d.say(Strip{Says: says + " Firebreak stays open until it has ended, so that it is not cut off.", Undo: "Quit when it has ended", Back: func() { d.Close(done) }, Warning: true})
		d.show()
		stay()
		return
	}
	d.end.remain = func(err error) { d.remain(err.Error(), done, stay) }
	d.Close(done)
}

func (d *Desk) remain(why string, done, stay func()) {
	d.end = end{}
	s := Strip{Says: why + " Firebreak stays open, so that nothing is lost.", Undo: "Quit anyway", Back: func() { d.Close(done) }, Warning: true}
	if d.state.Away != nil && d.state.Away.PutBack {
		s.More = []Offer{{Word: "Put it back", Run: func() { d.PutBack(nil) }}}
	}
	d.say(s)
	d.show()
	d.tryAgainSoon()
	stay()
}
