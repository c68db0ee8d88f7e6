package session_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// loom is hands that keep an increment in step, as a test tells them.
type loom struct {
	outside
	looks   int
	woven   session.Woven
	err     error
	watched int
	stopped int
	changed func()
	fails   error
	linked  workflow.LinkIncrement
}

func (l *loom) Weave(context.Context, string, workflow.Incident) (session.Woven, error) {
	l.looks++
	found := l.woven
	l.woven.Takes = nil // they are taken once
	return found, l.err
}

func (l *loom) Compare(context.Context, string, workflow.Incident) (session.Increment, error) {
	return l.woven.Increment, l.err
}

func (l *loom) Watch(_ string, _ workflow.Incident, changed func()) (func(), error) {
	if l.fails != nil {
		return nil, l.fails
	}
	l.watched, l.changed = l.watched+1, changed
	return func() { l.stopped++ }, nil
}

func (l *loom) Increments(context.Context, string) ([]session.Listed, error) {
	return []session.Listed{{ID: "0007-x"}}, l.err
}

func (l *loom) Link(context.Context, string, workflow.Incident, string) (workflow.LinkIncrement, error) {
	return l.linked, l.err
}

func (l *loom) Complete(_ context.Context, _ string, _ workflow.Incident, printed func(string)) error {
	printed("closing\n")
	return l.err
}

// weaving is a stand whose incident has an increment, with the files watched.
func weaving(t *testing.T) (*stand, *loom) {
	t.Helper()
	l := &loom{}
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &l.outside, weaver: l}
	s.open()
	s.declare("Auth Outage")
	s.do(workflow.RecordIncrement{ID: "0015-x", Root: "/r", Path: "p", Type: "hotfix"})
	require.Positive(t, l.looks)
	return s, l
}

func TestEachChangeIsFollowedByALookAndAQuietDeskLooksAtNothing(t *testing.T) {
	s, l := weaving(t)
	before := l.looks
	s.pass(10 * time.Second)
	assert.Equal(t, before, l.looks, "nothing changed")
	s.do(workflow.MarkTask{ID: "T-002", Done: true})
	assert.Equal(t, before+1, l.looks)
	l.changed()
	s.pump()
	assert.Equal(t, before+2, l.looks, "the watch asks for one")
	assert.Equal(t, 1, l.watched)
}

func TestWhatTheFilesSayIsTakenOverInTheNameOfWhoChangedThem(t *testing.T) {
	s, l := weaving(t)
	l.woven.Takes = []session.Take{{Want: workflow.Adopt{Part: workflow.DonePart("T-003"), Was: s.state().Incident.Says(workflow.DonePart("T-003")), Text: workflow.DoneValue}, By: "Ann", Via: "tasks.md, commit abc"}}
	l.changed()
	s.pump()
	events := s.state().Incident.Events()
	last := events[len(events)-1]
	assert.Equal(t, "Ann", last.Actor)
	assert.Equal(t, "tasks.md, commit abc", last.Via)
	assert.Contains(t, s.state().Strip.Says, "From tasks.md, commit abc: T-003 done")
}

func TestWhatIsRefusedIsNotAskedAgainUntilTheFileSaysSomethingElse(t *testing.T) {
	s, l := weaving(t)
	asked := func(text string) int {
		n := len(s.state().Incident.Events())
		l.woven.Takes = []session.Take{{Want: workflow.Adopt{Part: "colour", Text: text}, By: "x", Via: "spec.md"}}
		l.changed()
		s.pump()
		return len(s.state().Incident.Events()) - n
	}
	assert.Zero(t, asked("red"))
	assert.Zero(t, asked("red"))
	assert.Nil(t, s.state().Strip, "it is no message: it stands as a difference")
}

func TestATextThatComesBackIntoTheFileIsTakenOverAgain(t *testing.T) {
	s, l := weaving(t)
	says := func(title string) string {
		take := session.Take{Want: workflow.Adopt{Part: workflow.TitlePart("T-003"), Text: title, Was: s.state().Incident.Text(workflow.TitlePart("T-003"))}, By: "x", Via: "tasks.md"}
		l.woven.Takes = []session.Take{take, take} // two looks may find the same
		l.changed()
		s.pump()
		return s.state().Incident.Tasks()[2].Title
	}
	assert.Equal(t, "one", says("one"))
	assert.Equal(t, "two", says("two"))
	assert.Equal(t, "one", says("one"))
}

func TestWhatIsSaidOfAFileGoesWhenTheFileIsMended(t *testing.T) {
	s, l := weaving(t)
	look := func(says ...string) {
		l.woven.Increment = session.Increment{ID: "0015-x", Says: says}
		l.changed()
		s.pump()
	}
	look("metadata.json cannot be read.")
	require.NotNil(t, s.state().Strip)
	assert.Equal(t, "metadata.json cannot be read.", s.state().Strip.Says)
	look()
	assert.Nil(t, s.state().Strip)

	look("metadata.json cannot be read.")
	s.desk.Say(session.Strip{Says: "Something else."})
	look()
	require.NotNil(t, s.state().Strip, "another message is left alone")
}

