// Package sample is the auth outage of the hotfix workflow's own description,
// as a script of intents: what was asked, by whom, and when. The first start
// shows it, the demo plays it, and the stories test with it.
package sample

import (
	"time"

	"firebreak/workflow"
)

// Alert is the moment of the first alert, UTC.
func Alert() time.Time { return time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC) }

// Title is the incident's title; the post-mortem's heading is made from it.
const Title = "Auth Outage"

// Step is one moment of the script.
type Step struct {
	After     time.Duration // since the first alert
	Actor     string
	Says      string // what happens, for people who watch the replay
	Want      func(workflow.Incident) workflow.Intent
	Increment bool // the increment is written to disk now; Want is nil
}

// minute is a step's place in the script: minutes since the first alert.
const minute = time.Minute

// The people of the sample.
const (
	jane = "Jane" // incident commander
	sam  = "Sam"  // scribe
	bob  = "Bob"  // fixer
	lead = "Ann"  // approver
)

// commit is the fix of the sample; tests and the approval are bound to it.
const commit = "f3a91c2"

func at(after time.Duration, actor, says string, wants func(workflow.Incident) workflow.Intent) Step {
	return Step{After: after, Actor: actor, Says: says, Want: wants}
}

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

// Script is the whole outage, from the first alert at zero to the action items.
func Script(p workflow.Playbook, zero time.Time) []Step {
	steps := append(before(p), during()...)
	return append(steps, after(zero)...)
}

