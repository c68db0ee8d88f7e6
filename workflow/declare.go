package workflow

import (
	"maps"
	"strings"
)

// Triage is what is known at the start: the one-line declaration, its severity
// and the assessment of step 1.
type Triage struct {
	Title      Register[string]
	Service    Register[string]
	Severity   Register[string] // a level's id; "" is undecided and behaves as the most severe
	Answers    Register[map[string]string]
	Cancelled  Register[string] // the reason; "" when it is not
	assessment map[AssessmentField]Register[string]
}

// titleLimit keeps a title on one line of a screen, a slug and a file name.
const titleLimit = 200

// Declare opens an incident. Only the title is needed; everything can be
// changed later. Declaring changes nothing outside this log.
type Declare struct {
	Title     string
	Detected  Stamp  // zero: now
	Severity  string // "" is undecided
	Service   string
	Commander string // "": the person who declares
	Scribe    string
	Impact    string
	Answers   map[string]string // triage answers: question id → answer id, or "unsure"
	FirstLine string            // what was seen first; "": the playbook's line for detection
	Playbook  Playbook
	Sample    bool
}

func (d Declare) decide(in Incident, env Env) ([]Body, error) {
	title := strings.Join(strings.Fields(d.Title), " ")
	switch {
	case in.Declared():
		return nil, refuse("incident.declared", "This incident is already declared.")
	case title == "":
		return nil, refuseField("title.missing", "title", "Give it a title: a few words for what is broken. Everything else can wait.")
	case len([]rune(title)) > titleLimit:
		return nil, refuseField("title.too-long", "title", "A title has at most %d characters; this one has %d. Put the rest into the first note.", titleLimit, len([]rune(title)))
	case len(d.Playbook.Levels) == 0:
		return nil, refuse("playbook.empty", "The playbook has no severity levels, so no incident can be declared under it. Use the built-in playbook.")
	}
	if _, known := d.Playbook.Level(d.Severity); !known && d.Severity != "" {
		return nil, refuseField("severity.unknown", "severity", "The playbook knows no level %q. It has %s.", d.Severity, levelNames(d.Playbook))
	}
	detected := d.Detected
	if detected == (Stamp{}) {
		detected = env.stamp()
	}
	commander := d.Commander
	if commander == "" {
		commander = env.Actor
	}
	line := d.FirstLine
	if moment, ok := d.Playbook.Moment(Detected); ok && line == "" {
		line = moment.Line
	}
	opening := Declared{Title: title, Detected: detected, Service: strings.TrimSpace(d.Service), FirstLine: line, Playbook: d.Playbook, Sample: d.Sample}
	if d.Severity == "" {
		opening.Answers = d.Answers // for whoever decides later
	}
	bodies := []Body{opening}
	if d.Severity != "" {
		bodies = append(bodies, SeveritySet{Level: d.Severity, Answers: maps.Clone(d.Answers), Reason: proposalReason(d.Playbook, d.Answers, d.Severity)})
	}
	bodies = append(bodies, RoleClaimed{Role: Commander, Person: commander})
	if d.Scribe != "" {
		bodies = append(bodies, RoleClaimed{Role: Scribe, Person: d.Scribe})
	}
	if strings.TrimSpace(d.Impact) != "" {
		bodies = append(bodies, Assessed{Field: Impact, Text: d.Impact})
	}
	return bodies, nil
}

// Declared is the first event of an incident. It carries the playbook that the
// incident keeps.
type Declared struct {
	Title     string   `json:"title"`
	Detected  Stamp    `json:"detected"`
	Service   string   `json:"service,omitempty"`
	FirstLine string   `json:"first_line,omitempty"`
	Playbook  Playbook `json:"playbook"`
	Sample    bool     `json:"sample,omitempty"`

	Answers map[string]string `json:"answers,omitempty"` // given while the severity stays undecided
	From    string            `json:"from,omitempty"`    // the document that an incident of the past was taken from; see ImportIncident
}

// Kind is "incident.declared@1".
func (Declared) Kind() Kind { return "incident.declared@1" }

