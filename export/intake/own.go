package intake

import (
	"strings"
	"time"

	"firebreak/workflow"
)

// ownColumns are the first names of our own timeline.csv; the rest follows them.
var ownColumns = []string{"at", "end", "certainty", "zone", "typed", "recorded", "kind", "milestone", "who", "text"}

func isOwnHeader(names []string) bool {
	if len(names) < len(ownColumns) {
		return false
	}
	for i, name := range ownColumns {
		if names[i] != name {
			return false
		}
	}
	return true
}

// ownRows reads our own timeline.csv back: the same stamps, the same texts.
func (d *document) ownRows(rows [][]string, at []int) {
	for i, row := range rows {
		field := map[string]string{}
		for n, name := range ownColumns {
			field[name] = unguarded(get(row, n))
		}
		e := ownDraft(at[i], field)
		if e == nil {
			d.rest = append(d.rest, workflow.Unread{Line: at[i], Text: clean(d.between(at[i]-1, d.recordEnd(at, i))), Why: "has no time as our exports write it"})
			continue
		}
		d.drafts = append(d.drafts, e)
	}
	d.notes = append(d.notes, "An export of a timeline: its times come in as they were.")
}

// unguarded takes the apostrophe away that keeps a spreadsheet from running a
// text as a formula.
func unguarded(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.IndexByte("=+-@\t", cell[1]) >= 0 {
		return cell[1:]
	}
	return cell
}

// ownObject reads a line of our own timeline.jsonl.
func (d *document) ownObject(o object) (*draft, bool) {
	field := map[string]string{}
	for _, name := range ownColumns {
		text, ok := o.data[name].(string)
		if !ok && o.data[name] != nil {
			return nil, false
		}
		field[name] = text
	}
	if field["certainty"] == "" || o.data["recorded"] == nil || o.data["text"] == nil {
		return nil, false
	}
	e := ownDraft(o.line, field)
	return e, e != nil
}

// ownDraft makes an entry of the fields of an export; nil when its time is not
// one that we write.
func ownDraft(line int, field map[string]string) *draft {
	for name, text := range field { // else as it is, to the last byte
		field[name] = strings.ToValidUTF8(text, "\uFFFD")
	}
	at, ok := ownTime(field["at"])
	end, okEnd := ownTime(field["end"])
	sure := workflow.Certainty(field["certainty"])
	if !ok || !okEnd || sure != workflow.Exact && sure != workflow.About && sure != workflow.Unknown || at.IsZero() && sure != workflow.Unknown {
		return nil
	}
	stamp := workflow.Stamp{Time: at, End: end, Zone: field["zone"], Sure: sure, Typed: field["typed"]}
	if !at.IsZero() {
		_, stamp.Shift = at.In(zoneNamed(field["zone"]).location()).Zone()
	}
	e := &draft{
		line: line, stamp: &stamp, who: field["who"], lines: []string{field["text"]},
		kind: workflow.EntryKind(field["kind"]), mile: workflow.Milestone(field["milestone"]), own: true,
	}
	if sure == workflow.Unknown {
		e.doubts(workflow.LikelyLine, "Its time was not known when it was exported.")
	}
	return e
}

func ownTime(text string) (time.Time, bool) {
	if text == "" {
		return time.Time{}, true
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	return t.UTC(), err == nil
}
