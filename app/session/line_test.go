package session_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestChangesAreWrittenInOrderOneAtATime(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	var answers []string
	for i := range 5 {
		s.desk.Do(workflow.Note{Text: fmt.Sprint("note ", i)}, func(err error) {
			assert.NoError(t, err)
			answers = append(answers, fmt.Sprint(i))
		})
	}
	assert.Len(t, s.queue, 1, "one is in flight, the others wait")
	assert.Empty(t, s.shelf.texts(id))
	s.step() // the disk has it
	assert.Empty(t, answers, "but the desk has not heard yet")
	s.step()
	assert.Equal(t, []string{"0"}, answers)
	assert.Len(t, s.queue, 1)
	s.pump()
	assert.Equal(t, []string{"note 0", "note 1", "note 2", "note 3", "note 4"}, s.shelf.texts(id))
	assert.Equal(t, []string{"0", "1", "2", "3", "4"}, answers)
}

func TestTheScreenShowsOnlyWhatTheDiskHolds(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	entries := s.state().Incident.Timeline.Shown()
	s.desk.Do(workflow.Note{Text: "x"}, nil)
	assert.Equal(t, entries, s.state().Incident.Timeline.Shown())
	assert.Equal(t, start, s.state().Saved.Since, "a write is under way")
	s.pump()
	assert.Equal(t, entries+1, s.state().Incident.Timeline.Shown())
	assert.Equal(t, start, s.state().Saved.At)
	assert.Zero(t, s.state().Saved.Since)
	assert.Equal(t, entries+1, s.shown[len(s.shown)-1].Incident.Timeline.Shown())
	assert.Equal(t, entries+1, s.state().History[0].Entries, "the history is in line without asking the disk")
}

func TestARefusalChangesNothingAndTheNextIsHeard(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	var refused, passed error
	s.desk.Do(workflow.GiveAllClear{}, func(err error) { refused = err })
	s.desk.Do(workflow.Note{Text: "after"}, func(err error) { passed = err })
	s.pump()
	var rule *workflow.RuleError
	assert.ErrorAs(t, refused, &rule)
	assert.NoError(t, passed)
	assert.Equal(t, []string{"after"}, s.shelf.texts(id))
}

func TestARefusalThatNobodyHearsIsShown(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.desk.Do(workflow.GiveAllClear{}, nil)
	s.pump()
	assert.True(t, s.state().Strip.Warning)
	assert.Contains(t, s.state().Strip.Says, "the gate is closed")
	s.desk.Dismiss()
	assert.Nil(t, s.state().Strip)
}

func TestAFailedWriteIsSaidAndTheNextOneIsTried(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.fail = errDisk
	var first, second error
	s.desk.Do(workflow.Note{Text: "lost?"}, func(err error) { first = err })
	s.desk.Do(workflow.Note{Text: "next"}, func(err error) { second = err })
	s.step()
	s.step()
	assert.ErrorIs(t, first, errDisk)
	assert.Equal(t, errDisk.Error(), s.state().Saved.Trouble)
	s.pump()
	assert.NoError(t, second)
	assert.Empty(t, s.state().Saved.Trouble)
	assert.Equal(t, []string{"next"}, s.shelf.texts(id))
}

func TestAConflictIsDecidedAgainOnWhatTheOtherWrote(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.meddle = func() { s.other(id, workflow.SetSeverity{Level: "SEV2", Reason: "half are back"}) }
	s.do(workflow.SetSeverity{Level: "SEV3", Reason: "nearly all are back"})
	last := s.shelf.logs[id][len(s.shelf.logs[id])-1].Body.(workflow.SeveritySet)
	assert.Equal(t, "SEV2", last.Was, "decided again: it names what the other wrote")
	assert.False(t, s.state().Incident.Triage.Severity.Clashes())

	s.shelf.meddle = func() { s.other(id, workflow.Retitle{Title: "Auth"}) }
	var refused error
	s.desk.Do(workflow.Retitle{Title: "Auth"}, func(err error) { refused = err })
	s.pump()
	var rule *workflow.RuleError
	assert.ErrorAs(t, refused, &rule, "what the other did can make it needless")
	assert.Equal(t, "title.same", rule.Code)
	s.do(workflow.Note{Text: "the desk goes on"})
}

