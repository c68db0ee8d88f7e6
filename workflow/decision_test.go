package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestTheCriteriaAdviseAndThePersonDecides(t *testing.T) {
	p := book(t)
	for name, c := range map[string]struct {
		answers map[string]string
		want    workflow.Advice
	}{
		"nothing answered advises nothing": {nil, workflow.Advice{Open: 6}},
		"no and unsure advise nothing": {
			map[string]string{"previous-worked": workflow.No, "rollback-faster": workflow.Unsure}, workflow.Advice{Open: 5},
		},
		"the previous version worked": {
			map[string]string{"previous-worked": workflow.Yes},
			workflow.Advice{
				Option: workflow.RollbackOption, For: []string{"Previous version worked"}, Open: 5,
				Reason: "Previous version worked", Change: "a data migration since the last good version",
			},
		},
		"a draw goes back to a known state": {
			map[string]string{"previous-worked": workflow.Yes, "fix-small-and-clear": workflow.Yes},
			workflow.Advice{
				Option: workflow.RollbackOption, For: []string{"Previous version worked"}, Other: []string{"Fix is small and clear"}, Open: 4,
				Reason: "Previous version worked", Change: "a data migration since the last good version",
			},
		},
		"more speaks for the hotfix": {
			map[string]string{"previous-has-issues": workflow.Yes, "fix-small-and-clear": workflow.Yes, "rollback-faster": workflow.Yes},
			workflow.Advice{
				Option: workflow.HotfixOption, For: []string{"Previous version has other issues", "Fix is small and clear"},
				Other: []string{"Rollback is faster than fix"}, Open: 3,
				Reason: "Previous version has other issues; Fix is small and clear", Change: "the fix turning out larger than thought",
			},
		},
		"a data migration settles it alone": {
			map[string]string{"cannot-roll-back": workflow.Yes, "previous-worked": workflow.Yes, "rollback-faster": workflow.Yes},
			workflow.Advice{
				Option: workflow.HotfixOption, For: []string{"Can't rollback (data migration)"},
				Other: []string{"Previous version worked", "Rollback is faster than fix"}, Open: 3,
				Reason: "Can't rollback (data migration)", Change: "a safe way back past it",
			},
		},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, p.Advise(c.answers)) })
	}
}

func TestADecisionKeepsItsReasonItsAnswersAndWhatWouldChangeIt(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.Choose{Option: "pray", Reason: "x"}, "decision.option")
	s.refuses(workflow.Choose{Option: workflow.RollbackOption}, "decision.reason-missing")
	answers := map[string]string{"previous-worked": workflow.Yes}
	s.refuses(workflow.Choose{Option: workflow.HotfixOption, Answers: answers}, "decision.reason-missing")
	assert.False(t, s.in.Holds(workflow.DecisionMade))

	s.do(workflow.Choose{Option: workflow.RollbackOption, Answers: answers, At: when(2)})
	answers["previous-worked"] = workflow.No
	assert.Equal(t, workflow.Decided{
		Option: workflow.RollbackOption, Reason: "Previous version worked", Proposed: workflow.RollbackOption,
		Answers: map[string]string{"previous-worked": workflow.Yes}, WouldChange: "a data migration since the last good version",
	}, s.in.Fix.Choice())
	assert.True(t, s.in.Holds(workflow.RollbackChosen))
	assert.Equal(t, "Decided: rollback, because Previous version worked. Would change it: a data migration since the last good version", s.last().Text.Get())
	assert.Equal(t, when(2), s.last().At.Get())

	s.do(workflow.Choose{Option: workflow.HotfixOption, Reason: "the rollback failed"})
	assert.False(t, s.in.Holds(workflow.RollbackChosen))
	assert.Equal(t, workflow.Fixing, s.in.Stage())
	assert.Len(t, s.in.Decisions(), 3, "the severity, and both choices")
}

func TestARollbackHasAGateThatAsksForLess(t *testing.T) {
	s := fire(t)
	back := workflow.RecordDeploy{Deploy: workflow.Deploy{Rollback: true, Version: "v1.2.2"}}
	rule := s.refuses(back, "gate.closed")
	assert.Contains(t, rule.Says, "Decide for the rollback")
	s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "fast"}, back)
	assert.Equal(t, "Rolled back to v1.2.2", s.last().Text.Get())
	assert.True(t, s.in.Reached(workflow.FixDeployed))
	assert.Equal(t, "rollback recorded by Jane", s.in.Find(workflow.DeployRecorded).Says)
	s.verified().do(workflow.GiveAllClear{})
	assert.Contains(t, s.in.Draft(workflow.ResolutionSection), "- Rolled back to v1.2.2 at 2024-11-25 14:32 UTC")
}

