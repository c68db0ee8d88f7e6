package workflow_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// pick is one of several, by dice.
func pick[T any](dice *rand.Rand, of ...T) T { return of[dice.IntN(len(of))] }

// maybe is a value or none.
func maybe[T any](dice *rand.Rand, of ...T) *T {
	if dice.IntN(2) == 0 {
		return nil
	}
	return to(pick(dice, of...))
}

// someIntent is anything that can be asked, sensible or not.
func someIntent(dice *rand.Rand, in workflow.Incident) workflow.Intent {
	text := pick(dice, "", "a", "b\nsecond line", "c")
	person := pick(dice, "", "Jane", "Bob", "Ann", "Sue")
	reason := pick(dice, "", "because")
	commit := pick(dice, "", "abc1234", "fff9999")
	level := pick(dice, "", "SEV1", "SEV2", "SEV3", "SEV9")
	at := pick(dice, workflow.Stamp{}, when(float64(dice.IntN(200)-20)), about(float64(dice.IntN(60))), workflow.UnknownStamp("14:??"))
	part := pick(dice, workflow.FixPart, workflow.CausePart, workflow.TaskPart("T-002"), workflow.TaskPart("T-077"), workflow.TitlePart("T-001"))
	item := pick(dice, "impact-understood", "status-page-updated", "critical-tests-pass", "fix-verified", "nope")
	entry, action, task := workflow.EventID("nope"), workflow.EventID("nope"), workflow.EventID("nope")
	if all := in.Timeline.All(); len(all) > 0 {
		entry = pick(dice, all...).ID
	}
	if all := in.Review.ActionItems(); len(all) > 0 {
		action = pick(dice, all...).ID
	}
	if all := in.Crew.Assignments; len(all) > 0 {
		task = pick(dice, all...).ID
	}
	return pick[workflow.Intent](
		dice,
		workflow.Note{Text: text, At: at, Pinned: dice.IntN(2) == 0, Kind: pick(dice, workflow.EntryKinds()...), Milestone: pick(dice, "", workflow.Mitigated, workflow.Acknowledged)},
		workflow.Correct{
			Entry: entry, Text: maybe(dice, "x", "y"), At: maybe(dice, at), Hidden: maybe(dice, true, false), Pinned: maybe(dice, true, false),
			Reported: maybe(dice, true, false), Kind: maybe(dice, workflow.EntryKinds()...), Links: maybe(dice, []string{"l"}),
			Milestone: maybe(dice, "", workflow.Detected, workflow.FixDeployed, workflow.AllClear),
		},
		workflow.Undo{}, workflow.Undo{}, workflow.Redo{},
		workflow.Retitle{Title: text}, workflow.Cancel{Reason: reason}, workflow.Reopen{Reason: reason}, workflow.Reopen{Reason: "it is back"},
		workflow.SetSeverity{Level: level, Reason: reason, Answers: map[string]string{"who": pick(dice, "everyone", "some", workflow.Unsure)}},
		workflow.Assess{Field: pick(dice, workflow.AssessmentFields()...), Text: text}, workflow.SetService{Service: text},
		workflow.Claim{Role: pick(dice, workflow.Scribe, workflow.Fixer, workflow.Approver), Person: person},
		workflow.HandOff{Role: pick(dice, "", workflow.Scribe), To: person, ReadBack: dice.IntN(4) > 0},
		workflow.Assign{Text: text, Owner: person, Box: time.Duration(dice.IntN(3)) * time.Minute}, workflow.FinishAssignment{ID: task, Result: text},
		workflow.Tick{Item: item, Evidence: text}, workflow.Skip{Item: item, Reason: reason}, workflow.Untick{Item: item, Reason: reason},
		workflow.AddItem{Phase: pick(dice, "before", "during"), Text: text}, workflow.ConfirmPhase{Phase: pick(dice, "before", "during", "after"), Reason: reason},
		workflow.Override{Gate: pick(dice, workflow.DeployGate, workflow.AllClearGate), Reason: reason},
		workflow.Tell{Channel: pick(dice, workflow.Channels()...), Text: text, At: at}, workflow.Mark{Milestone: pick(dice, workflow.KnownMilestones()...), At: at},
		workflow.Choose{Option: pick(dice, workflow.RollbackOption, workflow.HotfixOption), Reason: reason},
		workflow.WriteText{Which: pick(dice, workflow.ProblemText, workflow.FixText), Text: text}, workflow.Identify{Cause: text, At: at},
		workflow.RecordFix{Commit: commit, Summary: text}, workflow.RecordIncrement{ID: text},
		workflow.MarkTask{ID: pick(dice, "T-001", "T-005"), Done: dice.IntN(2) == 0}, workflow.AddTask{Title: text, ID: pick(dice, "", "", "T-003", "T-042")}, workflow.RenameTask{ID: "T-001", Title: text},
		workflow.DropTask{ID: pick(dice, "T-001", "T-003", "T-042"), Reason: reason}, workflow.MoveIncrement{To: pick(dice, append(workflow.Standings(), "")...), Reason: reason},
		workflow.LinkIncrement{WrittenIncrement: workflow.WrittenIncrement{ID: text, Root: "/r"}, Tasks: []workflow.LinkedTask{{ID: "T-002", Title: "theirs", Done: dice.IntN(2) == 0}}},
		workflow.SettleClash{Part: pick(dice, workflow.CausePart, workflow.StatePart, workflow.TitlePart("T-001"), workflow.DonePart("T-002")), Theirs: text, Keep: pick(dice, workflow.KeepOurs, workflow.KeepTheirs, workflow.KeepBoth)},
		workflow.Adopt{Part: part, Text: text, Was: in.Says(part), Hypothesis: dice.IntN(2) == 0},
		workflow.RecordTest{Run: workflow.TestRun{Command: text, Suite: pick(dice, "", workflow.RegressionSuite, "full"), Passed: dice.IntN(3) > 0}},
		workflow.ReadyRollback{Version: text}, workflow.Approve{Person: person},
		workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: pick(dice, "", workflow.Staging), Rollback: dice.IntN(3) == 0, Version: text}, At: at},
		workflow.RecordCheck{Check: workflow.Check{What: text, Outcome: pick(dice, workflow.CheckPassed, workflow.CheckPassed, workflow.CheckFailed, workflow.CheckUnknown)}, At: at},
		workflow.ImportReading{
			Source: pick(dice, "", "old.md"),
			Lines: []workflow.ImportLine{
				{ReadLine: workflow.ReadLine{Line: 3, At: at, Text: text, Kind: pick(dice, "", workflow.UpdateEntry), Milestone: pick(dice, "", workflow.Detected, workflow.AllClear)}, Chosen: dice.IntN(2) == 0},
				{ReadLine: workflow.ReadLine{Line: 4, At: at, Text: "x", Milestone: pick(dice, "", workflow.Mitigated)}},
			}[:dice.IntN(3)],
			Sections: []workflow.ImportSection{
				{ReadSection: workflow.ReadSection{Heading: "H", Section: pick(dice, "", workflow.LessonsSection, workflow.ActionsSection, workflow.MetricsSection), Text: pick(dice, text, "- do it\n- and that")}, Note: dice.IntN(4) == 0},
			}[:dice.IntN(2)],
		},
		workflow.GiveAllClear{At: at}, workflow.WriteSection{Section: pick(dice, workflow.LessonsSection, workflow.SummarySection), Text: text},
		workflow.AttachToSection{Section: pick(dice, workflow.LessonsSection, workflow.TimelineSection), Files: []workflow.Attachment{pick(dice, graph(), trace())}},
		workflow.SetReview{State: pick(dice, workflow.Drafted, workflow.InReview, workflow.Final), Reason: reason}, workflow.Schedule{When: at, Owner: person},
		workflow.Judge{Leak: leak(pick[workflow.Fingerprint](dice, "", "k7f3-9qxm")), Verdict: pick(dice, workflow.RedactLeak, workflow.KeepLeak, workflow.LetThrough, ""), Why: reason},
		workflow.AddAction{Text: text, Owner: person}, workflow.ChangeAction{ID: action, Text: maybe(dice, "x", "y"), State: maybe(dice, workflow.ActionDone, workflow.ActionOpen)},
		workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Path: text}},
		workflow.DeclareScope{Base: commit, Paths: []string{text}},
		workflow.RecordScope{Judgement: pick(dice, workflow.ScopeJudgement{}, everyJudgement()), ByHand: reason},
		workflow.SettleFinding{ID: pick(dice, "nope", "mode-a2b4"), Accept: dice.IntN(2) == 0, Reason: reason, Ticket: text, Owner: person},
		workflow.StartDeploy{Run: workflow.DeployRun{Environment: pick(dice, "", workflow.Staging), Rollback: dice.IntN(3) == 0, DryRun: dice.IntN(4) == 0, Command: text}},
		someEnd(dice, in),
	)
}

