package view

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// history is the screen of what was: every incident of this computer, a search
// through all of them, and a few honest numbers.
type history struct {
	ask     Asker
	st      session.State
	content fyne.CanvasObject
	main    *fyne.Container

	bar   *historyBar
	list  *kit.Rows
	empty *historyEmpty
	side  *historySide

	found   historySearch
	listed  []workflow.Summary // what the filter leaves, newest first
	numbers historyNumbers     // of those
	counted int                // how often they were counted, to tell them apart
	items   []kit.Item
	drawn   historyDrawn
}

// historyDrawn is what the list was made from.
type historyDrawn struct {
	all    []workflow.Summary
	filter historyFilter
	zone   string
	minute int64 // how long an open one has burned is shown in minutes
}

func newHistory(ask Asker) Pane {
	h := &history{ask: ask}
	h.list = kit.NewRows(
		func() fyne.CanvasObject { return newHistoryRow() },
		func(id string, row fyne.CanvasObject) { h.draw(id, row.(*historyRow)) },
	).Headers(
		func() fyne.CanvasObject {
			return kit.Inset(look.Space3, look.Space1+2, kit.NewCaption("").Bold().Cut())
		},
		func(id string, row fyne.CanvasObject) {
			row.(*fyne.Container).Objects[0].(*kit.Text).SetText(h.foundTitle(id))
		})
	h.list.OnSelect = func(id string) { h.side.Choose(h.selected(id), h.st) }
	h.list.OnActivate = h.activate
	h.list.OnKey = func(_ string, key fyne.KeyName) bool { return key == fyne.KeyEscape && h.side.close() }
	h.bar = newHistoryBar(h)
	h.empty = newHistoryEmpty(ask)
	h.side = newHistorySide(h)
	h.main = kit.Inset(look.Space4, look.Space3, kit.Column(look.Space3,
		h.bar.content, kit.Grow(container.NewStack(h.list, h.empty.content)), h.side.foot))
	wide := kit.FullRow(0, kit.Grow(h.main), kit.NewRuleDown(), kit.Fixed(sideWidth, h.side.content))
	columns := kit.NewResponsive(paneWide, wide, newDrawer(h.main, h.side.drawer))
	columns.OnChange = h.side.setWide
	h.content = columns
	return h
}

// Content is the screen.
func (h *history) Content() fyne.CanvasObject { return h.content }

// Show brings the screen in line with a state.
func (h *history) Show(st session.State) {
	h.st = st
	h.list.SetSingleKeys(st.Prefs.SingleKeys)
	h.bar.Show(st)
	want := historyDrawn{all: st.History, filter: h.bar.filter(), zone: st.Shown().String(), minute: st.Now.Unix() / 60}
	if !want.same(h.drawn) {
		h.drawn = want
		h.listed = want.filter.pick(st.History, st.Now)
		h.numbers = countHistory(h.listed, st.Now, st.Shown())
		h.counted++
		h.refill()
	}
	h.side.Show(st)
}

// same compares the lists by their rows: the desk makes a new list for each change.
func (d historyDrawn) same(o historyDrawn) bool {
	if d.filter != o.filter || d.zone != o.zone || d.minute != o.minute || len(d.all) != len(o.all) {
		return false
	}
	for i := range d.all {
		if d.all[i] != o.all[i] {
			return false
		}
	}
	return true
}

// refill lists the incidents, or what was found in them.
func (h *history) refill() {
	items := []kit.Item{}
	if h.found.query != "" {
		items = h.found.items()
	} else {
		for _, s := range h.listed {
			items = append(items, kit.Item{ID: string(s.ID)})
		}
	}
	if len(items) == 0 && h.found.asked {
		return // the answer is on its way; a list that flickers is read by nobody
	}
	h.items = items
	h.list.SetItems(items)
	show(h.list, len(items) > 0)
	h.empty.Show(h.st, h.found.query, len(items) == 0)
	h.arrange()
}

// arrange shows what there is room and reason for: no search where there is
// nothing to find, no choices during a search, which looks through everything.
func (h *history) arrange() {
	searching := h.found.query != ""
	roomy := h.side.wide || !h.side.drawer.Visible()
	show(h.bar.content, roomy && (searching || len(h.st.History) > 0))
	show(h.side.foot, roomy && !h.side.wide && len(h.items) > 0)
	for _, choices := range h.bar.choices {
		show(choices, !searching)
	}
	h.main.Refresh()
}

func (h *history) draw(id string, row *historyRow) {
	if hit, ok := h.found.hit(id); ok {
		row.showHit(hit.Snippet)
		return
	}
	if s, ok := h.summary(workflow.IncidentID(id)); ok {
		row.showIncident(s, h.st)
	}
}

func (h *history) summary(id workflow.IncidentID) (workflow.Summary, bool) {
	for _, s := range h.st.History {
		if s.ID == id {
			return s, true
		}
	}
	return workflow.Summary{}, false
}

// foundTitle is the line above what was found in one incident.
func (h *history) foundTitle(row string) string {
	s, ok := h.summary(workflow.IncidentID(strings.TrimPrefix(row, foundIn)))
	if !ok {
		return "An incident that is not listed"
	}
	return strings.Join([]string{s.Title, severityWord(s.Severity), dateAndClock(s.Detected, h.st)}, ", ")
}

// selected is the incident that a row belongs to.
func (h *history) selected(row string) workflow.IncidentID {
	if hit, ok := h.found.hit(row); ok {
		return hit.Incident
	}
	return workflow.IncidentID(row)
}

// activate is Enter: an incident is opened, and a hit where it stands.
func (h *history) activate(row string) {
	if hit, ok := h.found.hit(row); ok {
		h.openHit(hit)
		return
	}
	h.open(workflow.IncidentID(row))
}

func (h *history) open(id workflow.IncidentID) {
	if id == h.st.Incident.ID {
		h.ask.Run("go." + string(h.homeOfOpen()))
		return
	}
	h.ask.OpenIncident(id, nil)
}

// homeOfOpen is where the incident that is on the desk already goes on.
func (h *history) homeOfOpen() Screen {
	if h.st.Incident.Open() {
		return BoardScreen
	}
	return PostmortemScreen
}

// Enter gives the focus to the list.
func (h *history) Enter() { h.toList() }

func (h *history) toList() {
	if len(h.items) > 0 {
		h.list.Focus()
		return
	}
	h.empty.focus()
}

// Main opens what is selected.
func (h *history) Main() bool {
	if h.list.Selected() == "" {
		return false
	}
	h.activate(h.list.Selected())
	return true
}

// Find puts the caret into the search.
func (h *history) Find() { h.bar.find.Focus() }
