package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func checked(what string, outcome workflow.Outcome) workflow.RecordCheck {
	return workflow.RecordCheck{Check: workflow.Check{What: what, Outcome: outcome}}
}

func shipped(t *testing.T) *scene {
	t.Helper()
	return fire(t).fixed("abc1234").proven().at(26).deployed()
}

func TestVerifyingBeginsWithTheDeploy(t *testing.T) {
	s := fire(t)
	s.refuses(checked("login", workflow.CheckPassed), "check.too-early")
	s.refuses(checked(" ", workflow.CheckPassed), "check.what-missing")
	s.refuses(checked("login", "maybe"), "check.outcome")
	s.do(checked("login answers 200", workflow.CheckFailed)) // the value before the fix
	s.fixed("abc1234").proven().deployed()
	assert.False(t, s.in.Holds(workflow.FixVerified), "what was seen before the deploy says nothing about it")

	s.at(33).do(workflow.RecordCheck{Check: workflow.Check{What: "login answers 200", Outcome: workflow.CheckPassed, Before: "500", After: "200"}})
	assert.Equal(t, workflow.Verified, s.in.Stage())
	assert.Equal(t, "Verified fix in production", s.last().Text.Get())
	assert.Contains(t, s.in.Draft(workflow.VerificationSection), "- login answers 200: passed (before 500, after 200)")
}

func TestANetworkThatIsDownIsUnknownAndNotFailed(t *testing.T) {
	s := shipped(t).do(checked("login", workflow.CheckUnknown))
	f := s.in.Find(workflow.FixVerified)
	assert.False(t, f.Holds)
	assert.Equal(t, "Check again: login (unknown)", f.Missing)
	assert.Equal(t, "Check unknown: login", s.last().Text.Get())
	assert.Equal(t, workflow.Verifying, s.in.Stage())
}

func TestTheLastWordOfEachCheckMustBeThatItPassed(t *testing.T) {
	s := shipped(t).do(checked("login", workflow.CheckPassed), checked("errors fall", workflow.CheckFailed))
	assert.Equal(t, "Check again: errors fall (failed)", s.in.Find(workflow.FixVerified).Missing)
	s.do(checked("errors fall", workflow.CheckPassed))
	assert.True(t, s.in.Holds(workflow.FixVerified))
}

func TestALaterFailureOpensItAgainAndTheNextSuccessIsTheMilestone(t *testing.T) {
	s := shipped(t).at(33).do(checked("login", workflow.CheckPassed)).at(35).do(checked("login", workflow.CheckFailed))
	assert.Equal(t, workflow.Verifying, s.in.Stage())
	s.refuses(workflow.GiveAllClear{}, "gate.closed")
	s.at(40).do(checked("login", workflow.CheckPassed))
	at, _ := s.in.MilestoneAt(workflow.FixProven)
	assert.Equal(t, when(40), at)
	assert.Equal(t, "14 minutes", s.in.Metric(workflow.TimeToVerify).String())
}

func TestChecksBeforeANewerDeployDoNotCount(t *testing.T) {
	s := shipped(t).do(checked("login", workflow.CheckPassed)).deployed()
	assert.False(t, s.in.Holds(workflow.FixVerified))
	s.refuses(workflow.GiveAllClear{}, "gate.closed")
	s.do(checked("login", workflow.CheckPassed), workflow.GiveAllClear{At: when(47)})
	assert.Equal(t, "All-clear declared", s.last().Text.Get(), "the playbook's line")
	at, _ := s.in.MilestoneAt(workflow.AllClear)
	assert.Equal(t, when(47), at)
}
