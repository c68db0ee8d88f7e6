package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestRolesAreClaimedAndGiven(t *testing.T) {
	s := fire(t)
	assert.Len(t, s.in.Unclaimed(), 3, "all but the commander")

	s.as("Bob").do(workflow.Claim{Role: workflow.Fixer})
	assert.Equal(t, "Bob", s.in.Holder(workflow.Fixer).Person, "no name means oneself")
	s.as("Jane").do(workflow.Claim{Role: workflow.Fixer, Person: " Eve "})
	assert.Equal(t, "Eve", s.in.Holder(workflow.Fixer).Person)
	assert.Equal(t, "Eve is fixer", s.last().Text.Get())

	s.refuses(workflow.Claim{Role: "king", Person: "Bob"}, "role.unknown")
	s.refuses(workflow.Claim{Role: workflow.Fixer, Person: "Eve"}, "role.same")
	s.refuses(workflow.Claim{Role: workflow.Commander, Person: "Bob"}, "role.hand-off")
	s.as("").refuses(workflow.Claim{Role: workflow.Scribe}, "role.person-missing")
}

func TestCommandChangesHandsWithASheetThatWasReadBack(t *testing.T) {
	s := fire(t).at(240)
	ask := workflow.HandOff{To: "Sue", State: "fix is out", Tried: "restart", Next: "watch errors", Questions: "is the cache warm?"}
	rule := s.refuses(ask, "handoff.read-back")
	assert.Contains(t, rule.Says, "Until then Jane keeps command.")
	s.refuses(workflow.HandOff{ReadBack: true}, "handoff.to-missing")
	s.refuses(workflow.HandOff{To: "Jane", ReadBack: true}, "handoff.same")
	s.refuses(workflow.HandOff{Role: "king", To: "Sue", ReadBack: true}, "role.unknown")
	assert.Equal(t, 4*time.Hour, s.in.OnDuty(s.now))

	ask.ReadBack = true
	s.do(ask)
	assert.Equal(t, "Sue", s.in.Holder(workflow.Commander).Person)
	assert.Zero(t, s.in.OnDuty(s.now), "her hours begin now")
	assert.Equal(t, []workflow.HandOffRecord{{
		Role: workflow.Commander, From: "Jane", To: "Sue", State: "fix is out", Tried: "restart",
		Next: "watch errors", Questions: "is the cache warm?", At: when(240),
	}}, s.in.Crew.Handoffs)
	assert.Equal(t, "incident commander handed over from Jane to Sue, read back", s.last().Text.Get())

	s.do(workflow.HandOff{Role: workflow.Scribe, To: "Sam", ReadBack: true})
	assert.Equal(t, "Jane", s.in.Crew.Handoffs[1].From, "from nobody means from who hands over")
}

func TestNobodyIsOnDutyAfterTheFire(t *testing.T) {
	s := resolved(t)
	assert.Zero(t, s.in.OnDuty(s.now.Add(time.Hour)))
}

func TestTheHandOffSheetHasWhatAReceiverNeeds(t *testing.T) {
	s := fire(t).at(2).do(workflow.Assess{Field: workflow.Hypothesis, Text: "the deploy"})
	assert.Equal(t, "the deploy", s.in.HandOffSheet(s.now).Cause, "the guess while there is no cause")

	s.assessed().at(10).fixed("abc1234").do(
		workflow.Choose{Option: workflow.HotfixOption, Reason: "small", WouldChange: "a second bug"},
		workflow.Assign{Text: "watch the queue", Owner: "Sam", Box: time.Hour},
		workflow.ReadyRollback{Version: "v1.2.2"},
	)
	for _, text := range []string{"one", "two", "three", "four", "five", "six"} {
		s.at(12).do(workflow.Note{Kind: workflow.DecisionEntry, Text: text})
	}
	s.do(workflow.HandOff{To: "Sue", State: "fix is written", ReadBack: true})
	sheet := s.in.HandOffSheet(s.at(30).now)

	assert.Equal(t, "Login is down", sheet.Title)
	assert.Equal(t, "SEV1", sheet.Severity)
	assert.Equal(t, workflow.Fixing, sheet.Stage)
	assert.Equal(t, 30*time.Minute, sheet.Since)
	assert.Equal(t, when(0), sheet.Detected)
	assert.Equal(t, "Sue", sheet.Commander)
	assert.Equal(t, 18*time.Minute, sheet.OnDuty)
	assert.Equal(t, "Login broken for all users", sheet.Impact)
	assert.Equal(t, "The regex lost its dash", sheet.Cause)
	assert.Equal(t, "a second bug", sheet.IfFails)
	assert.Equal(t, workflow.RollbackPlan{Command: "npm run deploy:rollback", Version: "v1.2.2"}, sheet.Rollback)
	assert.Equal(t, "fix is written", sheet.Last.State)
	assert.Len(t, sheet.Board, 3)
	assert.Len(t, sheet.Open, 1)
	assert.Equal(t, s.in.Next(s.now), sheet.Next)
	assert.Equal(t, s.in.Cadence(s.now), sheet.Cadence)
	var decisions []string
	for _, d := range sheet.Decisions {
		decisions = append(decisions, d.Text.Get())
	}
	assert.Equal(t, []string{"two", "three", "four", "five", "six"}, decisions, "the last five")
	assert.Equal(t, "Bob", sheet.Roles[2].Holder.Person)
}
