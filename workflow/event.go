package workflow

import (
	"cmp"
	"time"
)

// The identifiers of the log. Events and incidents carry UUIDv7 strings.
type (
	EventID    string
	IncidentID string
	DeviceID   string
)

// Kind names what an event says, with its version: "severity.set@1". Kinds
// live for ever, because logs do.
type Kind string

// Event is one thing that happened. It is never changed once it is in the log.
type Event struct {
	ID       EventID    // UUIDv7, given by Decide: a resend is recognised
	Seq      uint64     // the device's running number, given by the store inside the append: a gap is seen
	Batch    EventID    // the first event of the same intent; undo takes a batch
	Base     []EventID  // the values that its author saw: what makes a concurrent edit visible
	Incident IncidentID // whose log this is
	Device   DeviceID   // where it was written
	Actor    string     // who wrote it, as they call themselves
	Via      string     // where it was read, when nobody asked for it here: "tasks.md"
	Clock    Clock      // orders events between devices; wall clocks are for people
	At       Stamp      // when it happened in the world
	Recorded time.Time  // when it was written down, UTC
	Body     Body       // what happened
	Blots    []Blot     // what was blotted out of it since, oldest first
}

// Kind is the kind that the event is stored under: that of its body, or
// "redacted@1" once something was blotted out of it.
func (e Event) Kind() Kind {
	if len(e.Blots) > 0 {
		return Redacted{}.Kind()
	}
	return e.Body.Kind()
}

// Body is what an event says. The set is sealed: an unknown kind from a newer
// version is a Raw, kept and shown.
type Body interface {
	Kind() Kind
	apply(*Incident, Event)
}

// Intent is what somebody wants to happen. The set is sealed: everything that
// can be asked of an incident is a type of this package.
type Intent interface {
	decide(Incident, Env) ([]Body, error)
}

// dated is an Intent that says when the thing happened in the world; a zero
// stamp means now.
type dated interface{ when() Stamp }

// happened is a body of a decision with a time of its own: the entries of one
// import took place at different moments.
type happened struct {
	Body
	at Stamp
}

// starts is a body that begins a batch of its own: what follows is undone
// without what came before.
type starts struct{ Body }

// Opens says whether an intent begins an incident of its own, instead of being
// about one that is there.
func Opens(want Intent) bool {
	switch want.(type) {
	case Declare, ImportIncident:
		return true
	default:
		return false
	}
}

// Env is what a decision may know of the world: time and identity come in as
// values, so that the same question always gets the same answer.
type Env struct {
	Now    time.Time
	Zone   *time.Location // the display zone, kept with clock-given stamps; nil means UTC
	Actor  string
	Via    string // a file that the request was read from; empty when a person asked
	Device DeviceID
	NewID  func() EventID
}

func (env Env) stamp() Stamp {
	zone := env.Zone
	if zone == nil {
		zone = time.UTC
	}
	return StampAt(env.Now, zone)
}

// Decide answers what an intent would write to the incident's log. It changes
// nothing. A refusal is a *RuleError.
func Decide(in Incident, want Intent, env Env) ([]Event, error) {
	if !in.Declared() {
		if !Opens(want) {
			return nil, refuse("incident.none", "There is no incident yet. Declare one first: a title is enough.")
		}
	}
	bodies, err := want.decide(in, env)
	if err != nil {
		return nil, err
	}
	at := env.stamp()
	if d, ok := want.(dated); ok && d.when() != (Stamp{}) {
		at = d.when()
	}
	events := make([]Event, 0, len(bodies))
	scratch, batch := in, 0
	for i, body := range bodies {
		e := Event{
			ID: env.NewID(), Incident: in.ID, Device: env.Device, Actor: env.Actor, Via: env.Via,
			Clock: scratch.trail.clock.Next(env.Now), At: at, Recorded: env.Now.Round(0).UTC(), Body: body,
		}
		if s, own := e.Body.(starts); own {
			e.Body, batch = s.Body, i
		}
		if h, own := e.Body.(happened); own {
			e.Body, e.At = h.Body, h.at
		}
		e.Batch = e.ID
		if i > batch {
			e.Batch = events[batch].ID
		}
		if _, only := e.Body.(EntryImported); only { // it overwrites nothing, and there can be thousands
			scratch.trail.clock = e.Clock
			events = append(events, e)
			continue
		}
		e.Base = scratch.headsTouchedBy(e)
		events = append(events, e)
		if i < len(bodies)-1 {
			scratch = scratch.With(e)
		}
	}
	return events, nil
}

// before is the order of the log: the same on every device.
func (e *Event) before(o *Event) bool { return e.order(o) < 0 }

func (e *Event) order(o *Event) int {
	return cmp.Or(cmp.Compare(e.Clock, o.Clock), cmp.Compare(e.Device, o.Device), cmp.Compare(e.ID, o.ID))
}
