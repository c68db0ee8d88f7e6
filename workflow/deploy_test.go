package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestTheWayBackIsReadyFirst(t *testing.T) {
	s := fire(t).do(workflow.ReadyRollback{Version: " v1.2.2 "})
	assert.Equal(t, workflow.RollbackPlan{Command: "npm run deploy:rollback", Version: "v1.2.2"}, s.in.Proof.Rollback.Get(), "the playbook's command")
	assert.Equal(t, "Rollback ready: npm run deploy:rollback (back to v1.2.2)", s.last().Text.Get())
	s.refuses(workflow.ReadyRollback{Version: "v1.2.2"}, "rollback.same")
	under(t, func(p *workflow.Playbook) { p.Work.RollbackBy = "" }).refuses(workflow.ReadyRollback{}, "rollback.command-missing")
}

func TestStagingIsSkippedForSEV1Only(t *testing.T) {
	assert.Equal(t, "SEV1 may skip staging", fire(t).in.Find(workflow.StagingSettled).Says)
	for _, level := range []string{"SEV2", "SEV3", "SEV4"} {
		s := declared(t, level).fixed("abc1234").proven()
		rule := s.refuses(workflow.RecordDeploy{}, "gate.closed")
		assert.Contains(t, rule.Says, "Deploy to staging first: "+level+" may not skip it")
		s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: workflow.Staging, Version: "v1.2.4"}})
		assert.Equal(t, "Deployed to staging v1.2.4", s.last().Text.Get())
		assert.False(t, s.in.Holds(workflow.DeployRecorded), "staging is not production")
		s.deployed()
	}
}

func TestStagingOfAnotherCommitDoesNotCount(t *testing.T) {
	s := declared(t, "SEV2").fixed("abc1234").proven().do(workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: workflow.Staging}})
	s.do(workflow.RecordFix{Commit: "fff9999"})
	assert.False(t, s.in.Holds(workflow.StagingSettled))
}

func TestADeployGoesThroughItsGateToAKnownPlace(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: "moon"}}, "deploy.environment")
	s.refuses(workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: workflow.Production}}, "gate.closed")
	s.fixed("abc1234").proven().as("Bob").do(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4"}, At: when(26)})
	d, ok := s.in.LastDeploy()
	assert.True(t, ok)
	assert.Equal(t, "abc1234", d.Commit)
	assert.Equal(t, workflow.Production, d.Environment)
	assert.Equal(t, "Bob", d.By)
	assert.Equal(t, when(26), d.At)
	assert.Equal(t, workflow.Verifying, s.in.Stage())
	at, _ := s.in.MilestoneAt(workflow.FixDeployed)
	assert.Equal(t, when(26), at)
}
