package session

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// draftDelay is how long typing may rest before it is on disk; promised is a
// second.
const draftDelay = 400 * time.Millisecond

// draftKey is a field of an incident, or of none.
type draftKey struct {
	home
	field string
}

// drafts is half-typed text on its way to the disk.
type drafts struct {
	dirty   map[draftKey]Draft
	saved   map[draftKey]string        // the texts as they were saved last; see guard
	saving  map[draftKey]Draft         // what is being written; nil: nothing is
	later   map[draftKey]func() string // long texts that are asked for when they are saved
	timer   bool
	waiting []func(error) // who hears when all of it is on disk
}

// saves says whether a draft of these fields is being written.
func (f drafts) saves(fields map[draftKey]string) bool {
	for key := range fields {
		if _, busy := f.saving[key]; busy {
			return true
		}
	}
	return false
}

// Draft keeps half-typed text. It is on disk within a second of the last key,
// and back in its field after a crash, a restart or a change of screen. Fields
// that start with "app." belong to no incident.
func (d *Desk) Draft(field, text string) {
	key := d.draftKey(field)
	delete(d.drafts.later, key)
	draft, known := d.state.Drafts[field]
	if !known && text == "" || known && draft.Text == text {
		return
	}
	if draft.Text == "" {
		draft.Started = d.clock.Now().UTC()
	}
	draft.Incident, draft.Field, draft.Text = key.incident, field, text
	d.showDraft(draft)
	d.drafts.dirty[key] = draft
	d.saveDraftsSoon()
}

// DraftLater is Draft for a text that is too long to be put together with every
// key: it is asked for when it goes to the disk, which is as soon as with Draft.
// Read must answer the text of this field whatever is shown by then.
func (d *Desk) DraftLater(field string, read func() string) {
	d.drafts.later[d.draftKey(field)] = read
	d.saveDraftsSoon()
}

// settle asks for the long texts.
func (d *Desk) settle() {
	for key, read := range d.drafts.later {
		delete(d.drafts.later, key)
		if key == d.draftKey(key.field) {
			d.Draft(key.field, read())
			continue
		}
		d.drafts.dirty[key] = Draft{Incident: key.incident, Field: key.field, Text: read(), Started: d.clock.Now().UTC()}
	}
}

// settleBroken is settle when the text that is asked for may be what broke down:
// the others are asked all the same.
func (d *Desk) settleBroken() {
	defer func() { _ = recover() }()
	d.settle()
}

// showDraft puts a draft into the state, or takes it out when it is empty. The
// map that a screen was given stays as it is.
func (d *Desk) showDraft(draft Draft) {
	shown := maps.Clone(d.state.Drafts)
	if draft.Text == "" {
		delete(shown, draft.Field)
	} else {
		shown[draft.Field] = draft
	}
	d.state.Drafts = shown
}

func (d *Desk) draftKey(field string) draftKey {
	at := d.here()
	if strings.HasPrefix(field, "app.") {
		at.incident = ""
	}
	return draftKey{at, field}
}

// typed is what stands in fields now.
func (d *Desk) typed(fields []string) map[draftKey]string {
	d.settle()
	out := make(map[draftKey]string, len(fields))
	for _, f := range fields {
		out[d.draftKey(f)] = d.state.Drafts[f].Text
	}
	return out
}

func fieldsOf(keys map[draftKey]string) []string {
	var out []string
	for key := range keys {
		out = append(out, key.field)
	}
	slices.Sort(out)
	return out
}

func (d *Desk) saveDraftsSoon() {
	if d.drafts.timer {
		return
	}
	d.drafts.timer = true
	d.clock.After(draftDelay, func() {
		d.threads.UI(func() {
			d.drafts.timer = false
			if !d.end.closed {
				d.SaveDrafts(nil)
			}
		})
	})
}

// SaveDrafts writes all half-typed text now; done hears when it is on disk. The
// words of a write in flight wait for its end: saved now they would come back
// after their event has taken them off the disk.
func (d *Desk) SaveDrafts(done func(error)) {
	d.settle()
	if done != nil {
		d.drafts.waiting = append(d.drafts.waiting, done)
	}
	if d.drafts.saving != nil {
		return // its end looks at what is left
	}
	now := map[draftKey]Draft{}
	for key, draft := range d.drafts.dirty {
		if d.line.flying != nil {
			if _, taken := d.line.flying.clear[key]; taken {
				d.saveDraftsSoon()
				continue
			}
		}
		now[key] = draft
		d.guard(key, draft, now)
		delete(d.drafts.dirty, key)
	}
	if len(now) == 0 {
		d.tellSaved(nil)
		return
	}
	d.drafts.saving = now
	left := maps.Clone(now)
	var failed error
	d.beside(func() error {
		for _, key := range guarded(now) {
			if err := keepDraft(key, now[key]); err != nil {
				failed = err
			} else {
				delete(left, key)
			}
		}
		return failed
	}, func(err error) { d.draftsSaved(left, err) })
}

