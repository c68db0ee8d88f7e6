package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// rail leads to the six screens.
type rail struct {
	content fyne.CanvasObject
	items   map[Screen]*kit.RailItem
}

func newRail(s *Shell) *rail {
	r := &rail{items: map[Screen]*kit.RailItem{}}
	names := map[Screen][2]string{
		TriageScreen: {"triage", "Triage"}, BoardScreen: {"board", "Board"}, TimelineScreen: {"timeline", "Timeline"},
		PostmortemScreen: {"post-mortem", "Post-mortem"}, HistoryScreen: {"history", "History"}, SettingsScreen: {"settings", "Settings"},
	}
	column := kit.Column(look.Space1)
	for i, screen := range Screens() {
		item := kit.NewRailItem(names[screen][0], names[screen][1], "Ctrl+"+string(rune('1'+i)), func() { s.Go(screen) })
		r.items[screen] = item
		column.Add(item)
	}
	r.content = kit.NewGround(look.Panel, kit.NewScroller(kit.Inset(look.Space1, look.Space2, column)))
	return r
}

// fit takes the short word for the longest name where the rail is narrow.
func (r *rail) fit(wide bool) {
	word := "Review"
	if wide {
		word = "Post-mortem"
	}
	r.items[PostmortemScreen].SetWord(word)
}

// Show marks the screen that is shown and counts what is late.
func (r *rail) Show(st session.State, screen Screen) {
	for s, item := range r.items {
		item.SetHere(s == screen)
	}
	in := st.Incident
	late, open := 0, 0
	for _, a := range in.OpenAssignments() {
		open++
		if a.Late(st.Now) {
			late++
		}
	}
	if late > 0 {
		open = late
	}
	r.items[BoardScreen].SetCount(open, late > 0)
	sections := 0
	if in.Declared() && !in.Open() {
		sections = len(in.EmptySections())
	}
	r.items[PostmortemScreen].SetCount(sections, false)
}
