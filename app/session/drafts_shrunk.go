package session

import (
	"slices"
	"strings"
)

// shrinkFrom is how many bytes a half-typed text must have for its loss to be
// guarded against, and shrinkTo the part of it that must be left: a text that
// loses more between two saves was hardly emptied on purpose.
const (
	shrinkFrom = 200
	shrinkTo   = 5 // a fifth
)

// shrank says whether most of a text is gone.
func shrank(before, after string) bool {
	return len(before) >= shrinkFrom && len(after)*shrinkTo < len(before)
}

// shrunkMark begins the drafts that hold what stood in a field before most of
// it was deleted.
const shrunkMark = "shrunk."

// shrunkField is where the former text of a field is kept.
func shrunkField(field string) string {
	if rest, app := strings.CutPrefix(field, "app."); app {
		return "app." + shrunkMark + rest
	}
	return shrunkMark + field
}

// grownField is the field that a former text belongs to.
func grownField(field string) (string, bool) {
	if rest, app := strings.CutPrefix(field, "app."+shrunkMark); app {
		return "app." + rest, true
	}
	return strings.CutPrefix(field, shrunkMark)
}

// guard keeps what stood in a field when most of it goes away in one save. It
// is written before the text that is left.
func (d *Desk) guard(key draftKey, draft Draft, now map[draftKey]Draft) {
	before := d.drafts.saved[key]
	d.drafts.saved[key] = draft.Text
	if _, former := grownField(key.field); former || !shrank(before, draft.Text) {
		return
	}
	field := shrunkField(key.field)
	kept := Draft{Incident: key.incident, Field: field, Text: before, Started: d.clock.Now().UTC()}
	now[draftKey{key.home, field}] = kept
	if key == d.draftKey(key.field) {
		d.showDraft(kept)
		d.Say(Strip{Says: "Most of what stood in a field was deleted. It is kept: Edit, Bring back a deleted text."})
	}
}

// guarded are drafts in the order that they must be written in: former texts
// first.
func guarded(now map[draftKey]Draft) []draftKey {
	var first, rest []draftKey
	for key := range now {
		if _, former := grownField(key.field); former {
			first = append(first, key)
		} else {
			rest = append(rest, key)
		}
	}
	return append(first, rest...)
}

// Deleted lists the fields whose former text is kept, the newest first.
func (s State) Deleted() []string {
	var fields []string
	for field := range s.Drafts {
		if _, former := grownField(field); former {
			fields = append(fields, field)
		}
	}
	slices.SortFunc(fields, func(a, b string) int {
		return s.Drafts[b].Started.Compare(s.Drafts[a].Started)
	})
	return fields
}

// BringBack puts the text that was deleted last back into its field. What
// stands there now is kept in its place, so that pressing twice changes nothing.
func (d *Desk) BringBack() {
	deleted := d.state.Deleted()
	if len(deleted) == 0 {
		d.Say(Strip{Says: "No deleted text is kept."})
		return
	}
	field, _ := grownField(deleted[0])
	former, now := d.state.Drafts[deleted[0]].Text, d.state.Drafts[field].Text
	d.Draft(field, former)
	d.Draft(deleted[0], now)
	d.Say(Strip{Says: "The deleted text is back in its field."})
}
