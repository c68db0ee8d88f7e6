package workflow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// oneOfEachKind plays a story in which each kind of event is written by an
// intent, so that each can be taken back. Ask is called with every intent.
func oneOfEachKind(s *scene, ask func(workflow.Intent)) {
	for _, want := range []workflow.Intent{
		workflow.Retitle{Title: "Auth outage"},
		workflow.SetService{Service: "auth"},
		workflow.SetSeverity{Level: "SEV2", Reason: "some"},
		workflow.Assess{Field: workflow.Impact, Text: "all"},
		workflow.Claim{Role: workflow.Fixer, Person: "Bob"},
		workflow.HandOff{To: "Sue", State: "s", ReadBack: true},
		workflow.Assign{Text: "look", Owner: "Bob"},
		workflow.Tell{Channel: workflow.StakeholderChannel, Text: "down"},
		workflow.Tell{Channel: workflow.StatusPageChannel},
		workflow.Untick{Item: "impact-understood", Reason: "r"},
		workflow.Tick{Item: "impact-understood"},
		workflow.AddItem{Phase: "before", Text: "call the bank"},
		workflow.ConfirmPhase{Phase: "before", Reason: "r"},
		workflow.Note{Text: "first", Pinned: true, Links: []string{"l"}},
		workflow.Mark{Milestone: workflow.Acknowledged},
		workflow.Choose{Option: workflow.HotfixOption, Reason: "small"},
		workflow.WriteText{Which: workflow.ProblemText, Text: "p"},
		workflow.RecordIncrement{ID: "0015-x"},
		workflow.MoveIncrement{To: workflow.Paused, Reason: "waits for the vendor"},
		workflow.MoveIncrement{To: workflow.Active},
		workflow.SettleClash{Part: workflow.ProblemPart, Ours: "p", Theirs: "q", Keep: workflow.KeepOurs},
		workflow.Identify{Cause: "regex"},
		workflow.RecordFix{Commit: "abc", Summary: "dash"},
		workflow.MarkTask{ID: "T-001", Done: false},
		workflow.AddTask{Title: "more"},
		workflow.RenameTask{ID: "T-001", Title: "other"},
		workflow.DropTask{ID: "T-003", Reason: "a test is there already"},
		workflow.LinkIncrement{
			WrittenIncrement: workflow.WrittenIncrement{ID: "0016-y", Root: "/r", Path: "p", Type: "bug"},
			Tasks:            []workflow.LinkedTask{{ID: "T-001", Title: "theirs", Done: true}, {ID: "T-007", Title: "far"}},
		},
		workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true}},
		workflow.ReadyRollback{Version: "v1"},
		workflow.Approve{Person: "Ann"},
		workflow.Override{Gate: workflow.DeployGate, Reason: "now"},
		workflow.RecordDeploy{},
		workflow.StartDeploy{Run: workflow.DeployRun{Command: "./deploy.sh"}},
		workflow.RecordCheck{Check: workflow.Check{What: "login", Outcome: workflow.CheckPassed}},
		workflow.Cancel{Reason: "drill"},
		workflow.Reopen{Reason: "no drill"},
		workflow.GiveAllClear{},
		workflow.WriteSection{Section: workflow.LessonsSection, Text: "l"},
		importing(oldPaper()),
		workflow.AttachToSection{Section: workflow.LessonsSection, Files: []workflow.Attachment{graph()}},
		workflow.Schedule{Owner: "Jane"},
		workflow.AddAction{Text: "regression test", Owner: "Bob"},
		workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Path: "p"}},
		workflow.Judge{Leak: leak("k7f3-9qxm"), Verdict: workflow.RedactLeak},
		workflow.RecordCommit{Commit: workflow.Commit{ID: "0123456789", Branch: "main", Message: "m", Paths: []string{"p"}}},
		workflow.SetReview{State: workflow.Final},
		workflow.DeclareScope{Base: "v1.2.3", Paths: []string{"src/auth/**"}},
		workflow.RecordScope{Judgement: everyJudgement()},
		workflow.SettleFinding{ID: "mode-a2b4", Ticket: "take the mode back", Owner: "Bob"},
		workflow.AddProbe{Probe: workflow.Probe{ID: "login", Kind: workflow.HTTPProbe, URL: "https://api.example.com/login"}},
		workflow.DropProbe{ID: "login", Reason: "it is another service"},
	} {
		ask(want)
		switch want.(type) {
		case workflow.Assign:
			ask(workflow.FinishAssignment{ID: s.in.Crew.Assignments[0].ID, Result: "found"})
		case workflow.AddAction:
			ask(workflow.ChangeAction{ID: s.in.Review.ActionItems()[0].ID, State: to(workflow.ActionDone), Text: to("other")})
		case workflow.StartDeploy:
			if open, ok := s.in.OpenDeploy(); ok {
				ask(workflow.EndDeploy{Started: open.Entry, Ran: workflow.Ran{Ending: workflow.RunExited}})
			}
		case workflow.Note:
			entry := s.last()
			file := workflow.Attachment{Name: "trace.txt", SHA256: sumOf('a'), Bytes: 3}
			ask(workflow.Correct{Entry: entry.ID, Text: to("second"), At: to(when(1)), Hidden: to(true), Pinned: to(false), Reported: to(true)})
			ask(workflow.Attach{Entry: entry.ID, Files: []workflow.Attachment{file}})
			ask(workflow.Detach{Entry: entry.ID, File: file})
		}
	}
}

