package view

import (
	"errors"

	"firebreak/app/session"
	"firebreak/workflow"
)

// saveAll saves the text of every section that is half-typed.
func (p *postmortem) saveAll() {
	for _, s := range halfTyped(p.state) {
		text, _ := draftOf(p.state, s.ID)
		if s.ID == p.chosen {
			text, _ = p.parts.text.Text()
		}
		p.ask.DoAndOffer(workflow.WriteSection{Section: s.ID, Text: text}, s.Name+" saved.", func(err error) {
			p.parts.text.saved(s, text, err)
		}, sectionDraft(s.ID))
	}
}

func (p *postmortem) previewExport() {
	p.ask.FindLeaks(func(error) {}) // the list says what went wrong
	p.ask.PreviewExport(func(err error) {
		p.heard(err)
		if err == nil && p.state.Plan != nil {
			p.plan.Focus() // the text that had it is out of sight
		}
	}, documentsOf(p.state)...)
}

// export writes the documents, with what was accepted in the preview.
func (p *postmortem) export() {
	if p.state.Plan != nil && !p.state.Plan.Written {
		p.exportWith(p.plan.accept)
		return
	}
	p.exportWith(nil)
}

func (p *postmortem) exportWith(accept []string) {
	p.ask.Export(accept, func(err error) {
		p.heard(err)
		if err == nil && p.state.Plan != nil {
			p.plan.Focus()
		}
	}, documentsOf(p.state)...)
}

// withPage says whether the export writes the printable page too, and shows what
// it would do now.
func (p *postmortem) withPage(on bool) {
	prefs := p.state.Prefs
	prefs.Page = on
	says := "The export writes a printable page too."
	if !on {
		says = "The export writes no printable page."
	}
	p.ask.SetPrefs(prefs, says)
	p.previewExport()
}

// exportAnyway is export with secrets in it on which nobody has decided.
func (p *postmortem) exportAnyway(why string) {
	var accept []string
	if p.state.Plan != nil && !p.state.Plan.Written {
		accept = p.plan.accept
	}
	p.ask.ExportAnyway(accept, why, p.heard, documentsOf(p.state)...)
}

// Leave goes back from the commit to the files, and from the files to writing.
func (p *postmortem) Leave() bool {
	switch {
	case p.state.Commit != nil:
		p.plan.commit.leave()
	case p.state.Plan != nil:
		p.ask.ClosePreview()
	default:
		return false
	}
	return true
}

// heard shows why a preview or an export did not work.
func (p *postmortem) heard(err error) {
	p.bar.wrong = ""
	if err != nil {
		p.bar.wrong = err.Error()
	}
	var held *session.HeldError
	if errors.As(err, &held) {
		p.ask.Run("incident.leaks")
	}
	p.plan.refused(p.bar.wrong)
	p.bar.Show(p.state)
	p.content.Refresh()
}