// someEnd is the end of a deploy that was started, mostly.
func someEnd(dice *rand.Rand, in workflow.Incident) workflow.Intent {
	end := workflow.EndDeploy{Started: "nope", Told: pick(dice, "", workflow.TellWent, workflow.TellFailed), Ran: workflow.Ran{Ending: pick(dice, workflow.RunExited, workflow.RunCancelled), Exit: dice.IntN(2), Tail: "t"}}
	if all := in.Proof.Attempts; len(all) > 0 {
		end.Started = pick(dice, all...).Entry
	}
	return end
}

// tryRandom asks for something; a refusal is an answer too.
func tryRandom(s *scene, dice *rand.Rand) bool {
	s.t.Helper()
	s.now = s.now.Add(time.Duration(dice.IntN(90)-5) * time.Second) // clocks are set back, too
	want := someIntent(dice, s.in)
	events, err := workflow.Decide(s.in, want, s.env())
	if err != nil {
		var rule *workflow.RuleError
		require.ErrorAs(s.t, err, &rule, "%T", want)
		helps(s.t, rule)
		return false
	}
	require.NotEmpty(s.t, events, "%T changed nothing and was not refused", want)
	s.in = s.in.With(events...)
	return true
}

func TestWhateverIsAskedFoldingAgainGivesTheSame(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 1))
			s := declared(t, pick(dice, "", "SEV1", "SEV2", "SEV3"))
			var older []workflow.Incident
			var pictures []string
			shown := picture(s.in)
			for done := 0; done < 80; {
				before := s.in
				if !tryRandom(s, dice) {
					continue
				}
				done++
				require.Equal(t, shown, picture(before), "an incident is a value: what follows does not change it")
				same(t, workflow.Fold(s.in.ID, s.in.Events()), s.in)
				shown = picture(s.in)
				if done%20 == 0 {
					older, pictures = append(older, s.in), append(pictures, shown)
				}
			}
			for i := range older {
				require.Equal(t, pictures[i], picture(older[i]), "not even long afterwards")
			}
		})
	}
}

