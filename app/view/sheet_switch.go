package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// openSwitcher lists every incident; Enter opens one. What is open stays as it
// is in the log.
func (s *Shell) openSwitcher() {
	rows := map[string]workflow.Summary{}
	filter := kit.NewField("").Placeholder("Find an incident by title, service or severity")
	none := kit.NewText("").In(look.Muted).Wrapped()
	list := kit.NewRows(newIncidentRow, func(id string, o fyne.CanvasObject) {
		showIncidentRow(o.(*fyne.Container), rows[id], s.state)
	})
	find := func() {
		var items []kit.Item
		for _, row := range s.state.History {
			if incidentFits(row, filter.Text()) {
				rows[string(row.ID)] = row
				items = append(items, kit.Item{ID: string(row.ID)})
			}
		}
		list.SetItems(items)
		if list.Selected() == "" && len(items) > 0 {
			list.Select(items[0].ID)
		}
		show(none, len(items) == 0)
		none.SetText("No incidents yet. Declare one (Ctrl+N) or open the sample.")
		if filter.Text() != "" {
			none.SetText("No incident fits “" + filter.Text() + "”. Ctrl+Shift+F searches every line of every incident.")
		}
	}
	open := func(id string) {
		if id == "" {
			return
		}
		s.CloseLayer("switch")
		s.OpenIncident(workflow.IncidentID(id), nil)
	}
	filter.OnChanged = func(string) { find() }
	filter.OnKey = func(key *fyne.KeyEvent) bool { return steer(list, key) }
	filter.OnSubmit = func(string) { open(list.Selected()) }
	list.OnActivate = open
	find()
	body := kit.Column(look.Space3, filter, none, kit.Grow(atLeast(400, list)),
		kit.NewCaption("Enter opens   Up and Down choose   Esc closes").Cut())
	seen := len(s.state.History)
	s.openSheet(&kit.Layer{ID: "switch", Title: "Switch incident", Body: body, First: filter.Target(), Place: kit.Top, Width: 720},
		func(st session.State) {
			if len(st.History) != seen {
				seen = len(st.History)
				find()
			}
		})
}

func incidentFits(row workflow.Summary, words string) bool {
	all := strings.ToLower(row.Title + " " + row.Service + " " + severityWord(row.Severity) + " " + string(row.Stage))
	for _, word := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(all, word) {
			return false
		}
	}
	return true
}

func newIncidentRow() fyne.CanvasObject {
	return kit.Inset(look.Space3, look.Space2, kit.Row(look.Space3,
		kit.Fixed(112, kit.Row(0, kit.NewChip("", kit.ChipLook{}))),
		kit.Grow(kit.Column(2, kit.NewText("").Bold().Cut(), kit.NewCaption("").Cut())),
		kit.NewText("").Sized(theme.SizeNameCaptionText)))
}

func showIncidentRow(o *fyne.Container, row workflow.Summary, st session.State) {
	line := o.Objects[0].(*fyne.Container)
	chip := line.Objects[0].(*fyne.Container).Objects[0].(*fyne.Container).Objects[0].(*kit.Chip)
	chip.Set(severityWord(row.Severity), severityLook(st.Policy, row.Severity))
	texts := line.Objects[1].(*fyne.Container).Objects[0].(*fyne.Container)
	texts.Objects[0].(*kit.Text).SetText(row.Title)
	texts.Objects[1].(*kit.Text).SetText(summaryLine(row, st))
	state := line.Objects[2].(*kit.Text)
	state.SetText(string(row.Stage))
	state.SetRole(look.Muted)
	if row.ID == st.Incident.ID {
		state.SetText("On the desk")
		state.SetRole(look.Primary)
	}
}

// summaryLine is the muted line of an incident: where, when, how long.
func summaryLine(row workflow.Summary, st session.State) string {
	var parts []string
	if row.Service != "" {
		parts = append(parts, row.Service)
	}
	if !row.Detected.IsZero() {
		at := workflow.StampAt(row.Detected, st.Shown())
		parts = append(parts, at.Date(st.Shown())+" "+clockOf(at, st))
	}
	if row.Took > 0 {
		parts = append(parts, workflow.Words(row.Took))
	}
	if row.Actions > 0 {
		parts = append(parts, fmt.Sprintf("%d open action items", row.Actions))
	}
	return strings.Join(parts, " · ")
}
