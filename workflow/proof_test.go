package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func ran(command string, suite workflow.Suite, passed bool) workflow.RecordTest {
	return workflow.RecordTest{Run: workflow.TestRun{Command: command, Suite: suite, Passed: passed}}
}

func TestATestRunIsEvidenceForTheFixAsItIsNow(t *testing.T) {
	s := fire(t).fixed("abc1234")
	s.refuses(ran(" ", "", true), "test.command-missing")
	s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true, Took: time.Second, Output: "38 passing"}, At: when(21)})
	run := s.in.Proof.Runs[0]
	assert.Equal(t, "abc1234", run.Commit, "the fix's commit")
	assert.Equal(t, workflow.CriticalSuite, run.Suite)
	assert.Equal(t, "Jane", run.By)
	assert.Equal(t, when(21), run.At)
	assert.Equal(t, "Tests passed: npm test -- auth on abc1234", s.last().Text.Get())
	assert.True(t, s.in.Holds(workflow.TestsPassed))

	s.do(workflow.RecordFix{Commit: "fff9999"})
	f := s.in.Find(workflow.TestsPassed)
	assert.False(t, f.Holds, "amend the commit and the tests are void")
	assert.Equal(t, "Run the critical tests again: the last run was on abc1234, the fix is fff9999", f.Missing)
	s.do(ran("npm test -- auth", "", true))
	assert.True(t, s.in.Holds(workflow.TestsPassed))
}

func TestAGreenRegressionTestDoesNotMakeUpForRedCriticalPaths(t *testing.T) {
	s := fire(t).fixed("abc1234").do(ran("npm test -- auth", "", false), ran("npm test -- token", workflow.RegressionSuite, true))
	assert.Equal(t, "Make the critical tests pass: the last run failed (npm test -- auth)", s.in.Find(workflow.TestsPassed).Missing)
	s.do(ran("npm test -- auth", "", true))
	assert.True(t, s.in.Holds(workflow.TestsPassed), "the last word of each suite counts")
	s.do(ran("npm test -- token", workflow.RegressionSuite, false))
	assert.False(t, s.in.Holds(workflow.TestsPassed))
}

func TestOneRegressionTestIsAskedFor(t *testing.T) {
	s := fire(t).fixed("abc1234").do(ran("npm test -- auth", "", true))
	assert.Equal(t, "Add one regression test that catches this bug", s.in.Find(workflow.RegressionTestAdded).Missing)
	s.do(ran("npm test -- token", workflow.RegressionSuite, true))
	assert.True(t, s.in.Holds(workflow.RegressionTestAdded))
	s.do(workflow.RecordFix{Commit: "fff9999"})
	assert.False(t, s.in.Holds(workflow.RegressionTestAdded))
}

func TestAHotfixDoesNotRunTheWholeSuite(t *testing.T) {
	for _, suite := range []workflow.Suite{"full", "performance", "e2e"} {
		s := fire(t)
		rule := s.refuses(ran("npm test", suite, true), "test.not-now")
		assert.Equal(t, "override", rule.Field)
		s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test", Suite: suite, Passed: true, Override: "it touches everything"}})
		assert.Contains(t, s.last().Text.Get(), "because it touches everything")
	}
	declared(t, "SEV3").do(ran("npm test", "full", true)) // the normal flow does
}

func TestOneApproverIsEnoughButNotTheFixer(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.Approve{Person: "Ann"}, "approve.nothing")
	s.fixed("abc1234")
	s.refuses(workflow.Approve{Person: "bob"}, "approve.fixer")
	s.do(workflow.Claim{Role: workflow.Approver, Person: "Ann"}, workflow.Approve{At: when(24)})
	assert.Equal(t, []workflow.Approval{{Person: "Ann", Commit: "abc1234", By: "Jane", At: when(24)}}, s.in.Proof.Approvals, "the role's holder, for this commit")
	assert.Equal(t, "Approved by Ann for abc1234", s.last().Text.Get())
	assert.True(t, s.in.Holds(workflow.Approved))

	s.do(workflow.RecordFix{Commit: "fff9999"})
	assert.Equal(t, "Approve again: Ann approved abc1234, the fix is fff9999", s.in.Find(workflow.Approved).Missing, "amend the commit and the approval is void")
	s.do(workflow.RecordFix{Commit: "abc1234"})
	assert.True(t, s.in.Holds(workflow.Approved), "she approved that commit")
}

func TestWhoRecordedTheFixIsItsFixerUntilSomebodyHasTheRole(t *testing.T) {
	s := fire(t).as("Bob").do(workflow.RecordFix{Commit: "abc1234"})
	s.refuses(workflow.Approve{}, "approve.fixer")
	s.as("Jane").do(workflow.Approve{})
	assert.True(t, s.in.Holds(workflow.Approved))
}

func TestAnApprovalDoesNotCountOnceItsAuthorIsTheFixer(t *testing.T) {
	s := fire(t).fixed("abc1234").do(workflow.Approve{Person: "Eve"}, workflow.Claim{Role: workflow.Fixer, Person: "Eve"})
	assert.Equal(t, "Get an approval from somebody who is not the fixer", s.in.Find(workflow.Approved).Missing)

	s = fire(t).fixed("abc1234").do(workflow.Approve{Person: "Ann"}, workflow.Approve{Person: "Eve"}, workflow.Claim{Role: workflow.Fixer, Person: "Eve"})
	assert.Equal(t, "approved by Ann", s.in.Find(workflow.Approved).Says, "one good approval is enough")
}