func TestATaskThatWasTakenOutIsAskedAboutInItsOwnWords(t *testing.T) {
	s, l := weaving(t)
	q := workflow.Difference{Part: workflow.TaskPart("T-003"), Ours: workflow.There, Verdict: workflow.AskFirst}
	l.woven.Increment = session.Increment{ID: "0015-x", Differences: []workflow.Difference{q}}
	l.changed()
	s.pump()
	require.NotNil(t, s.state().Strip)
	assert.Equal(t, "T-003 was taken out of 0015-x. It is kept here, and nothing is overwritten.", s.state().Strip.Says)
}

func TestAQuestionIsPointedOutOnceAndGoesWithItsAnswer(t *testing.T) {
	s, l := weaving(t)
	q := workflow.Difference{Part: workflow.CausePart, Ours: "o", Theirs: "t", Verdict: workflow.AskFirst}
	l.woven.Increment = session.Increment{ID: "0015-x", Differences: []workflow.Difference{q}}
	l.changed()
	s.pump()
	require.NotNil(t, s.state().Strip)
	assert.True(t, s.state().Strip.Question)
	s.desk.Dismiss()
	l.changed()
	s.pump()
	assert.Nil(t, s.state().Strip, "once")

	var answered error = errors.New("nobody answered")
	s.desk.Settle(s.state().Increment.Questions()[0], workflow.KeepTheirs, func(err error) { answered = err })
	l.woven.Increment = session.Increment{ID: "0015-x"}
	s.pump()
	require.NoError(t, answered)
	assert.Equal(t, "t", s.state().Incident.Fix.RootCause.Get())
	assert.Empty(t, s.state().Increment.Questions())
}

func TestALookThatIsAskedForWhileOneIsUnderWayComesAfterIt(t *testing.T) {
	s, l := weaving(t)
	before, answers := l.looks, 0
	for range 3 {
		s.desk.WeaveIncrement(func(error) { answers++ })
	}
	s.pump()
	assert.Equal(t, 3, answers)
	assert.Equal(t, before+2, l.looks, "the two that waited share one")
}

func TestTroubleIsShownAndTheNextLookGoesOn(t *testing.T) {
	s, l := weaving(t)
	l.err = errors.New("the folder is gone")
	l.changed()
	s.pump()
	assert.Equal(t, []string{"the folder is gone"}, s.state().Increment.Says)
	assert.Contains(t, s.state().Strip.Says, "the folder is gone")
	l.err = nil
	l.changed()
	s.pump()
	assert.Empty(t, s.state().Increment.Says)
}

func TestFilesThatCannotBeWatchedAreLookedAtNowAndThen(t *testing.T) {
	l := &loom{fails: errors.New("too many watches")}
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &l.outside, weaver: l}
	s.open()
	s.declare("Auth Outage")
	s.do(workflow.RecordIncrement{ID: "0015-x", Root: "/r"})
	assert.Contains(t, s.state().Strip.Says, "too many watches")
	before := l.looks
	s.desk.Start()
	s.pass(9 * time.Second)
	assert.InDelta(t, before+4, l.looks, 1)
}

func TestTheWatchGoesWithTheIncident(t *testing.T) {
	s, l := weaving(t)
	s.desk.PutAway()
	s.pump()
	assert.Equal(t, 1, l.stopped)
	assert.Empty(t, s.state().Increment.ID)
}

func TestAnIncrementIsLinkedListedAndCompleted(t *testing.T) {
	s, l := weaving(t)
	var listed []session.Listed
	s.desk.Increments(func(found []session.Listed, err error) { listed = found; assert.NoError(t, err) })
	s.pump()
	assert.Equal(t, "0007-x", listed[0].ID)
	l.linked = workflow.LinkIncrement{WrittenIncrement: workflow.WrittenIncrement{ID: "0007-x", Root: "/r"}, Tasks: []workflow.LinkedTask{{ID: "T-001", Title: "t"}}}
	s.desk.LinkIncrement("0007-x", func(err error) { assert.NoError(t, err) })
	s.pump()
	assert.True(t, s.state().Incident.Linked())
	assert.Equal(t, 2, l.watched, "the other files are watched now")

	s.desk.CompleteIncrement(func(err error) { assert.NoError(t, err) })
	s.pump()
	assert.Equal(t, "closing\n", s.state().Increment.Handover.Printed)
	assert.False(t, s.state().Increment.Handover.Running)
	l.err = errors.New("it ended with the exit code 1")
	s.desk.CompleteIncrement(func(err error) { assert.Error(t, err) })
	s.pump()
}
