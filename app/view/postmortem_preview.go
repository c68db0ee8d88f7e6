package view

import (
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/kit/preview"
	"firebreak/export"
	"firebreak/workflow"
)

// livePreview is up to which length the whole document is set again with every
// key. A longer one follows when the text is saved.
const livePreview = 64 << 10

// documentPreview shows what is written as it will read.
type documentPreview struct {
	content fyne.CanvasObject
	view    *preview.View
	toggle  *kit.Button
	whole   bool // the whole document instead of the section
	key     previewKey
	length  int
	again   func()
}

// previewKey is all that a preview is made from.
type previewKey struct {
	rev     workflow.Revision
	section workflow.Section
	text    string // half-typed
	typed   bool
	whole   bool
}

func newDocumentPreview(ask Asker) *documentPreview {
	p := &documentPreview{view: preview.New(), again: func() {}}
	p.view.OnLink = func(address string) { ask.Copy(address, "The address is copied. Nothing was opened.") }
	p.toggle = kit.NewQuiet("Whole document", func() {
		p.whole = !p.whole
		p.again()
	}).Small()
	p.content = kit.NewPanelWith("Preview", p.toggle, p.view)
	return p
}

// Show sets the preview, if what it is made from has changed. Typed says that
// the text is half-typed.
func (p *documentPreview) Show(in workflow.Incident, section workflow.SectionPolicy, text string, typed bool) {
	key := previewKey{rev: in.Revision(), section: section.ID, typed: typed, whole: p.whole}
	if typed {
		key.text = text
	}
	if key == p.key {
		return
	}
	same := key.rev == p.key.rev && key.section == p.key.section && key.whole == p.key.whole
	if same && p.whole && p.length > livePreview {
		return
	}
	p.key = key
	p.toggle.SetWord("Whole document")
	if p.whole {
		p.toggle.SetWord("Only this section")
	}
	if typed {
		in = withText(in, section.ID, text)
	}
	p.set(p.markdown(in, section))
}

func (p *documentPreview) markdown(in workflow.Incident, section workflow.SectionPolicy) string {
	if p.whole {
		return export.PostmortemBody(in)
	}
	if text := export.SectionMarkdown(in, section.ID); text != "" {
		return text
	}
	return "_Nothing written yet._"
}

func (p *documentPreview) set(markdown string) {
	p.length = len(markdown)
	p.view.SetMarkdown(markdown)
}

// withText is the incident as it would be with a half-typed text saved. Nothing
// is written: the value is only looked at.
func withText(in workflow.Incident, id workflow.Section, text string) workflow.Incident {
	env := workflow.Env{Now: time.Unix(0, 0).UTC(), Actor: "preview", Device: "preview", NewID: func() workflow.EventID { return "preview" }}
	events, err := workflow.Decide(in, workflow.WriteSection{Section: id, Text: text}, env)
	if err != nil {
		return in // it says so already
	}
	return in.With(events...)
}