func (d Declared) apply(in *Incident, e Event) {
	in.Playbook, in.Sample = d.Playbook, d.Sample
	in.Triage.Title.set(in, e, d.Title)
	if d.Service != "" {
		in.Triage.Service.set(in, e, d.Service)
	}
	if len(d.Answers) > 0 {
		in.Triage.Answers.set(in, e, d.Answers)
	}
	if d.From != "" { // when it was detected and declared is for the document to say
		in.From, in.Past = d.From, true
		in.record(e, SystemEntry, "Taken from "+d.From+": "+d.Title)
		return
	}
	first := e
	first.ID, first.At = e.ID+"/detected", d.Detected
	line := d.FirstLine
	if line == "" {
		line = "Detected"
	}
	in.record(first, AlertEntry, line, marking(in, first, Detected))
	in.record(e, SystemEntry, "Incident declared: "+d.Title, marking(in, e, IncidentDeclared))
}

// Retitle gives the incident another title.
type Retitle struct{ Title string }

func (r Retitle) decide(in Incident, _ Env) ([]Body, error) {
	title := strings.Join(strings.Fields(r.Title), " ")
	switch {
	case title == "":
		return nil, refuseField("title.missing", "title", "An incident needs a title. The old one stays: %q.", in.Triage.Title.Get())
	case len([]rune(title)) > titleLimit:
		return nil, refuseField("title.too-long", "title", "A title has at most %d characters; this one has %d.", titleLimit, len([]rune(title)))
	case title == in.Triage.Title.Get():
		return nil, refuse("title.same", "That is its title already.")
	}
	return []Body{Retitled{Title: title}}, nil
}

// Retitled is a new title.
type Retitled struct {
	Title string `json:"title"`
}

// Kind is "incident.retitled@1".
func (Retitled) Kind() Kind { return "incident.retitled@1" }

func (r Retitled) apply(in *Incident, e Event) {
	in.Triage.Title.set(in, e, r.Title)
	in.record(e, SystemEntry, "Title changed to: "+r.Title)
}

// Cancel closes an incident that was declared by mistake. It stays in the
// history, with its reason.
type Cancel struct{ Reason string }

func (c Cancel) decide(in Incident, _ Env) ([]Body, error) {
	if strings.TrimSpace(c.Reason) == "" {
		return nil, refuseField("cancel.reason-missing", "reason", "Say in a few words why this was not an incident.")
	}
	if !in.Open() && !(in.Past && in.Stage() != Cancelled) { // one of the past can have been imported by mistake
		return nil, refuse("cancel.over", "The incident is over already: %s.", strings.ToLower(string(in.Stage())))
	}
	return []Body{CancelledBecause(c)}, nil
}

// Reopen takes a cancellation or an all-clear back.
type Reopen struct{ Reason string }

func (r Reopen) decide(in Incident, _ Env) ([]Body, error) {
	if in.Open() {
		return nil, refuse("reopen.open", "The incident is open.")
	}
	if strings.TrimSpace(r.Reason) == "" {
		return nil, refuseField("reopen.reason-missing", "reason", "Say in a few words why it is open again.")
	}
	return []Body{Reopened(r)}, nil
}

// CancelledBecause is a cancellation.
type CancelledBecause struct {
	Reason string `json:"reason"`
}

// Kind is "incident.cancelled@1".
func (CancelledBecause) Kind() Kind { return "incident.cancelled@1" }

func (c CancelledBecause) apply(in *Incident, e Event) {
	in.Triage.Cancelled.set(in, e, c.Reason)
	in.Fix.followIncident(in, e)
	in.record(e, SystemEntry, "Cancelled: "+c.Reason)
}

// Reopened is a cancellation or all-clear taken back.
type Reopened struct {
	Reason string `json:"reason"`
}

// Kind is "incident.reopened@1".
func (Reopened) Kind() Kind { return "incident.reopened@1" }

func (r Reopened) apply(in *Incident, e Event) {
	in.Triage.Cancelled.set(in, e, "")
	in.Fix.followIncident(in, e)
	in.Past = false
	in.takeBack(AllClear)
	in.record(e, SystemEntry, "Reopened: "+r.Reason)
}

func levelNames(p Playbook) string {
	names := make([]string, len(p.Levels))
	for i, l := range p.Levels {
		names[i] = l.ID
	}
	return strings.Join(names, ", ")
}
