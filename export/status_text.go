package export

import (
	"fmt"
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// StatusText is the status for a terminal: plain lines, times in UTC, most
// urgent first. What people typed cannot steer the terminal.
func StatusText(in workflow.Incident, now time.Time) string {
	if !in.Declared() {
		return "There is no incident. Declare one: firebreak declare \"what is broken\"\n"
	}
	s := StatusOf(in, now)
	var out page
	out.line("%s %s: %s, for %s", s.Severity, s.Title, s.Stage, workflow.Words(in.Response(now).Since))
	out.line("Next: %s", nextWords(in.Next(now)))
	if cadence := in.Cadence(now); !cadence.Due.IsZero() {
		out.line("Next update: %s", cadenceWords(cadence))
	}
	if s.Increment != "" {
		out.line("Increment: %s", s.Increment)
	}
	for _, nudge := range in.Nudges(now) {
		out.line("%s", nudge.Says)
	}
	out.board(s)
	out.work(s)
	out.metrics(in)
	out.section("Last entries")
	for _, e := range s.Last {
		out.line("  %s %s: %s", shortTime(e.At), e.Who, e.Text)
	}
	return out.String()
}

// page collects lines of text, each of them one line whatever is in it.
type page struct{ strings.Builder }

func (p *page) line(format string, values ...any) {
	indent := len(format) - len(strings.TrimLeft(format, " "))
	p.WriteString(strings.Repeat(" ", indent) + markdown.OneLine(fmt.Sprintf(format, values...)) + "\n")
}

func (p *page) section(name string) { p.WriteString("\n" + name + "\n") }

func (p *page) board(s Status) {
	p.section("Checklist")
	for _, phase := range s.Phases {
		state := ""
		if phase.Confirmed {
			state = ", confirmed"
		}
		p.line("  %s: %d of %d%s", phase.Name, phase.Done, phase.Of, state)
		for _, item := range phase.Open {
			p.line("    [ ] %s (%s)", item.Text, item.ID)
		}
	}
	p.section("Gates")
	for _, gate := range s.Gates {
		switch {
		case gate.Open && gate.Overridden != "" && len(gate.Missing) > 0:
			p.line("  %s: open, overridden by %s", gate.Name, gate.Overridden)
		case gate.Open:
			p.line("  %s: open", gate.Name)
		default:
			p.line("  %s: closed. Missing: %s", gate.Name, strings.Join(gate.Missing, "; "))
		}
	}
}

func (p *page) work(s Status) {
	if len(s.Assignments) == 0 {
		return
	}
	p.section("Open tasks")
	for _, a := range s.Assignments {
		late := ""
		if a.Late {
			late = ", late"
		}
		p.line("  %s: %s, until %s%s", a.Owner, a.Text, shortTime(a.Due), late)
	}
}

func (p *page) metrics(in workflow.Incident) {
	var said []workflow.Metric
	for _, m := range in.Metrics() {
		if m.State == workflow.Recorded || m.State == workflow.Invalid {
			said = append(said, m)
		}
	}
	if len(said) == 0 {
		return
	}
	p.section("Metrics")
	for _, m := range said {
		value := m.String()
		if m.State == workflow.Invalid {
			value = metricState(m)
		}
		p.line("  %s: %s (%s)", m.Name, value, m.Formula)
	}
}

// shortTime is a machine's time without its seconds, for people.
func shortTime(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	return t.UTC().Format("2006-01-02 15:04") + " UTC"
}
