package workflow

import (
	"slices"
	"strings"
	"time"
)

// Standing is the state of an increment in SpecWeave's words.
type Standing string

// The states that SpecWeave knows.
const (
	Planning       Standing = "planning"
	Active         Standing = "active"
	Backlog        Standing = "backlog"
	Paused         Standing = "paused"
	ReadyForReview Standing = "ready_for_review" // only SpecWeave writes it
	Completed      Standing = "completed"
	Abandoned      Standing = "abandoned"
)

// Standings lists every state.
func Standings() []Standing {
	return []Standing{Planning, Active, Backlog, Paused, ReadyForReview, Completed, Abandoned}
}

// Stand is where an increment stands, why, and since when.
type Stand struct {
	State  Standing
	Reason string    // of a pause or an end without completion
	Since  time.Time // UTC
	// Said is true when somebody gave the increment this state, in the program
	// or in its file; else it follows from the incident.
	Said bool
}

// IncrementStand is where the increment stands. Unless somebody gave it a state
// of its own it follows the incident: abandoned when that was none, completed
// with the all-clear once every task is done, else active.
func (in Incident) IncrementStand() Stand {
	if h, ok := in.Fix.state.Head(); ok && h.Value.State != "" {
		return Stand{State: h.Value.State, Reason: h.Value.Reason, Since: h.When, Said: true}
	}
	if h, ok := in.Triage.Cancelled.Head(); ok && h.Value != "" {
		return Stand{State: Abandoned, Reason: h.Value, Since: h.When}
	}
	if !in.Reached(AllClear) || slices.ContainsFunc(in.Tasks(), func(t Task) bool { return !t.Done }) {
		return Stand{State: Active}
	}
	stand := Stand{State: Completed}
	if at, ok := in.MilestoneAt(AllClear); ok && at.Known() {
		stand.Since = at.Time.UTC()
	}
	return stand
}

// MoveIncrement gives the increment a state: paused while it waits, abandoned
// when it will not be finished, active again. An empty state lets it follow the
// incident again.
type MoveIncrement struct {
	To     Standing
	Reason string
}

// mayMove holds which states follow which, as SpecWeave allows it. Completed
// comes only from the all-clear or from SpecWeave itself.
var mayMove = map[Standing][]Standing{
	Paused:    {Active, Planning, Backlog},
	Abandoned: {Planning, Active, Backlog, Paused, ReadyForReview, Completed},
	Active:    {Planning, Backlog, Paused, ReadyForReview, Completed, Abandoned},
}

func (m MoveIncrement) decide(in Incident, env Env) ([]Body, error) {
	now := in.IncrementStand()
	reason := strings.TrimSpace(m.Reason)
	body := IncrementMoved{State: m.To, Reason: reason}
	switch {
	case in.Fix.Increment.Get().ID == "":
		return nil, refuse("increment.none", "This incident has no increment yet. Create it first, or link one.")
	case m.To == "" && !now.Said:
		return nil, refuse("increment.same", "The increment follows the incident already.")
	case m.To == "":
		return []Body{body}, nil
	case now.State == m.To && now.Said:
		return nil, refuse("increment.same", "The increment is %s already.", m.To.Word())
	case env.Via != "": // the file is right about itself, whatever the rules say
		return []Body{body}, nil
	case now.State == m.To:
		return nil, refuse("increment.same", "The increment is %s already.", m.To.Word())
	case !slices.Contains(mayMove[m.To], now.State):
		return nil, refuseField("increment.move", "state", "An increment that is %s cannot become %s. %s", now.State.Word(), m.To.Word(), moveHint(m.To))
	case (m.To == Paused || m.To == Abandoned) && reason == "":
		return nil, refuseField("increment.reason-missing", "reason", "Say in a few words why the increment is %s.", m.To.Word())
	}
	return []Body{body}, nil
}

func moveHint(to Standing) string {
	if to == Completed {
		return "Declare the all-clear and finish its tasks: then it is completed."
	}
	return "Make it active first."
}

// Word is the state in plain words.
func (s Standing) Word() string { return strings.ReplaceAll(string(s), "_", " ") }

// IncrementMoved is a state that somebody gave the increment.
type IncrementMoved struct {
	State  Standing `json:"state"` // empty: it follows the incident
	Reason string   `json:"reason,omitempty"`
}

// Kind is "increment.moved@1".
func (IncrementMoved) Kind() Kind { return "increment.moved@1" }

func (m IncrementMoved) apply(in *Incident, e Event) {
	in.Fix.state.set(in, e, m)
	text := "Increment " + m.State.Word()
	if m.State == "" {
		text = "Increment follows the incident again"
	}
	if m.Reason != "" {
		text += ": " + firstLine(m.Reason)
	}
	in.record(e, FactEntry, text)
}

// followIncident ends a state of the increment's own: what happened to the
// incident has more weight.
func (f *Fix) followIncident(in *Incident, e Event) {
	if f.state.Set() {
		f.state.set(in, e, IncrementMoved{})
	}
}
