package session_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

func TestAFullDiskKeepsWhatIsTypedAndWorkGoesOnWhenThereIsRoom(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	before := s.state().Saved.At
	s.desk.Draft("composer", "rolled back")
	s.shelf.full = errDisk
	var answers []error
	s.desk.Do(workflow.Note{Text: "rolled back"}, func(err error) { answers = append(answers, err) }, "composer")
	s.pass(10 * time.Second)

	assert.Equal(t, []error{errDisk}, answers)
	assert.Equal(t, errDisk.Error(), s.state().Saved.Trouble)
	assert.Equal(t, before, s.state().Saved.At, "nothing was saved since")
	assert.Equal(t, "rolled back", s.draft("composer"), "the words stay in their field")
	assert.Equal(t, "Try again", s.state().Strip.Undo)
	assert.Empty(t, s.shelf.texts(id))

	s.shelf.full = nil
	s.pass(2 * time.Second)
	assert.Empty(t, s.state().Saved.Trouble, "it is noticed without anybody's help")
	assert.Equal(t, "rolled back", s.shelf.draft(id, "composer"))
	assert.Empty(t, s.shelf.texts(id), "a change is sent when the person says so")
	assert.Equal(t, 1, s.state().Unsent)

	s.state().Strip.Back()
	s.pump()
	assert.Equal(t, []error{errDisk, nil}, answers)
	assert.Equal(t, []string{"rolled back"}, s.shelf.texts(id))
	assert.Empty(t, s.draft("composer"))
	assert.Zero(t, s.state().Unsent)
	assert.Nil(t, s.state().Strip)
}

func TestAChangeThatIsAskedForAgainKeepsItsNameSoThatItIsNeverWrittenTwice(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.full = errDisk
	s.desk.Do(workflow.Note{Text: "once"}, func(error) {})
	s.pump()
	before := s.ids
	s.shelf.full = nil
	s.desk.Do(workflow.Note{Text: "once"}, func(err error) { assert.NoError(t, err) })
	s.pump()
	assert.Equal(t, before, s.ids, "no new name was given")
	assert.Equal(t, []string{"once"}, s.shelf.texts(id))
	assert.Zero(t, s.state().Unsent)
}

func TestAChangeIsDecidedAnewWhenOthersWroteSinceItFailed(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.full = errDisk
	s.desk.Do(workflow.SetSeverity{Level: "SEV3", Reason: "nearly all are back"}, func(error) {})
	s.pump()
	s.shelf.full = nil
	s.other(id, workflow.SetSeverity{Level: "SEV2", Reason: "half are back"})
	s.desk.Again()
	s.pump()
	last := s.shelf.logs[id][len(s.shelf.logs[id])-1].Body.(workflow.SeveritySet)
	assert.Equal(t, "SEV3", last.Level)
	assert.Equal(t, "SEV2", last.Was)
}

func TestADeclarationThatFailedIsSentAgain(t *testing.T) {
	s := newStand(t)
	s.shelf.full = errDisk
	s.desk.Do(workflow.Declare{Title: "Login is down", Severity: "SEV1", Playbook: s.state().Policy}, func(error) {})
	s.pump()
	assert.False(t, s.state().Incident.Declared())
	s.shelf.full = nil
	s.desk.Again()
	s.pump()
	assert.Equal(t, "Login is down", s.state().Incident.Triage.Title.Get())
	assert.Len(t, s.shelf.logs, 1)
}

func TestChangesThatFailedAreSentAgainInTheirOrder(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.shelf.full = errDisk
	for _, text := range []string{"one", "two", "three"} {
		s.desk.Do(workflow.Note{Text: text}, func(error) {})
	}
	s.pump()
	assert.Equal(t, 3, s.state().Unsent)
	s.shelf.full = nil
	s.desk.Again()
	s.pump()
	assert.Equal(t, []string{"one", "two", "three"}, s.shelf.texts(id))
	s.desk.Again()
	assert.Contains(t, s.state().Strip.Says, "Nothing waits")
}

func TestTheReasonIsSaidOnceAndAgainForWhoAsks(t *testing.T) {
	s := newStand(t)
	s.declare("Login is down")
	s.shelf.full = errDisk
	s.desk.Draft("composer", "x")
	s.pass(2 * time.Second)
	assert.Contains(t, s.state().Strip.Says, errDisk.Error())
	assert.Contains(t, s.state().Strip.Says, "tried again by itself")
	s.desk.Dismiss()
	s.pass(time.Minute)
	assert.Nil(t, s.state().Strip)
	s.desk.WhyNotSaved()
	assert.Contains(t, s.state().Strip.Says, errDisk.Error())
	s.shelf.full = nil
	s.pass(2 * time.Second)
	assert.Contains(t, s.state().Strip.Says, "takes writes again")
}

func TestSavedIsShownOnlyAfterTheDiskAnswered(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	at := s.state().Saved.At
	s.hand.now = s.hand.now.Add(time.Minute)
	s.shelf.meddle = func() {
		for _, st := range append(s.shown, s.state()) {
			assert.False(t, st.Saved.At.After(at), "nothing is shown as saved before the append returns")
		}
		assert.Equal(t, s.hand.now, s.state().Saved.Since, "it is shown as being saved")
	}
	s.desk.Do(workflow.Note{Text: "x"}, nil)
	assert.Equal(t, at, s.state().Saved.At)
	s.pump()
	assert.Equal(t, s.hand.now, s.state().Saved.At)
	assert.Equal(t, []string{"x"}, s.shelf.texts(id))
	assert.Equal(t, session.Saved{At: s.hand.now}, s.state().Saved)
}

func TestTypingWithoutAPauseIsSavedEverySecond(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	text := ""
	for range 10 * 60 * 3 { // three minutes, a key every tenth of a second
		text += "x"
		s.desk.Draft("composer", text)
		s.pass(100 * time.Millisecond)
		require.LessOrEqual(t, len(text)-len(s.shelf.draft(id, "composer")), 10, "at most a second's typing is not on the disk")
	}
	s.pass(time.Second)
	assert.Equal(t, text, s.shelf.draft(id, "composer"))
}

func TestTheLastKeysDuringASlowSaveReachTheDiskToo(t *testing.T) {
	s := newStand(t)
	id := s.declare("Login is down")
	s.desk.Draft("composer", "slow")
	s.desk.SaveDrafts(nil)
	hold := s.queue // the disk takes its time
	s.queue = nil
	s.desk.Draft("composer", "slow, and the last words")
	s.pass(5 * time.Second)
	s.queue = hold
	s.pass(time.Second)
	assert.Equal(t, "slow, and the last words", s.shelf.draft(id, "composer"))
}
