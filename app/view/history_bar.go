package view

import (
	"strconv"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// historyBar is the search through everything, and what of the list is shown.
type historyBar struct {
	content  fyne.CanvasObject
	find     *kit.Field
	period   *kit.Choice
	severity *kit.Choice
	which    *kit.Choice
	choices  []fyne.CanvasObject
	levels   int
}

// historyBarFrom is the width from which search and choices stand in one line.
const historyBarFrom float32 = 660

// historyChoicesFrom is the width from which all choices are there; below it they
// would leave no room for the list.
const historyChoicesFrom float32 = 300

func newHistoryBar(h *history) *historyBar {
	b := &historyBar{}
	b.find = kit.NewField("").Placeholder("Search everything   Ctrl+F")
	b.find.OnChanged = func(string) { h.search() }
	b.find.OnSubmit = func(string) { h.submit() }
	b.find.OnEscape = func() bool {
		b.find.SetText("")
		h.toList()
		return true
	}
	b.find.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyDown {
			h.toList()
			return true
		}
		return false
	}
	chosen := func(string) { h.Show(h.st) }
	b.period = kit.NewChoice("", []kit.Option{
		{ID: "", Word: "All time"}, {ID: "90", Word: "Last 90 days"}, {ID: "365", Word: "Last 12 months"},
	}, chosen)
	b.severity = kit.NewChoice("", []kit.Option{{ID: "", Word: "Any severity"}}, chosen)
	b.which = kit.NewChoice("", []kit.Option{
		{ID: everyIncident, Word: "All incidents"}, {ID: stillOpen, Word: "Still open"}, {ID: withActions, Word: "Open action items"},
	}, chosen)
	b.which.Choose(everyIncident)
	three := func() *fyne.Container { return kit.Row(look.Space2, b.period, b.severity, b.which) }
	line, below, one := three(), kit.Wrap(look.Space2, b.period, b.severity, b.which), kit.Row(0, kit.Grow(b.which))
	b.choices = []fyne.CanvasObject{line, below, one}
	b.content = kit.NewResponsive(historyBarFrom,
		kit.Row(look.Space2, kit.Grow(b.find), line),
		kit.NewResponsive(historyChoicesFrom,
			kit.Column(look.Space2, b.find, below),
			kit.Column(look.Space2, b.find, one)))
	return b
}

func (b *historyBar) filter() historyFilter {
	days, _ := strconv.Atoi(b.period.Chosen())
	return historyFilter{days: days, severity: b.severity.Chosen(), which: b.which.Chosen()}
}

// Show offers the levels of the playbook.
func (b *historyBar) Show(st session.State) {
	if len(st.Policy.Levels) == b.levels {
		return
	}
	b.levels = len(st.Policy.Levels)
	options := []kit.Option{{ID: "", Word: "Any severity"}}
	for _, level := range st.Policy.Levels {
		how := severityLook(st.Policy, level.ID)
		options = append(options, kit.Option{ID: level.ID, Word: level.ID, Icon: how.Icon, IconRole: how.Fill})
	}
	b.severity.SetOptions(options)
}
