package export

import (
	"strings"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// writeActions writes the action items as boxes. What is known besides the text
// stands behind it in brackets, so that the line still reads as a task.
func writeActions(d *markdown.Doc, in workflow.Incident) {
	var tasks []markdown.Task
	for _, item := range in.Review.ActionItems() {
		tasks = append(tasks, markdown.Task{Done: item.Done(), Text: actionLine(item)})
	}
	d.Tasks(tasks...)
}

func actionLine(item workflow.ActionItem) markdown.Line {
	var about []string
	if item.State.Get() == workflow.ActionDropped {
		about = append(about, "dropped")
	}
	if kind := item.Kind.Get(); kind != "" {
		about = append(about, kind)
	}
	if owner := item.Owner.Get(); owner != "" {
		about = append(about, owner)
	}
	if due := item.Due.Get(); due != "" {
		about = append(about, "due "+due)
	}
	text := item.Text.Get()
	if len(about) > 0 {
		text += " (" + strings.Join(about, ", ") + ")"
	}
	return markdown.Line{markdown.Lit(text)}
}

// writeMetrics writes every metric with its state and its formula, once there
// is at least one number or contradiction to show, and the phases that add up
// to the time to resolve.
func writeMetrics(d *markdown.Doc, in workflow.Incident) {
	metrics := in.Metrics()
	said := false
	rows := make([][]markdown.Line, 0, len(metrics))
	for _, m := range metrics {
		said = said || m.State == workflow.Recorded || m.State == workflow.Invalid
		rows = append(rows, markdown.Lits(m.Name, metricValue(m), metricState(m), m.Formula))
	}
	if !said {
		return
	}
	d.Table([]string{"Metric", "Time", "State", "Formula"}, rows)
	var phases [][]markdown.Line
	for _, p := range in.PhaseTimes() {
		phases = append(phases, markdown.Lits(p.Name, metricValue(p), metricState(p)))
	}
	if len(phases) > 1 {
		d.Table([]string{"Phase", "Time", "State"}, phases)
	}
}

func metricValue(m workflow.Metric) string {
	if m.State != workflow.Recorded {
		return "–"
	}
	return m.String()
}

func metricState(m workflow.Metric) string {
	if m.Why == "" {
		return string(m.State)
	}
	return string(m.State) + ": " + m.Why
}
