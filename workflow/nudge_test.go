package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func (s *scene) nudges() map[string]string {
	out := map[string]string{}
	for _, n := range s.in.Nudges(s.now) {
		out[n.Code] = n.Says
	}
	return out
}

func TestADiagnosisThatTakesTooLongAsksForAnEscalation(t *testing.T) {
	s := fire(t).at(9)
	assert.NotContains(t, s.nudges(), "diagnosis")
	assert.Equal(t, "10 minutes of diagnosis. Escalate, or roll back?", s.at(10).nudges()["diagnosis"])
	s.do(workflow.Mark{Milestone: workflow.Acknowledged})
	assert.NotContains(t, s.at(19).nudges(), "diagnosis", "it counts from the acknowledgement")
	assert.Contains(t, s.at(20).nudges(), "diagnosis")
	s.do(workflow.Identify{Cause: "x"})
	assert.NotContains(t, s.nudges(), "diagnosis")
	assert.NotContains(t, declared(t, "SEV2").at(600).nudges(), "diagnosis")
}

func TestNobodyIsAHeroThroughTheNight(t *testing.T) {
	s := fire(t)
	shift := s.in.Playbook.Shift
	for spent, want := range map[time.Duration]string{
		shift.Long - time.Second: "",
		shift.Long:               "A long incident: Jane in command for " + workflow.Words(shift.Long) + ".",
		shift.Plan:               "Jane has been in command for " + workflow.Words(shift.Plan) + ". Plan a hand-off.",
		shift.Late:               "Jane has been in command for " + workflow.Words(shift.Late) + ". Hand off now.",
	} {
		s.now = alert.Add(spent)
		assert.Equal(t, want, s.nudges()["shift"])
	}
	s.do(workflow.HandOff{To: "Sue", ReadBack: true})
	assert.NotContains(t, s.nudges(), "shift")
}

func TestACommanderWhoDoesTheWorkHearsOfIt(t *testing.T) {
	s := fire(t).do(workflow.Assign{Text: "a", Owner: "Jane"}, workflow.Assign{Text: "b", Owner: "Jane"})
	assert.NotContains(t, s.nudges(), "hero")
	s.do(workflow.Assign{Text: "c", Owner: "Bob"})
	assert.Contains(t, s.nudges(), "hero")
	assert.NotContains(t, s.at(61).nudges(), "hero", "an hour later it is no pattern any more")
}

func TestAnUnclaimedRoleIsNamedOneAtATime(t *testing.T) {
	s := fire(t)
	assert.Equal(t, "Nobody is scribe yet.", s.nudges()["role:scribe"])
	assert.Len(t, s.in.Nudges(s.now), 1)
	s.do(workflow.Claim{Role: workflow.Scribe, Person: "Sam"})
	assert.Contains(t, s.nudges(), "role:fixer")
	assert.Empty(t, declared(t, "SEV3").nudges(), "the normal flow needs no crew")
	assert.Empty(t, resolved(t).nudges(), "after the fire nothing nags")
}
