// Package sample is the auth outage of the hotfix workflow's own description,
// as a script of intents: what was asked, by whom, and when. The first start
// shows it, the demo plays it, and the stories test with it.
package sample

import (
	"time"

	"firebreak/workflow"
)

// Day is the day of the outage, UTC.
var Day = time.Date(2024, 11, 25, 0, 0, 0, 0, time.UTC)

// Title is the incident's title; the post-mortem's heading is made from it.
const Title = "Auth Outage"

// Step is one moment of the script.
type Step struct {
	Clock string // "14:32", UTC
	Actor string
	Says  string // what happens, for people who watch the replay
	Want  func(workflow.Incident) workflow.Intent
}

// At is the step's moment.
func (s Step) At() time.Time {
	clock, err := time.Parse("15:04", s.Clock)
	if err != nil {
		return Day // a wrong clock in the script is found by its test
	}
	return Day.Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute)
}

// The people of the sample.
const (
	jane = "Jane" // incident commander
	sam  = "Sam"  // scribe
	bob  = "Bob"  // fixer
	lead = "Ann"  // approver
)

// commit is the fix of the sample; tests and the approval are bound to it.
const commit = "f3a91c2"

func want(i workflow.Intent) func(workflow.Incident) workflow.Intent {
	return func(workflow.Incident) workflow.Intent { return i }
}

// Answers are the triage answers of the sample.
func Answers() map[string]string {
	return map[string]string{"who": "everyone", "function": "system", "workaround": "no", "risk": "money", "worse": "no"}
}

// Declaration opens the sample incident under a playbook.
func Declaration(p workflow.Playbook) workflow.Declare {
	return workflow.Declare{
		Title: Title, Severity: "SEV1", Service: "auth", Commander: jane, Scribe: sam,
		Impact: "Login broken for all users", Answers: Answers(), Playbook: p, Sample: true,
	}
}

