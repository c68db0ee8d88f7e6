package workflow

import "slices"

// Undone leaves a batch out of the fold. There are no inverse operations: what
// was undone stays in the log, and redo is the undo of the undo.
type Undone struct {
	Batch EventID `json:"batch"`
}

// Kind is "undone@1".
func (Undone) Kind() Kind { return "undone@1" }

func (Undone) apply(*Incident, Event) {}

// Undo takes back the newest change of this device that still stands. What was
// read from a file is nobody's step here: taking it back would surprise whoever
// wrote something else last. The declaration itself cannot be undone; an incident declared by mistake is
// cancelled instead, with a reason.
type Undo struct{}

func (Undo) decide(in Incident, env Env) ([]Body, error) {
	batch, ok := in.lastBatch(env.Device)
	switch {
	case !ok && in.declaredOn(env.Device) && in.Open():
		return nil, refuse("undo.nothing", "There is nothing left to undo on this device but the declaration, and that stays on record. If this was no incident, cancel it with a reason.")
	case !ok:
		return nil, refuse("undo.nothing", "There is nothing left to undo on this device. What other devices wrote is undone there.")
	}
	return []Body{Undone{Batch: batch}}, nil
}

// Redo brings back what the newest undo of this device took away, as long as
// nothing new was done since.
type Redo struct{}

func (Redo) decide(in Incident, env Env) ([]Body, error) {
	for _, e := range slices.Backward(in.trail.events) {
		if e.Device != env.Device || e.Via != "" || in.LeftOut(*e) {
			continue
		}
		u, is := e.Body.(Undone)
		if !is {
			break
		}
		if in.isRedo(u) {
			continue
		}
		return []Body{Undone{Batch: e.Batch}}, nil
	}
	return nil, refuse("redo.nothing", "There is nothing to redo.")
}

// isRedo says whether an undo took back another undo.
func (in Incident) isRedo(u Undone) bool {
	return slices.ContainsFunc(in.trail.events, func(e *Event) bool {
		_, is := e.Body.(Undone)
		return is && e.Batch == u.Batch
	})
}

// lastBatch is the newest batch of a device that can be undone: not the
// declaration, not an undo, not one already left out.
func (in Incident) lastBatch(device DeviceID) (EventID, bool) {
	for _, e := range slices.Backward(in.trail.events) {
		if e.Device != device || e.Via != "" || in.LeftOut(*e) {
			continue // what came out of a file is changed there, or by hand
		}
		switch e.Body.(type) {
		case Undone, Redacted, LeaksBlotted:
			continue // what was blotted out does not come back
		case Declared:
			return "", false
		}
		if len(in.trail.events) > 0 && e.Batch == in.trail.events[0].Batch {
			return "", false
		}
		return e.Batch, true
	}
	return "", false
}

// declaredOn says whether a device declared the incident.
func (in Incident) declaredOn(device DeviceID) bool {
	return len(in.trail.events) > 0 && in.trail.events[0].Device == device
}

// CanUndo names, in words, the change that Undo would take back.
func (in Incident) CanUndo(device DeviceID) (what string, ok bool) {
	batch, ok := in.lastBatch(device)
	if !ok {
		return "", false
	}
	return in.describeBatch(batch), true
}

// CanRedo names, in words, the change that Redo would bring back.
func (in Incident) CanRedo(env Env) (what string, ok bool) {
	bodies, err := Redo{}.decide(in, env)
	if err != nil {
		return "", false
	}
	redone := bodies[0].(Undone).Batch
	for _, e := range in.trail.events {
		if u, is := e.Body.(Undone); is && e.Batch == redone {
			return in.describeBatch(u.Batch), true
		}
	}
	return "", false
}

func (in Incident) describeBatch(batch EventID) string {
	for _, e := range in.trail.events {
		if e.Batch == batch {
			return Describe(*e, in.Playbook)
		}
	}
	return "the last change"
}
