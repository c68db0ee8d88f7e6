package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// metricTable shows each number with its state and its formula, and where there
// is no number, why.
type metricTable struct {
	content fyne.CanvasObject
	title   *kit.Text
	rows    *kit.Rows
	metrics map[string]workflow.Metric
	rev     workflow.Revision
}

func newMetricTable(ask Asker) *metricTable {
	t := &metricTable{title: kit.NewSubheading("").Cut(), metrics: map[string]workflow.Metric{}}
	t.rows = kit.NewRows(func() fyne.CanvasObject {
		return kit.Inset(look.Space2, look.Space2, kit.Column(look.Space1,
			kit.Row(look.Space3, kit.Grow(kit.NewText("").Bold().Cut()), kit.NewText(""), kit.NewChip("", kit.ChipLook{})),
			kit.NewCaption("").Wrapped(),
			kit.NewCaption("").Wrapped(),
		))
	}, t.draw)
	correct := kit.NewButton("Correct a time on the timeline", func() { ask.Run("go.timeline") }).Icon("timeline")
	t.content = kit.Column(look.Space2,
		t.title,
		kit.NewCaption("Made from the milestones, and computed again after any correction. A number that nobody can know is left out, never guessed.").Wrapped(),
		kit.Grow(t.rows),
		kit.Row(look.Space2, correct),
	)
	return t
}

func (t *metricTable) draw(id string, row fyne.CanvasObject) {
	parts := row.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	head := parts[0].(*fyne.Container).Objects
	m := t.metrics[id]
	head[0].(*fyne.Container).Objects[0].(*kit.Text).SetText(m.Name)
	value := head[1].(*kit.Text)
	value.SetText(drawn(m.String()))
	show(value, m.State == workflow.Recorded)
	head[2].(*kit.Chip).Set(capital(string(m.State)), metricLook(m.State))
	parts[1].(*kit.Text).SetText(m.Formula)
	why := parts[2].(*kit.Text)
	why.SetText(capital(m.Why))
	role := look.Muted
	if m.State == workflow.Invalid {
		role = look.ErrorText
	}
	why.SetRole(role)
	show(why, m.Why != "")
}

func metricLook(s workflow.MetricState) kit.ChipLook {
	switch s {
	case workflow.Recorded:
		return kit.ChipLook{Icon: "step-done"}
	case workflow.Invalid:
		return kit.ChipLook{Icon: "error", Fill: look.ErrorFill, Label: look.Text}
	case workflow.Pending:
		return kit.ChipLook{Icon: "clock"}
	default:
		return kit.ChipLook{Icon: "step-skipped"}
	}
}

// Show brings the table in line with a state.
func (t *metricTable) Show(st session.State, section workflow.SectionPolicy) {
	t.title.SetText(section.Name)
	if st.Incident.Revision() == t.rev {
		return
	}
	t.rev = st.Incident.Revision()
	var items []kit.Item
	t.metrics = map[string]workflow.Metric{}
	for _, m := range st.Incident.Metrics() {
		items = append(items, kit.Item{ID: string(m.ID)})
		t.metrics[string(m.ID)] = m
	}
	if phases := st.Incident.PhaseTimes(); len(phases) > 1 {
		items = append(items, kit.Item{ID: "Phases, which add up to the time to resolve", Header: true})
		for _, m := range phases {
			items = append(items, kit.Item{ID: string(m.ID)})
			t.metrics[string(m.ID)] = m
		}
	}
	t.rows.SetItems(items)
}