func TestAnEndlessConflictEndsWithASentence(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	var meddle func()
	meddle = func() {
		s.other(id, workflow.Note{Text: "busy"})
		s.shelf.meddle = meddle
	}
	s.shelf.meddle = meddle
	var got error
	s.desk.Do(workflow.Note{Text: "x"}, func(err error) { got = err })
	s.pump()
	assert.ErrorIs(t, got, workflow.ErrConflict)
	s.shelf.meddle = nil
	s.do(workflow.Note{Text: "then it works"})
}

func TestARequestStaysWithTheIncidentItWasAskedFor(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	second := s.declare("second")
	s.desk.Do(workflow.Note{Text: "one for the second"}, nil)
	s.desk.Do(workflow.Note{Text: "two for the second"}, nil)
	s.desk.OpenIncident(first, nil) // while the first write is in flight
	s.desk.Do(workflow.Note{Text: "three for the second"}, nil)
	s.pump()
	assert.Equal(t, first, s.state().Incident.ID)
	s.do(workflow.Note{Text: "for the first"})
	assert.Equal(t, []string{"one for the second", "two for the second", "three for the second"}, s.shelf.texts(second))
	assert.Equal(t, []string{"for the first"}, s.shelf.texts(first))
	assert.Equal(t, "first", s.state().Incident.Triage.Title.Get())

	s.desk.Do(workflow.Note{Text: "the last"}, nil)
	s.desk.PutAway()
	s.desk.Do(workflow.Note{Text: "for nobody"}, func(err error) { assert.Error(t, err) })
	s.pump()
	assert.Equal(t, []string{"for the first", "the last"}, s.shelf.texts(first))
	assert.False(t, s.state().Incident.Declared())
}

func TestAConflictAfterAnotherIncidentWasOpenedIsDecidedOnItsOwn(t *testing.T) {
	s := newStand(t)
	first := s.declare("first")
	second := s.declare("second")
	s.shelf.meddle = func() { s.other(second, workflow.Note{Text: "from the terminal"}) }
	s.desk.Do(workflow.Note{Text: "mine"}, nil)
	s.desk.OpenIncident(first, nil)
	s.pump()
	assert.Equal(t, []string{"from the terminal", "mine"}, s.shelf.texts(second))
	assert.Empty(t, s.shelf.texts(first))
	assert.Equal(t, first, s.state().Incident.ID)
}

func TestReadingAgainDuringAWriteLosesNothing(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.OpenIncident(id, nil) // reads the log as it is now
	s.desk.Do(workflow.Note{Text: "meanwhile"}, nil)
	s.pump()
	assert.Len(t, s.state().Incident.Events(), len(s.shelf.logs[id]))
	s.desk.Do(workflow.Note{Text: "again"}, nil)
	s.desk.OpenIncident(id, nil)
	s.pump()
	assert.Len(t, s.state().Incident.Events(), len(s.shelf.logs[id]))
	s.do(workflow.Note{Text: "and nothing conflicts"})
}

func TestAFaultOfOursBesideTheDeskDoesNotStopIt(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.meddle = func() { panic("a fault") }
	var got error
	s.desk.Do(workflow.Note{Text: "x"}, func(err error) { got = err })
	assert.Panics(t, s.pump)
	s.pump()
	assert.ErrorContains(t, got, "What was saved is safe")
	s.do(workflow.Note{Text: "it goes on"})
	assert.Equal(t, []string{"it goes on"}, s.shelf.texts(id))
}

func TestUndoAndRedoSayWhatTheyDid(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.DoAndOffer(workflow.Note{Text: "oops"}, "Noted", nil)
	s.pump()
	assert.Equal(t, "Noted", s.state().Strip.Says)
	s.state().Strip.Back()
	s.pump()
	assert.Equal(t, "Undone: oops", s.state().Strip.Says)
	s.state().Strip.Back()
	s.pump()
	assert.Equal(t, "Done again: oops", s.state().Strip.Says)
	assert.Len(t, s.shelf.logs[id], 6, "both are on record")
	again := s.restart()
	again.desk.Undo(nil)
	again.pump()
	assert.Equal(t, "Undone: oops", again.state().Strip.Says, "undo survives a restart")
}
