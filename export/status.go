package export

import (
	"bytes"
	"encoding/json"
	"time"

	"firebreak/workflow"
)

// Status is where an incident stands, for programs and for the terminal. Times
// are RFC 3339 in UTC, lengths whole seconds.
type Status struct {
	ID          workflow.IncidentID `json:"id"`
	Title       string              `json:"title"`
	Severity    string              `json:"severity"` // "undecided" until decided
	Flow        string              `json:"flow"`
	Stage       workflow.Stage      `json:"stage"`
	Detected    string              `json:"detected"` // "unknown" when nobody knows
	Since       int64               `json:"since_seconds"`
	Increment   string              `json:"increment,omitempty"`
	Next        StatusNext          `json:"next"`
	Cadence     StatusCadence       `json:"updates"`
	Phases      []StatusPhase       `json:"phases"`
	Gates       []StatusGate        `json:"gates"`
	Assignments []StatusAssignment  `json:"assignments"`
	Metrics     []StatusMetric      `json:"metrics"`
	Last        []StatusEntry       `json:"last"` // the newest entries, the oldest of them first
}

// StatusNext is the one next best action.
type StatusNext struct {
	Step   workflow.Step `json:"step"`
	Target string        `json:"target,omitempty"`
	Title  string        `json:"title"`
	Reason string        `json:"reason,omitempty"`
	Late   bool          `json:"late"`
}

// StatusCadence is when stakeholders are to hear something next.
type StatusCadence struct {
	Last    string           `json:"last,omitempty"`
	Due     string           `json:"due,omitempty"` // empty: none is due
	Urgency workflow.Urgency `json:"urgency"`
}

// StatusPhase is one phase of the checklist and what is open in it.
type StatusPhase struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Done      int          `json:"done"`
	Of        int          `json:"of"`
	Confirmed bool         `json:"confirmed"`
	Open      []StatusItem `json:"open"`
}

// StatusItem is an open item of the checklist, with the id to tick it by.
type StatusItem struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// StatusGate is a gate and what is missing for it.
type StatusGate struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Open       bool     `json:"open"`
	Overridden string   `json:"overridden_by,omitempty"`
	Missing    []string `json:"missing"`
}

// StatusAssignment is a task of the response that is still to be done.
type StatusAssignment struct {
	ID    workflow.EventID `json:"id"`
	Owner string           `json:"owner"`
	Text  string           `json:"text"`
	Due   string           `json:"due"`
	Late  bool             `json:"late"`
}

// StatusMetric is a metric with its formula and what it is worth.
type StatusMetric struct {
	ID      workflow.MetricID    `json:"id"`
	Name    string               `json:"name"`
	State   workflow.MetricState `json:"state"`
	Seconds *int64               `json:"seconds"` // null without a number
	Approx  bool                 `json:"approximate"`
	Formula string               `json:"formula"`
	Why     string               `json:"why,omitempty"`
}

// StatusEntry is one line of the timeline.
type StatusEntry struct {
	ID   workflow.EventID   `json:"id"`
	At   string             `json:"at"`
	Kind workflow.EntryKind `json:"kind"`
	Who  string             `json:"who"`
	Text string             `json:"text"`
}

// statusEntries is how many entries a status shows.
const statusEntries = 10

// StatusOf is where an incident stands at a moment.
func StatusOf(in workflow.Incident, now time.Time) Status {
	next, cadence := in.Next(now), in.Cadence(now)
	s := Status{
		ID: in.ID, Title: in.Triage.Title.Get(), Severity: workflow.SeverityWord(in.Triage.Severity.Get()),
		Flow: string(in.Effective().Flow), Stage: in.Stage(), Detected: "unknown",
		Since: seconds(in.Response(now).Since), Increment: in.Fix.Increment.Get().ID,
		Next:    StatusNext{Step: next.Step, Target: next.Target, Title: next.Title, Reason: next.Reason, Late: next.Late},
		Cadence: StatusCadence{Last: rfc3339(cadence.Last), Due: rfc3339(cadence.Due), Urgency: cadence.Urgency},
		Phases:  []StatusPhase{}, Gates: []StatusGate{}, Assignments: []StatusAssignment{},
		Metrics: []StatusMetric{}, Last: []StatusEntry{},
	}
	if at, ok := in.MilestoneAt(workflow.Detected); ok {
		s.Detected = machineTime(at)
	}
	s.addBoard(in)
	s.addWork(in, now)
	s.addLast(in)
	return s
}

func (s *Status) addBoard(in workflow.Incident) {
	for _, p := range in.Checklist() {
		phase := StatusPhase{ID: p.ID, Name: p.Name, Done: p.Done, Of: len(p.Items), Confirmed: p.Confirmed, Open: []StatusItem{}}
		for _, item := range p.OpenItems() {
			phase.Open = append(phase.Open, StatusItem{ID: item.ID, Text: item.Text})
		}
		s.Phases = append(s.Phases, phase)
	}
	for _, g := range in.AllGates() {
		gate := StatusGate{ID: g.ID, Name: g.Name, Open: g.Open(), Missing: []string{}}
		if g.Overridden != nil {
			gate.Overridden = g.Overridden.By
		}
		for _, f := range g.Missing() {
			gate.Missing = append(gate.Missing, f.Missing)
		}
		s.Gates = append(s.Gates, gate)
	}
}

func (s *Status) addWork(in workflow.Incident, now time.Time) {
	for _, a := range in.OpenAssignments() {
		s.Assignments = append(s.Assignments, StatusAssignment{
			ID: a.ID, Owner: a.Owner, Text: a.Text, Due: rfc3339(a.Due()), Late: a.Late(now),
		})
	}
	for _, m := range in.Metrics() {
		metric := StatusMetric{ID: m.ID, Name: m.Name, State: m.State, Approx: m.Approx, Formula: m.Formula, Why: m.Why}
		if m.State == workflow.Recorded {
			value := seconds(m.Value)
			metric.Seconds = &value
		}
		s.Metrics = append(s.Metrics, metric)
	}
}

func (s *Status) addLast(in workflow.Incident) {
	for _, e := range in.Timeline.All() {
		if !e.Hidden.Get() {
			s.Last = append(s.Last, StatusEntry{
				ID: e.ID, At: machineTime(e.At.Get()), Kind: e.Kind.Get(), Who: e.Who, Text: e.Text.Get(),
			})
		}
	}
	if n := len(s.Last); n > statusEntries {
		s.Last = s.Last[n-statusEntries:]
	}
}

// StatusJSON is the status as indented JSON with a line end.
func StatusJSON(in workflow.Incident, now time.Time) []byte {
	return indented(StatusOf(in, now))
}

func indented(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil { // plain values always have a form in JSON
		return []byte("{}\n")
	}
	return out.Bytes()
}

func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }
