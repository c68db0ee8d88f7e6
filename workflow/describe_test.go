package workflow_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestEveryChangeIsNamedInWords(t *testing.T) {
	p := book(t)
	for _, e := range everyKind(t) {
		says := workflow.Describe(e, p)
		assert.NotEmpty(t, says, e.Body.Kind())
		assert.NotContains(t, says, string(e.Body.Kind()), "%T", e.Body)
		assert.NotContains(t, says, "\n")
		assert.Less(t, len(says), 1300, e.Body.Kind())
		_ = workflow.SearchText(e)
	}
}

func TestALongNoteIsNamedByItsBeginning(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: strings.Repeat("word ", 1000)})
	what, _ := s.in.CanUndo(s.device)
	assert.Less(t, len(what), 400)
}

func TestCorrectionsAreNamedByWhatTheyChange(t *testing.T) {
	for want, c := range map[string]workflow.Corrected{
		"hide 1 entry": {Hidden: to(true)}, "show 1 entry again": {Hidden: to(false)},
		"entry corrected: a …": {Text: to("a\nb")}, "time of an entry corrected": {At: to(when(1))},
		"pin of an entry changed": {Pinned: to(true)}, "entry changed": {Reported: to(true)},
	} {
		assert.Equal(t, want, workflow.Describe(workflow.Event{Body: c}, workflow.Playbook{}))
	}
}

func TestTheIndexKeepsWordsThatPeopleSearchFor(t *testing.T) {
	for want, b := range map[string]workflow.Body{
		"Login is down\nauth": workflow.Declared{Title: "Login is down", Service: "auth"},
		"the whole text":      workflow.SectionWritten{Section: workflow.LessonsSection, Text: "the whole text"},
		"a cause":             workflow.CauseIdentified{Cause: "a cause"},
		"new text":            workflow.Corrected{Text: to("new text")},
		"npm test\nred":       workflow.TestRecorded{TestRun: workflow.TestRun{Command: "npm test", Output: "red"}},
		"x":                   workflow.Assessed{Field: workflow.Impact, Text: "x"},
		"":                    workflow.Undone{Batch: "b"},
		"a note":              workflow.Noted{Type: workflow.NoteEntry, Text: "a note"},
		`{"a":1}`:             workflow.Raw{As: "new@9", JSON: []byte(`{"a":1}`)},
	} {
		assert.Equal(t, want, workflow.SearchText(workflow.Event{Body: b}))
	}
}
