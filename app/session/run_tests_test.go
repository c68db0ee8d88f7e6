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

// land are hands on a repository whose commits a test moves.
type land struct {
	outside
	surveys []workflow.Survey // one after the other; the last stays
}

func (l *land) Survey(context.Context, string, workflow.Incident) (workflow.Survey, error) {
	if len(l.surveys) == 0 {
		return workflow.Survey{}, errors.New("git is gone")
	}
	s := l.surveys[0]
	if len(l.surveys) > 1 {
		l.surveys = l.surveys[1:]
	}
	return s, nil
}

func (l *land) Delta(context.Context, workflow.Survey, bool) (workflow.Delta, error) {
	return workflow.Delta{}, nil
}

func (l *land) Resolve(context.Context, string, string) (string, error) { return "", errors.New("no") }

const (
	fixTip  = "0123456789abcdef0123456789abcdef01234567"
	otherID = "fedcba9876543210fedcba9876543210fedcba98"
)

// fixing is a stand with a fix in a repository, and tests that can be run.
func fixing(t *testing.T, p *program) (*stand, *land) {
	t.Helper()
	l := &land{surveys: []workflow.Survey{{Root: "/shop", Head: fixTip}}}
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &l.outside, runner: p, grounds: l}
	s.open()
	s.declare("Auth Outage")
	prefs := s.desk.State().Prefs
	prefs.Repository = "/shop"
	s.desk.SetPrefs(prefs, "")
	s.pump()
	s.do(workflow.RecordFix{Commit: fixTip})
	return s, l
}

func passes() *program {
	return &program{prints: []string{"38 passing\n"}, ran: workflow.Ran{Ending: workflow.RunExited, Took: 41 * time.Second, Tail: "38 passing\n", Line: "npm test -- auth"}}
}

func (s *stand) tests(want session.TestsWanted) (err error) {
	s.desk.RunTests(want, func(e error) { err = e })
	s.pump()
	return err
}

func TestTestsThatAreRunHereBecomeEvidenceForTheirCommit(t *testing.T) {
	p := passes()
	s, l := fixing(t, p)
	require.NoError(t, s.tests(session.TestsWanted{Line: "npm test -- auth", Typed: true}))
	assert.Equal(t, []string{"npm", "test", "--", "auth"}, p.orders[0].Words)
	assert.Equal(t, "/shop", p.orders[0].Folder)
	assert.Equal(t, 10*time.Minute, p.orders[0].Limit)
	in := s.desk.State().Incident
	require.Len(t, in.Proof.Runs, 1)
	run := in.Proof.Runs[0]
	assert.Equal(t, fixTip, run.Commit)
	assert.Equal(t, workflow.SeenHere, run.From)
	assert.Equal(t, "38 passing\n", run.Output)
	assert.True(t, in.Holds(workflow.TestsPassed), "the item is ticked by the fact")
	row, _ := s.desk.State().Running(session.TestsRun)
	assert.Equal(t, "Recorded as evidence for 01234567.", row.Says)

	l.surveys = []workflow.Survey{{Root: "/shop", Head: fixTip}, {Root: "/shop", Head: otherID}}
	require.NoError(t, s.tests(session.TestsWanted{Line: "npm test -- auth", Typed: true}))
	run = s.desk.State().Incident.Proof.Runs[1]
	assert.True(t, run.Dirty, "somebody committed while it ran")

	l.surveys = []workflow.Survey{{Root: "/shop", Head: fixTip, Changed: 2}}
	require.NoError(t, s.tests(session.TestsWanted{Line: "npm test -- auth", Typed: true}))
	row, _ = s.desk.State().Running(session.TestsRun)
	assert.Contains(t, row.Says, "it proves nothing about the commit")
	l.surveys = nil
	require.NoError(t, s.tests(session.TestsWanted{Line: "npm test -- auth", Typed: true}))
	assert.Equal(t, fixTip, s.desk.State().Incident.Proof.Runs[3].Commit, "without git it is the fix's, by the person's word")
}

func TestATestThatWasCancelledIsNoResult(t *testing.T) {
	p := passes()
	s, _ := fixing(t, p)
	s.desk.RunTests(session.TestsWanted{Line: "npm test -- auth", Typed: true}, nil)
	s.desk.CancelRun(session.TestsRun)
	s.pump()
	assert.Empty(t, s.desk.State().Incident.Proof.Runs)
	row, _ := s.desk.State().Running(session.TestsRun)
	assert.Equal(t, "Nothing was recorded.", row.Says)
}

func TestWhatMayNotBeRunIsRefusedBeforeItStarts(t *testing.T) {
	p := passes()
	s, _ := fixing(t, p)
	err := s.tests(session.TestsWanted{Line: "npm test", Typed: true})
	assert.ErrorContains(t, err, "A hotfix does not run the full suite: takes too long")
	assert.ErrorContains(t, s.tests(session.TestsWanted{Line: "npm test | tee log", Typed: true}), "only a shell understands")
	assert.ErrorContains(t, s.tests(session.TestsWanted{Line: " ", Typed: true}), "Say what is to be run")
	critical := s.desk.State().Incident.Playbook.Work.CriticalRun[0]
	assert.ErrorContains(t, s.tests(session.TestsWanted{Line: critical}), "nobody has accepted")
	assert.Empty(t, p.orders, "nothing was run")

	require.NoError(t, s.tests(session.TestsWanted{Line: critical, Typed: true}), "what a person types is theirs")
	p.ran.Line = "npm test"
	require.NoError(t, s.tests(session.TestsWanted{Line: "npm test", Typed: true, Override: "the build changed", By: "Bob"}))
	run := s.desk.State().Incident.Proof.Runs[1]
	assert.Equal(t, "Bob", run.OverrideBy)
	assert.EqualValues(t, "full", run.Suite)

	bare := runs(t, passes())
	assert.ErrorContains(t, bare.tests(session.TestsWanted{Line: "npm test -- auth", Typed: true}), "No repository is chosen")
}
