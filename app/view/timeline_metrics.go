package view

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// metricsPanel shows the milestones, the metrics that are counted from them, and
// where the time went. Each number has its formula beside it, and each number
// that is missing says why.
type metricsPanel struct {
	content *kit.Scroller
	column  *fyne.Container
	drawn   []metricLine
}

// metricLine is one line of the panel as words, to be compared before it is drawn.
type metricLine struct {
	heading  string
	icon     string
	role     fyne.ThemeColorName
	name     string
	value    string
	under    string
	tone     kit.Tone
	from, to float32 // of the bar, when from < to
}

func newMetricsPanel() *metricsPanel {
	column := kit.Column(look.Space3)
	return &metricsPanel{content: kit.NewScroller(column), column: column}
}

// Show brings the panel in line with an incident.
func (p *metricsPanel) Show(st session.State) {
	lines := append(milestoneLines(st), metricLines(st.Incident)...)
	lines = append(lines, phaseLines(st.Incident)...)
	if slices.Equal(lines, p.drawn) {
		return
	}
	p.drawn = lines
	p.column.Objects = nil
	for _, line := range lines {
		p.column.Objects = append(p.column.Objects, line.draw())
	}
	p.content.Refresh()
}

func (l metricLine) draw() fyne.CanvasObject {
	if l.heading != "" {
		return kit.Inset(0, look.Space1, kit.NewText(l.heading).Bold())
	}
	name := kit.NewText(l.name).Wrapped()
	value := kit.NewText(l.value).In(l.role)
	if l.role == look.Text {
		value.Bold()
	}
	line := []fyne.CanvasObject{kit.Grow(name), value}
	if l.icon != "" {
		line = append([]fyne.CanvasObject{kit.NewIcon(l.icon).Edge(16).In(iconRole(l))}, line...)
	}
	parts := []fyne.CanvasObject{kit.TopRow(look.Space2, line...)}
	if l.from < l.to {
		parts = append(parts, newShareBar(l.from, l.to))
	}
	if l.under != "" {
		parts = append(parts, kit.NewCaption(l.under).In(underRole(l)).Wrapped())
	}
	return kit.Column(2, parts...)
}

func iconRole(l metricLine) fyne.ThemeColorName {
	if l.tone == kit.Neutral {
		return look.Muted
	}
	return l.tone.Role()
}

func underRole(l metricLine) fyne.ThemeColorName {
	if l.tone == kit.Bad {
		return look.ErrorText
	}
	return look.Muted
}

func milestoneLines(st session.State) []metricLine {
	lines := []metricLine{{heading: "Milestones"}}
	for _, m := range st.Incident.Playbook.Milestones {
		line := metricLine{icon: "step-open", name: m.Name, value: "not marked", role: look.Muted}
		if at, ok := st.Incident.MilestoneAt(m.ID); ok {
			line.icon, line.tone, line.role = "step-done", kit.Good, look.Text
			line.value = clockSeconds(at, st.Shown())
			if day := at.Date(st.Shown()); day != "" && day != dayOfIncident(st) {
				line.under = dayWord(day)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// dayOfIncident is the day on which it was detected, so that only other days
// need to be written.
func dayOfIncident(st session.State) string {
	at, _ := st.Incident.MilestoneAt(workflow.Detected)
	return at.Date(st.Shown())
}

func metricLines(in workflow.Incident) []metricLine {
	lines := []metricLine{{heading: "Metrics"}}
	for _, m := range in.Metrics() {
		// Our font has no minus sign.
		line := metricLine{name: m.Name, value: drawn(m.String()), under: m.Formula, role: look.Text}
		switch m.State {
		case workflow.Recorded:
			line.icon, line.tone = "step-done", kit.Good
		case workflow.Pending:
			line.icon, line.role = "clock", look.Muted
		case workflow.NotApplicable:
			line.icon, line.role = "step-skipped", look.Muted
		case workflow.Invalid:
			line.icon, line.tone, line.role = kit.Bad.Icon(), kit.Bad, look.ErrorText
		}
		if m.Why != "" {
			line.under += "; " + m.Why
		}
		lines = append(lines, line)
	}
	return lines
}

// phaseLines show where the time went: stretches that follow each other, and
// whose sum is the time to resolve.
func phaseLines(in workflow.Incident) []metricLine {
	phases := in.PhaseTimes()
	if len(phases) == 0 {
		return nil
	}
	total := time.Duration(0)
	for _, p := range phases {
		total += p.Value
	}
	lines := []metricLine{{heading: "Where the time went"}}
	so := time.Duration(0)
	for _, p := range phases {
		line := metricLine{name: p.Name, value: p.String(), role: look.Text, under: p.Why}
		if p.State == workflow.Invalid {
			line.tone, line.role = kit.Bad, look.ErrorText
		}
		if total > 0 && p.Value > 0 {
			line.from, line.to = float32(so)/float32(total), float32(so+p.Value)/float32(total)
		}
		so += p.Value
		lines = append(lines, line)
	}
	return append(lines, metricLine{name: "Together", value: workflow.Words(total), role: look.Text, under: sumWords(in, phases, total)})
}

// sumWords says whether the phases add up, and why not when they do not.
func sumWords(in workflow.Incident, phases []workflow.Metric, total time.Duration) string {
	for _, p := range phases {
		if p.State != workflow.Recorded {
			return "The phases do not add up while two times contradict each other."
		}
	}
	resolve := in.Metric(workflow.TimeToResolve)
	if resolve.State != workflow.Recorded {
		return "So far; the all-clear completes it."
	}
	if total == resolve.Value {
		return "The phases add up to the time to resolve."
	}
	return "The time to resolve is " + resolve.String() + "."
}
