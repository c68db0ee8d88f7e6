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

// scout is hands that look at a repository, as a test tells them.
type scout struct {
	loom
	survey  workflow.Survey
	delta   workflow.Delta
	err     error
	surveys int
	deltas  int
	folder  string // that was looked at last
	loose   bool   // was asked for last
	during  func() // while a look is under way
	moved   func() // tells the desk
	ended   int
}

const (
	oldTip = "1111111111111111111111111111111111111111"
	newTip = "2222222222222222222222222222222222222222"
	begin  = "0000000000000000000000000000000000000000"
)

func (s *scout) Survey(_ context.Context, folder string, in workflow.Incident) (workflow.Survey, error) {
	s.surveys++
	s.folder = folder
	found := s.survey
	if s.during != nil {
		s.during()
	}
	return found, s.err
}

func (s *scout) Delta(_ context.Context, of workflow.Survey, loose bool) (workflow.Delta, error) {
	s.deltas++
	s.loose = loose
	d := s.delta
	d.Base, d.Tip, d.Loose = of.Base, of.FixTip, loose && of.Changed > 0
	return d, nil
}

func (s *scout) Resolve(_ context.Context, _, name string) (string, error) {
	switch name {
	case "1111111", "HEAD":
		return oldTip, nil
	case "2222222":
		return newTip, nil
	}
	return "", errors.New("there is no commit of that name")
}

func (s *scout) WatchRepository(_ string, changed func()) (func(), error) {
	s.moved = changed
	return func() { s.ended++ }, nil
}

// at says where the branch of the hotfix stands.
func (s *scout) at(tip, subject string) {
	s.survey.Head, s.survey.FixTip = tip, tip
	s.delta.Commits = []workflow.CommitFact{{ID: tip, Author: "Bob", Subject: subject}}
}

// scouting is a stand whose incident has a repository with a hotfix on it.
func scouting(t *testing.T) (*stand, *scout) {
	t.Helper()
	hands := &scout{survey: workflow.Survey{Root: "/srv/shop", Branch: "hotfix", FixBranch: "hotfix", Base: begin}}
	hands.at(oldTip, "Restore the pattern")
	hands.delta.Files = []workflow.FileDelta{{Path: "token.js", Status: workflow.FileModified, Added: 1}}
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &hands.outside, weaver: hands}
	s.open()
	prefs := s.state().Prefs
	prefs.Repository = "/srv/shop"
	s.desk.SetPrefs(prefs, "")
	s.declare("Auth Outage")
	require.Positive(t, hands.surveys)
	return s, hands
}

// fix is the change on record.
func (s *stand) fix() workflow.Change { return s.state().Incident.Fix.Change.Get() }

func TestTheDeskKnowsTheRepositoryOfTheOpenIncident(t *testing.T) {
	s, hands := scouting(t)
	st := s.state()
	assert.Equal(t, "hotfix", st.Survey.FixBranch)
	require.NotNil(t, st.Delta)
	assert.Equal(t, oldTip, st.Scope.Tip)
	assert.Empty(t, st.SurveySays)
	assert.True(t, hands.loose, "what is not committed is read while no fix is on record")

	surveys, deltas := hands.surveys, hands.deltas
	s.desk.Look()
	s.pump()
	assert.Equal(t, surveys, hands.surveys, "a quiet desk looks at nothing")
	hands.moved()
	s.pump()
	assert.Equal(t, surveys+1, hands.surveys)
	assert.Equal(t, deltas, hands.deltas, "nothing has moved, so nothing is compared again")
	s.pass(12 * time.Second)
	assert.LessOrEqual(t, hands.surveys, surveys+3, "a gentle period")

	hands.err = errors.New("the disk is gone")
	hands.moved()
	s.pump()
	assert.Equal(t, "the disk is gone", s.state().SurveySays)
	assert.Nil(t, s.state().Delta)

	s.desk.PutAway()
	s.pump()
	assert.Zero(t, s.state().Survey)
	assert.Positive(t, hands.ended, "the watch on it ends")
	var answer error
	s.desk.LookAtRepository(func(err error) { answer = err })
	assert.ErrorContains(t, answer, "No repository is chosen")
}

