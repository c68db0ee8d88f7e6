package weave

import (
	"slices"
	"strings"

	"firebreak/export/specweave"
	"firebreak/workflow"
)

// texts writes the three texts of the one page.
func (e *editing) texts() {
	for _, p := range texts {
		if slices.ContainsFunc(e.differs, func(d workflow.Difference) bool { return d.Part == p && d.Verdict == workflow.WriteOurs }) {
			e.text(p)
		}
	}
	e.causeHeading()
}

func (e *editing) text(p workflow.Part) {
	fresh, _ := heading(e.mine.spec, p)
	spec := specweave.ReadSpec(e.now[specFile])
	if have, found := heading(spec, p); found {
		if e.try(specFile, func(src []byte) ([]byte, error) {
			return specweave.SetSection(src, have.Name, withRest(fresh.Text, have.Text))
		}) && have.Name != fresh.Name {
			e.try(specFile, func(src []byte) ([]byte, error) { return specweave.RenameSection(src, have.Name, fresh.Name) })
		}
		return
	}
	e.try(specFile, func(src []byte) ([]byte, error) {
		return specweave.InsertSection(src, before(spec, p), fresh.Name, fresh.Text)
	})
}

// before is the section that a new one comes behind; "" puts it at the end.
func before(spec specweave.Spec, p workflow.Part) string {
	for _, earlier := range slices.Backward(texts[:slices.Index(texts, p)]) {
		if have, found := heading(spec, earlier); found {
			return have.Name
		}
	}
	return ""
}

// causeHeading takes the word hypothesis away when the texts agree and only it is
// left.
func (e *editing) causeHeading() {
	if !e.open(specFile) || e.openQuestion(workflow.CausePart) {
		return
	}
	fresh, _ := heading(e.mine.spec, workflow.CausePart)
	have, found := heading(specweave.ReadSpec(e.now[specFile]), workflow.CausePart)
	if found && have.Name != fresh.Name && strings.TrimSpace(e.in.Fix.RootCause.Get()) != "" {
		e.try(specFile, func(src []byte) ([]byte, error) { return specweave.RenameSection(src, have.Name, fresh.Name) })
	}
}

// openQuestion says whether a part waits for an answer, or is on its way out of
// the file.
func (w *Weaving) openQuestion(p workflow.Part) bool {
	return slices.ContainsFunc(w.differs, func(d workflow.Difference) bool {
		return d.Part == p && (d.Verdict == workflow.AskFirst || d.Verdict == workflow.TakeTheirs)
	})
}

// lead is what a section says itself, and the rest: a user story or criteria
// that stand below it without a section of their own.
func lead(text string) (own, rest string) {
	at, fenced := 0, false
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		if strings.HasPrefix(bare, "```") || strings.HasPrefix(bare, "~~~") {
			fenced = !fenced
		}
		if !fenced && beginsStory(line) {
			break
		}
		at += len(line)
	}
	own = strings.TrimRight(text[:at], " \t\r\n")
	return own, text[len(own):]
}

// beginsStory says whether a line is where the stories and their criteria begin.
func beginsStory(line string) bool {
	title, is := strings.CutPrefix(line, "###")
	title = strings.TrimSpace(strings.TrimLeft(title, "#"))
	if is && (strings.HasPrefix(title, "US-") || strings.HasPrefix(title, "Acceptance Criteria")) {
		return true
	}
	box := strings.HasPrefix(line, "- [") && len(line) > 5 && line[4] == ']'
	return box && strings.Contains(line, "AC-") || strings.HasPrefix(line, "**Acceptance Criteria**")
}

// withRest puts another text in front of what stands below a section's own.
func withRest(text, old string) string {
	_, rest := lead(old)
	return text + rest
}