func TestTwoFuturesOfOneIncidentDoNotMix(t *testing.T) {
	for seed := range uint64(3) {
		dice := rand.New(rand.NewPCG(seed, 2))
		base := fire(t)
		for range 60 {
			tryRandom(base, dice)
		}
		one, two := *base, *base
		for range 40 {
			tryRandom(&one, dice)
			shown := picture(one.in)
			tryRandom(&two, dice)
			require.Equal(t, shown, picture(one.in))
		}
	}
}

func TestUndoThenRedoIsNothingAndUndoingAllIsTheBeginning(t *testing.T) {
	for seed := range uint64(4) {
		dice := rand.New(rand.NewPCG(seed, 3))
		s := fire(t)
		start := s.in
		for range 80 {
			if !tryRandom(s, dice) {
				continue
			}
			before := s.in
			if events, err := workflow.Decide(s.in, workflow.Undo{}, s.env()); err == nil {
				s.in = s.in.With(events...)
				s.do(workflow.Redo{})
				same(t, before, s.in)
			}
		}
		for steps := 0; ; steps++ {
			events, err := workflow.Decide(s.in, workflow.Undo{}, s.env())
			var rule *workflow.RuleError
			if errors.As(err, &rule) {
				assert.Equal(t, "undo.nothing", rule.Code)
				break
			}
			require.Less(t, steps, 1000)
			s.in = s.in.With(events...)
		}
		same(t, start, s.in)
	}
}

func TestTheOrderAndTheNumberOfDeliveriesDoNotMatter(t *testing.T) {
	for seed := range uint64(4) {
		dice := rand.New(rand.NewPCG(seed, 4))
		s := fire(t)
		for range 80 {
			tryRandom(s, dice)
		}
		events := s.in.Events()
		doubled := append(s.in.Events(), events[:len(events)/2]...)
		dice.Shuffle(len(doubled), func(i, j int) { doubled[i], doubled[j] = doubled[j], doubled[i] })
		got := workflow.Fold(s.in.ID, doubled)
		same(t, s.in, got)
		assert.Len(t, got.Events(), len(events))
		same(t, s.in, s.in.With(doubled...))
	}
}

func TestWhateverWasWrittenIsReadBackTheSame(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 5))
	s := fire(t)
	for range 300 {
		tryRandom(s, dice)
	}
	var read []workflow.Event
	for _, e := range s.in.Events() {
		data, err := workflow.Encode(e)
		require.NoError(t, err)
		got, err := workflow.Decode(data)
		require.NoError(t, err)
		require.Equal(t, e, got)
		read = append(read, got)
	}
	same(t, s.in, workflow.Fold(s.in.ID, read))
}
