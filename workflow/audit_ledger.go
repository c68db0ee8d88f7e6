package workflow

import (
	"slices"
	"strings"
	"time"
)

// detectedPart ends the id of the second entry that a declaration leaves.
const detectedPart = "/detected"

// place is a field of a subject.
type place struct{ what, id, field string }

// written is a value that an event gave to a place.
type written struct {
	batch EventID
	value string
}

// ledger follows the values of the log from event to event. A value is the
// newest that was written to its place and is not left out, so that an undo
// only crosses out and nothing needs to be folded again. What an event gives
// to the subject that it makes itself is looked up in that event.
type ledger struct {
	events  []*Event
	final   Incident
	zone    *time.Location
	at      map[EventID]int   // the events up to now, by id
	batches map[EventID][]int // those that belong to another one's batch
	values  map[place][]written
	undoers map[EventID][]EventID // which undos name a batch, in the log's order
	out     map[EventID]bool      // the batches that are left out now
	room    []write               // of the newest event's tale, used again
}

func newLedger(in Incident, zone *time.Location) *ledger {
	return &ledger{
		events: in.trail.events, final: in, zone: zone, at: make(map[EventID]int, len(in.trail.events)),
		batches: map[EventID][]int{}, values: map[place][]written{}, undoers: map[EventID][]EventID{}, out: map[EventID]bool{},
	}
}

// see takes note of an event.
func (l *ledger) see(i int) {
	e := l.events[i]
	l.at[e.ID] = i
	if e.Batch != e.ID {
		l.batches[e.Batch] = append(l.batches[e.Batch], i)
	}
}

// record says what an event changed, and remembers its values.
func (l *ledger) record(c *AuditLine, i int) {
	e := l.events[i]
	l.see(i)
	t := &tale{ledger: l, event: e, writes: l.room[:0]}
	t.hear()
	l.room = t.writes
	c.Says, c.Subject = Describe(*e, l.final.Playbook), t.about
	for _, w := range t.writes {
		before := w.initial // of what was not there before
		if w.id != string(e.ID) {
			before = l.value(w.place, w.initial)
			l.values[w.place] = append(l.values[w.place], written{e.Batch, w.value})
		}
		edit := Edit{Subject: t.about, Field: w.field, Before: before, After: w.value}
		if w.saw != nil && *w.saw != before {
			edit.Seen = *w.saw
		}
		if before != w.value || edit.Seen != "" {
			c.Edits = append(c.Edits, edit)
		}
	}
	if len(c.Edits) == 0 && len(t.writes) > 0 {
		w := t.writes[0]
		c.Edits = append(c.Edits, Edit{Subject: t.about, Field: w.field, Before: w.value, After: w.value})
	}
}

// undo says what an undo or a redo changed.
func (l *ledger) undo(c *AuditLine, i int, u Undone) {
	e := l.events[i]
	c.Of = u.Batch
	c.Subject = Subject{What: "change", ID: string(u.Batch)}
	c.Says = l.undoWords(u)
	l.see(i)
	l.undoers[u.Batch] = append(l.undoers[u.Batch], e.Batch)
	flipped := l.settle(u.Batch, nil)
	if target, ok := l.redone(u.Batch); ok {
		c.Of = target
	}
	var all []*tale
	for _, batch := range flipped {
		for _, at := range l.members(batch) {
			all = append(all, l.tell(l.events[at]))
		}
	}
	after := l.read(all)
	l.flip(flipped)
	before := l.read(all)
	l.flip(flipped)
	seen := map[place]bool{}
	n := 0
	for _, t := range all {
		for _, w := range t.writes {
			if before[n] != after[n] && !seen[w.place] {
				seen[w.place] = true
				c.Edits = append(c.Edits, Edit{Subject: t.about, Field: w.field, Before: before[n], After: after[n]})
			}
			n++
		}
	}
}