func TestARollbackIsWalkedToTheEndWithoutAFix(t *testing.T) {
	s := fire(t)
	s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "v1.2.2 worked", BackTo: "v1.2.2"})
	for id, says := range map[string]string{
		"increment-created":       "not needed: rolling back",
		"root-cause-identified":   "not needed to roll back; the post-mortem asks for it",
		"minimal-fix-implemented": "not needed: rolling back",
		"critical-tests-pass":     "not needed: rolling back",
	} {
		item, found := s.in.Item(id)
		require.True(t, found, id)
		assert.Equal(t, workflow.ItemSkipped, item.State, id)
		assert.Equal(t, says, item.Fact, id)
		assert.Empty(t, item.Reason, id)
	}
	during := s.in.Checklist()[1]
	assert.Equal(t, "We roll back; there is no fix to wait for, and the way back is ready.", during.Pause, "nobody reads aloud that a fix is minimal")
	s.do(workflow.Assess{Field: workflow.Impact, Text: "all"}, workflow.Tell{Channel: workflow.StakeholderChannel, Text: "we roll back"}, workflow.Tell{Channel: workflow.StatusPageChannel, Text: "we roll back"})
	s.do(workflow.ConfirmPhase{Phase: "before"}, workflow.ConfirmPhase{Phase: "during"})
	assert.Equal(t, workflow.DeployRecorded, s.in.Next(s.now).Fact)
	s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Rollback: true, Version: "v1.2.2"}})
	s.verified().do(workflow.GiveAllClear{}, workflow.Schedule{}, workflow.ConfirmPhase{Phase: "after"})
	for _, p := range s.in.Checklist() {
		assert.True(t, p.Confirmed && p.Settled() && p.Reason == "", p.Name)
	}
	assert.Contains(t, s.in.Draft(workflow.ResolutionSection), "- Rolled back to v1.2.2")
}

func TestWhatARollbackDoesNotNeedIsOpenAgainWithoutIt(t *testing.T) {
	s := fire(t)
	s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "fast"})
	rule := s.refuses(workflow.Untick{Item: "critical-tests-pass"}, "item.reason-missing")
	assert.Contains(t, rule.Says, "not needed: rolling back")
	s.do(workflow.Untick{Item: "critical-tests-pass", Reason: "the old version was never tested with the new data"})
	item, _ := s.in.Item("critical-tests-pass")
	assert.Equal(t, workflow.ItemOpen, item.State, "a person overrules the decision")

	s.do(workflow.Undo{})
	item, _ = s.in.Item("critical-tests-pass")
	assert.Equal(t, workflow.ItemSkipped, item.State)
	s.do(workflow.Undo{})
	item, _ = s.in.Item("critical-tests-pass")
	assert.Equal(t, workflow.ItemOpen, item.State, "the decision is undone")

	s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "fast"}, workflow.Choose{Option: workflow.HotfixOption, Reason: "the rollback does not start"})
	item, _ = s.in.Item("critical-tests-pass")
	assert.Equal(t, workflow.ItemOpen, item.State, "decided anew")
	assert.Len(t, s.in.Decisions(), 3, "the severity, and both decisions stay on record")

	strict := under(t, func(p *workflow.Playbook) {
		for i := range p.Gates {
			if p.Gates[i].ID == workflow.RollbackGate {
				p.Gates[i].Needs = append(p.Gates[i].Needs, workflow.IncrementWritten)
			}
		}
	}).do(workflow.Choose{Option: workflow.RollbackOption, Reason: "fast"})
	item, _ = strict.in.Item("increment-created")
	assert.Equal(t, workflow.ItemOpen, item.State, "this team's gate asks for it")
}

func TestADecisionAfterADeployIsStillToBeCarriedOut(t *testing.T) {
	s := fire(t)
	s.do(workflow.Choose{Option: workflow.HotfixOption, Reason: "small"}, workflow.Override{Gate: workflow.DeployGate, Reason: "burns"}, workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4"}})
	assert.True(t, s.in.Holds(workflow.DeployRecorded))
	assert.False(t, s.in.Deciding())

	s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "v1.2.4 made it worse"})
	assert.Equal(t, "Roll back and record it", s.in.Find(workflow.DeployRecorded).Missing)
	assert.Equal(t, workflow.Fixing, s.in.Stage())
	assert.True(t, s.in.Deciding())
	s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Rollback: true, Version: "v1.2.2"}})
	assert.Equal(t, "rollback recorded by Jane", s.in.Find(workflow.DeployRecorded).Says)

	s.do(workflow.Choose{Option: workflow.HotfixOption, Reason: "now in peace"})
	assert.Equal(t, "Deploy the fix to production and record it", s.in.Find(workflow.DeployRecorded).Missing)
}
