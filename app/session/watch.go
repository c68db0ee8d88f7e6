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

// Start begins to watch the log and the clock.
func (d *Desk) Start() {
	d.clock.After(watchEvery, func() {
		d.threads.UI(func() {
			if d.closed {
				return
			}
			d.Look()
			d.Start()
		})
	})
}

// Look moves the clocks on and folds in what another process wrote.
func (d *Desk) Look() {
	if d.state.Now.Unix() != d.clock.Now().Unix() {
		d.show()
	}
	if d.busy {
		return
	}
	shelf, seen := d.shelf, d.changed
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
			if d.shelf != shelf {
				return
			}
			d.changed = changed
			d.measurePlaces()
			d.adopt(history)
		}, nil
	}, nil)
}

// adopt takes over a new history and reads what is new in the open incident.
func (d *Desk) adopt(history []workflow.Summary) {
	d.state.History = history
	if !d.state.Incident.Declared() {
		d.show()
		return
	}
	d.catchUp(d.state.Incident.ID, func(err error) {
		if err != nil {
			d.trouble(err)
		}
	})
}

// catchUp reads what others wrote to an incident and folds it in.
func (d *Desk) catchUp(id workflow.IncidentID, done func(error)) {
	shelf, after := d.shelf, d.position
	d.threads.Work(func() {
		got, err := shelf.Since(context.Background(), id, after)
		d.threads.UI(func() {
			if err == nil && d.state.Incident.ID == id && got.Position > d.position {
				fresh := slices.DeleteFunc(got.Events, d.known)
				d.position = got.Position
				if len(fresh) > 0 {
					d.state.Incident = d.state.Incident.With(fresh...)
					d.refreshSummary(d.state.Incident.Summary())
				}
				d.show()
			}
			done(err)
		})
	})
}

// known says whether an event is in the open incident already.
func (d *Desk) known(e workflow.Event) bool { return d.state.Incident.Has(e.ID) }
