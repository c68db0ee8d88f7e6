package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func missing(g workflow.Gate) []workflow.Fact {
	var out []workflow.Fact
	for _, f := range g.Missing() {
		out = append(out, f.Fact)
	}
	return out
}

func TestAClosedGateNamesWhatIsMissing(t *testing.T) {
	s := declared(t, "")
	g := s.in.Gate(workflow.DeployGate)
	assert.False(t, g.Open())
	assert.Equal(t, []workflow.Fact{
		workflow.SeverityDecided, workflow.IncrementWritten, workflow.FixImplemented, workflow.TestsPassed,
		workflow.ScopeSettled, workflow.RollbackReady, workflow.Approved,
	}, missing(g), "undecided behaves as SEV1, so staging may be skipped")
	for _, f := range g.Findings {
		assert.NotEmpty(t, f.Missing+f.Says, f.Fact)
	}
	rule := s.refuses(workflow.RecordDeploy{}, "gate.closed")
	assert.Contains(t, rule.Says, "Decide the severity; Create the increment; Implement the minimal fix and record it")

	s.do(workflow.SetSeverity{Level: "SEV1"}).fixed("abc1234").proven()
	assert.Empty(t, missing(s.in.Gate(workflow.DeployGate)))
	s.deployed()
}

func TestAnOverrideNeedsANameAndAReasonAndIsOnRecord(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.Override{Gate: workflow.DeployGate}, "gate.reason-missing")
	s.refuses(workflow.Override{Gate: "moon", Reason: "x"}, "gate.unknown")
	s.as("").refuses(workflow.Override{Gate: workflow.DeployGate, Reason: "x"}, "gate.by-missing")

	s.as("Jane").do(workflow.Override{Gate: workflow.DeployGate, By: "Ann", Reason: " the site burns "})
	assert.Equal(t, "Gate overridden by Ann (Deploy to production): the site burns", s.last().Text.Get())
	assert.True(t, s.in.Gate(workflow.DeployGate).Open())
	assert.Contains(t, s.in.Draft(workflow.DecisionSection), "Gate overridden by Ann (Deploy to production): the site burns")
	s.deployed()
	assert.True(t, s.in.Holds(workflow.DeployRecorded))
}

func TestAnOverrideCoversOnlyWhatWasMissingThen(t *testing.T) {
	s := fire(t).fixed("abc1234").proven()
	s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: false}})
	s.do(workflow.Override{Gate: workflow.DeployGate, Reason: "the test is flaky"})
	assert.True(t, s.in.Gate(workflow.DeployGate).Open())

	t.Run("what goes missing later closes the gate again", func(t *testing.T) {
		late := *s
		late.do(workflow.SetSeverity{Level: "SEV2", Reason: "half are back"}) // now staging is missing too
		assert.False(t, late.in.Gate(workflow.DeployGate).Open())
	})
	t.Run("another commit makes the override void", func(t *testing.T) {
		other := *s
		other.do(workflow.RecordFix{Commit: "fff9999"}, workflow.Approve{Person: "Ann"})
		g := other.in.Gate(workflow.DeployGate)
		assert.Equal(t, []workflow.Fact{workflow.TestsPassed, workflow.ScopeSettled}, missing(g), "the same fact, but of another fix")
		assert.False(t, g.Open())
		assert.NotNil(t, g.Overridden, "it stays on record")
		other.do(workflow.RecordScope{ByHand: "read it again"}, workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true}}).deployed()
	})
	t.Run("a gate that is open has nothing to override", func(t *testing.T) {
		resolved(t).refuses(workflow.Override{Gate: workflow.AllClearGate, Reason: "x"}, "gate.open")
	})
}

func TestTheAllClearGateAsksForADeployAndItsVerification(t *testing.T) {
	s := fire(t)
	assert.Equal(t, []workflow.Fact{workflow.DeployRecorded, workflow.FixVerified}, missing(s.in.Gate(workflow.AllClearGate)))
	s.refuses(workflow.GiveAllClear{}, "gate.closed")
	s.do(workflow.Override{Gate: workflow.AllClearGate, Reason: "it went away by itself"}, workflow.GiveAllClear{Text: "All good"})
	assert.Equal(t, workflow.Resolved, s.in.Stage())
	assert.Equal(t, "All good", s.last().Text.Get())
}

func TestNoOtherWayLeadsAroundTheAllClearGate(t *testing.T) {
	s := fire(t).do(workflow.Note{Text: "looks fine"})
	note := s.last().ID
	s.refuses(workflow.Mark{Milestone: workflow.AllClear}, "milestone.all-clear")
	s.refuses(workflow.Note{Text: "fine", Milestone: workflow.AllClear}, "milestone.all-clear")
	s.refuses(workflow.Correct{Entry: note, Milestone: to(workflow.AllClear)}, "milestone.all-clear")
	assert.True(t, s.in.Open())

	done := resolved(t).do(workflow.Note{Text: "really over", At: when(60)})
	done.do(workflow.Correct{Entry: done.last().ID, Milestone: to(workflow.AllClear)})
	assert.Equal(t, "1 hour", done.in.Metric(workflow.TimeToResolve).String(), "once it is given, its mark can move")
}

func TestAPlaybookWithoutAGateGuardsNothing(t *testing.T) {
	s := under(t, func(p *workflow.Playbook) { p.Gates = nil }).deployed()
	assert.True(t, s.in.Gate(workflow.DeployGate).Open())
	assert.Empty(t, s.in.AllGates())
	s.do(workflow.GiveAllClear{})
}

func TestAFactThatThisVersionDoesNotKnowIsForAPersonToDecide(t *testing.T) {
	f := fire(t).in.Find("moon-phase")
	assert.False(t, f.Holds)
	assert.Contains(t, f.Missing, "a person has to decide")
	for _, known := range workflow.KnownFacts() {
		found := declared(t, "SEV2").in.Find(known)
		assert.Equal(t, known, found.Fact)
		assert.NotContains(t, found.Missing, "does not know")
		if !found.Holds {
			assert.NotEmpty(t, found.Missing, known)
		}
	}
}
