package session

import (
	"context"
	"time"

	"firebreak/workflow"
)

// draftDelay is how long typing may rest before it is on disk; promised is a
// second.
const draftDelay = 400 * time.Millisecond

type draftKey struct {
	incident workflow.IncidentID
	field    string
}

// drafts is half-typed text on its way to the disk.
type drafts struct {
	dirty  map[draftKey]Draft
	timer  bool
	saving bool
}

// Draft keeps half-typed text. It is on disk within a second of the last key,
// and back in its field after a crash, a restart or a change of screen. Fields
// that start with "app." belong to no incident.
func (d *Desk) Draft(field, text string) {
	id := d.draftHome(field)
	key := draftKey{id, field}
	draft, known := d.state.Drafts[field]
	if !known && text == "" || known && draft.Text == text {
		return
	}
	if draft.Text == "" {
		draft.Started = d.clock.Now().UTC()
	}
	draft.Incident, draft.Field, draft.Text = id, field, text
	if text == "" {
		delete(d.state.Drafts, field)
	} else {
		d.state.Drafts[field] = draft
	}
	d.drafts.dirty[key] = draft
	d.saveDraftsSoon()
}

func (d *Desk) draftHome(field string) workflow.IncidentID {
	if len(field) > 4 && field[:4] == "app." {
		return ""
	}
	return d.state.Incident.ID
}

func (d *Desk) saveDraftsSoon() {
	if d.drafts.timer {
		return
	}
	d.drafts.timer = true
	d.clock.After(draftDelay, func() {
		d.threads.UI(func() {
			d.drafts.timer = false
			d.SaveDrafts(nil)
		})
	})
}

// SaveDrafts writes all half-typed text now; done hears when it is on disk.
func (d *Desk) SaveDrafts(done func(error)) {
	if len(d.drafts.dirty) == 0 {
		if done != nil {
			done(nil)
		}
		return
	}
	if d.drafts.saving {
		d.saveDraftsSoon()
		return
	}
	dirty := d.drafts.dirty
	d.drafts.dirty, d.drafts.saving = map[draftKey]Draft{}, true
	shelf := d.shelf
	d.threads.Work(func() {
		var failed error
		for key, draft := range dirty {
			var err error
			if draft.Text == "" {
				err = shelf.DropDraft(context.Background(), key.incident, key.field)
			} else {
				err = shelf.SaveDraft(context.Background(), draft)
			}
			if err != nil {
				failed = err
			} else {
				delete(dirty, key)
			}
		}
		d.threads.UI(func() { d.draftsSaved(dirty, failed, done) })
	})
}

// draftsSaved keeps what could not be written for the next try; newer typing
// wins over it.
func (d *Desk) draftsSaved(left map[draftKey]Draft, failed error, done func(error)) {
	d.drafts.saving = false
	for key, draft := range left {
		if _, newer := d.drafts.dirty[key]; !newer {
			d.drafts.dirty[key] = draft
		}
	}
	if failed != nil {
		d.state.Saved.Trouble = failed.Error()
		d.show()
		d.saveDraftsSoon()
	} else if d.state.Saved.Trouble != "" {
		d.state.Saved = Saved{At: d.clock.Now()}
		d.show()
	}
	if done != nil {
		done(failed)
	}
}

// forgetDrafts drops the drafts that have become events; the append already
// dropped them on disk.
func (d *Desk) forgetDrafts(fields []string) {
	for _, f := range fields {
		delete(d.drafts.dirty, draftKey{d.draftHome(f), f})
		delete(d.state.Drafts, f)
	}
}

func (d *Desk) readDrafts(ctx context.Context, id workflow.IncidentID) error {
	got, err := d.shelf.Drafts(ctx, id)
	if err != nil {
		return err
	}
	kept := map[string]Draft{}
	for f, draft := range d.state.Drafts {
		if draft.Incident == "" {
			kept[f] = draft
		}
	}
	for _, draft := range got {
		kept[draft.Field] = draft
	}
	d.state.Drafts = kept
	return nil
}