func TestTheFixFollowsItsBranchAndSaysWhatBecomesVoid(t *testing.T) {
	s, hands := scouting(t)
	s.do(workflow.RecordFix{Commit: "1111111", Summary: "One line"})
	assert.Equal(t, workflow.Change{Commit: oldTip, Summary: "One line", Branch: "hotfix"}, s.fix(), "the full id and the branch are filled in")
	looked, some := s.state().Incident.ScopeLooked()
	require.True(t, some, "the judgement of the fix is on record by itself")
	assert.Equal(t, oldTip, looked.Tip)
	s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true}})
	require.True(t, s.state().Incident.Holds(workflow.TestsPassed))
	events := len(s.state().Incident.Events())

	hands.at(newTip, "Restore the pattern, amended")
	hands.moved()
	s.pump()

	assert.Equal(t, workflow.Change{Commit: newTip, Summary: "One line", Branch: "hotfix"}, s.fix())
	assert.False(t, s.state().Incident.Holds(workflow.TestsPassed))
	assert.Len(t, s.state().Incident.Events(), events+2, "the move, and the judgement of what it is now")
	moved := s.state().Incident.Events()[events]
	assert.Equal(t, []string{"Bob", "git"}, []string{moved.Actor, moved.Via})
	require.NotNil(t, s.state().Strip)
	assert.Contains(t, s.state().Strip.Says, "From git: ")

	hands.moved()
	s.pump()
	s.pass(time.Minute)
	assert.Len(t, s.state().Incident.Events(), events+2, "it is said once")

	hands.survey.Busy = "a rebase"
	hands.at(oldTip, "half way")
	hands.moved()
	s.pump()
	assert.Equal(t, newTip, s.fix().Commit, "nothing is followed in the middle of a rebase")
}

func TestAFixWithoutABranchStaysWhereItIs(t *testing.T) {
	s, hands := scouting(t)
	s.do(workflow.RecordFix{Commit: "2222222"}) // of another branch than the one that is checked out
	assert.Equal(t, workflow.Change{Commit: newTip}, s.fix())
	hands.survey.FixBranch = ""
	hands.at(oldTip, "elsewhere")
	hands.moved()
	s.pump()
	assert.Equal(t, newTip, s.fix().Commit)

	s.do(workflow.RecordFix{Commit: "f3a91c2"})
	assert.Equal(t, workflow.Change{Commit: "f3a91c2"}, s.fix(), "what is not in the repository stays as it was typed")
}

func TestALookThatWasOvertakenRecordsNothing(t *testing.T) {
	s, hands := scouting(t)
	s.do(workflow.RecordFix{Commit: "1111111"})
	once := true
	hands.during = func() { // a terminal records the amend while the desk still sees the old tip
		if once {
			once = false
			s.other(s.state().Incident.ID, workflow.RecordFix{Commit: newTip, Branch: "hotfix"})
			hands.at(newTip, "amended")
		}
	}
	s.desk.Look()
	hands.moved()
	s.pump()
	s.pass(2 * time.Second)
	assert.Equal(t, newTip, s.fix().Commit)
	for _, e := range s.state().Incident.Events() {
		if f, is := e.Body.(workflow.FixRecorded); is && e.Via == "git" {
			assert.Equal(t, newTip, f.Commit, "the old tip is not recorded over the new one")
		}
	}
}

func TestAnIncidentRemembersItsOwnRepository(t *testing.T) {
	s, hands := scouting(t)
	first := s.state().Incident.ID
	assert.Equal(t, "/srv/shop", session.OwnRepository(t.Context(), s.shelf, first), "where it was looked at")
	s.desk.ChooseRepository("/srv/auth", "chosen")
	s.pump()
	assert.Equal(t, "/srv/auth", s.state().Chosen)
	assert.Equal(t, "/srv/auth", hands.folder)
	s.desk.PutAway()
	s.desk.ChooseRepository("/srv/shop", "chosen")
	s.pump()
	assert.Equal(t, []string{"/srv/shop", "/srv/shop"}, []string{s.state().Chosen, s.state().Repo.Folder})
	s.openIncident(first)
	assert.Equal(t, []string{"/srv/auth", "/srv/auth"}, []string{s.state().Chosen, s.state().Repo.Folder})
	assert.Equal(t, "/srv/auth", session.OwnRepository(t.Context(), s.shelf, first))

	s.desk.ChooseRepository("/srv/shop", "back")
	s.pump()
	assert.Equal(t, "/srv/shop", s.state().Chosen)
}

func TestWhoAsksForALookHearsOfItAlsoWhenAnotherIncidentIsOpened(t *testing.T) {
	s, _ := scouting(t)
	heard := 0
	s.desk.LookAtRepository(func(error) { heard++ })
	s.desk.LookAtRepository(func(error) { heard++ })
	s.desk.PutAway()
	s.pump()
	assert.Equal(t, 2, heard)
}
