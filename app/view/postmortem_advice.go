package view

import (
	"fmt"
	"strings"

	"firebreak/workflow"
)

// showAdvice counts the words, and hints at blame.
func (e *sectionEditor) showAdvice() {
	n := e.field.Words()
	e.count.SetText(fmt.Sprintf("%d words", n))
	if n == 1 {
		e.count.SetText("1 word")
	}
	b, found := e.firstBlame()
	if found {
		e.blame.SetText(b.String())
	}
	show(e.advice, found)
}

// findBlame finds blame in a piece of the text, for the field to underline it.
func (e *sectionEditor) findBlame(text string) (from, to int, found bool) {
	if e.facts == nil || e.final() {
		return 0, 0, false
	}
	b, found := blameIn(text, e.facts.people)
	return b.at, min(b.at+len(b.words), len(text)), found
}

// firstBlame is the first that was found, with its line in the whole text.
func (e *sectionEditor) firstBlame() (blame, bool) {
	at, _, found := e.field.Found()
	if !found {
		return blame{}, false
	}
	line, _ := e.field.LineAt(at)
	b, found := blameIn(line, e.facts.people)
	b.line = e.field.Line(at)
	return b, found
}

// showBlame selects the words that the hint is about.
func (e *sectionEditor) showBlame() {
	if from, to, found := e.field.Found(); found {
		e.field.Focus()
		e.field.Select(from, to)
	}
}

// note is what stands below a line of the field: what its live blocks say now,
// and which files it names.
func (e *sectionEditor) note(line string) string {
	in := e.state.Incident
	var says []string
	for _, l := range workflow.Lives(line) {
		words, _ := in.Meaning(l)
		says = append(says, beginning(words, 200))
	}
	for _, f := range workflow.LinkedAttachments(line) {
		words := f.Address + " is no file of this incident"
		if a, known := in.AttachmentAt(f.Address); known {
			words = a.Shown() + ", " + workflow.SizeWords(a.Bytes)
		}
		says = append(says, words)
	}
	return strings.Join(says, "; ")
}