// mayRefuse asks for something and says whether it was refused.
func (s *scene) mayRefuse(want workflow.Intent) bool {
	events, err := workflow.Decide(s.in, want, s.env())
	if err == nil {
		s.in = s.in.With(events...)
	}
	return err != nil
}

func TestEveryKindIsTakenBackAndDoneAgain(t *testing.T) {
	s := fire(t)
	walked := map[workflow.Kind]bool{}
	oneOfEachKind(s, func(want workflow.Intent) {
		before := s.in
		if s.mayRefuse(want) {
			return // the fire's rules; the kinds that count are checked below
		}
		events := s.in.Events()
		for _, e := range events[len(before.Events()):] { // a request can write several, and undo takes them all
			walked[e.Body.Kind()] = true
		}
		after := s.in
		s.do(workflow.Undo{})
		same(t, before, s.in)
		s.do(workflow.Redo{})
		same(t, after, s.in)
		same(t, s.in, workflow.Fold(s.in.ID, s.in.Events()))
	})
	for _, kind := range workflow.KnownKinds() {
		switch kind {
		case "incident.declared@1", "redacted@1", "leak.blotted@1", "undone@1": // the first stays, what is gone cannot come back, the last is the way back
		default:
			assert.True(t, walked[kind], "no story takes a %s back: add its intent to oneOfEachKind", kind)
		}
	}

	n := 0
	for ; !s.mayRefuse(workflow.Undo{}); n++ {
		require.Less(t, n, 200)
	}
	same(t, fire(t).in, s.in)
	for range n {
		s.do(workflow.Redo{})
	}
	s.refuses(workflow.Redo{}, "redo.nothing")
	assert.Equal(t, workflow.Closed, s.in.Stage())
}

func TestTheDeclarationIsNotUndoneButCancelled(t *testing.T) {
	s := fire(t)
	rule := s.refuses(workflow.Undo{}, "undo.nothing")
	assert.Contains(t, rule.Says, "cancel it with a reason")
	s.do(workflow.Cancel{Reason: "a drill"})
	assert.False(t, s.in.Open())
	assert.Equal(t, "Cancelled: a drill", s.canUndo())
	s.do(workflow.Undo{})
	assert.True(t, s.in.Open(), "a cancellation can be taken back")
	s.do(workflow.Redo{})
	assert.Equal(t, workflow.Cancelled, s.in.Stage())
	s.device = "other"
	assert.Contains(t, s.refuses(workflow.Undo{}, "undo.nothing").Says, "undone there")
}

// TestTwoDevicesTakeBackTheirOwnAndNothingElse plays two devices that work on
// one log at the same time: an undo on one of them gives the state that the log
// would have without the change, and a redo the state that it had.
func TestTwoDevicesTakeBackTheirOwnAndNothingElse(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 21))
			s := fire(t)
			for range 150 {
				s.device = pick(dice, workflow.DeviceID("laptop"), "other")
				if !tryRandom(s, dice) || dice.IntN(3) > 0 {
					continue
				}
				before := s.in
				what, ok := s.in.CanUndo(s.device)
				if !ok {
					s.refuses(workflow.Undo{}, "undo.nothing")
					continue
				}
				require.NotEmpty(t, what)
				s.do(workflow.Undo{})
				mine := s.in.Events()[len(s.in.Events())-1].Body.(workflow.Undone).Batch
				without := slices.DeleteFunc(before.Events(), func(e workflow.Event) bool { return e.Batch == mine })
				require.Equal(t, titleAndLines(workflow.Fold(s.in.ID, without)), titleAndLines(s.in))
				require.Len(t, s.in.Events(), len(before.Events())+1, "what is undone stays in the log")
				s.do(workflow.Redo{})
				same(t, before, s.in)
			}
		})
	}
}

// titleAndLines is what two logs agree on that differ by a change left out: the
// log that has it still knows what its author had seen.
func titleAndLines(in workflow.Incident) string {
	var out []string
	for _, e := range in.Timeline.All() {
		out = append(out, e.At.Get().Full(nil)+" "+e.Text.Get())
	}
	return fmt.Sprint(in.Triage.Title.Get(), in.Triage.Severity.Get(), in.Stage(), out)
}
