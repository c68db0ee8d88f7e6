package session_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// terminal writes as a command on this computer does: under the same device.
func (s *stand) terminal(id workflow.IncidentID, want workflow.Intent) {
	s.t.Helper()
	in := workflow.Fold(id, s.shelf.logs[id])
	events, err := workflow.Decide(in, want, workflow.Env{Now: s.hand.now, Actor: "Sam", Device: s.shelf.device, NewID: func() workflow.EventID {
		return workflow.EventID("from-the-terminal")
	}})
	require.NoError(s.t, err)
	s.shelf.logs[id] = append(s.shelf.logs[id], events...)
	s.shelf.row(in.With(events...).Summary())
}

func TestAnUndoNeverTakesBackWhatATerminalWroteInTheSameMoment(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.do(workflow.Note{Text: "mine"})
	s.shelf.meddle = func() { s.terminal(id, workflow.Note{Text: "theirs"}) }

	var answer error
	s.desk.Undo(func(err error) { answer = err })
	s.pump()

	var refusal *workflow.RuleError
	require.ErrorAs(t, answer, &refusal)
	assert.Equal(t, "undo.overtaken", refusal.Code)
	assert.Equal(t, 2, notesShown(s), "both notes stand, and both are on the screen")

	s.desk.Undo(func(err error) { answer = err })
	s.pump()
	require.NoError(t, answer, "asked again, the person has seen it and means it")
	assert.Equal(t, 1, notesShown(s))
}

func notesShown(s *stand) (n int) {
	for _, e := range s.state().Incident.Timeline.All() {
		if !e.Machine {
			n++
		}
	}
	return n
}