// read answers the values of all places that the tales speak of.
func (l *ledger) read(all []*tale) []string {
	var out []string
	for _, t := range all {
		for _, w := range t.writes {
			switch {
			case w.id != string(t.event.ID):
				out = append(out, l.value(w.place, w.initial))
			case l.out[t.event.Batch]:
				out = append(out, w.initial)
			default:
				out = append(out, l.value(w.place, w.value))
			}
		}
	}
	return out
}

func (l *ledger) flip(batches []EventID) {
	for _, b := range batches {
		l.out[b] = !l.out[b]
	}
}

// settle works out whether a batch is left out, and what follows for those
// that it had itself undone. It answers which are turned over. A damaged log
// can name its undos in a circle; each is asked once.
func (l *ledger) settle(batch EventID, asked []EventID) []EventID {
	if slices.Contains(asked, batch) {
		return nil
	}
	asked = append(asked, batch)
	left := slices.ContainsFunc(l.undoers[batch], func(by EventID) bool { return !l.out[by] })
	if left == l.out[batch] {
		return nil
	}
	l.out[batch] = left
	flipped := []EventID{batch}
	for _, at := range l.members(batch) {
		if u, is := l.events[at].Body.(Undone); is {
			flipped = append(flipped, l.settle(u.Batch, asked)...)
		}
	}
	return flipped
}

// members are the events of a batch up to now, by their places in the log.
func (l *ledger) members(batch EventID) []int {
	var out []int
	if i, ok := l.at[batch]; ok && l.events[i].Batch == batch {
		out = append(out, i)
	}
	return append(out, l.batches[batch]...)
}

// redone is what an undo had taken back that is itself undone now.
func (l *ledger) redone(batch EventID) (EventID, bool) {
	for _, i := range l.members(batch) {
		if u, is := l.events[i].Body.(Undone); is {
			return u.Batch, true
		}
	}
	return "", false
}

func (l *ledger) undoWords(u Undone) string {
	if target, ok := l.redone(u.Batch); ok {
		return "Redo: " + l.batchWords(target)
	}
	return "Undo: " + l.batchWords(u.Batch)
}

func (l *ledger) batchWords(batch EventID) string {
	for _, i := range l.members(batch) {
		return Describe(*l.events[i], l.final.Playbook)
	}
	return "a change that is not in this log"
}

func (l *ledger) undoing(by EventID) *Undoing {
	i, ok := l.at[by]
	if !ok {
		return &Undoing{Event: by}
	}
	e := l.events[i]
	return &Undoing{Event: e.ID, By: e.Actor, Device: e.Device, Recorded: e.Recorded}
}

// value is what a place holds now.
func (l *ledger) value(p place, initial string) string {
	for _, w := range slices.Backward(l.values[p]) {
		if !l.out[w.batch] {
			return w.value
		}
	}
	return l.first(p, initial)
}

// first is what the event that made a subject gave to a place of it.
func (l *ledger) first(p place, initial string) string {
	i, known := l.at[EventID(strings.TrimSuffix(p.id, detectedPart))]
	if !known || l.out[l.events[i].Batch] {
		return initial
	}
	e := l.events[i]
	if p.what == entrySubject {
		if entry, found := l.firstEntry(e, EventID(p.id)); found {
			return l.entryValue(entry, p.field, initial)
		}
		return initial
	}
	for _, w := range l.tell(e).writes {
		if w.place == p {
			return w.value
		}
	}
	return initial
}

// firstEntry is the entry that an event left in the timeline, as first written.
func (l *ledger) firstEntry(e *Event, id EventID) (Entry, bool) {
	alone := Incident{ID: e.Incident, Playbook: l.final.Playbook, index: map[EventID]int{}, folding: true}
	e.Body.apply(&alone, *e)
	for _, entry := range alone.Timeline.entries {
		if entry.ID != id {
			continue
		}
		first := *entry
		if stands, found := l.final.Entry(id); found { // the words can follow from what was before
			first.Original = stands.Original
		}
		return first, true
	}
	if stands, found := l.final.Entry(id); found {
		return Entry{ID: id, Original: stands.Original, First: stands.First, Machine: stands.Machine}, true
	}
	return Entry{}, false
}
