package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestAPlanSaysAllOfADeployBeforeItRuns(t *testing.T) {
	s := under(t, func(p *workflow.Playbook) {
		p.Work.DeployWith = []string{"./deploy.sh {commit} --to {version}"}
		p.Work.DryRunWith = "./deploy.sh {commit} --dry-run"
		p.Work.StageWith = []string{"./stage.sh {branch}"}
		p.Work.RollbackBy = "./back.sh {previous}"
		p.Work.DeployLimit = 7 * time.Minute
	}).fixed("abc1234").proven()

	plan := s.in.PlanDeploy(workflow.DeployRun{Version: "v1.2.4"}, " ./deploy.sh {commit} --to {version}")
	require.NoError(t, plan.Err)
	assert.Equal(t, "./deploy.sh abc1234 --to v1.2.4", plan.Order.Line)
	assert.Equal(t, &workflow.PlaybookCommand{Use: workflow.DeployUse, Run: "./deploy.sh {commit} --to {version}"}, plan.Asks, "as the playbook has it")
	assert.Equal(t, workflow.DeployRun{Environment: workflow.Production, Command: plan.Order.Line, Version: "v1.2.4", Commit: "abc1234"}, plan.Run)
	assert.Equal(t, 7*time.Minute, plan.Order.Limit)
	assert.Equal(t, workflow.DeployUse, plan.Order.Use)
	assert.True(t, plan.Open())
	s.do(workflow.StartDeploy{Run: plan.Run})

	typed := s.in.PlanDeploy(workflow.DeployRun{}, "./deploy.sh {commit} --force")
	assert.Nil(t, typed.Asks, "what a person types is theirs")
	assert.ErrorContains(t, s.in.PlanDeploy(workflow.DeployRun{}, "./deploy.sh {version}").Err, "Write the version that goes out.")
	assert.ErrorContains(t, s.in.PlanDeploy(workflow.DeployRun{}, "a | b").Err, "shell")

	dry := s.in.PlanDeploy(workflow.DeployRun{DryRun: true}, s.in.DeployCommands(workflow.DeployRun{DryRun: true})[0])
	assert.Equal(t, workflow.DryRunUse, dry.Asks.Use)
	assert.Empty(t, dry.Gate.ID)
	assert.True(t, dry.Open())

	back := s.in.PlanDeploy(workflow.DeployRun{Rollback: true}, s.in.DeployCommands(workflow.DeployRun{Rollback: true})[0])
	assert.Equal(t, "./back.sh v1.2.2", back.Order.Line, "the version that was made ready")
	assert.Equal(t, "v1.2.2", back.Run.Version)
	assert.Empty(t, back.Run.Commit)
	assert.False(t, back.Open())
	assert.Equal(t, workflow.RollbackGate, back.Gate.ID)
	assert.Equal(t, "./back.sh v1.2.1", s.in.PlanDeploy(workflow.DeployRun{Rollback: true, Version: "v1.2.1"}, "./back.sh {previous}").Order.Line)

	stage := workflow.DeployRun{Environment: workflow.Staging}
	assert.Equal(t, []string{"./stage.sh {branch}"}, s.in.DeployCommands(stage))
	assert.ErrorContains(t, s.in.PlanDeploy(stage, "./stage.sh {branch}").Err, "Record the fix with its branch.")
}

func TestAPlanForACommitThatIsNoMoreTheFixStartsNothing(t *testing.T) {
	s := fire(t).fixed("abc1234").proven()
	plan := s.in.PlanDeploy(workflow.DeployRun{}, "./deploy.sh {commit}")
	s.do(workflow.RecordFix{Commit: "fff9999"})
	rule := s.refuses(workflow.StartDeploy{Run: plan.Run}, "deploy.other-commit")
	assert.Contains(t, rule.Says, "This would deploy abc1234, and the fix is fff9999 by now.")
}

func TestAShellIsOfThePlaybooksSaying(t *testing.T) {
	s := under(t, func(p *workflow.Playbook) { p.Work.Shell = true }).fixed("abc1234").proven()
	plan := s.in.PlanDeploy(workflow.DeployRun{}, "./deploy.sh {commit} | tee log")
	require.NoError(t, plan.Err)
	assert.True(t, plan.Order.Shell)
	assert.Equal(t, `./deploy.sh "${FIREBREAK_COMMIT}" | tee log`, plan.Run.Command)
}
