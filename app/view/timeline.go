package view

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// timeline is the screen of what happened: a list that can be searched and
// filtered, and beside it the entry that is being corrected, the metrics, and
// the log of changes.
type timeline struct {
	ask     Asker
	st      session.State
	content fyne.CanvasObject
	main    *fyne.Container // the list and what stands around it

	list  *kit.Rows
	harm  *timelineDamage
	empty *timelineEmpty
	bar   *timelineBar
	foot  *timelineFoot
	side  *timelineSide

	index   timelineIndex
	page    timelinePage
	drawn   timelineDrawn
	unsaved map[string]bool // entries that somebody began to change
	added   bool            // an entry of ours is on its way: show it when it is there
}

// timelineDrawn is what the list was made from; while it stays the same there is
// nothing to do, however often a state is shown.
type timelineDrawn struct {
	at     workflow.Revision
	zone   *time.Location
	day    string
	filter timelineFilter
}

// paneWide is the width from which a screen has room for a part at its side:
// that of the window without the rail.
const paneWide = look.WideFrom - railWide

func newTimeline(ask Asker) Pane {
	t := &timeline{ask: ask, unsaved: map[string]bool{}}
	t.list = kit.NewRows(
		func() fyne.CanvasObject { return newEntryRow() },
		func(id string, row fyne.CanvasObject) { t.draw(id, row.(*entryRow)) },
	).Headers(
		func() fyne.CanvasObject {
			return kit.Inset(look.Space3, look.Space1+2, kit.NewCaption("").Bold().Cut())
		},
		func(id string, row fyne.CanvasObject) {
			row.(*fyne.Container).Objects[0].(*kit.Text).SetText(dayTitle(id, t.st))
		})
	t.list.OnSelect = t.selected
	t.list.OnActivate = t.activate
	t.list.OnKey = t.key
	t.list.OnRune = t.letter
	t.harm = newTimelineDamage(ask)
	t.empty = newTimelineEmpty(ask)
	t.bar = newTimelineBar(t)
	t.foot = newTimelineFoot(t)
	t.side = newTimelineSide(t)
	t.main = kit.Inset(look.Space4, look.Space3, kit.Column(look.Space3,
		t.bar.content, t.harm.content, kit.Grow(container.NewStack(t.list, t.empty.content)), t.foot.content))
	wide := kit.FullRow(0, kit.Grow(t.main), kit.NewRuleDown(), kit.Fixed(sideWidth, t.side.content))
	narrow := newDrawer(t.main, t.side.drawer)
	columns := kit.NewResponsive(paneWide, wide, narrow)
	t.side.arrange()
	columns.OnChange = func(wide bool) { t.side.setWide(wide) }
	t.content = columns
	return t
}

// Content is the screen.
func (t *timeline) Content() fyne.CanvasObject { return t.content }

// Show brings the screen in line with a state.
func (t *timeline) Show(st session.State) {
	first := t.st.Incident.ID != st.Incident.ID
	t.st = st
	t.list.SetSingleKeys(st.Prefs.SingleKeys)
	if first {
		t.bar.reset()
		t.side.reset()
		t.side.arrange()
	}
	t.bar.Show(st)
	t.harm.Show(st)
	changed := t.showList(first)
	t.showUnsaved()
	t.foot.Show(st, len(t.index.entries), t.page.shown)
	t.side.Show(st, changed)
	if first {
		t.begin()
	}
}

// showList makes the rows again when the log, the day, the zone or the filter
// is another, and reports whether the log is.
func (t *timeline) showList(first bool) (changed bool) {
	want := timelineDrawn{
		at: t.st.Incident.Revision(), zone: t.st.Shown(),
		day: t.st.Now.In(t.st.Shown()).Format(time.DateOnly), filter: t.bar.filter(t.st.Prefs),
	}
	if want == t.drawn && !first {
		return false
	}
	changed = want.at != t.drawn.at || want.zone != t.drawn.zone
	atEnd, selected, before := t.list.AtEnd(), t.list.Selected(), t.page.items
	if changed {
		t.index = indexTimeline(t.st.Incident)
	}
	t.drawn = want
	t.page = t.index.page(want.filter, want.zone, t.st.Now)
	t.list.SetItems(t.page.items)
	t.empty.Show(t.st, want.filter, t.page.shown, len(t.index.entries))
	show(t.list, t.page.shown > 0)
	if changed && !first {
		if selected != "" && t.list.Selected() == "" {
			t.list.Select(t.beside(selected, before))
		}
		t.follow(atEnd)
	}
	return changed
}

// follow shows the line that the person at this desk just wrote: where the list
// stood at its end it stays at its end. What others write moves nothing.
func (t *timeline) follow(atEnd bool) {
	newest, ok := t.index.newest()
	if !ok || newest.First.Actor != t.st.Actor() || !t.shows(string(newest.ID)) {
		return
	}
	switch {
	case t.added:
		t.added = false
		t.list.Select(string(newest.ID))
	case atEnd:
		t.list.ScrollToEnd()
	}
}

func (t *timeline) shows(id string) bool {
	for _, item := range t.page.items {
		if item.ID == id {
			return true
		}
	}
	return false
}

// begin is the first view of an incident: one that burns is read from its end.
func (t *timeline) begin() {
	if n := len(t.page.items); n > 0 && t.st.Incident.Open() {
		t.list.Select(t.page.items[n-1].ID)
	}
}

func (t *timeline) draw(id string, row *entryRow) {
	if gap, ok := t.page.gaps[id]; ok {
		row.showGap(gap.words())
		return
	}
	e, ok := t.index.entry(id)
	if !ok {
		return
	}
	v := entryView{
		entry: e, time: clockSeconds(e.At.Get(), t.st.Shown()),
		selected: id == t.list.Selected(), unsaved: t.unsaved[id],
	}
	if m := e.Milestone.Get(); m != "" {
		v.name = milestoneName(t.st.Incident.Playbook, m)
	}
	row.showEntry(v)
}

// showUnsaved marks the entries that somebody began to change.
func (t *timeline) showUnsaved() {
	now := map[string]bool{}
	for field, d := range t.st.Drafts {
		if entry, ok := draftEntry(field); ok && d.Text != "" {
			now[entry] = true
		}
	}
	was := t.unsaved
	t.unsaved = now
	for id := range now {
		if !was[id] {
			t.list.Update(id)
		}
	}
	for id := range was {
		if !now[id] {
			t.list.Update(id)
		}
	}
}

// Enter gives the focus to the list, where the selected row is in sight. An empty
// list has nothing to press.
func (t *timeline) Enter() {
	if t.page.shown > 0 {
		t.list.Focus()
		t.list.Select(t.list.Selected())
	}
}

// Main saves what is being edited.
func (t *timeline) Main() bool {
	if !t.side.editing() || !t.side.editor.Changed() {
		return false
	}
	t.side.editor.Save()
	return true
}

// Find puts the caret into the search.
func (t *timeline) Find() { t.bar.find.Focus() }

// dayTitle is the line above the entries of a day.
func dayTitle(id string, st session.State) string {
	date := id[len(dayRow):]
	if date == unknownDay {
		return "Time not known"
	}
	word := dayWord(date)
	if date == st.Now.In(st.Shown()).Format(time.DateOnly) {
		return word + ", today"
	}
	return word
}

// countWords says how many entries there are, and how many of them are shown.
func countWords(all, shown int) string {
	if all == shown {
		return plural(all, "entry", "entries")
	}
	return fmt.Sprintf("%d of %s", shown, plural(all, "entry", "entries"))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