// before is the first part: assess, communicate, write the increment.
func before(p workflow.Playbook) []Step {
	return []Step{
		at(0, jane, "The first alert, and the declaration", want(Declaration(p))),
		at(1*minute, jane, "What people see", want(workflow.Assess{Field: workflow.Symptoms, Text: "500 error on /api/auth/login"})),
		at(1*minute, jane, "A first guess", want(workflow.Assess{Field: workflow.Hypothesis, Text: "Recent deploy broke auth token validation"})),
		at(2*minute, sam, "On-call is told", want(workflow.Tell{Channel: workflow.OnCallChannel})),
		at(3*minute, bob, "On-call acknowledges", want(workflow.Mark{Milestone: workflow.Acknowledged})),
		at(3*minute, bob, "Bob fixes", want(workflow.Claim{Role: workflow.Fixer, Person: bob})),
		at(4*minute, sam, "Stakeholders are told", want(workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down for everyone. We are on it."})),
		at(5*minute, sam, "The status page is updated", want(workflow.Tell{Channel: workflow.StatusPageChannel, Text: "Investigating login failures"})),
		at(5*minute, lead, "Ann approves", want(workflow.Claim{Role: workflow.Approver, Person: lead})),
		at(6*minute, jane, "The pause before the fix", want(workflow.ConfirmPhase{Phase: "before"})),
		at(7*minute, bob, "The problem in one sentence", want(workflow.WriteText{Which: workflow.ProblemText, Text: "Users receiving 500 error on login after v1.2.3 deploy."})),
		at(8*minute, bob, "What the fix will do", want(workflow.WriteText{Which: workflow.FixText, Text: "Revert token validation to previous behavior."})),
		{After: 9 * minute, Actor: bob, Says: "The increment, in the repository", Increment: true},
	}
}

// during is the second part: cause, decision, fix, tests, deploy.
func during() []Step {
	return []Step{
		at(10*minute, bob, "The cause", want(workflow.Identify{Cause: "Regex pattern in token validation was changed in PR #423.\nChange was not tested with tokens containing dashes."})),
		at(12*minute, jane, "Rollback or hotfix", want(workflow.Choose{Option: workflow.HotfixOption, Answers: decisionAnswers()})),
		at(14*minute, jane, "A task with an owner", want(workflow.Assign{Text: "restore the token pattern", Owner: bob, Box: 15 * time.Minute})),
		at(18*minute, bob, "The minimal fix", want(workflow.RecordFix{Commit: commit, Summary: "Token validation reverted to the previous pattern, one line."})),
		at(19*minute, bob, "The task is done", finishFirst),
		at(21*minute, bob, "The regression test", want(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- src/auth/token.test.ts", Suite: workflow.RegressionSuite, Passed: true, Took: 9 * time.Second}})),
		at(22*minute, bob, "The critical paths", want(workflow.RecordTest{Run: workflow.TestRun{Command: `npm test -- --grep "auth"`, Passed: true, Took: 41 * time.Second, Output: "38 passing"}})),
		at(23*minute, bob, "Only the fix is in it", want(workflow.RecordScope{Judgement: scope()})),
		at(23*minute, bob, "The way back", want(workflow.ReadyRollback{Command: "npm run deploy:rollback", Version: "v1.2.2"})),
		at(24*minute, lead, "One approver, not the fixer", want(workflow.Approve{Person: lead})),
		at(24*minute, sam, "The second update", want(workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Cause found, the fix is tested and goes out now."})),
		at(25*minute, jane, "The pause before the deploy", want(workflow.ConfirmPhase{Phase: "during"})),
		at(26*minute, bob, "The fix goes out", want(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4", Command: "npm run deploy:production --hotfix"}})),
	}
}

// after is the last part: verify, all-clear, and the post-mortem.
func after(zero time.Time) []Step {
	steps := []Step{
		at(33*minute, bob, "Verified in production", want(workflow.RecordCheck{Check: workflow.Check{What: "POST /api/auth/login answers 200", Outcome: workflow.CheckPassed, Before: "500", After: "200"}})),
		at(34*minute, sam, "The error rate falls", want(workflow.RecordCheck{Check: workflow.Check{What: "auth_errors is decreasing", Outcome: workflow.CheckPassed, Before: "31%", After: "0.1%"}})),
		at(40*minute, sam, "The third update", want(workflow.Tell{Channel: workflow.StatusPageChannel, Text: "Login works again. We keep watching."})),
		at(47*minute, jane, "The fire is out", want(workflow.GiveAllClear{})),
		at(48*minute, jane, "No post-mortem, no lesson", want(workflow.Schedule{When: workflow.StampAt(zero.Truncate(24*time.Hour).Add(34*time.Hour), time.UTC), Owner: jane})),
		at(49*minute, jane, "The last pause", want(workflow.ConfirmPhase{Phase: "after"})),
		at(68*minute, jane, "The impact in numbers", want(workflow.WriteSection{Section: workflow.ImpactSection, Text: "- ~2,000 users affected\n- ~500 support tickets\n- Estimated $5,000 revenue impact"})),
		at(69*minute, jane, "What was learned", want(workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. Token validation changes need specific test cases\n2. Auth changes should have staging soak time\n3. Canary deploy would have caught this"})),
	}
	for _, text := range []string{
		"Add regression test for dash-containing tokens",
		"Add auth-specific test coverage requirements",
		"Implement canary deployment for auth changes",
	} {
		steps = append(steps, at(70*minute, jane, "What to do about it", want(workflow.AddAction{Text: text})))
	}
	return steps
}

func decisionAnswers() map[string]string {
	return map[string]string{
		"previous-worked": workflow.Yes, "rollback-faster": workflow.No, "multiple-issues": workflow.No,
		"cannot-roll-back": workflow.No, "previous-has-issues": workflow.Yes, "fix-small-and-clear": workflow.Yes,
	}
}

// scope is what the guard says of the fix: the pattern as it was, and one test.
func scope() workflow.ScopeJudgement {
	return workflow.ScopeJudgement{
		Base: "5d0c4e19", Tip: commit, Files: 2, Added: 10, Removed: 1, Counted: 2,
		Tests: []string{"src/auth/token.test.ts"}, Authors: []string{bob},
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

// Clock is the step's time of day on the day of the outage: "1432" as file
// names can hold it.
func (s Step) Clock() string { return Alert().Add(s.After).Format("1504") }
