package view

import (
	"image"
	"maps"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/kit/preview"
	"firebreak/export"
	"firebreak/export/markdown"
	"firebreak/workflow"
)

// sectionBelow is the level of the sections' headings, which those inside a
// section stay below.
const sectionBelow = 2

// leastPreview is the least height of the page, in a window where it would have
// to share what little there is.
const leastPreview = 160

// nothingWritten stands in a section that says nothing yet.
const nothingWritten = "*Nothing written yet.*"

// documentPreview shows what is written as it will read. The section that is
// being written is shown from what is typed, so a key costs what it changes; the
// others stay as they were found when the incident last changed.
type documentPreview struct {
	content fyne.CanvasObject
	view    *preview.View
	toggle  *kit.Button
	whole   bool // the whole document instead of the section
	again   func()

	ask      Asker
	incident workflow.Incident
	key      previewKey
	sources  []preview.Source
	at       int // which of the sources is being written; -1 when none is shown
	pictures map[string]image.Image
}

// previewKey is all that a preview is made from, but for what is being typed.
type previewKey struct {
	incident workflow.IncidentID
	rev      workflow.Revision
	section  workflow.Section
	whole    bool
	blank    bool // nothing is written in the section
}

func newDocumentPreview(ask Asker) *documentPreview {
	p := &documentPreview{ask: ask, view: preview.New(), again: func() {}, at: -1, pictures: map[string]image.Image{}}
	p.view.OnLink = p.follow
	p.view.OnCopy = func(text, what string) { ask.Copy(text, "The "+what+" is copied.") }
	p.view.Images = p.picture
	p.view.Words = func(text string) string { return p.incident.Live(text, sameWords) }
	p.toggle = kit.NewQuiet("Whole document", func() {
		p.whole = !p.whole
		p.again()
	}).Small()
	p.content = kit.NewPanelWith("Preview", p.toggle, atLeast(leastPreview, p.view))
	return p
}

// Show sets the preview. Typed says that the text is half-typed; else the
// section reads as it was saved.
func (p *documentPreview) Show(in workflow.Incident, section workflow.SectionPolicy, text string, typed bool) {
	if !typed && !section.ID.Generated() {
		text = in.SectionText(section.ID)
	}
	blank := strings.TrimSpace(text) == ""
	key := previewKey{incident: in.ID, rev: in.Revision(), section: section.ID, whole: p.whole, blank: blank}
	if key != p.key {
		other := key.section != p.key.section || key.whole != p.key.whole || key.incident != p.key.incident
		p.key, p.incident = key, in
		p.compose(section, blank)
		p.setToggle()
		defer p.view.AskAgain()
		maps.DeleteFunc(p.pictures, func(_ string, made image.Image) bool { return made == nil }) // they are asked for again
		if other {
			defer p.view.Top()
		}
	}
	if p.at >= 0 && !section.ID.Generated() && !blank {
		p.sources[p.at].Markdown = text
	}
	p.view.SetSources(p.sources...)
}

// Edited follows one edit of the text that is being written: removed bytes at an
// offset became others. It costs what the edit changes, however long the text.
func (p *documentPreview) Edited(at, removed int, inserted string) {
	if p.at < 0 || p.key.blank || p.key.section.Generated() {
		p.again() // another document begins or ends with this edit
		return
	}
	p.view.Edit(p.at, at, removed, inserted)
	if written := p.view.Documents()[p.at]; written.Len() == 0 {
		p.again()
		return
	}
	p.view.Reveal(p.at, at+len(inserted))
}

// sameWords leaves the words of the log as they are: the preview shows them, and
// reads no markdown in them.
func sameWords(says string) string { return says }

func (p *documentPreview) setToggle() {
	word := "Whole document"
	if p.whole {
		word = "Only this section"
	}
	p.toggle.SetWord(word)
}

// compose finds what is shown besides the text that is being written.
func (p *documentPreview) compose(section workflow.SectionPolicy, blank bool) {
	p.sources, p.at = nil, -1
	if !p.whole {
		p.add(section, blank)
		return
	}
	p.sources = append(p.sources, preview.Source{Markdown: headingOf(1, p.incident.ReportTitle())})
	for _, s := range p.incident.Playbook.Review.Sections {
		writing := s.ID == section.ID
		empty := blank
		if !writing {
			empty = p.sourceOf(s).Markdown == ""
		}
		if empty && !s.Always {
			continue
		}
		p.sources = append(p.sources, preview.Source{Markdown: headingOf(sectionBelow, s.Name)})
		if writing {
			p.add(s, blank)
			continue
		}
		source := p.sourceOf(s)
		if empty {
			source = preview.Source{Markdown: nothingWritten}
		}
		p.sources = append(p.sources, source)
	}
}

// add puts the section that is being written among the sources.
func (p *documentPreview) add(section workflow.SectionPolicy, blank bool) {
	source := p.sourceOf(section)
	if blank && source.Markdown == "" || blank && !section.ID.Generated() {
		source = preview.Source{Markdown: nothingWritten}
	} else {
		p.at = len(p.sources)
	}
	p.sources = append(p.sources, source)
}

// sourceOf is a section as it is saved. What follows from the log is written as
// the export writes it; what people wrote is contained by being a source of its
// own.
func (p *documentPreview) sourceOf(section workflow.SectionPolicy) preview.Source {
	if section.ID.Generated() {
		return preview.Source{Markdown: export.SectionMarkdown(p.incident, section.ID)}
	}
	text := p.incident.SectionText(section.ID)
	if strings.TrimSpace(text) == "" {
		text = ""
	}
	return preview.Source{Markdown: text, Below: sectionBelow}
}

// headingOf is a heading of words that are not markdown.
func headingOf(level int, words string) string {
	d := markdown.New()
	d.Heading(level, words)
	return d.String()
}

// follow shows where a link leads, or opens an attachment.
func (p *documentPreview) follow(address string) {
	if file, ok := p.incident.AttachmentAt(address); ok {
		p.ask.OpenAttachment(file)
		return
	}
	askToOpen(p.ask, address)
}

// picture answers a small picture of an attached image, which the desk decodes.
// One that is not made yet is drawn when it comes.
func (p *documentPreview) picture(address string) image.Image {
	if made, asked := p.pictures[address]; asked {
		return made
	}
	file, ok := p.incident.AttachmentAt(address)
	if !ok || !file.Image() {
		return nil // it may be attached later
	}
	p.pictures[address] = nil
	answered := false
	p.ask.Thumbnail(file, func(made image.Image, err error) {
		if err != nil {
			return // its words stay
		}
		p.pictures[address] = made
		if answered {
			p.view.Redraw(address)
		}
	})
	answered = true
	return p.pictures[address]
}
