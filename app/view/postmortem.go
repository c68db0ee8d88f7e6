package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// postmortem is the screen on which the post-mortem is written, previewed and
// exported.
type postmortem struct {
	content fyne.CanvasObject
	ask     Asker
	state   session.State
	facts   *reviewFacts
	chosen  workflow.Section

	empty   *fyne.Container
	desk    *fyne.Container
	writing *fyne.Container
	head    *reviewHead
	list    *sectionList
	parts   sectionParts
	preview *documentPreview
	body    *kit.Responsive
	turn    *kit.Button // between writing and the preview in a narrow window
	bar     *exportBar
	foot    *fyne.Container // where the export bar is in a wide window
	ending  *fyne.Container // and where in a narrow one: at the end of the page
	low     *fyne.Container // the bar's place in the foot
	last    *fyne.Container // and in the ending; it is in one of them at a time
	plan    *planView
	planned *fyne.Container
	reading *fyne.Container // the preview's place in a narrow window
	editing *fyne.Container // the editor's place in a narrow window
}

// sectionParts are what can stand in the editor's place.
type sectionParts struct {
	content *fyne.Container
	text    *sectionEditor
	lines   *reportLines
	actions *actionItems
	metrics *metricTable
	places  map[workflow.Section]*fyne.Container // of the generated sections; "" is the text
}

func newPostmortem(ask Asker) Pane {
	p := &postmortem{ask: ask}
	p.head = newReviewHead(ask)
	p.list = newSectionList(p.choose)
	p.parts = newSectionParts(ask)
	p.preview = newDocumentPreview(ask)
	p.plan = newPlanView(ask, p.exportWith, p.previewExport, p.withPage)
	p.bar = newExportBar(p)
	p.parts.text.edited = p.edited
	p.parts.text.changed = p.typed
	p.preview.again = p.showPreview
	p.content = p.arrange()
	fit := func() { p.content.Refresh() }
	p.head.fit, p.list.fit, p.plan.fit = fit, func() {}, fit
	return p
}

func newSectionParts(ask Asker) sectionParts {
	s := sectionParts{text: newSectionEditor(ask), lines: newReportLines(ask), actions: newActionItems(ask), metrics: newMetricTable(ask)}
	s.places = map[workflow.Section]*fyne.Container{
		"": kit.Grow(s.text.content), workflow.TimelineSection: kit.Grow(s.lines.content),
		workflow.ActionsSection: kit.Grow(s.actions.content), workflow.MetricsSection: kit.Grow(s.metrics.content),
	}
	s.content = kit.Column(0, s.places[""], s.places[workflow.TimelineSection], s.places[workflow.ActionsSection], s.places[workflow.MetricsSection])
	s.text.fit, s.actions.fit = s.content.Refresh, s.content.Refresh
	return s
}

// Show shows a section in the editor's place, and nothing else.
func (s sectionParts) Show(st session.State, facts *reviewFacts, section workflow.SectionPolicy) {
	on := section.ID
	if _, own := s.places[on]; !own {
		on = ""
	}
	for id, place := range s.places {
		show(place, id == on)
	}
	switch on {
	case workflow.TimelineSection:
		s.lines.Show(facts, section)
	case workflow.ActionsSection:
		s.actions.Show(st, section)
	case workflow.MetricsSection:
		s.metrics.Show(st, section)
	default:
		s.text.Show(st, facts, section)
	}
	s.content.Refresh()
}

// titles shows or hides the sections' names: in a narrow window the name stands
// in the choice above.
func (s sectionParts) titles(on bool) {
	for _, title := range []fyne.CanvasObject{s.text.named, s.lines.title, s.actions.title, s.metrics.title} {
		show(title, on)
	}
	show(s.text.unnamed, !on)
}

func (p *postmortem) arrange() fyne.CanvasObject {
	p.turn = kit.NewButton("Preview", p.turnOver).Icon("show")
	p.editing, p.reading = kit.Grow(p.parts.content), kit.Grow(p.preview.content)
	wide := kit.FullRow(look.Space4, kit.Fixed(216, p.list.content), kit.Grow(p.parts.content), kit.Grow(p.preview.content))
	contents := kit.NewResponsive(400, kit.Row(look.Space3, kit.Grow(p.list.choice), p.turn), kit.Column(look.Space2, p.list.choice, p.turn))
	narrow := kit.Column(look.Space3, contents, p.editing, p.reading)
	p.reading.Hide()
	p.body = kit.NewResponsive(look.WideFrom-160, wide, narrow)
	p.body.OnChange = p.widen
	p.low, p.last = kit.Column(0), kit.Column(0)
	p.ending = kit.Column(look.Space3, kit.NewRule(), p.last)
	p.writing = kit.Grow(kit.NewScroller(kit.Column(look.Space3, p.head.content, kit.NewRule(), kit.Grow(p.body), p.ending)))
	p.planned = kit.Grow(p.plan.content)
	p.foot = kit.Column(look.Space3, kit.NewRule(), kit.Inset(look.Space1, 0, p.low))
	p.desk = kit.Grow(kit.Inset(look.Space3, look.Space3, kit.Column(look.Space3, p.writing, p.planned, p.foot)))
	p.empty = kit.Grow(kit.NewEmpty("post-mortem", "The post-mortem of an incident is written here: it starts filled from the log. No incident is open. Take one from History, or declare one.",
		kit.NewButton("Go to History", func() { p.ask.Run("go.history") })))
	p.widen(false)
	return kit.Column(0, p.empty, p.desk)
}

