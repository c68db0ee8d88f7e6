package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// asNote is the choice that makes a note of a section.
const asNote = "note"

// importPicked changes what the selected row becomes: the milestone of an
// entry, the place of a section.
type importPicked struct {
	s       *Shell
	what    *kit.Text
	choice  *kit.Choice
	id      string
	content *fyne.Container
}

func newImportPicked(s *Shell) *importPicked {
	p := &importPicked{s: s, what: kit.NewText("").In(look.Muted).Cut()}
	p.choice = kit.NewChoice("", nil, p.choose)
	p.content = kit.Row(look.Space2, kit.Grow(p.what), p.choice)
	return p
}

// Show is about the selected row.
func (p *importPicked) Show(st session.State, id string, l *importList) {
	now := st.Import
	p.id = id
	kind, n := importRowOf(id)
	switch {
	case now == nil:
		return
	case kind == importLine && n < len(now.Lines) && n < len(l.inPlan):
		p.what.SetText(fmt.Sprintf("The entry in line %d marks", now.Reading.Lines[n].Line))
		p.choice.SetOptions(importMilestones(st))
		p.choice.Choose(string(l.line(n).Milestone))
	case kind == importSection && n < len(now.Sections) && n < len(l.partsIn):
		p.what.SetText(beginning(now.Reading.Sections[n].Name(), 80) + " goes into")
		p.choice.SetOptions(importPlaces(st))
		to := string(l.section(n).To)
		if l.section(n).Note {
			to = asNote
		}
		p.choice.Choose(to)
	default:
		kind = importRest
	}
	show(p.content, kind != importRest)
}

func importMilestones(st session.State) []kit.Option {
	options := []kit.Option{{ID: "", Word: "no milestone"}}
	for _, m := range importPlaybook(st).Milestones {
		if m.ID == workflow.AllClear && !st.Import.Past && !st.Incident.Past {
			continue // it has a gate of its own
		}
		options = append(options, kit.Option{ID: string(m.ID), Word: m.Name})
	}
	return options
}

func importPlaces(st session.State) []kit.Option {
	var options []kit.Option
	for _, s := range importPlaybook(st).Review.Sections {
		if !s.ID.Generated() || s.ID == workflow.ActionsSection {
			options = append(options, kit.Option{ID: string(s.ID), Word: s.Name})
		}
	}
	return append(options, kit.Option{ID: asNote, Word: "a note in the timeline"})
}

func (p *importPicked) choose(to string) {
	switch kind, n := importRowOf(p.id); kind {
	case importLine:
		p.s.MarkLine(n, workflow.Milestone(to))
	case importSection:
		p.s.PickSection(n, session.SectionPick{Take: true, Note: to == asNote, To: sectionOf(to)})
	}
}

func sectionOf(to string) workflow.Section {
	if to == asNote {
		return ""
	}
	return workflow.Section(to)
}

// Open drops the choices down.
func (p *importPicked) Open() {
	if p.content.Visible() {
		p.choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
}
