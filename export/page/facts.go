package page

import (
	"slices"
	"strings"
	"time"

	"firebreak/export"
	"firebreak/export/markdown"
	"firebreak/workflow"
)

// scene is what the picture of a timeline shows: moments, the phases between
// them, and the rest of the entries as ticks.
type scene struct {
	moments []moment
	phases  []phase
	impact  phase // from its start to the first sign of its end; no name when unknown
	entries []time.Time
	unknown []moment // milestones of which the time is not known
	from    time.Time
	to      time.Time
}

// moment is a milestone.
type moment struct {
	name string
	at   workflow.Stamp
}

// phase is a stretch between two milestones.
type phase struct {
	kind     string // names its colour
	name     string
	took     workflow.Metric
	from, to time.Time
}

// sceneOf gathers the picture. ok is false when there is nothing to draw: fewer
// than two different known times.
func sceneOf(in workflow.Incident, lines []export.Line) (s scene, ok bool) {
	for _, m := range in.Playbook.Milestones {
		at, reached := in.MilestoneAt(m.ID)
		switch {
		case !reached:
		case at.Known():
			s.moments = append(s.moments, moment{nameOf(in, m.ID), at})
		default:
			s.unknown = append(s.unknown, moment{nameOf(in, m.ID), at})
		}
	}
	slices.SortStableFunc(s.moments, func(a, b moment) int { return a.at.Order(b.at) })
	if len(s.moments) == 0 {
		return s, false
	}
	s.from = s.moments[0].at.Time
	for _, m := range s.moments {
		s.to = latest(s.to, m.at)
	}
	for i := range lines {
		if at := lines[i].Entry.At.Get(); at.Known() && !at.Time.Before(s.from) && !at.Time.After(s.to) {
			s.entries = append(s.entries, at.Time)
		}
	}
	s.phases = phasesOf(in)
	s.impact = impactOf(in)
	return s, s.to.After(s.from)
}

func latest(t time.Time, at workflow.Stamp) time.Time {
	if at.End.After(at.Time) && at.End.After(t) {
		return at.End
	}
	if at.Time.After(t) {
		return at.Time
	}
	return t
}

// phasesOf are the stretches that add up to the time to resolve, each named by
// what it led to, and before them the time in which nobody knew.
func phasesOf(in workflow.Incident) []phase {
	var out []phase
	if took := in.Metric(workflow.TimeToDetect); took.State == workflow.Recorded {
		out = append(out, between(in, workflow.ImpactStarted, workflow.Detected, took))
	}
	for _, took := range in.PhaseTimes() {
		from, to, found := strings.Cut(string(took.ID), "..")
		if found && took.State == workflow.Recorded {
			out = append(out, between(in, workflow.Milestone(from), workflow.Milestone(to), took))
		}
	}
	return out
}

func between(in workflow.Incident, from, to workflow.Milestone, took workflow.Metric) phase {
	began, _ := in.MilestoneAt(from)
	ended, _ := in.MilestoneAt(to)
	p := phase{took: took, from: began.Time, to: ended.Time}
	switch to {
	case workflow.Detected:
		p.kind, p.name = "detection", "Detection"
	case workflow.Acknowledged:
		p.kind, p.name = "response", "Response"
	case workflow.Identified:
		p.kind, p.name = "diagnosis", "Diagnosis"
	case workflow.FixDeployed:
		p.kind, p.name = "mitigation", "Mitigation"
	case workflow.FixProven:
		p.kind, p.name = "verification", "Verification"
	default:
		p.kind, p.name = "watch", "Until "+nameOf(in, to)
	}
	return p
}

// impactOf is how long users were hit, as far as it is on record: from the
// impact's start to the first of mitigated, verified and all-clear.
func impactOf(in workflow.Incident) phase {
	began, ok := in.MilestoneAt(workflow.ImpactStarted)
	if !ok || !began.Known() {
		return phase{}
	}
	for _, m := range []workflow.Milestone{workflow.Mitigated, workflow.FixProven, workflow.AllClear} {
		ended, ok := in.MilestoneAt(m)
		if !ok || !ended.Known() || !ended.Time.After(began.Time) {
			continue
		}
		return phase{
			kind: "impact", name: "Impact, until " + nameOf(in, m), from: began.Time, to: ended.Time,
			took: workflow.Metric{
				State: workflow.Recorded, Value: ended.Time.Sub(began.Time),
				Approx: began.Sure == workflow.About || ended.Sure == workflow.About,
			},
		}
	}
	return phase{}
}

// clockOf is the time of a moment as its label has it, with the day where the
// picture has several.
func (s scene) clockOf(at workflow.Stamp) string {
	clock := at.Clock(time.UTC)
	if s.days() > 1 {
		return at.Time.UTC().Format("2 Jan ") + clock
	}
	return clock
}

func (s scene) days() int {
	if s.from.UTC().Format(time.DateOnly) == s.to.UTC().Format(time.DateOnly) {
		return 1
	}
	return 2
}

// tells says in words what the picture shows.
func (s scene) tells() string {
	said := make([]string, 0, len(s.moments)+len(s.phases)+1)
	for _, m := range s.moments {
		said = append(said, markdown.OneLine(m.name)+" "+m.at.Full(time.UTC))
	}
	text := "Milestones: " + strings.Join(said, "; ") + "."
	said = said[:0]
	for _, p := range s.listed() {
		said = append(said, markdown.OneLine(p.name)+" "+p.took.String())
	}
	if len(said) > 0 {
		text += " Phases: " + strings.Join(said, "; ") + "."
	}
	return text
}

// listed are the phases of the legend, the impact before them.
func (s scene) listed() []phase {
	if s.impact.name == "" {
		return s.phases
	}
	return append([]phase{s.impact}, s.phases...)
}