// widen brings the parts in line with the room that there is. In a narrow
// window the export bar leaves its room to the text, and scrolls with the page.
func (p *postmortem) widen(wide bool) {
	p.parts.titles(wide)
	p.low.Objects, p.last.Objects = nil, []fyne.CanvasObject{p.bar.content}
	if wide {
		p.low.Objects, p.last.Objects = p.last.Objects, nil
	}
	show(p.ending, !wide)
	show(p.foot, wide && p.state.Plan == nil)
	p.showPreview()
	if p.content != nil {
		p.content.Refresh()
	}
}

// Content is what the pane shows.
func (p *postmortem) Content() fyne.CanvasObject { return p.content }

// Show brings the pane in line with a state.
func (p *postmortem) Show(st session.State) {
	before := p.state
	p.state = st
	p.parts.text.Heard()
	show(p.empty, !st.Incident.Declared())
	show(p.desk, st.Incident.Declared())
	if !st.Incident.Declared() {
		p.content.Refresh()
		return
	}
	if p.facts == nil || p.facts.rev != st.Incident.Revision() {
		p.facts = factsOf(st.Incident)
	}
	show(p.writing, st.Plan == nil)
	show(p.foot, st.Plan == nil && p.body.IsWide())
	show(p.planned, st.Plan != nil)
	if st.Plan != nil {
		p.plan.Show(st)
	}
	fresh := before.Incident.Revision() != st.Incident.Revision() || halves(before) != halves(st) || before.Repo != st.Repo ||
		before.RepoSays != st.RepoSays || (before.Plan == nil) != (st.Plan == nil) || before.Prefs != st.Prefs
	if fresh {
		p.showAll()
		return
	}
	p.head.Tick(st)
}

// halves names the half-typed sections.
func halves(st session.State) string {
	names := ""
	for _, s := range halfTyped(st) {
		names += string(s.ID) + " "
	}
	return names
}

// showAll brings every part in line.
func (p *postmortem) showAll() {
	section := p.section()
	p.chosen = section.ID
	p.head.Show(p.state, p.facts)
	p.list.Show(p.state, p.facts, section.ID)
	p.parts.Show(p.state, p.facts, section)
	p.bar.Show(p.state)
	p.showPreview()
	p.content.Refresh()
}

// section is the chosen section; at first the first that a person has to write
// and that says nothing yet.
func (p *postmortem) section() workflow.SectionPolicy {
	sections := p.state.Incident.Playbook.Review.Sections
	for _, s := range sections {
		if s.ID == p.chosen {
			return s
		}
	}
	for _, s := range p.facts.empty {
		if !s.ID.Generated() {
			return s
		}
	}
	if len(sections) > 0 {
		return sections[0]
	}
	return workflow.SectionPolicy{ID: workflow.SummarySection, Name: "Summary"}
}

func (p *postmortem) choose(id workflow.Section) {
	p.chosen = id
	p.showAll()
}

// showPreview sets the preview, if it is in sight.
func (p *postmortem) showPreview() {
	if p.facts == nil || !p.body.IsWide() && !p.reading.Visible() {
		return
	}
	text, typed := "", false
	section := p.section()
	if !section.ID.Generated() {
		text, typed = p.parts.text.Text()
	}
	p.preview.Show(p.state.Incident, section, text, typed)
}

// edited follows an edit in the preview, when that is in sight. It costs what the
// edit changes, however long the text is.
func (p *postmortem) edited(at, removed int, inserted string) {
	if p.facts == nil || !p.body.IsWide() && !p.reading.Visible() {
		return
	}
	p.preview.Edited(at, removed, inserted)
}

// typed makes sure of a short text: what the editor holds is what is shown. A long
// one follows by its edits alone, because putting it together costs too much.
func (p *postmortem) typed() {
	if !p.parts.text.Long() {
		p.showPreview()
	}
}

// turnOver goes from writing to the preview and back, where there is room for
// one of them only.
func (p *postmortem) turnOver() {
	reading := !p.reading.Visible()
	show(p.reading, reading)
	show(p.editing, !reading)
	if reading {
		p.turn.Icon("edit").SetWord("Write")
	} else {
		p.turn.Icon("show").SetWord("Preview")
	}
	p.showPreview()
	p.content.Refresh()
}

// Enter gives the focus to the text, or to the export preview.
func (p *postmortem) Enter() {
	switch {
	case !p.state.Incident.Declared():
	case p.state.Plan != nil:
		p.plan.Focus()
	case p.section().ID.Generated() || p.state.Incident.Review.State() == workflow.Final || p.reading.Visible() && !p.body.IsWide():
		if p.body.IsWide() {
			p.list.rows.Focus()
			return
		}
		kit.Focus(p.list.choice)
	default:
		p.parts.text.field.Focus()
	}
}

// Main saves what is typed, or exports what the preview shows.
func (p *postmortem) Main() bool {
	switch {
	case !p.state.Incident.Declared():
		return false
	case p.state.Plan != nil && p.state.Commit != nil:
		return p.plan.commit.make()
	case p.state.Plan != nil && !p.plan.write.Visible():
		return false
	case p.state.Plan != nil:
		p.plan.write.Press()
		return true
	case p.section().ID.Generated():
		return false
	default:
		return p.parts.text.Save()
	}
}
