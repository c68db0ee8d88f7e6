package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func starting(d workflow.DeployRun) workflow.StartDeploy {
	if d.Command == "" {
		d.Command = "./deploy.sh abc1234"
	}
	return workflow.StartDeploy{Run: d}
}

// under is the deploy that has no end yet.
func (s *scene) underWay() workflow.EventID {
	s.t.Helper()
	open, ok := s.in.OpenDeploy()
	require.True(s.t, ok)
	return open.Entry
}

func exited(code int) workflow.Ran {
	ran := workflow.Ran{Ending: workflow.RunExited, Exit: code, Took: 42 * time.Second, Tail: "last line\n"}
	if code != 0 {
		ran.Says = "It ended with exit code 3."
	}
	return ran
}

func TestADeployFromHereIsOnRecordFromItsBeginning(t *testing.T) {
	s := fire(t).fixed("abc1234")
	s.refuses(starting(workflow.DeployRun{}), "gate.closed")
	s.proven()
	s.refuses(starting(workflow.DeployRun{Environment: "moon"}), "deploy.environment")
	s.refuses(workflow.StartDeploy{Run: workflow.DeployRun{Command: "  "}}, "command.missing")

	s.as("Jane").do(starting(workflow.DeployRun{Version: "v1.2.4"}))
	assert.Equal(t, "Deploy to production started: ./deploy.sh abc1234", s.last().Text.Get())
	assert.False(t, s.in.Holds(workflow.DeployRecorded), "it has not gone out yet")
	next := s.in.Next(s.now)
	assert.Equal(t, "See the deploy to production to its end", next.Title)
	assert.Equal(t, "deployed-to-production", next.Target)
	assert.Contains(t, next.Reason, "Jane started it at 14:")
	s.refuses(starting(workflow.DeployRun{}), "deploy.under-way")

	s.do(workflow.EndDeploy{Started: s.underWay(), Ran: exited(0)})
	assert.Contains(t, s.lines()[len(s.lines())-2:][0]+s.lines()[len(s.lines())-1], "Deploy to production ended well after 42s")
	assert.True(t, s.in.Holds(workflow.DeployRecorded))
	d, _ := s.in.LastDeploy()
	assert.Equal(t, "v1.2.4", d.Version)
	assert.Equal(t, "abc1234", d.Commit)
	assert.Equal(t, "./deploy.sh abc1234", d.Command)
	_, open := s.in.OpenDeploy()
	assert.False(t, open)
	at, ok := s.in.MilestoneAt(workflow.FixDeployed)
	assert.True(t, ok)
	assert.Equal(t, s.now, at.Time, "at its end, not at its beginning")
}

func TestADeployThatFailedTicksNothing(t *testing.T) {
	for name, c := range map[string]struct {
		ran  workflow.Ran
		says string
	}{
		"exit":      {exited(3), "Deploy to production failed after 42s: exit code 3"},
		"cancelled": {workflow.Ran{Ending: workflow.RunCancelled, Exit: -1, Took: time.Minute}, "Deploy to production was cancelled after 1m0s; it may be half out"},
		"too long":  {workflow.Ran{Ending: workflow.RunTimedOut, Exit: -1, Took: 30 * time.Minute}, "Deploy to production was ended at its time limit after 30m0s; it may be half out"},
		"not there": {workflow.Ran{Ending: workflow.RunNotStarted, Exit: -1, Says: "There is no program ./deploy.sh."}, "Deploy to production did not start: There is no program ./deploy.sh"},
	} {
		s := fire(t).fixed("abc1234").proven().do(starting(workflow.DeployRun{}))
		s.do(workflow.EndDeploy{Started: s.underWay(), Ran: c.ran})
		assert.Equal(t, c.says, s.last().Text.Get(), name)
		assert.False(t, s.in.Holds(workflow.DeployRecorded), name)
		next := s.in.Next(s.now)
		assert.Equal(t, "The deploy to production failed: look, deploy again, or roll back", next.Title, name)
		assert.True(t, next.Late)

		s.do(starting(workflow.DeployRun{})).do(workflow.EndDeploy{Started: s.underWay(), Ran: exited(0)})
		_, failed := s.in.FailedDeploy()
		assert.False(t, failed, "it went out since")
	}
}

func TestAFailedDeployIsForgottenOnceSomethingWentOutElsewhere(t *testing.T) {
	s := fire(t).fixed("abc1234").proven().do(starting(workflow.DeployRun{}))
	s.do(workflow.EndDeploy{Started: s.underWay(), Ran: exited(3)}).deployed()
	_, failed := s.in.FailedDeploy()
	assert.False(t, failed)
	s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "it is worse"}, starting(workflow.DeployRun{Rollback: true, Command: "./back.sh"}))
	s.do(workflow.EndDeploy{Started: s.underWay(), Ran: exited(1)})
	assert.Equal(t, "The rollback failed: look, deploy again, or roll back", s.in.Next(s.now).Title)
	assert.False(t, s.in.Holds(workflow.DeployRecorded), "the rollback that was decided is still to be done")
}