// Before is the first half of the script: assess, communicate, find the cause.
// The increment is written to disk between Before and Fix by whoever plays it.
func Before(p workflow.Playbook) []Step {
	return []Step{
		{"14:32", jane, "The first alert, and the declaration", want(Declaration(p))},
		{"14:33", jane, "What people see", want(workflow.Assess{Field: workflow.Symptoms, Text: "500 error on /api/auth/login"})},
		{"14:33", jane, "A first guess", want(workflow.Assess{Field: workflow.Hypothesis, Text: "Recent deploy broke auth token validation"})},
		{"14:34", sam, "On-call is told", want(workflow.Tell{Channel: workflow.OnCallChannel})},
		{"14:35", bob, "On-call acknowledges", want(workflow.Mark{Milestone: workflow.Acknowledged})},
		{"14:35", bob, "Bob fixes", want(workflow.Claim{Role: workflow.Fixer, Person: bob})},
		{"14:36", sam, "Stakeholders are told", want(workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down for everyone. We are on it."})},
		{"14:37", sam, "The status page is updated", want(workflow.Tell{Channel: workflow.StatusPageChannel, Text: "Investigating login failures"})},
		{"14:37", lead, "Ann approves", want(workflow.Claim{Role: workflow.Approver, Person: lead})},
		{"14:38", jane, "The pause before the fix", want(workflow.ConfirmPhase{Phase: "before"})},
		{"14:39", bob, "The problem in one sentence", want(workflow.WriteText{Which: workflow.ProblemText, Text: "Users receiving 500 error on login after v1.2.3 deploy."})},
		{"14:40", bob, "What the fix will do", want(workflow.WriteText{Which: workflow.FixText, Text: "Revert token validation to previous behavior."})},
	}
}

// Fix is the second part: cause, decision, fix, tests, deploy.
func Fix() []Step {
	return []Step{
		{"14:42", bob, "The cause", want(workflow.Identify{Cause: "Regex pattern in token validation was changed in PR #423.\nChange was not tested with tokens containing dashes."})},
		{"14:44", jane, "Rollback or hotfix", want(workflow.Choose{Option: workflow.HotfixOption, Answers: decisionAnswers()})},
		{"14:46", jane, "A task with an owner", want(workflow.Assign{Text: "restore the token pattern", Owner: bob, Box: 15 * time.Minute})},
		{"14:50", bob, "The minimal fix", want(workflow.RecordFix{Commit: commit, Summary: "Token validation reverted to the previous pattern, one line."})},
		{"14:51", bob, "The task is done", finishFirst},
		{"14:53", bob, "The regression test", want(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- src/auth/token.test.ts", Suite: workflow.RegressionSuite, Passed: true, Took: 9 * time.Second}})},
		{"14:54", bob, "The critical paths", want(workflow.RecordTest{Run: workflow.TestRun{Command: `npm test -- --grep "auth"`, Passed: true, Took: 41 * time.Second, Output: "38 passing"}})},
		{"14:55", bob, "The way back", want(workflow.ReadyRollback{Command: "npm run deploy:rollback", Version: "v1.2.2"})},
		{"14:56", lead, "One approver, not the fixer", want(workflow.Approve{Person: lead})},
		{"14:56", sam, "The second update", want(workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Cause found, the fix is tested and goes out now."})},
		{"14:57", jane, "The pause before the deploy", want(workflow.ConfirmPhase{Phase: "during"})},
		{"14:58", bob, "The fix goes out", want(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4", Command: "npm run deploy:production --hotfix"}})},
	}
}

// After is the last part: verify, all-clear, and the post-mortem.
func After() []Step {
	steps := []Step{
		{"15:05", bob, "Verified in production", want(workflow.RecordCheck{Check: workflow.Check{What: "POST /api/auth/login answers 200", Outcome: workflow.CheckPassed, Before: "500", After: "200"}})},
		{"15:06", sam, "The error rate falls", want(workflow.RecordCheck{Check: workflow.Check{What: "auth_errors is decreasing", Outcome: workflow.CheckPassed, Before: "31%", After: "0.1%"}})},
		{"15:12", sam, "The third update", want(workflow.Tell{Channel: workflow.StatusPageChannel, Text: "Login works again. We keep watching."})},
		{"15:19", jane, "The fire is out", want(workflow.GiveAllClear{})},
		{"15:20", jane, "No post-mortem, no lesson", want(workflow.Schedule{When: workflow.StampAt(Day.Add(34*time.Hour), time.UTC), Owner: jane})},
		{"15:21", jane, "The last pause", want(workflow.ConfirmPhase{Phase: "after"})},
		{"15:40", jane, "The impact in numbers", want(workflow.WriteSection{Section: workflow.ImpactSection, Text: "- ~2,000 users affected\n- ~500 support tickets\n- Estimated $5,000 revenue impact"})},
		{"15:41", jane, "What was learned", want(workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. Token validation changes need specific test cases\n2. Auth changes should have staging soak time\n3. Canary deploy would have caught this"})},
	}
	for _, text := range []string{
		"Add regression test for dash-containing tokens",
		"Add auth-specific test coverage requirements",
		"Implement canary deployment for auth changes",
	} {
		steps = append(steps, Step{"15:42", jane, "What to do about it", want(workflow.AddAction{Text: text})})
	}
	return steps
}

func decisionAnswers() map[string]string {
	return map[string]string{
		"previous-worked": workflow.Yes, "rollback-faster": workflow.No, "multiple-issues": workflow.No,
		"cannot-roll-back": workflow.No, "previous-has-issues": workflow.Yes, "fix-small-and-clear": workflow.Yes,
	}
}

// finishFirst ends the task that is due first.
func finishFirst(in workflow.Incident) workflow.Intent {
	var id workflow.EventID
	if open := in.OpenAssignments(); len(open) > 0 {
		id = open[0].ID
	}
	return workflow.FinishAssignment{ID: id}
}