func keepDraft(key draftKey, draft Draft) error {
	if draft.Text == "" {
		return key.shelf.DropDraft(context.Background(), key.incident, key.field)
	}
	return key.shelf.SaveDraft(context.Background(), draft)
}

// Rescue writes what is half-typed on the calling thread, when the desk's own
// has broken down and nothing else can be asked of it. The words of a write in
// flight are left out: they would come back beside their event.
func (d *Desk) Rescue() {
	for len(d.drafts.later) > 0 {
		d.settleBroken()
	}
	for _, typed := range []map[draftKey]Draft{d.drafts.saving, d.drafts.dirty} {
		for key, draft := range typed {
			if d.line.flying != nil && d.line.flying.clear[key] == draft.Text && draft.Text != "" {
				continue
			}
			_ = keepDraft(key, draft)
		}
	}
}

func (d *Desk) tellSaved(failed error) {
	waiting := d.drafts.waiting
	d.drafts.waiting = nil
	for _, done := range waiting {
		done(failed)
	}
}

// draftsSaved keeps what could not be written for the next try; newer typing
// wins over it. What was typed into a sample that was put away is let go.
func (d *Desk) draftsSaved(left map[draftKey]Draft, failed error) {
	d.drafts.saving = nil
	kept := false
	for key, draft := range left {
		if key.shelf != d.shelf && key.shelf != d.settings {
			continue
		}
		kept = true
		if _, newer := d.drafts.dirty[key]; !newer {
			d.drafts.dirty[key] = draft
		}
	}
	switch {
	case kept:
		d.stuck(failed)
		d.show()
	case d.state.Saved.Trouble != "" && failed == nil:
		d.recovered(d.clock.Now())
		d.show()
	}
	if !kept && len(d.drafts.dirty)+len(d.drafts.later) > 0 {
		d.saveDraftsSoon() // typed while the disk was slow: its own moment may have passed during the save
	}
	if !kept && len(d.drafts.dirty) > 0 && len(d.drafts.waiting) > 0 {
		d.SaveDrafts(nil)
	} else {
		d.tellSaved(failed)
	}
	d.pump()
}

// forgetDrafts drops the drafts that have become an event; the append already
// dropped them on disk. What was typed on meanwhile is not in the event: it
// stays, and goes back to the disk.
func (d *Desk) forgetDrafts(fields map[draftKey]string) {
	for key, text := range fields {
		here := key == d.draftKey(key.field)
		shown, known := d.state.Drafts[key.field]
		if here && known && shown.Text != text {
			d.drafts.dirty[key] = shown
			d.saveDraftsSoon()
			continue
		}
		delete(d.drafts.dirty, key)
		delete(d.drafts.saved, key)
		if here && known {
			d.showDraft(Draft{Field: key.field})
		}
	}
}

// layOut puts the drafts of what is on the desk into their fields: those from
// the disk, and over them what is still on its way there.
func (d *Desk) layOut(fromDisk []Draft) {
	d.settle()
	kept := map[string]Draft{}
	for f, draft := range d.state.Drafts {
		if draft.Incident == "" {
			kept[f] = draft
		}
	}
	for _, draft := range fromDisk {
		kept[draft.Field] = draft
		d.drafts.saved[d.draftKey(draft.Field)] = draft.Text
	}
	for _, newer := range []map[draftKey]Draft{d.drafts.saving, d.drafts.dirty} {
		for key, draft := range newer {
			if key != d.draftKey(key.field) {
				continue
			}
			if draft.Text == "" {
				delete(kept, key.field)
			} else {
				kept[key.field] = draft
			}
		}
	}
	d.state.Drafts = kept
}

func (d *Desk) readDrafts(ctx context.Context, id workflow.IncidentID) error {
	got, err := d.shelf.Drafts(ctx, id)
	if err != nil {
		return err
	}
	d.layOut(got)
	return nil
}
