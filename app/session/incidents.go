package session

import (
	"context"

	"firebreak/workflow"
)

// OpenIncident puts an incident on the desk. Half-typed text is saved first.
func (d *Desk) OpenIncident(id workflow.IncidentID, done func(error)) {
	d.SaveDrafts(nil)
	shelf := d.shelf
	d.Run("open", func(ctx context.Context) (func(), error) {
		got, err := shelf.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		drafts, err := shelf.Drafts(ctx, id)
		if err != nil {
			return nil, err
		}
		return func() { d.opened(id, got, drafts) }, nil
	}, func(err error) { d.answer(done, err) })
}

func (d *Desk) opened(id workflow.IncidentID, got Read, drafts []Draft) {
	d.put(id, got)
	kept := map[string]Draft{}
	for f, draft := range d.state.Drafts {
		if draft.Incident == "" {
			kept[f] = draft
		}
	}
	for _, draft := range drafts {
		kept[draft.Field] = draft
	}
	d.state.Drafts, d.state.Plan = kept, nil
	d.show()
}

// PutAway clears the desk: no incident is open, and the next one can be
// declared. Nothing changes in the log.
func (d *Desk) PutAway() {
	d.SaveDrafts(nil)
	d.state.Incident, d.state.Plan, d.position = workflow.Incident{}, nil, 0
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
			d.shelf, d.changed = to, 0
			d.state.Incident, d.state.Plan, d.position = workflow.Incident{}, nil, 0
			d.state.Drafts = map[string]Draft{}
			for _, draft := range drafts {
				d.state.Drafts[draft.Field] = draft
			}
			d.state.History, d.state.Sample, d.state.Strip = history, sample, nil
			d.sampleFolder = folder
			d.FindRepository()
			if id, burns := burning(history); burns {
				d.OpenIncident(id, nil)
			} else if sample && len(history) > 0 {
				d.OpenIncident(history[0].ID, nil)
			}
			d.show()
		}, nil
	}, func(err error) { d.answer(done, err) })
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
