package workflow

import (
	"maps"
	"slices"
)

// trail is the incident's own log and what follows from it for the fold.
type trail struct {
	events  []*Event              // in the log's order, no doubles; shared between versions, never changed
	undone  map[EventID]EventID   // batch left out → the event that left it out
	skipped map[EventID][]EventID // an event that set nothing → what it had seen
	clock   Clock                 // the newest reading
}

// saw says whether an author who saw base also knew the given value. A write
// between the two that was undone, or that this version cannot read, carries
// the knowledge on: it must not bring a value back that had been overwritten
// long ago. A damaged log can name its events in a circle; each is asked once.
func (t trail) saw(base []EventID, id EventID) bool {
	if slices.Contains(base, id) {
		return true
	}
	var asked map[EventID]bool
	ask := base
	for len(ask) > 0 {
		b := ask[len(ask)-1]
		ask = ask[: len(ask)-1 : len(ask)-1]
		older, left := t.skipped[b]
		if b == id {
			return true
		}
		if !left || asked[b] {
			continue
		}
		if asked == nil {
			asked = map[EventID]bool{}
		}
		asked[b] = true
		ask = append(ask, older...)
	}
	return false
}

// Fold builds the incident from its events. Order and doubles do not matter;
// it never fails.
func Fold(id IncidentID, events []Event) Incident {
	own := slices.Clone(events) // the caller's slice stays the caller's
	sorted := make([]*Event, 0, len(own))
	seen := make(map[EventID]bool, len(own))
	for i := range own {
		if e := &own[i]; e.Body != nil && !seen[e.ID] {
			seen[e.ID] = true
			sorted = append(sorted, e)
		}
	}
	inOrder := func(a, b *Event) int { return a.order(b) }
	if !slices.IsSortedFunc(sorted, inOrder) {
		slices.SortFunc(sorted, inOrder)
	}

	in := Incident{ID: id, index: make(map[EventID]int, len(sorted)), folding: true}
	in.trail = trail{events: sorted, undone: undone(sorted), skipped: map[EventID][]EventID{}}
	for _, e := range sorted {
		in.trail.clock = max(in.trail.clock, e.Clock)
		if _, left := in.trail.undone[e.Batch]; left {
			in.trail.skipped[e.ID] = e.Base
			continue
		}
		if blank(e.Body) && len(e.Base) > 0 {
			in.trail.skipped[e.ID] = e.Base
		}
		e.Body.apply(&in, *e)
	}
	in.folding, in.covered = false, len(in.Timeline.entries)
	return in
}

// blank says whether a body sets nothing here, though it did where it was
// written.
func blank(b Body) bool {
	switch b.(type) {
	case Raw, Redacted:
		return true
	default:
		return false
	}
}

// undone works from the newest to the oldest: an undo counts unless it was
// itself undone later.
func undone(sorted []*Event) map[EventID]EventID {
	out := map[EventID]EventID{}
	for _, e := range slices.Backward(sorted) {
		u, is := e.Body.(Undone)
		if !is {
			continue
		}
		if _, left := out[e.Batch]; !left {
			out[u.Batch] = e.ID
		}
	}
	return out
}

// With is the incident after more events. The value it is called on does not
// change.
func (in Incident) With(events ...Event) Incident {
	if len(events) == 0 {
		return in
	}
	if !in.follows(events) {
		return Fold(in.ID, append(in.Events(), events...))
	}
	out := in.clone()
	for _, e := range events {
		out.trail.events = append(out.trail.events, &e)
		out.trail.clock = max(out.trail.clock, e.Clock)
		e.Body.apply(&out, e)
	}
	out.reindex()
	return out
}

// follows says whether the events simply come after what is there: then only
// they need to be applied.
func (in Incident) follows(events []Event) bool {
	last := &Event{}
	if n := len(in.trail.events); n > 0 {
		last = in.trail.events[n-1]
	}
	for i := range events {
		e := &events[i]
		if e.Body == nil || !last.before(e) {
			return false
		}
		if _, changesThePast := e.Body.(Undone); changesThePast || blank(e.Body) {
			return false
		}
		if _, left := in.trail.undone[e.Batch]; left {
			return false
		}
		last = e
	}
	return true
}

// headsTouchedBy runs an event against a copy and notes which values it would
// overwrite: those are the ones its author saw.
func (in Incident) headsTouchedBy(e Event) []EventID {
	probe := []EventID{}
	scratch := in.clone()
	scratch.probe = &probe
	e.Body.apply(&scratch, e)
	if len(probe) == 0 {
		return nil
	}
	slices.Sort(probe)
	return slices.Compact(probe)
}

// clone copies what apply changes in place. Entries and register heads are
// never changed in place, so they are shared.
func (in Incident) clone() Incident {
	in.Timeline.entries = slices.Clip(in.Timeline.entries)
	in.trail.events = slices.Clip(in.trail.events)
	in.Board.marks = maps.Clone(in.Board.marks)
	in.Board.confirmed = maps.Clone(in.Board.confirmed)
	in.Board.added = slices.Clip(in.Board.added)
	in.Triage.assessment = maps.Clone(in.Triage.assessment)
	in.Crew = in.Crew.clone()
	in.Gates = maps.Clone(in.Gates)
	in.Updates = slices.Clip(in.Updates)
	in.Fix = in.Fix.clone()
	in.Proof = in.Proof.clone()
	in.Review = in.Review.clone()
	in.leaks = maps.Clone(in.leaks)
	in.milestones = maps.Clone(in.milestones)
	return in
}

// Events is the log that the incident was folded from, in its order.
func (in Incident) Events() []Event {
	out := make([]Event, len(in.trail.events))
	for i, e := range in.trail.events {
		out[i] = *e
	}
	return out
}

// EachEvent visits the log in its order, without a copy of it, until visit says
// that it has seen enough.
func (in Incident) EachEvent(visit func(*Event) bool) {
	for _, e := range in.trail.events {
		if !visit(e) {
			return
		}
	}
}

// LeftOut says whether an event's batch has been undone.
func (in Incident) LeftOut(e Event) bool {
	_, left := in.trail.undone[e.Batch]
	return left
}

// Has says whether an event is in the log.
func (in Incident) Has(id EventID) bool {
	for _, e := range slices.Backward(in.trail.events) {
		if e.ID == id {
			return true
		}
	}
	return false
}
