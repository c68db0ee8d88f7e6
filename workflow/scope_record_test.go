package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// tooMuch is a judgement with two things to settle and a remark.
func tooMuch(tip string) workflow.ScopeJudgement {
	return workflow.ScopeJudgement{Base: "def5678", Tip: tip, Files: 2, Added: 3, Findings: []workflow.ScopeFinding{
		{ID: "rename-1", Rule: workflow.RenameRule, Path: "b.go", Says: "Renamed from a.go", Why: "later"},
		{ID: "words-1", Rule: workflow.WordsRule, Says: "The message of a commit says “while i'm here”", Why: "later"},
		{ID: "debug-1", Rule: workflow.DebugRule, Path: "b.go", Says: "TODO", Why: "later", Mild: true},
	}}
}

func TestTheScopeIsSettledFindingByFinding(t *testing.T) {
	s := fire(t).fixed("abc1234")
	assert.Contains(t, s.in.Find(workflow.ScopeSettled).Missing, "Look at the scope of the fix")
	s.refuses(workflow.RecordScope{}, "scope.by-hand")
	s.do(workflow.RecordScope{Judgement: tooMuch("abc1234")})
	assert.Equal(t, "Scope of the fix on abc1234: 3 lines in 2 files, 2 findings", s.last().Text.Get())
	assert.Contains(t, s.in.Find(workflow.ScopeSettled).Missing, "Settle 2 findings")
	s.refuses(workflow.RecordScope{Judgement: tooMuch("abc1234")}, "scope.same")

	s.refuses(workflow.SettleFinding{ID: "nope", Accept: true, Reason: "r"}, "scope.gone")
	s.refuses(workflow.SettleFinding{ID: "rename-1", Accept: true}, "scope.reason-missing")
	s.refuses(workflow.SettleFinding{ID: "rename-1"}, "scope.ticket-missing")
	s.do(workflow.SettleFinding{ID: "rename-1", Accept: true, Reason: "the build needs the name"})
	assert.Equal(t, "Accepted in the hotfix: Renamed from a.go (b.go), because the build needs the name", s.last().Text.Get())
	s.refuses(workflow.SettleFinding{ID: "rename-1", Accept: true, Reason: "the build needs the name"}, "scope.same")
	assert.False(t, s.in.Holds(workflow.ScopeSettled))
	s.do(workflow.SettleFinding{ID: "words-1", Ticket: "Refactor auth", Owner: "Bob"})
	require.Len(t, s.in.Review.ActionItems(), 1)
	assert.Equal(t, "Refactor auth", s.in.Review.ActionItems()[0].Text.Get())
	assert.Equal(t, "scope judged: 3 lines in 2 files, 2 findings settled", s.in.Find(workflow.ScopeSettled).Says)

	s.do(workflow.Undo{})
	assert.Empty(t, s.in.Review.ActionItems(), "the answer and its ticket go together")
	assert.False(t, s.in.Holds(workflow.ScopeSettled))
}

func TestAnotherCommitIsLookedAtAgainAndItsOldAnswersHold(t *testing.T) {
	s := fire(t).fixed("abc1234")
	first := tooMuch("abc1234")
	s.do(workflow.SettleFinding{ID: "rename-1", Accept: true, Reason: "r", Of: &first}, workflow.SettleFinding{ID: "words-1", Accept: true, Reason: "r"})
	assert.True(t, s.in.Holds(workflow.ScopeSettled), "the judgement went on record with the first answer")
	s.do(workflow.RecordFix{Commit: "fff9999"})
	assert.Equal(t, "Look at the scope again: the last look was at abc1234, the fix is fff9999", s.in.Find(workflow.ScopeSettled).Missing)
	s.do(workflow.RecordScope{Judgement: tooMuch("fff9999")})
	assert.True(t, s.in.Holds(workflow.ScopeSettled), "the same lines need no second answer")
}

func TestARegressionTestIsRecognisedInTheDiff(t *testing.T) {
	s := fire(t).fixed("abc1234")
	j := workflow.ScopeJudgement{Tip: "abc1234", Files: 1, Added: 3, Tests: []string{"a_test.go"}}
	s.do(workflow.RecordScope{Judgement: j})
	assert.False(t, s.in.Holds(workflow.RegressionTestAdded), "it has not passed")
	s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true}})
	assert.Contains(t, s.in.Find(workflow.RegressionTestAdded).Says, "regression test in a_test.go")
	s.do(workflow.RecordFix{Commit: "fff9999"})
	assert.False(t, s.in.Holds(workflow.RegressionTestAdded))
}

func TestAnEndlessJudgementStaysSmallOnRecord(t *testing.T) {
	j := workflow.ScopeJudgement{Tip: "abc1234"}
	for i := range 500 {
		j.Findings = append(j.Findings, workflow.ScopeFinding{ID: fmt.Sprint(i), Says: "s", Lines: make([]workflow.ScopeLine, 100)})
		for n := range j.Findings[i].Lines {
			j.Findings[i].Lines[n].Line = "+" + strings.Repeat("é\xff", 4000)
		}
	}
	s := fire(t).fixed("abc1234").do(workflow.RecordScope{Judgement: j})
	events := s.in.Events()
	written, err := workflow.Encode(events[len(events)-1])
	require.NoError(t, err)
	assert.Less(t, len(written), 300<<10)
	looked, _ := s.in.ScopeLooked()
	assert.False(t, s.in.ScopeNews(j), "it is on record, as far as it fits")
	assert.Contains(t, looked.Unknown, "440 more findings could not be kept in the log.")
}
