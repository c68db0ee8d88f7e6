package view

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// over sums up an incident that is over: how long it took, and its metrics.
type over struct {
	panel *kit.Panel
	chip  *kit.Chip
	title *kit.Text
	says  *kit.Text
	grid  *fyne.Container
	tiles []metricTile
}

type metricTile struct {
	box     *fyne.Container
	value   *kit.Text
	name    *kit.Text
	formula *kit.Text
}

// overMetrics are the metrics of the summary, in the order of the response.
func overMetrics() []workflow.MetricID {
	return []workflow.MetricID{
		workflow.TimeToAcknowledge, workflow.TimeToIdentify, workflow.TimeToDeploy, workflow.TimeToVerify,
		workflow.TimeToResolve, workflow.LongestSilence,
	}
}

func newOver() *over {
	o := &over{
		chip: kit.NewChip("", resolvedLook()).Large(), title: kit.NewSubheading("").Cut(),
		says: kit.NewText("").Wrapped(), grid: kit.Grid(look.Space3, 3),
	}
	for range overMetrics() {
		t := metricTile{
			value: kit.NewText("").Sized(theme.SizeNameSubHeadingText).Bold().Cut(),
			name:  kit.NewText("").Sized(theme.SizeNameCaptionText).Cut(), formula: kit.NewCaption("").Cut(),
		}
		t.box = kit.Fixed(150, kit.Column(0, t.value, t.name, t.formula))
		o.tiles = append(o.tiles, t)
		o.grid.Add(t.box)
	}
	o.panel = kit.NewPanel("", kit.Column(look.Space3, kit.Row(look.Space3, o.chip, kit.Grow(o.title)), o.says, o.grid))
	o.panel.Hide()
	return o
}

// Show brings the summary in line with a state; it is hidden while the fire burns.
func (o *over) Show(st session.State) bool {
	in := st.Incident
	visible := in.Declared() && !in.Open()
	changed := visible != o.panel.Visible()
	show(o.panel, visible)
	if !visible {
		return changed
	}
	o.chip.Set(string(in.Stage()), resolvedLook())
	o.title.SetText(in.Triage.Title.Get())
	cancelled := in.Stage() == workflow.Cancelled
	says := overWords(in, st)
	changed = changed || says != o.says.Text()
	o.says.SetText(says)
	show(o.grid, !cancelled)
	for i, id := range overMetrics() {
		m := in.Metric(id)
		formula := capital(m.Formula)
		if m.Why != "" {
			formula = capital(m.Why)
		}
		o.tiles[i].value.SetText(capital(drawn(m.String())))
		o.tiles[i].name.SetText(m.Name)
		o.tiles[i].formula.SetText(formula)
	}
	return changed
}

func overWords(in workflow.Incident, st session.State) string {
	if reason := in.Triage.Cancelled.Get(); reason != "" {
		return "Cancelled: " + reason
	}
	says := "The fire is out."
	if in.Past {
		says = "Taken from " + in.From + ", which does not say when it ended."
	}
	if at, ok := in.MilestoneAt(workflow.AllClear); ok {
		says = fmt.Sprintf("All-clear at %s.", clockOf(at, st))
	}
	if m := in.Metric(workflow.TimeToResolve); m.State == workflow.Recorded {
		says += fmt.Sprintf(" It took %s from detection.", m)
	}
	if meeting, ok := in.Review.Scheduled(); ok {
		return says + fmt.Sprintf(" Post-mortem: %s, %s.", meeting.When.Full(st.Shown()), meeting.Owner)
	}
	return says + " The post-mortem has no date yet."
}

// newNoIncident is the board while nothing is open.
func newNoIncident(ask Asker) fyne.CanvasObject {
	declare := kit.NewPrimary("Declare incident", func() { ask.Run("incident.declare") }).Icon("declare").Key("Ctrl+N")
	sample := kit.NewButton("Open the sample", func() { ask.Run("sample.open") })
	words := kit.NewEmpty("board", "No open incident. Declare (Ctrl+N) or open the sample.", declare)
	rest := func() fyne.CanvasObject { return kit.Grow(kit.NewText("")) }
	return kit.Column(look.Space4, rest(), words, centred(sample), rest())
}
