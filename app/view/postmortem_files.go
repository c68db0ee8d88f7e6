package view

import (
	"strings"

	"firebreak/app/session"
	"firebreak/workflow"
)

// sectionFiles is a screen on which files go into the text that is written.
type sectionFiles interface {
	// writes says which section files go to now; empty when to none.
	writes() workflow.SectionPolicy
	// shows puts the links to files into the text of a section, at the caret of
	// the one that is open.
	shows(section workflow.Section, files []workflow.Attachment)
}

// writes is the section that is being written: it has the focus, or had it last.
func (p *postmortem) writes() workflow.SectionPolicy {
	if !p.state.Incident.Declared() || p.state.Plan != nil {
		return workflow.SectionPolicy{}
	}
	section := p.section()
	if section.ID.Generated() || p.parts.text.final() {
		return workflow.SectionPolicy{}
	}
	return section
}

func (p *postmortem) shows(section workflow.Section, files []workflow.Attachment) {
	p.parts.text.showFiles(section, files)
}

// showFiles puts links into the text. The section may not be in the field any
// more: then they go to the end of its half-typed text, or of what it says.
func (e *sectionEditor) showFiles(section workflow.Section, files []workflow.Attachment) {
	links := make([]string, len(files))
	for i, f := range files {
		links[i] = f.Link()
	}
	if section == e.section.ID {
		e.field.InsertLine(strings.Join(links, "\n\n"))
		return
	}
	text, half := e.draftOf(section)
	if !half {
		text = e.state.Incident.SectionText(section)
	}
	if text = strings.TrimRight(text, "\n"); text != "" {
		text += "\n\n"
	}
	delete(e.aside, section)
	e.draft(section, text+strings.Join(links, "\n\n")+"\n")
}

// pasted looks at what is pasted into the text: nothing may be an image, and a
// list of files is offered as files.
func (e *sectionEditor) pasted(text string) bool {
	if text == "" {
		e.ask.Run("incident.paste")
		return true
	}
	if len(session.PathsIn(text)) > 0 {
		from, _ := e.field.Selection()
		e.ask.OfferFiles(text, e.takesBack(e.section.ID, from, text))
	}
	return false
}

// takesBack takes a pasted text away again, if it still stands where it came.
func (e *sectionEditor) takesBack(section workflow.Section, from int, text string) func() {
	return func() {
		if to := from + len(text); e.section.ID == section && e.field.Part(from, to) == text {
			e.field.Select(from, to)
			e.field.Insert("")
		}
	}
}
