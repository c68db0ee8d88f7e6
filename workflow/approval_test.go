package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestAnApprovalNamesTheCommitThatWasLookedAt(t *testing.T) {
	const full = "abc1234def0123456789abc1234def0123456789"
	s := fire(t).fixed(full)
	rule := s.refuses(workflow.Approve{Person: "Ann", Commit: "fff9999"}, "approve.other-commit")
	assert.Equal(t, "commit", rule.Field)
	assert.Contains(t, rule.Says, "That approval is for fff9999, and the fix is abc1234d.")
	s.refuses(workflow.Approve{Person: "Ann", Commit: "abc"}, "approve.other-commit") // too short to tell commits apart
	s.do(workflow.Approve{Person: "Ann", Commit: " ABC1234 "})
	assert.Equal(t, "Approved by Ann for abc1234d", s.last().Text.Get())
	assert.Equal(t, full, s.in.Proof.Approvals[0].Commit)
	assert.Equal(t, "Jane", s.in.Proof.Approvals[0].By, "who typed it is on record")
}

func TestAnApprovalForACommitNeedsAFixThatNamesOne(t *testing.T) {
	s := fire(t).as("Bob").do(workflow.RecordFix{Summary: "restarted it"}).as("Jane")
	s.refuses(workflow.Approve{Person: "Ann", Commit: "abc1234"}, "approve.other-commit")
	s.do(workflow.Approve{Person: "Ann"})
	assert.True(t, s.in.Holds(workflow.Approved))
	s.do(workflow.RecordFix{Commit: "abc1234"})
	assert.False(t, s.in.Holds(workflow.Approved))
}

func TestWhoGitNamesAsTheAuthorCannotApprove(t *testing.T) {
	s := fire(t).fixed("abc1234")
	s.do(workflow.Approve{Person: "Eve  Adams"})
	assert.True(t, s.in.Holds(workflow.Approved))
	s.do(workflow.RecordScope{Judgement: workflow.ScopeJudgement{Tip: "abc1234", Files: 1, Added: 1, Authors: []string{"eve adams"}}})
	assert.Equal(t, "Get an approval from somebody who is not the fixer", s.in.Find(workflow.Approved).Missing, "the log shows it later")
	s.refuses(workflow.Approve{Person: "EVE ADAMS"}, "approve.fixer")
	s.do(workflow.Approve{Person: "Ann"})
	assert.True(t, s.in.Holds(workflow.Approved))
}

func TestAnOverrideWithoutAFixIsVoidOnceThereIsOne(t *testing.T) {
	s := fire(t).do(workflow.Override{Gate: workflow.DeployGate, Reason: "now"})
	assert.True(t, s.in.Gate(workflow.DeployGate).Open())
	s.do(workflow.RecordFix{Commit: "abc1234"})
	assert.False(t, s.in.Gate(workflow.DeployGate).Open(), "nobody has taken this commit upon them")

	back := fire(t).do(workflow.Override{Gate: workflow.RollbackGate, Reason: "now"}, workflow.RecordFix{Commit: "abc1234"})
	assert.True(t, back.in.Gate(workflow.RollbackGate).Open(), "going back is about no fix")
}
