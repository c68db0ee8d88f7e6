package session

import (
	"context"
	"slices"
	"time"

	"firebreak/workflow"
)

// watchEvery is how often the desk looks for what others wrote, and moves the
// clocks on the screen.
const watchEvery = 500 * time.Millisecond

// watch is what the desk knows of other writers.
type watch struct {
	seen uint64 // the shelf's number when it was last looked at
}

// Start begins to watch the log and the clock.
func (d *Desk) Start() {
	d.clock.After(watchEvery, func() {
		d.threads.UI(func() {
			if d.end.closed {
				return
			}
			d.Look()
			d.Start()
		})
	})
}

// Look moves the clocks on and folds in what another process wrote. A disk that
// is slow to answer is not asked a second time meanwhile.
func (d *Desk) Look() {
	d.watchTime()
	d.ageStrip()
	if d.state.Now.Unix() != d.clock.Now().Unix() {
		d.show()
	}
	d.tend()
	d.watchBackups()
	d.lookAtFiles()
	d.lookAround()
	d.watchProbes()
	if d.line.busy || d.Running("watch") {
		return
	}
	shelf, seen, written := d.shelf, d.watch.seen, d.line.written
	d.Run("watch", func(ctx context.Context) (func(), error) {
		changed, err := shelf.Changed(ctx)
		if err != nil || changed == seen {
			return nil, err
		}
		history, err := shelf.List(ctx)
		if err != nil {
			return nil, err
		}
		return func() {
			if d.shelf != shelf || d.line.busy || d.line.written != written {
				return // it is older than what is shown; the next look sees more
			}
			d.watch.seen = changed
			d.measurePlaces()
			d.readTrustAgain()
			d.adopt(history)
		}, nil
	}, func(err error) {
		if err != nil { // what lies there cannot be vouched for
			d.stuck(err)
			d.show()
		}
	})
}

// adopt takes over a new history and reads what is new in the open incident.
func (d *Desk) adopt(history []workflow.Summary) {
	d.state.History = history
	d.show()
	if !d.state.Incident.Declared() {
		return
	}
	d.catchUp(func(err error) {
		if err != nil {
			d.trouble(err)
		}
	})
}

// catchUp reads what others wrote to the incident on the desk and folds it in.
func (d *Desk) catchUp(done func(error)) {
	at, after := d.here(), d.position
	var got Read
	d.beside(func() (err error) {
		got, err = at.shelf.Since(context.Background(), at.incident, after)
		return err
	}, func(err error) {
		if err == nil && d.here() == at && got.Position > d.position {
			fresh := slices.DeleteFunc(got.Events, d.known)
			d.position = got.Position
			d.state.Notices = append(slices.Clone(d.state.Notices), got.Damaged...)
			if len(fresh) > 0 {
				d.state.Incident = d.state.Incident.With(fresh...)
				d.refreshSummary(d.state.Incident.Summary())
			}
			if slices.ContainsFunc(fresh, blotted) {
				d.readAgain(at, func() {})
			}
			d.show()
		}
		done(err)
	})
}

// blotted says whether an event tells that words of older ones have changed.
func blotted(e workflow.Event) bool {
	_, is := e.Body.(workflow.LeaksBlotted)
	return is
}

// known says whether an event is in the open incident already.
func (d *Desk) known(e workflow.Event) bool { return d.state.Incident.Has(e.ID) }
