package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// historySide is the incident that is selected, and what can be counted.
type historySide struct {
	h       *history
	content fyne.CanvasObject
	drawer  *fyne.Container
	foot    fyne.CanvasObject // the way to it, where it is not in sight
	closing *fyne.Container
	page    *kit.Scroller
	column  *fyne.Container
	chosen  workflow.IncidentID
	drawn   historySideDrawn
	wide    bool
}

// historySideDrawn is what the part was drawn from; it is drawn again only when
// something of it is another.
type historySideDrawn struct {
	chosen  workflow.Summary
	running string // how long the chosen one has burned
	zone    string
	counted int
	sample  bool
	here    bool // the chosen one is on the desk
}

func newHistorySide(h *history) *historySide {
	s := &historySide{h: h, column: kit.Column(look.Space4)}
	s.page = kit.NewScroller(s.column)
	s.closing = kit.Row(look.Space2, kit.Grow(kit.NewSubheading("Facts and numbers").Cut()), kit.NewQuiet("Close", func() { s.close() }).Key("Esc"))
	ground := kit.NewGround(look.Panel, kit.Inset(look.Space3, look.Space2, kit.Column(look.Space2, s.closing, kit.Grow(s.page))))
	s.content = ground
	s.drawer = kit.Column(0, kit.NewRule(), kit.Grow(ground))
	s.drawer.Hide()
	s.foot = kit.Row(look.Space3, kit.Grow(kit.NewCaption("Enter opens an incident.").Cut()), kit.NewButton("Facts and numbers", s.open).Small())
	return s
}

// Choose turns to an incident.
func (s *historySide) Choose(id workflow.IncidentID, st session.State) {
	s.chosen = id
	s.Show(st)
}

// Show brings the part in line with a state, when it is in sight.
func (s *historySide) Show(st session.State) {
	if !s.wide && !s.drawer.Visible() {
		return
	}
	chosen, found := s.h.summary(s.chosen)
	want := historySideDrawn{
		chosen: chosen, running: tookWords(chosen, st.Now), zone: st.Shown().String(),
		counted: s.h.counted, sample: st.Sample, here: s.chosen == st.Incident.ID,
	}
	if want == s.drawn {
		return
	}
	s.drawn = want
	s.column.Objects = nil
	if st.Sample {
		s.column.Objects = append(s.column.Objects, sampleNote())
	}
	if found {
		s.column.Objects = append(s.column.Objects, incidentFacts(chosen, st, s.h.open))
	}
	if len(st.History) > 0 {
		s.column.Objects = append(s.column.Objects, numberFacts(s.h.numbers)...)
	}
	s.column.Objects = append(s.column.Objects, kit.NewCaption("Numbers come only from this computer. They count incidents and never people.").Wrapped())
	s.page.Refresh()
}

func (s *historySide) setWide(wide bool) {
	s.wide = wide
	s.arrange()
	s.Show(s.h.st)
}

func (s *historySide) arrange() {
	show(s.closing, !s.wide)
	s.content.Refresh()
	s.h.arrange()
}

func (s *historySide) open() {
	s.drawer.Show()
	s.arrange()
	s.Show(s.h.st)
	s.h.content.Refresh()
	s.h.toList()
}

// close puts the drawer away and reports whether there was one.
func (s *historySide) close() bool {
	if s.wide || !s.drawer.Visible() {
		return false
	}
	s.drawer.Hide()
	s.arrange()
	s.h.content.Refresh()
	s.h.toList()
	return true
}
