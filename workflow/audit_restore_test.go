package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// restores gives an event's words back, and checks that history only grew.
func (s *scene) restores(event workflow.EventID) {
	s.t.Helper()
	want, ok := s.in.Restoring(event)
	require.True(s.t, ok)
	before := len(s.in.Events())
	s.do(want)
	assert.Len(s.t, s.in.Events(), before+1)
	_, again := s.in.Restoring(event)
	assert.False(s.t, again, "it says that now")
}

func (s *scene) newestEvent() workflow.EventID {
	events := s.in.Events()
	return events[len(events)-1].ID
}

func TestAnOlderVersionOfAnEntryIsRestoredByOneMoreCorrection(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "a whole story", Pinned: true})
	first := s.newestEvent()
	s.do(workflow.Correct{Entry: first, Text: to("a"), At: to(when(5)), Pinned: to(false)})
	second := s.newestEvent()
	s.do(workflow.Correct{Entry: first, Text: to("b")})
	third := s.newestEvent()
	s.do(workflow.Undo{})

	s.restores(first)
	e, _ := s.in.Entry(first)
	assert.Equal(t, "a whole story", e.Text.Get())
	assert.Equal(t, when(0), e.At.Get())
	assert.True(t, e.Pinned.Get())
	s.restores(second)
	e, _ = s.in.Entry(first)
	assert.Equal(t, "a", e.Text.Get())
	s.restores(third) // although it was undone
	e, _ = s.in.Entry(first)
	assert.Equal(t, "b", e.Text.Get())
	assert.Equal(t, 4, e.Edits, "each restoring is on record")
	s.do(workflow.Undo{})
	e, _ = s.in.Entry(first)
	assert.Equal(t, "a", e.Text.Get(), "and can be undone")
}

func TestATextThatWasEmptiedByMistakeIsRestored(t *testing.T) {
	for name, one := range map[string]struct{ first, last workflow.Intent }{
		"an assessment": {workflow.Assess{Field: workflow.Impact, Text: "Login broken for all users"}, workflow.Assess{Field: workflow.Impact}},
		"a text":        {workflow.WriteText{Which: workflow.ProblemText, Text: "Users get 500"}, workflow.WriteText{Which: workflow.ProblemText}},
		"a section":     {workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. Test dashes"}, workflow.WriteSection{Section: workflow.LessonsSection}},
		"a title":       {workflow.Retitle{Title: "Auth outage"}, workflow.Retitle{Title: "A"}},
		"a service":     {workflow.SetService{Service: "auth"}, workflow.SetService{}},
		"a cause":       {workflow.Identify{Cause: "The regex lost its dash"}, workflow.Identify{Cause: "T"}},
		"a task":        {workflow.RenameTask{ID: "T-001", Title: "Put the dash back"}, workflow.RenameTask{ID: "T-001", Title: "P"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := fire(t).do(one.first)
			id, whole := s.newestEvent(), s.in
			s.do(one.last)
			s.restores(id)
			assert.Equal(t, whole.Summary().Title, s.in.Summary().Title)
			assert.Equal(t, whole.Assessment(workflow.Impact), s.in.Assessment(workflow.Impact))
			assert.Equal(t, whole.Fix.RootCause.Get(), s.in.Fix.RootCause.Get())
			assert.Equal(t, whole.Fix.Problem.Get(), s.in.Fix.Problem.Get())
			assert.Equal(t, whole.SectionText(workflow.LessonsSection), s.in.SectionText(workflow.LessonsSection))
			assert.Equal(t, whole.Tasks(), s.in.Tasks())
		})
	}
}

func TestWhatSaysItAlreadyOrCannotBeRestoredOffersNothing(t *testing.T) {
	s := fire(t).do(workflow.SetSeverity{Level: "SEV2", Reason: "r"})
	events := s.in.Events()
	for _, e := range []workflow.EventID{"gone", events[0].ID, events[1].ID, s.newestEvent()} {
		_, ok := s.in.Restoring(e)
		assert.False(t, ok, e)
	}
}
