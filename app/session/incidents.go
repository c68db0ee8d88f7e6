package session

import (
	"context"

	"firebreak/workflow"
)

// OpenIncident puts an incident on the desk. Half-typed text is saved first.
func (d *Desk) OpenIncident(id workflow.IncidentID, done func(error)) {
	d.SaveDrafts(nil)
	shelf, settings := d.shelf, d.settings
	d.Run("open", func(ctx context.Context) (func(), error) {
		got, err := shelf.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		drafts, err := shelf.Drafts(ctx, id)
		if err != nil {
			return nil, err
		}
		own := OwnRepository(ctx, settings, id)
		return func() {
			d.own[id] = own
			d.opened(home{shelf, id}, got, drafts)
		}, nil
	}, func(err error) { d.answer(done, err) })
}

func (d *Desk) opened(at home, got Read, drafts []Draft) {
	if at != d.here() || got.Position > d.position { // what is on the desk can be newer than what was read
		d.clearDesk()
		d.put(at.incident, got)
	}
	d.layOut(drafts)
	d.show()
}

// clearDesk takes the incident off the desk, and what belongs to it.
func (d *Desk) clearDesk() {
	d.state.Incident, d.state.Plan, d.state.Commit, d.state.Notices, d.position = workflow.Incident{}, nil, nil, nil, 0
	d.layOut(nil)
}

// PutAway clears the desk: no incident is open, and the next one can be
// declared. Nothing changes in the log.
func (d *Desk) PutAway() {
	d.drop("open")
	d.SaveDrafts(nil)
	d.clearDesk()
	d.show()
}

// Switch moves the desk to another log: the sample's own file with a
// repository of its own, or back.
func (d *Desk) Switch(to Shelf, sample bool, folder string, done func(error)) {
	d.SaveDrafts(nil)
	d.Run("open", func(ctx context.Context) (func(), error) {
		history, err := to.List(ctx)
		if err != nil {
			return nil, err
		}
		drafts, err := to.Drafts(ctx, "")
		if err != nil {
			return nil, err
		}
		return func() {
			if d.shelf == d.settings {
				d.left = d.state.Incident.ID
			}
			d.shelf, d.watch.seen = to, 0
			d.state.Drafts = nil
			d.clearDesk()
			d.layOut(drafts)
			d.state.History, d.state.Sample = history, sample
			if s := d.state.Strip; s != nil && !s.Kept {
				d.unsay()
			}
			d.sampleFolder = folder
			d.FindRepository()
			if id, some := d.firstOf(history); some {
				d.OpenIncident(id, done)
				return
			}
			d.show()
			d.answer(done, nil)
		}, nil
	}, func(err error) {
		if err != nil {
			d.answer(done, err)
		}
	})
}

// firstOf is what a switch lays on the desk: back in the real log what lay
// there before, else the newest that burns, and of the sample whatever there
// is.
func (d *Desk) firstOf(history []workflow.Summary) (workflow.IncidentID, bool) {
	for _, s := range history {
		if !d.state.Sample && s.ID == d.left {
			return s.ID, true
		}
	}
	if id, burns := burning(history); burns {
		return id, true
	}
	if d.state.Sample && len(history) > 0 {
		return history[0].ID, true
	}
	return "", false
}

// burning is the newest incident of a history that is not over.
func burning(history []workflow.Summary) (workflow.IncidentID, bool) {
	for _, s := range history {
		if s.Stage != workflow.Resolved && s.Stage != workflow.Closed && s.Stage != workflow.Cancelled {
			return s.ID, true
		}
	}
	return "", false
}

// Search looks through every incident; only the newest search answers.
func (d *Desk) Search(query string, limit int, done func([]Hit, error)) {
	shelf := d.shelf
	d.Run("search", func(ctx context.Context) (func(), error) {
		hits, err := shelf.Search(ctx, query, limit)
		return func() { done(hits, nil) }, err
	}, func(err error) {
		if err != nil {
			done(nil, err)
		}
	})
}
