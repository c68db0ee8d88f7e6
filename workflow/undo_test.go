package workflow_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func (s *scene) canUndo() string {
	what, _ := s.in.CanUndo(s.device)
	return what
}

func (s *scene) canRedo() string {
	what, _ := s.in.CanRedo(s.env())
	return what
}

func TestUndoTakesTheNewestChangeBackAndSaysWhich(t *testing.T) {
	s := fire(t)
	assert.Empty(t, s.canUndo())
	s.refuses(workflow.Undo{}, "undo.nothing")
	s.refuses(workflow.Redo{}, "redo.nothing")

	s.do(workflow.Note{Text: "one"}, workflow.Note{Text: "two"})
	assert.Equal(t, "two", s.canUndo())
	s.do(workflow.Undo{})
	assert.Equal(t, "one", s.canUndo())
	assert.Equal(t, "two", s.canRedo())
	assert.NotContains(t, fmt.Sprint(s.lines()), "two")
	assert.Len(t, s.in.Events(), 6, "it stays in the log")

	s.do(workflow.Redo{})
	assert.Contains(t, fmt.Sprint(s.lines()), "two")
	assert.Empty(t, s.canRedo())
	s.do(workflow.Undo{}, workflow.Note{Text: "three"})
	s.refuses(workflow.Redo{}, "redo.nothing")
	assert.Equal(t, "three", s.canUndo())
}

func TestAnIntentOfSeveralEventsIsUndoneAsOne(t *testing.T) {
	s := nothing(t).do(workflow.Declare{Title: "x", Severity: "SEV2", Scribe: "Sam", Impact: "all", Playbook: book(t)})
	s.refuses(workflow.Undo{}, "undo.nothing") // the declaration is cancelled, never undone
}

func TestAHundredAndFiftyStepsBackAndForth(t *testing.T) {
	s := fire(t)
	states := []workflow.Incident{s.in}
	for i := range 150 {
		switch i % 3 {
		case 0:
			s.do(workflow.Assess{Field: workflow.Impact, Text: fmt.Sprint("impact ", i)})
		case 1:
			s.do(workflow.Note{Text: fmt.Sprint("note ", i)})
		case 2:
			s.do(workflow.SetSeverity{Level: []string{"SEV1", "SEV2"}[i/3%2^1], Reason: "r"})
		}
		states = append(states, s.in)
	}
	for i := 149; i >= 0; i-- {
		s.do(workflow.Undo{})
		same(t, states[i], s.in)
	}
	s.refuses(workflow.Undo{}, "undo.nothing")
	for i := 1; i <= 150; i++ {
		s.do(workflow.Redo{})
		same(t, states[i], s.in)
	}
	s.refuses(workflow.Redo{}, "redo.nothing")
}

func TestUndoAndRedoInterleaved(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "A"}, workflow.Note{Text: "B"}, workflow.Note{Text: "C"})
	texts := func() (out string) {
		for _, e := range s.in.Timeline.All()[4:] {
			out += e.Text.Get()
		}
		return out
	}
	for i, step := range []struct {
		want workflow.Intent
		left string
	}{
		{workflow.Undo{}, "AB"},
		{workflow.Undo{}, "A"},
		{workflow.Redo{}, "AB"},
		{workflow.Undo{}, "A"},
		{workflow.Redo{}, "AB"},
		{workflow.Redo{}, "ABC"},
		{workflow.Undo{}, "AB"},
		{workflow.Note{Text: "D"}, "ABD"},
		{workflow.Undo{}, "AB"},
		{workflow.Undo{}, "A"},
		{workflow.Undo{}, ""},
		{workflow.Redo{}, "A"},
		{workflow.Redo{}, "AB"},
		{workflow.Redo{}, "ABD"},
	} {
		s.do(step.want)
		require.Equal(t, step.left, texts(), "step %d: %T", i, step.want)
	}
	s.refuses(workflow.Redo{}, "redo.nothing")
}

func TestUndoTakesBackOnlyWhatThisDeviceDid(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "mine"})
	s.device = "other"
	s.refuses(workflow.Undo{}, "undo.nothing")
	s.do(workflow.Note{Text: "theirs"})
	s.device = "laptop"
	s.do(workflow.Undo{})
	assert.Contains(t, fmt.Sprint(s.lines()), "theirs")
	assert.NotContains(t, fmt.Sprint(s.lines()), "mine")
}

func TestUndoGoesThroughGatesAndMilestonesAndStages(t *testing.T) {
	s := resolved(t)
	s.do(workflow.Undo{})
	assert.Equal(t, workflow.Verified, s.in.Stage())
	assert.False(t, s.in.Reached(workflow.AllClear))
	s.do(workflow.Undo{})
	assert.Equal(t, workflow.Verifying, s.in.Stage())
	s.do(workflow.Undo{})
	assert.Equal(t, workflow.Fixing, s.in.Stage())
	s.do(workflow.Undo{}) // the approval
	s.refuses(workflow.RecordDeploy{}, "gate.closed")
	s.do(workflow.Redo{}, workflow.Redo{}, workflow.Redo{}, workflow.Redo{})
	assert.Equal(t, workflow.Resolved, s.in.Stage())
}

func TestAnUndoneWriteDoesNotBringAnOlderValueOfAnotherDeviceBack(t *testing.T) {
	s := fire(t).do(workflow.Assess{Field: workflow.Impact, Text: "first"})
	s.device = "other"
	s.do(workflow.Assess{Field: workflow.Impact, Text: "second"})
	s.device = "third"
	s.do(workflow.Assess{Field: workflow.Impact, Text: "third"})
	s.device = "other"
	s.do(workflow.Undo{})
	assert.Equal(t, "third", s.in.Assessment(workflow.Impact))
	assert.False(t, s.in.AssessmentRegister(workflow.Impact).Clashes(), "its author knew the first through the second")
}
