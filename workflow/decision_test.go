package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

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
