package workflow

import "slices"

// Milestone names a moment that metrics are counted from. Missing is allowed.
type Milestone string

// The milestones, in their usual order.
const (
	ImpactStarted    Milestone = "impact-started" // never filled in by default
	Detected         Milestone = "detected"
	Acknowledged     Milestone = "acknowledged"
	IncidentDeclared Milestone = "declared"
	Identified       Milestone = "identified"
	Mitigated        Milestone = "mitigated"
	FixDeployed      Milestone = "fix-deployed"
	FixProven        Milestone = "verified"
	AllClear         Milestone = "all-clear"
)

// KnownMilestones lists the milestones that rules speak of.
func KnownMilestones() []Milestone {
	return []Milestone{ImpactStarted, Detected, Acknowledged, IncidentDeclared, Identified, Mitigated, FixDeployed, FixProven, AllClear}
}

// markBy makes an entry the mark of a milestone. A later mark takes over: the
// newest word holds.
func (in *Incident) markBy(m Milestone, entry EventID) {
	if in.milestones == nil {
		in.milestones = map[Milestone]EventID{}
	}
	in.milestones[m] = entry
}

// marker is the entry that marks a milestone: the newest mark that still
// stands, or else any entry that carries it.
func (in Incident) marker(m Milestone) (Entry, bool) {
	stands := func(e Entry) bool { return e.Milestone.Get() == m && !e.Hidden.Get() && !e.void }
	if id, ok := in.milestones[m]; ok {
		if e, found := in.Entry(id); found && stands(e) {
			return e, true
		}
	}
	if _, ever := in.milestones[m]; ever {
		for _, e := range slices.Backward(in.Timeline.entries) {
			if stands(*e) {
				return *e, true
			}
		}
	}
	return Entry{}, false
}

// takeBack makes a milestone unreached: the entries that marked it stay as they
// are, but do not count as marks any more.
func (in *Incident) takeBack(m Milestone) {
	delete(in.milestones, m)
	for i, e := range in.Timeline.entries {
		if e.Milestone.Get() == m && !e.void {
			void := *e
			void.void = true
			in.replaceEntry(i, &void)
		}
	}
}

// MilestoneAt is when a milestone happened; ok is false when nobody marked it
// or its entry is hidden. The stamp follows every correction of the entry.
func (in Incident) MilestoneAt(m Milestone) (Stamp, bool) {
	e, ok := in.marker(m)
	return e.At.Get(), ok
}

// MilestoneEntry is the timeline entry that marks a milestone.
func (in Incident) MilestoneEntry(m Milestone) (Entry, bool) { return in.marker(m) }

// Reached says whether a milestone is marked.
func (in Incident) Reached(m Milestone) bool {
	_, ok := in.marker(m)
	return ok
}

// Mark records that a milestone was reached. A zero At means now; an empty
// text takes the playbook's line. Marking again moves the milestone.
type Mark struct {
	Milestone Milestone
	At        Stamp
	Text      string
}

func (m Mark) when() Stamp { return m.At }

func (m Mark) decide(in Incident, _ Env) ([]Body, error) {
	moment, known := in.Playbook.Moment(m.Milestone)
	if !known {
		return nil, refuseField("milestone.unknown", "milestone", "The playbook knows no milestone %q.", m.Milestone)
	}
	if m.Milestone == AllClear {
		return nil, refuse("milestone.all-clear", "All-clear has a gate of its own: use the all-clear action.")
	}
	text := m.Text
	if text == "" {
		text = moment.Line
	}
	return []Body{Marked{Milestone: m.Milestone, Text: text}}, nil
}

// Marked is a milestone reached.
type Marked struct {
	Milestone Milestone `json:"milestone"`
	Text      string    `json:"text"`
}

// Kind is "milestone.marked@1".
func (Marked) Kind() Kind { return "milestone.marked@1" }

func (m Marked) apply(in *Incident, e Event) {
	in.record(e, SystemEntry, m.Text, marking(in, e, m.Milestone))
}

// line is the playbook's wording for a milestone.
func (in Incident) line(m Milestone, otherwise string) string {
	if moment, ok := in.Playbook.Moment(m); ok && moment.Line != "" {
		return moment.Line
	}
	return otherwise
}