func TestADryRunStandsBehindNoGateAndTicksNothing(t *testing.T) {
	s := fire(t).fixed("abc1234").do(starting(workflow.DeployRun{DryRun: true, Command: "./deploy.sh --dry-run"}))
	assert.Equal(t, "Dry run of the deploy to production started: ./deploy.sh --dry-run", s.last().Text.Get())
	_, open := s.in.OpenDeploy()
	assert.False(t, open, "one that never ended asks for nothing")
	s.do(workflow.EndDeploy{Started: s.in.Proof.Attempts[0].Entry, Ran: exited(0)})
	assert.Equal(t, "Dry run of the deploy to production ended well after 42s", s.last().Text.Get())
	assert.False(t, s.in.Holds(workflow.DeployRecorded))
	assert.Empty(t, s.in.Proof.Deploys)
}

func TestTheWayBackHasItsOwnGateAndIsNeverBarred(t *testing.T) {
	s := fire(t).fixed("abc1234").proven().do(starting(workflow.DeployRun{}))
	s.refuses(starting(workflow.DeployRun{Rollback: true}), "gate.closed")
	s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "it hangs"}, starting(workflow.DeployRun{Rollback: true, Version: "v1.2.2", Command: "./back.sh v1.2.2"}))
	assert.Equal(t, "Rollback started: ./back.sh v1.2.2", s.last().Text.Get())
	s.do(workflow.EndDeploy{Started: s.underWay(), Ran: exited(0)})
	d, _ := s.in.LastDeploy()
	assert.True(t, d.Rollback)
	assert.Empty(t, d.Commit, "it is not the fix that runs")
}

func TestStagingNeedsNoGate(t *testing.T) {
	s := declared(t, "SEV2").fixed("abc1234").do(starting(workflow.DeployRun{Environment: workflow.Staging}))
	s.do(workflow.EndDeploy{Started: s.underWay(), Ran: exited(0)})
	assert.True(t, s.in.Holds(workflow.StagingSettled))
	assert.False(t, s.in.Holds(workflow.DeployRecorded))
}

func TestAPersonSaysHowADeployEndedThatNobodySawEnd(t *testing.T) {
	for told, out := range map[string]bool{workflow.TellWent: true, workflow.TellFailed: false} {
		s := fire(t).fixed("abc1234").proven().do(starting(workflow.DeployRun{}))
		s.do(workflow.EndDeploy{Started: s.underWay(), Told: told, At: when(28)})
		assert.Equal(t, out, s.in.Holds(workflow.DeployRecorded))
		assert.Contains(t, strings.Join(s.lines(), "\n"), ", as a person said")
		if at, ok := s.in.MilestoneAt(workflow.FixDeployed); out {
			assert.True(t, ok)
			assert.Equal(t, when(28), at)
		}
		s.refuses(workflow.EndDeploy{Started: s.in.Proof.Attempts[0].Entry, Told: told}, "deploy.ended")
	}
	s := fire(t).fixed("abc1234").proven().do(starting(workflow.DeployRun{}))
	s.refuses(workflow.EndDeploy{Started: s.underWay(), Told: "perhaps"}, "deploy.told")
	s.refuses(workflow.EndDeploy{Started: "nope"}, "deploy.unknown")
}

func TestAnEndIsOnRecordWhateverTheGateSaysByThen(t *testing.T) {
	s := fire(t).fixed("abc1234").proven().do(starting(workflow.DeployRun{}), workflow.RecordFix{Commit: "fff9999"})
	assert.False(t, s.in.Gate(workflow.DeployGate).Open())
	s.do(workflow.EndDeploy{Started: s.underWay(), Ran: exited(0)})
	d, _ := s.in.LastDeploy()
	assert.Equal(t, "abc1234", d.Commit, "the one that was started")
}

func TestTheOutputThatIsKeptIsBoundedAndWhole(t *testing.T) {
	s := fire(t).fixed("abc1234").proven().do(starting(workflow.DeployRun{}))
	s.do(workflow.EndDeploy{Started: s.underWay(), Ran: workflow.Ran{Ending: workflow.RunExited, Exit: 1, Tail: strings.Repeat("é", 20_000) + "\xffend"}})
	tail := s.in.Proof.Attempts[0].Ended.Tail
	assert.LessOrEqual(t, len(tail), 8<<10)
	assert.True(t, strings.HasSuffix(tail, "\uFFFDend"))
	assert.True(t, strings.HasPrefix(tail, "é"))
}
