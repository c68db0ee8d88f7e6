package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

const (
	firstCommit  = "706c21a3ae0a7052fb99c70a9784e256260713a6"
	secondCommit = "9bd41d02c1a5f0e4a37b7f6b3a4e0e4c9d1f2a3b"
)

// judged is what the guard says of a commit.
func judged(tip string, findings ...workflow.ScopeFinding) workflow.RecordScope {
	return workflow.RecordScope{Judgement: workflow.ScopeJudgement{Tip: tip, Files: 2, Added: 4, Removed: 1, Findings: findings}}
}

func TestTheResolutionHoldsTheEvidenceForTheFix(t *testing.T) {
	renamed := workflow.ScopeFinding{ID: "r", Rule: workflow.RenameRule, Path: "src/_b.js", Says: "A file has another name.", Why: "w"}
	debug := workflow.ScopeFinding{ID: "d", Rule: workflow.ConfigurationRule, Path: "config/x.json", Says: "config/x.json is changed.", Why: "w"}
	mild := workflow.ScopeFinding{ID: "m", Rule: workflow.DebugRule, Says: "A remark", Why: "w", Mild: true}
	s := fire(t).at(10)
	s.do(
		workflow.RecordFix{Commit: firstCommit, Summary: "Allow dashes."},
		workflow.RecordTest{Run: workflow.TestRun{Command: "./scripts/test auth", Passed: true, Took: 2100 * time.Millisecond}},
		judged(firstCommit, renamed),
		workflow.Approve{Person: "Ann"},
		workflow.RecordFix{Commit: secondCommit, Summary: "Allow dashes again."},
		judged(secondCommit, renamed, debug, mild),
		workflow.RecordTest{Run: workflow.TestRun{Command: "./scripts/test auth", Passed: true, Took: 65 * time.Second}},
		workflow.SettleFinding{ID: "r", Accept: true, Reason: "the loader finds it by its name"},
		workflow.Approve{Person: "Ann"},
	)
	head := `- Fix: Allow dashes again (commit 9bd41d02, 5 lines in 2 files)
- Accepted in the hotfix by Jane: A file has another name (src/\_b.js), because the loader finds it by its name
`
	tail := `- Tests passed: ./scripts/test auth (2 s; on 706c21a3, which is not the fix any more)
- Tests passed: ./scripts/test auth (1 min 5 s; on 9bd41d02)
- Approved by Ann for 706c21a3, which is not the fix any more
- Approved by Ann`
	assert.Equal(t, head+"- Not answered: config/x.json is changed\n"+tail, s.in.Draft(workflow.ResolutionSection))

	s.now = s.now.Add(time.Minute)
	s.do(workflow.SettleFinding{ID: "d", Ticket: "Log less", Owner: "Bob"})
	assert.Equal(t, head+"- Left for a ticket by Jane: config/x.json is changed (Log less)\n"+tail, s.in.Draft(workflow.ResolutionSection))
	assert.NotRegexp(t, `[0-9a-f]{12}`, strings.Join(s.lines(), "\n"), "no whole id of a commit stands in the timeline")
}
