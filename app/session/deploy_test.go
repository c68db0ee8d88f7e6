package session_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// masking is a program that leaves secrets out of what is kept.
type masking struct{ program }

func (*masking) Keepable(o workflow.RunOrder) string { return o.Line + " [redacted: $TOKEN]" }

// shipping is a desk in a repository with a fix that may go out.
func shipping(t *testing.T, p session.Outside) *stand {
	t.Helper()
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &outside{}, runner: p}
	s.open()
	prefs := s.state().Prefs
	prefs.Repository = "/shop"
	s.desk.SetPrefs(prefs, "")
	s.pump()
	s.declare("Auth Outage")
	for _, want := range []workflow.Intent{
		workflow.Claim{Role: workflow.Fixer, Person: "Bob"},
		workflow.RecordIncrement{ID: "0015-hotfix-login"},
		workflow.RecordFix{Commit: "abc1234"},
		workflow.ReadyRollback{Version: "v1.2.2"},
		workflow.Override{Gate: workflow.DeployGate, Reason: "this is about the deploy"},
	} {
		s.do(want)
	}
	return s
}

func (s *stand) plan(command string) workflow.DeployPlan {
	return s.state().Incident.PlanDeploy(workflow.DeployRun{Version: "v1.2.4"}, command)
}

func (s *stand) ships(plan workflow.DeployPlan) error {
	var got error
	s.desk.RunDeploy(plan, func(err error) { got = err })
	s.pump()
	return got
}

func TestADeployRunsFromTheDeskAndIsRecordedByItself(t *testing.T) {
	p := &program{prints: []string{"out\n"}, ran: workflow.Ran{Ending: workflow.RunExited, Took: time.Minute, Tail: "out\n"}}
	s := shipping(t, p)
	require.NoError(t, s.ships(s.plan("./deploy.sh {commit}")))
	require.Len(t, p.orders, 1)
	assert.Equal(t, []string{"./deploy.sh", "abc1234"}, p.orders[0].Words)
	assert.Equal(t, "/shop", p.orders[0].Folder)
	assert.Contains(t, p.orders[0].Env, "FIREBREAK_VERSION=v1.2.4")
	in := s.state().Incident
	assert.True(t, in.Holds(workflow.DeployRecorded))
	require.Len(t, in.Proof.Attempts, 1)
	assert.Equal(t, "out\n", in.Proof.Attempts[0].Ended.Tail)
	run, ok := s.state().Running(session.DeployKey)
	require.True(t, ok)
	assert.True(t, run.Ended.Well())
}

func TestTheBeginningIsOnDiskBeforeTheCommandRuns(t *testing.T) {
	p := &program{ran: workflow.Ran{Ending: workflow.RunExited}}
	s := shipping(t, p)
	s.shelf.fail = errors.New("the disk is full")
	assert.Error(t, s.ships(s.plan("./deploy.sh {commit}")))
	assert.Empty(t, p.orders, "nothing ran that is not on record")
}

func TestACommandOfThePlaybookRunsOnlyOnceItWasAccepted(t *testing.T) {
	p := &program{ran: workflow.Ran{Ending: workflow.RunExited}}
	s := shipping(t, p)
	plan := s.plan(s.state().Policy.Work.DeployWith[0])
	require.NotNil(t, plan.Asks)
	assert.ErrorContains(t, s.ships(plan), "Nobody has accepted this command")
	assert.Empty(t, p.orders)
	assert.Empty(t, s.state().Incident.Proof.Attempts)
	s.desk.AcceptCommands([]workflow.PlaybookCommand{*plan.Asks}, nil)
	s.pump()
	assert.NoError(t, s.ships(plan))
	assert.Len(t, p.orders, 1)
}

func TestADeployThatFailedIsOnRecordAndTicksNothing(t *testing.T) {
	p := &program{ran: workflow.Ran{Ending: workflow.RunExited, Exit: 3, Says: "It ended with exit code 3."}}
	s := shipping(t, p)
	require.NoError(t, s.ships(s.plan("./deploy.sh {commit}")))
	assert.False(t, s.state().Incident.Holds(workflow.DeployRecorded))
	assert.Contains(t, s.state().Incident.Next(s.hand.now).Title, "failed")
}

func TestAMachineThatDiesOnTheWayLeavesAQuestion(t *testing.T) {
	p := &program{ran: workflow.Ran{Ending: workflow.RunExited}}
	s := shipping(t, p)
	s.desk.RunDeploy(s.plan("./deploy.sh {commit}"), nil)
	for len(s.state().Runs) == 0 {
		s.step()
	}
	_, lost := s.state().LostDeploy()
	assert.False(t, lost, "it runs here")

	again := s.restart()
	open, lost := again.state().LostDeploy()
	require.True(t, lost)
	require.NotNil(t, again.state().Strip)
	assert.Equal(t, "A deploy to production was started at 14:32, and nobody recorded how it ended. Look at what runs, and record on the board whether it went out.", again.state().Strip.Says)
	again.do(workflow.EndDeploy{Started: open.Entry, Told: workflow.TellWent})
	assert.True(t, again.state().Incident.Holds(workflow.DeployRecorded))
}

func TestWhatIsRecordedHoldsNoSecretOfTheEnvironment(t *testing.T) {
	p := &masking{program{ran: workflow.Ran{Ending: workflow.RunExited}}}
	s := shipping(t, p)
	require.NoError(t, s.ships(s.plan("./deploy.sh {commit}")))
	assert.Equal(t, "./deploy.sh abc1234", p.orders[0].Line, "it runs whole")
	assert.Equal(t, "./deploy.sh abc1234 [redacted: $TOKEN]", s.state().Incident.Proof.Attempts[0].Command)
	d, _ := s.state().Incident.LastDeploy()
	assert.Contains(t, d.Command, "[redacted: $TOKEN]")
}

func TestADeployIsNotRunWithoutAPlaceOrAMeansToRunIt(t *testing.T) {
	s := shipping(t, nil)
	assert.ErrorContains(t, s.ships(s.plan("./deploy.sh")), "cannot run commands")
	assert.ErrorContains(t, s.ships(s.plan("a | b")), "shell")
	none := runs(t, &program{})
	assert.ErrorContains(t, none.ships(none.plan("./deploy.sh")), "no folder to run the command in")
}
