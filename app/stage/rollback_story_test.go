package stage_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/app/stage/fixture"
	"firebreak/workflow"
)

func TestARollbackHasItsOwnWayToTheDocument(t *testing.T) {
	o := shopBreaks(t)
	o.at(0).does("Jane", sample.Declaration(o.state().Policy))
	o.at(4).does("Sam", workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down."}, workflow.Tell{Channel: workflow.StatusPageChannel})
	o.accepts().does("Jane", workflow.ConfirmPhase{Phase: "before"})
	o.looksAround()
	o.waits(func(done func(error)) { o.s.Desk.LookBack(workflow.WayHints{}, done) })
	way := o.state().WayBack()
	require.NotNil(t, way)
	require.Equal(t, fixture.GoodVersion, way.Good.Name)
	require.Error(t, o.deploys(workflow.DeployRun{Rollback: true, Version: way.Good.Name}), "it is not decided yet")

	o.at(8).does("Jane", workflow.Choose{Option: workflow.RollbackOption, Reason: "v1.2.2 worked, and nothing is lost", Facts: o.state().Weighed(), BackTo: way.Good.Name})
	for _, id := range []string{"increment-created", "minimal-fix-implemented", "critical-tests-pass"} {
		item, _ := o.in().Item(id)
		assert.Equal(t, workflow.ItemSkipped, item.State, id)
		assert.Contains(t, item.Fact, "rolling back", id)
	}
	o.does("Jane", workflow.ReadyRollback{Version: way.Good.Name}, workflow.ConfirmPhase{Phase: "during"})
	require.NoError(t, o.at(10).deploys(workflow.DeployRun{Rollback: true, Version: way.Good.Name}))
	require.True(t, o.in().Holds(workflow.DeployRecorded))

	o.waits(func(done func(error)) { o.s.Desk.Watch(true, done) })
	o.s.Pass(6 * time.Minute)
	require.True(t, o.in().Holds(workflow.FixVerified), o.missing(workflow.AllClearGate))
	o.at(20).does("Jane", workflow.GiveAllClear{}, workflow.Schedule{Owner: "Jane"})
	document := o.exports()
	assert.Contains(t, document, "Rollback chosen by Jane at 2024-11-25 14:40 UTC: v1.2.2 worked, and nothing is lost")
	assert.Contains(t, document, "- Rolled back to v1.2.2 at 2024-11-25 14:42 UTC")
	assert.Contains(t, document, "- Login answers 200: passed (green for 5 minutes")
	assert.NotContains(t, document, "Fix that was tried", "nobody tried one")
}

func TestAPlaybookOfARepositoryRunsNothingBeforeItWasAccepted(t *testing.T) {
	o := shopBreaks(t)
	o.at(0).does("Jane", sample.Declaration(o.state().Policy), workflow.Choose{Option: workflow.RollbackOption, Reason: "it worked"})
	back := workflow.DeployRun{Rollback: true, Version: fixture.GoodVersion}
	asks := func(of int) {
		t.Helper()
		assert.Len(t, o.state().Trust.Asked, of)
		o.waits(func(done func(error)) { o.s.Desk.Watch(true, done) })
		o.s.Pass(10 * time.Second)
	}
	asks(len(o.in().Playbook.Commands()))
	assert.Zero(t, o.production.Asked(), "no page is called")
	require.ErrorContains(t, o.deploys(back), "Nothing was run")
	assert.Empty(t, o.in().Proof.Attempts, "and nothing is said to have begun")

	o.accepts()
	asks(0)
	assert.NotZero(t, o.production.Asked())
	require.NoError(t, o.deploys(back))
	require.True(t, o.in().Holds(workflow.DeployRecorded))

	// The playbook changes: the next incident asks again, about what is new.
	o.does("Jane", workflow.Cancel{Reason: "a drill"})
	o.changes(".firebreak/playbook.yaml", "rollback_by: ./scripts/rollback v1.2.2", "rollback_by: ./scripts/rollback v1.2.3")
	o.s.Desk.FindRepository()
	o.s.Pump()
	o.does("Jane", workflow.Declare{Title: "Again", Severity: "SEV1", Playbook: o.state().Policy}, workflow.Choose{Option: workflow.RollbackOption, Reason: "it worked"})
	require.Len(t, o.state().Trust.Asked, 1)
	assert.Equal(t, "./scripts/rollback v1.2.3", o.state().Trust.Asked[0].Run)
	require.ErrorContains(t, o.deploys(back), "Nothing was run")
}
