package export_test

import (
	"testing"
	"time"

	"firebreak/export"
	"firebreak/workflow"
)

// rolledBack is an incident of days that a rollback ended after a first fix did
// not hold, with everything that went beside the book.
func rolledBack(t *testing.T) workflow.Incident {
	p := newPlayer(t)
	at := func(d time.Duration) { p.now = p.now.Add(d) }
	p.do("Jane", workflow.Declare{Title: "Orders are charged twice", Service: "billing", Severity: "SEV2", Commander: "Jane", Scribe: "Sam", Impact: "Some orders are charged twice", FirstLine: "A customer called", Playbook: standard(t)})
	at(9 * time.Minute)
	p.do("Jane", workflow.Mark{Milestone: workflow.Acknowledged}, workflow.Tell{Channel: workflow.StakeholderChannel, Text: "We look into double charges."})
	at(31 * time.Minute)
	p.do("Jane", workflow.SetSeverity{Level: "SEV1", Reason: "every order is charged twice since 15:00"},
		workflow.Skip{Item: "status-page-updated", Reason: "the status page is down as well"},
		workflow.Choose{Option: workflow.HotfixOption, Reason: "a migration ran since"}, workflow.Claim{Role: workflow.Fixer, Person: "Bob"})
	p.do("Bob", workflow.RecordFix{Commit: "11aa22b", Summary: "Ask for the key once more before charging."}, workflow.RecordTest{Run: workflow.TestRun{Command: "go test ./billing/...", Passed: false}})
	p.do("Jane", workflow.Override{Gate: workflow.DeployGate, By: "Ann", Reason: "each minute costs money, the failing test is about rounding"})
	p.do("Bob", workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v7.1.1"}})
	at(2 * time.Hour)
	p.do("Bob", workflow.RecordCheck{Check: workflow.Check{What: "double charges an hour", Outcome: workflow.CheckFailed, Before: "310", After: "120"}})
	p.do("Jane", workflow.HandOff{To: "Kim", State: "v7.1.1 halves it, no more", Next: "roll back once the migration is undone", Questions: "Which orders have been charged twice?", ReadBack: true})
	at(11 * time.Hour)
	p.do("Kim", workflow.Note{Text: "Migration undone, see `db/undo.sql`"}, workflow.Choose{Option: workflow.RollbackOption, Reason: "the migration is undone, and v7.0.9 worked"},
		workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v7.0.9", Rollback: true}}, workflow.Identify{Cause: "The retry of v7.1.0 sent a new key with each try."})
	at(30 * time.Minute)
	p.do("Kim", workflow.RecordCheck{Check: workflow.Check{What: "double charges an hour", Outcome: workflow.CheckUnknown}}, workflow.RecordCheck{Check: workflow.Check{What: "double charges an hour", Outcome: workflow.CheckPassed, Before: "310", After: "0"}},
		workflow.Note{Text: "Support called back the first customers", At: stamp(t, "2024-11-26 04:??")}, workflow.GiveAllClear{}, workflow.AddAction{Text: "Refund the double charges", Owner: "Sam", Due: "2024-11-29"})
	return p.in
}

func cancelled(t *testing.T) workflow.Incident {
	p := newPlayer(t)
	p.do("Jane", workflow.Declare{Title: "Checkout fails", Severity: "SEV2", Commander: "Jane", Playbook: standard(t)})
	p.now = p.now.Add(12 * time.Minute)
	p.do("Jane", workflow.Cancel{Reason: "the alert itself was broken"})
	return p.in
}

func cosmetic(t *testing.T) workflow.Incident {
	p := newPlayer(t)
	p.do("Ann", workflow.Declare{Title: "Profile image not loading", Severity: "SEV3", Commander: "Ann", Impact: "Profile images are broken on iOS", Playbook: standard(t)})
	p.now = p.now.Add(5 * time.Hour)
	p.do("Ann", workflow.Identify{Cause: "The image server's certificate had run out."}, workflow.RecordFix{Summary: "New certificate"},
		workflow.Override{Gate: workflow.DeployGate, Reason: "a certificate is no code"}, workflow.RecordDeploy{}, workflow.RecordCheck{Check: workflow.Check{What: "images load on iOS", Outcome: workflow.CheckPassed}}, workflow.GiveAllClear{})
	return p.in
}

func TestThePostMortemsOfOtherKindsOfIncidentsAreAsTheyWere(t *testing.T) {
	t.Parallel()
	golden(t, "postmortem-rolled-back.md", string(export.Postmortem(rolledBack(t))))
	golden(t, "postmortem-cancelled.md", string(export.Postmortem(cancelled(t))))
	golden(t, "postmortem-cosmetic.md", string(export.Postmortem(cosmetic(t))))
}
