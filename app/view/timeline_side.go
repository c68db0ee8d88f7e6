package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// The parts at the side of the timeline.
const (
	entryTab   = "entry"
	metricsTab = "metrics"
	changesTab = "changes"
)

// sideWidth is the width of the part at the side.
const sideWidth float32 = 352

// timelineSide is the part beside the list, or beneath it where there is no
// room: the entry, the metrics, or the log of changes.
type timelineSide struct {
	t       *timeline
	content fyne.CanvasObject // beside the list
	drawer  *fyne.Container   // the same beneath it
	tabs    *tabRow
	rest    *fyne.Container // the room between the tabs and the closing button
	closing *fyne.Container
	editor  *entryEditor
	metrics *metricsPanel
	changes *changesPanel
	tab     string
	shown   string // the row that the editor was turned to
	wide    bool
}

func newTimelineSide(t *timeline) *timelineSide {
	s := &timelineSide{t: t, tab: entryTab, editor: newEntryEditor(t.ask), metrics: newMetricsPanel(), changes: newChangesPanel(t.ask)}
	s.editor.escape = s.leave
	s.editor.saved = s.saved
	s.tabs = newTabRow([]kit.Option{
		{ID: entryTab, Word: "Entry"}, {ID: metricsTab, Word: "Metrics"}, {ID: changesTab, Word: "Changes"},
	}, s.choose)
	s.rest = kit.Grow(kit.NewCaption(""))
	s.closing = kit.Row(0, kit.NewQuiet("Close", func() { s.close() }))
	head := kit.Row(look.Space2, s.tabs.content, s.editor.in.over.content, s.rest, s.closing)
	s.editor.resized = head.Refresh
	body := kit.Column(look.Space2,
		head,
		kit.Grow(container.NewStack(s.editor.content, s.metrics.content, s.changes.content)))
	ground := kit.NewGround(look.Panel, kit.Inset(look.Space3, look.Space2, body))
	s.content = ground
	s.drawer = kit.Column(0, kit.NewRule(), kit.Grow(ground))
	s.drawer.Hide()
	return s
}

// arrange shows the part that was chosen.
func (s *timelineSide) arrange() {
	onEntry := !s.wide && s.tab == entryTab
	s.tabs.Choose(s.tab)
	show(s.tabs.content, !onEntry)
	show(s.editor.in.over.content, onEntry)
	show(s.editor.in.under.content, s.wide)
	show(s.editor.content, s.tab == entryTab)
	show(s.metrics.content, s.tab == metricsTab)
	show(s.changes.content, s.tab == changesTab)
	show(s.closing, !s.wide)
	roomy := (s.wide || !s.drawer.Visible()) && s.t.st.Incident.Declared()
	if roomy != s.t.bar.content.Visible() {
		show(s.t.bar.content, roomy)
		show(s.t.foot.content, roomy)
		defer s.t.main.Refresh()
	}
	show(s.t.foot.panels, !s.wide)
	s.content.Refresh()
}

// Show brings the part that is seen in line with a state.
func (s *timelineSide) Show(st session.State, changed bool) {
	s.editor.Show(st, changed)
	if !s.wide && !s.drawer.Visible() {
		return
	}
	switch s.tab {
	case metricsTab:
		s.metrics.Show(st)
	case changesTab:
		s.changes.Show(st)
	}
}

// setWide follows the arrangement of the screen.
func (s *timelineSide) setWide(wide bool) {
	s.wide = wide
	s.arrange()
	s.Show(s.t.st, false)
}

// choose shows one of the parts.
func (s *timelineSide) choose(tab string) {
	s.tab = tab
	if tab == entryTab && s.shown != "" && !s.editor.open {
		if e, ok := s.t.index.entry(s.shown); ok {
			s.editor.Open(entryTarget{entry: e.ID, at: e.At.Get()}, s.t.st)
		}
	}
	s.openDrawer()
	s.Show(s.t.st, false)
}

func (s *timelineSide) openDrawer() {
	opens := !s.wide && !s.drawer.Visible()
	if opens {
		s.drawer.Show()
	}
	s.arrange()
	if !opens {
		return
	}
	s.t.content.Refresh()
	s.t.list.Select(s.t.list.Selected()) // still in sight, in less room
}

// look turns the editor to what is selected, where it is seen anyway. A new
// entry that was begun stays until it is saved or left.
func (s *timelineSide) look(id workflow.EventID, at workflow.Stamp) {
	s.changes.look(id)
	if s.tab == changesTab {
		s.changes.Show(s.t.st)
	}
	if s.editor.open && s.editor.target.entry == "" && s.editor.Changed() {
		return
	}
	if id == "" {
		s.editor.close()
		return
	}
	s.editor.Open(entryTarget{entry: id, at: at}, s.t.st)
}

// edit opens an entry to be changed.
func (s *timelineSide) edit(id workflow.EventID, at workflow.Stamp) {
	s.editor.Open(entryTarget{entry: id, at: at}, s.t.st)
	s.choose(entryTab)
}

// add opens a new entry.
func (s *timelineSide) add(at workflow.Stamp) {
	s.editor.Open(entryTarget{at: at}, s.t.st)
	s.choose(entryTab)
}

func (s *timelineSide) editing() bool {
	return s.editor.open && s.tab == entryTab && (s.wide || s.drawer.Visible())
}

// leave goes back to the list; what was typed stays a draft.
func (s *timelineSide) leave() {
	s.close()
	s.t.Enter()
}

// close puts the drawer away and reports whether there was one.
func (s *timelineSide) close() bool {
	if s.wide || !s.drawer.Visible() {
		return false
	}
	s.drawer.Hide()
	s.arrange()
	s.t.content.Refresh()
	s.t.Enter()
	return true
}

func (s *timelineSide) saved(added bool) {
	s.t.added = added
	s.leave()
}

// reset forgets another incident's entry.
func (s *timelineSide) reset() {
	s.shown = ""
	s.changes.look("")
	s.editor.close()
}

// drawerLayout gives the list a share of the height, and the drawer the rest.
type drawerLayout struct{}

// drawerShare is the drawer's part of the height: the list keeps a few rows.
const drawerShare float32 = 0.66

func newDrawer(main, drawer fyne.CanvasObject) *fyne.Container {
	return container.New(drawerLayout{}, main, drawer)
}

// Layout sets the drawer under the list.
func (drawerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	main, drawer := objects[0], objects[1]
	under := float32(0)
	if drawer.Visible() {
		under = size.Height * drawerShare
		drawer.Move(fyne.NewPos(0, size.Height-under))
		drawer.Resize(fyne.NewSize(size.Width, under))
	}
	main.Move(fyne.Position{})
	main.Resize(fyne.NewSize(size.Width, size.Height-under))
}

// MinSize is small: both parts scroll.
func (drawerLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, o := range objects {
		if o.Visible() {
			width = max(width, kit.LeastWidth(o))
		}
	}
	return fyne.NewSize(width, 3*look.RowHeight)
}
