package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// everyKind is one event of each kind that this version reads, with every field
// of its body in use.
func everyKind(t testing.TB) []workflow.Event {
	t.Helper()
	answers := map[string]string{"who": "everyone"}
	bodies := []workflow.Body{
		workflow.Declared{Title: "Login <is> down", Detected: when(0), Service: "auth", FirstLine: "pager", Playbook: book(t), Sample: true, From: "old.md"},
		workflow.Retitled{Title: "Auth"},
		workflow.CancelledBecause{Reason: "drill"},
		workflow.Reopened{Reason: "no drill"},
		workflow.SeveritySet{Level: "SEV1", Was: "SEV2", Reason: "all", Answers: answers},
		workflow.Assessed{Field: workflow.Impact, Text: "all & more"},
		workflow.ServiceSet{Service: "auth"},
		workflow.RoleClaimed{Role: workflow.Fixer, Person: "Bob"},
		workflow.HandedOff{HandOffRecord: workflow.HandOffRecord{Role: workflow.Commander, From: "Jane", To: "Sue", State: "s", Tried: "t", Next: "n", Questions: "q"}},
		workflow.Assigned{Text: "look", Owner: "Bob", Box: time.Minute},
		workflow.AssignmentFinished{ID: "a", Result: "found"},
		workflow.ItemMarked{Item: "i", Text: "step", ItemMark: workflow.ItemMark{State: workflow.ItemOpen, Reason: "r", Evidence: "e", Value: "v", Against: true}},
		workflow.AddedItem{ID: "added-1", Phase: "before", Text: "call"},
		workflow.PhaseConfirmed{Phase: "before", Name: "Before", Done: 1, Of: 2, Reason: "r"},
		workflow.Overridden{Gate: "deploy", Name: "Deploy", By: "Ann", Reason: "r", Missing: []workflow.Fact{workflow.Approved}, Commit: "abc"},
		workflow.Noted{Type: workflow.NoteEntry, Text: "n\u2028\"<>&\\", Milestone: workflow.Mitigated, Pinned: true, Links: []string{"l"}},
		workflow.Noted{Type: workflow.NoteEntry, Text: "n", Attachments: []workflow.Attachment{{Name: "a/\x00b\u202e\"<.png", Media: "image/png", SHA256: sumOf('a'), Bytes: 7}}},
		workflow.DocumentImported{Source: "old.md", Form: workflow.MarkdownForm, Title: "t", Zone: "CET", Day: "2024-11-25", DayOrder: workflow.DayFirst, Entries: 2, Notes: 5, Sections: 1, Actions: 3, There: 4},
		workflow.EntryImported{
			Type: workflow.NoteEntry, Text: "n", Milestone: workflow.Mitigated, Links: []string{"l"}, Who: "Bob", Source: "old.md", Line: 12, Read: workflow.LikelyLine,
			Day: workflow.Origin{From: workflow.FromHeading, Says: "line 3"}, Zone: workflow.Origin{From: workflow.FromNowhere, Says: "assumed"}, Notes: []string{"odd"}, Aside: true,
		},
		workflow.SectionImported{Section: workflow.LessonsSection, Text: "l", Heading: "What we learned", Source: "old.md", Line: 40},
		workflow.Attached{Entry: "e", Files: []workflow.Attachment{{Name: "trace.txt", SHA256: sumOf('b'), Bytes: 1}}},
		workflow.Detached{Entry: "e", SHA256: sumOf('b'), Name: "trace.txt", From: []workflow.EventID{"x"}},
		workflow.Corrected{
			Entry: "e", Type: to(workflow.AlertEntry), At: to(about(3)), Text: to("t"), Milestone: to(workflow.Mitigated),
			Pinned: to(true), Hidden: to(false), Reported: to(true), Links: to([]string{"l"}),
		},
		workflow.Marked{Milestone: workflow.Mitigated, Text: "m"},
		workflow.UpdateSent{Channel: workflow.OnCallChannel, Text: "u"},
		workflow.Decided{Option: workflow.HotfixOption, Reason: "r", Answers: answers, Proposed: workflow.RollbackOption, WouldChange: "w", Evidence: []workflow.Evidence{{ID: "cannot-roll-back", Answer: workflow.Yes, Says: "e", Source: workflow.FromGit}}, BackTo: "v0", Good: "v1", Suspect: "abc"},
		workflow.TextWritten{Which: workflow.FixText, Text: "f"},
		workflow.CauseIdentified{Cause: "c", Again: true},
		workflow.FixRecorded{Change: workflow.Change{Commit: "abc", Summary: "s", Branch: "hotfix/x"}, Was: "def"},
		workflow.TaskMarked{ID: "T-001", Title: "t", TaskMark: workflow.TaskMark{Done: true}},
		workflow.AddedTask{ID: "T-009", Title: "t"},
		workflow.TaskRenamed{ID: "T-001", Title: "x"},
		workflow.TaskDropped{ID: "T-002", Title: "t", Reason: "not now"},
		workflow.WrittenIncrement{ID: "0015-x", Root: "/r", Path: "p", Type: "hotfix"},
		workflow.IncrementLinked{
			WrittenIncrement: workflow.WrittenIncrement{ID: "0015-x", Root: "/r", Path: "p", Type: "hotfix"},
			Tasks:            []workflow.LinkedTask{{ID: "T-001", Title: "t", Done: true}}, Added: []workflow.LinkedTask{{ID: "T-002", Title: "u"}},
		},
		workflow.IncrementMoved{State: workflow.Paused, Reason: "waits"},
		workflow.ClashSettled{Part: workflow.CausePart, Ours: "o", Theirs: "t", Keep: workflow.KeepBoth},
		workflow.TestRecorded{TestRun: workflow.TestRun{Command: "npm test", Suite: "full", Passed: true, Took: time.Second, Commit: "abc", Output: "o", Override: "why", OverrideBy: "Bob", Name: "All", From: workflow.SeenHere, Ending: workflow.RunExited, Exit: 1, Dirty: true}},
		workflow.Approval{Person: "Ann", Commit: "abc"},
		workflow.RollbackPlan{Command: "back", Version: "v1"},
		workflow.DeployDone{Deploy: workflow.Deploy{Environment: workflow.Production, Rollback: true, Version: "v", Commit: "abc", Command: "c"}},
		workflow.Checked{Check: workflow.Check{What: "w", Outcome: workflow.CheckFailed, Before: "b", After: "a", Probe: "login", Soaked: time.Minute}},
		workflow.AllClearGiven{Text: "over"},
		workflow.SectionWritten{Section: workflow.LessonsSection, Text: "l"},
		workflow.SectionAttached{Section: workflow.LessonsSection, Files: []workflow.Attachment{{Name: "graph.png", Media: "image/png", SHA256: sumOf('c'), Bytes: 9}}},
		workflow.ReviewMoved{State: workflow.Final, Reason: "r"},
		workflow.MeetingSet{Meeting: workflow.Meeting{When: when(99), Owner: "Jane"}},
		workflow.Exported{Export: workflow.Export{Document: "post-mortem", Root: "/r", Path: "p"}},
		workflow.DocumentsCommitted{Commit: workflow.Commit{ID: "0123456789abcdef", Root: "/r", Branch: "main", Message: "m\nn", Paths: []string{"p", "q"}}},
		workflow.ActionAdded{Text: "t", Type: "prevent", Owner: "Bob", Due: "2024-12-05", Done: true},
		workflow.ActionChanged{ID: "a", Text: to("t"), Type: to("x"), Owner: to("o"), Due: to("d"), State: to(workflow.ActionDone)},
		workflow.LeakJudged{Fingerprint: "k7f3-9qxm", Judgement: workflow.Judgement{Rule: "aws", Name: "AWS access key", Leak: workflow.SecretLeak, Verdict: workflow.RedactLeak, Why: "w", Places: 2}},
		workflow.LeaksBlotted{What: []string{"password"}, Events: 3, Why: "w"},
		workflow.Redacted{Was: "entry.noted@1", By: "Jane", Why: "a password", On: alert},
		workflow.Undone{Batch: "b"},
		workflow.ScopeDeclared{DeclaredScope: workflow.DeclaredScope{Base: "v1.2.3", Paths: []string{"src/auth/**"}}},
		workflow.ScopeJudged{ScopeJudgement: everyJudgement(), ByHand: "read it"},
		workflow.FindingSettled{ID: "rename-k7f3", Rule: workflow.RenameRule, Path: "a.go", Says: "renamed", Reason: "r", Ticket: "t"},
		workflow.ProbeAdded{Look: workflow.Probe{
			ID: "login", Name: "n", Kind: workflow.HTTPProbe, URL: "https://a/b", Method: "POST", Headers: []string{"Accept: text/plain"}, Body: "b", Status: 200, Text: "t",
			Within: time.Second, Metric: "m", Below: "3", Falling: true, Run: "r", Limit: time.Minute,
		}},
		workflow.ProbeDropped{ID: "login", Name: "n", Reason: "r"},
		workflow.DeployStarted{DeployRun: workflow.DeployRun{Environment: workflow.Production, Rollback: true, DryRun: true, Command: "c", Version: "v", Commit: "abc"}},
		workflow.DeployEnded{Started: "s", What: "rollback", DryRun: true, DeployEnding: workflow.DeployEnding{Well: true, Told: true, Ending: workflow.RunExited, Exit: 3, Took: time.Second, Tail: "t", Says: "s"}},
		workflow.ScopeDeclared{DeclaredScope: workflow.DeclaredScope{Base: "v1.2.3", Paths: []string{"src/auth/**"}}},
		workflow.ScopeJudged{ScopeJudgement: everyJudgement(), ByHand: "read it"},
		workflow.FindingSettled{ID: "rename-k7f3", Rule: workflow.RenameRule, Path: "a.go", Says: "renamed", Reason: "r", Ticket: "t"},
	}
	via := [2]string{"", "tasks.md"}
	covered := map[workflow.Kind]bool{}
	var out []workflow.Event
	for i, b := range bodies {
		covered[b.Kind()] = true
		id := workflow.EventID([]byte{'k', byte('a' + i/26), byte('a' + i%26)})
		out = append(out, workflow.Event{
			ID: id, Batch: id, Base: []workflow.EventID{"x", "y"}, Incident: "incident-1", Device: "laptop", Actor: "Jané \"<J>\"", Via: via[i%2],
			Clock: workflow.Clock(i + 1).Next(alert), At: about(float64(i)), Recorded: alert.Add(time.Duration(i) * 1234567), Body: b,
		})
	}
	for _, k := range workflow.KnownKinds() {
		require.True(t, covered[k], "a kind that this version reads has no event here: %s", k)
	}
	return out
}

// everyJudgement is a judgement with every field in use.
func everyJudgement() workflow.ScopeJudgement {
	return workflow.ScopeJudgement{
		Base: "def5678", Tip: "abc1234", Files: 2, Added: 3, Removed: 1, Counted: 4, Loose: true, Tests: []string{"a_test.go"},
		Authors: []string{"Bob"}, Unknown: []string{"What a binary file holds."},
		Findings: []workflow.ScopeFinding{{
			ID: "rename-k7f3", Rule: workflow.RenameRule, Path: "a.go", Says: "renamed", Why: "it hides the fix", Mild: true,
			Lines: []workflow.ScopeLine{{Line: "-\tx()", Old: 3, New: 4}}, More: 2, Commit: "abc1234",
		}, {ID: "mode-a2b4", Rule: workflow.ModeRule, Path: "run.sh", Says: "run.sh may be run by everybody", Why: "it is not the fix"}},
	}
}
