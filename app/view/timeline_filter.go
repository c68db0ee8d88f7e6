package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// timelineBar is the search and the two choices above the list.
type timelineBar struct {
	t       *timeline
	content fyne.CanvasObject
	find    *kit.Field
	kinds   *kit.Choice
	which   *kit.Choice
	hidden  bool
	back    *timelinePlace // where the list was before the search
}

// timelinePlace is where somebody was in the list.
type timelinePlace struct {
	offset   float32
	selected string
}

// timelineBarFrom is the width from which search and choices stand in one line.
const timelineBarFrom float32 = 330

// What the second choice offers.
const (
	allEntries    = "all"
	onlyPeople    = "people"
	hiddenEntries = "hidden"
)

func newTimelineBar(t *timeline) *timelineBar {
	b := &timelineBar{t: t}
	b.find = kit.NewField("").Placeholder("Find   Ctrl+F")
	b.find.OnChanged = func(string) { b.search() }
	b.find.OnSubmit = func(string) { b.toList() }
	b.find.OnEscape = func() bool { b.leave(); return true }
	b.find.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyDown {
			b.toList()
			return true
		}
		return false
	}
	b.kinds = kit.NewChoice("", b.kindOptions(), func(string) { b.t.Show(b.t.st) })
	b.which = kit.NewChoice("", []kit.Option{
		{ID: allEntries, Word: "All entries"},
		{ID: onlyPeople, Word: "Only what people wrote"},
		{ID: hiddenEntries, Word: "Hidden ones too"},
	}, b.choose)
	b.which.Choose(allEntries)
	b.content = kit.NewResponsive(timelineBarFrom,
		kit.Row(look.Space2, kit.Grow(b.find), b.kinds, b.which),
		kit.Column(look.Space2, b.find, kit.Wrap(look.Space2, b.kinds, b.which)))
	return b
}

func (b *timelineBar) kindOptions() []kit.Option {
	kinds := append(workflow.EntryKinds(), workflow.StepEntry, workflow.FactEntry, workflow.RoleEntry, workflow.SystemEntry, workflow.RawEntry)
	return append([]kit.Option{{ID: "", Word: "All kinds"}}, optionsOf(kinds)...)
}

func (b *timelineBar) filter(p session.Prefs) timelineFilter {
	return timelineFilter{query: b.find.Text(), kind: workflow.EntryKind(b.kinds.Chosen()), people: p.OnlyPeople, hidden: b.hidden}
}

// Show follows the setting, which may also be changed elsewhere.
func (b *timelineBar) Show(st session.State) {
	switch {
	case st.Prefs.OnlyPeople:
		b.which.Choose(onlyPeople)
	case b.hidden:
		b.which.Choose(hiddenEntries)
	default:
		b.which.Choose(allEntries)
	}
}

// choose changes what is shown. That only people's lines are shown is a setting,
// so it is there again tomorrow; what was hidden is looked at and hidden again.
func (b *timelineBar) choose(id string) {
	b.hidden = id == hiddenEntries
	p := b.t.st.Prefs
	if only := id == onlyPeople; p.OnlyPeople != only {
		p.OnlyPeople = only
		says := "All entries are shown again."
		if only {
			says = "Only what people wrote is shown."
		}
		b.t.ask.SetPrefs(p, says)
		return
	}
	b.t.Show(b.t.st)
}

// search remembers where the list was, before its first result.
func (b *timelineBar) search() {
	if b.find.Text() != "" && b.back == nil {
		b.back = &timelinePlace{b.t.list.Offset(), b.t.list.Selected()}
	}
	if b.t.drawn.filter.query == b.find.Text() {
		return
	}
	b.t.Show(b.t.st)
	if b.find.Text() != "" {
		b.t.list.SetOffset(0)
	} else {
		b.restore()
	}
}

func (b *timelineBar) restore() {
	if b.back == nil {
		return
	}
	place := *b.back
	b.back = nil
	b.t.list.Select(place.selected)
	b.t.list.SetOffset(place.offset)
}

// leave ends the search: the list is where it was before.
func (b *timelineBar) leave() {
	b.find.SetText("")
	place := b.t.list.Offset()
	b.t.Enter()
	b.t.list.SetOffset(place)
}

// toList goes from the search to what it found.
func (b *timelineBar) toList() {
	if b.t.page.shown > 0 {
		b.t.list.Focus()
	}
}

// reset forgets the search of another incident.
func (b *timelineBar) reset() {
	b.back, b.hidden = nil, false
	b.kinds.Choose("")
	b.find.SetText("")
}
