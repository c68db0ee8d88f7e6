package workflow_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// agrees holds the checklist, the tasks, the gates and the next best action
// against the facts: none of them may say otherwise than another.
func agrees(t testing.TB, in workflow.Incident, now time.Time) {
	t.Helper()
	for _, f := range workflow.KnownFacts() {
		found := in.Find(f)
		require.Equal(t, f, found.Fact)
		require.NotEqual(t, found.Holds, found.Missing != "", "%s holds or says what is missing: %+v", f, found)
		require.Equal(t, found.Holds, found.Says != "", "%s says why it holds: %+v", f, found)
	}
	for _, p := range in.Checklist() {
		for _, item := range p.Items {
			switch {
			case item.Fact != "" && item.State == workflow.ItemSkipped: // the way that was decided does without it
				require.False(t, in.Holds(item.SettledBy), "%s is left out although %s holds", item.ID, item.SettledBy)
				require.Equal(t, workflow.RollbackOption, in.Fix.Choice().Option, item.ID)
			case item.Fact != "": // a fact ticked it
				require.Equal(t, workflow.ItemDone, item.State, item.ID)
				require.True(t, in.Holds(item.SettledBy), "%s is ticked by %s, which does not hold", item.ID, item.SettledBy)
			case item.SettledBy != "" && item.By == "" && !item.Clash: // nobody said anything about it
				require.False(t, in.Holds(item.SettledBy), "%s is open although %s holds", item.ID, item.SettledBy)
				require.Equal(t, workflow.ItemOpen, item.State, item.ID)
			}
		}
	}
	for _, task := range in.Tasks() {
		if task.SettledBy != "" && task.By == "" {
			require.Equal(t, in.Holds(task.SettledBy), task.Done, task.ID)
			require.Equal(t, task.Done, task.Fact != "", task.ID)
		}
	}
	for _, g := range in.AllGates() {
		for i, need := range g.Needs {
			require.Equal(t, in.Holds(need), g.Findings[i].Holds, "%s: %s", g.ID, need)
		}
		if !g.Open() {
			require.NotEmpty(t, g.Missing(), g.ID)
		}
	}
	saysTheSame(t, in, now)
}

// saysTheSame holds the next best action against the checklist.
func saysTheSame(t testing.TB, in workflow.Incident, now time.Time) {
	t.Helper()
	next := in.Next(now)
	require.NotContains(t, next.Title+next.Reason, "%!")
	switch next.Step {
	case workflow.StepNone:
		require.False(t, in.Declared() && in.Open(), "while an incident is open there is something to do")
	case workflow.StepItem, workflow.StepClash:
		item, found := in.Item(next.Target)
		require.True(t, found, next.Target)
		require.Equal(t, item.SettledBy, next.Fact)
		if next.Step == workflow.StepItem && item.State == workflow.ItemOpen && item.By == "" && next.Fact != "" {
			require.False(t, in.Holds(next.Fact), "%s is next although it holds", next.Fact)
		}
	}
}

// nothingPassesAClosedGate asks for everything that stands behind a gate.
func nothingPassesAClosedGate(t testing.TB, s *scene) {
	t.Helper()
	for gate, wants := range map[string][]workflow.Intent{
		workflow.DeployGate: {
			workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v9"}},
			workflow.StartDeploy{Run: workflow.DeployRun{Command: "./deploy"}},
		},
		workflow.RollbackGate: {
			workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v8", Rollback: true}},
			workflow.StartDeploy{Run: workflow.DeployRun{Command: "./rollback", Rollback: true}},
		},
		workflow.AllClearGate: {workflow.GiveAllClear{}},
	} {
		open := s.in.Gate(gate).Open()
		for _, want := range wants {
			_, err := workflow.Decide(s.in, want, s.env())
			var rule *workflow.RuleError
			switch {
			case err == nil:
				require.True(t, open, "%T went through the closed gate %s", want, gate)
			case open:
				require.ErrorAs(t, err, &rule)
				require.NotEqual(t, "gate.closed", rule.Code, "%T was held up by the open gate %s", want, gate)
			default:
				require.ErrorAs(t, err, &rule)
			}
		}
	}
}

func TestTheBoardTheGatesAndTheNextStepNeverContradictEachOther(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(seed, 6))
			s := declared(t, pick(dice, "", "SEV1", "SEV2", "SEV3"))
			for range 160 {
				if tryRandom(s, dice) {
					agrees(t, s.in, s.now)
					nothingPassesAClosedGate(t, s)
				}
			}
		})
	}
}

func TestWhateverHappenedTheNextStepsLeadToTheEnd(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(seed, 7))
			s := declared(t, pick(dice, "", "SEV1", "SEV2", "SEV3"))
			for range 30 * int(seed) {
				tryRandom(s, dice)
			}
			if !s.in.Open() {
				s.do(workflow.Reopen{Reason: "it is back"})
			}
			var way []string
			for range 80 {
				next := s.in.Next(s.now)
				if next.Step == workflow.StepNone {
					break
				}
				way = append(way, fmt.Sprintf("%s %s (%s): %s", next.Step, next.Target, next.Fact, next.Title))
				s.follows(next)
				agrees(t, s.in, s.now)
			}
			require.Equal(t, workflow.StepNone, s.in.Next(s.now).Step, strings.Join(way, "\n"))
			assert.Equal(t, workflow.Closed, s.in.Stage())
		})
	}
}

// follows does what the next best action says, as a person would.
func (s *scene) follows(next workflow.Next) {
	s.t.Helper()
	switch next.Step {
	case workflow.StepSeverity:
		s.settles(workflow.SeverityDecided)
	case workflow.StepAssign:
		s.do(workflow.FinishAssignment{ID: workflow.EventID(next.Target), Result: "found"})
	case workflow.StepUpdate:
		s.do(workflow.Tell{Channel: workflow.StakeholderChannel, Text: "We are on it."})
	case workflow.StepClash:
		s.do(workflow.Tick{Item: next.Target, Evidence: "seen"})
	case workflow.StepItem:
		if open, ok := s.in.OpenDeploy(); ok {
			s.do(workflow.EndDeploy{Started: open.Entry, Told: workflow.TellFailed})
			return
		}
		if failed, ok := s.in.FailedDeploy(); ok && failed.Environment == workflow.Production {
			s.goesOut()
			return
		}
		item, _ := s.in.Item(next.Target)
		if next.Fact == "" || item.By != "" { // only a person's word ticks it
			s.do(workflow.Tick{Item: next.Target, Evidence: "seen"})
			return
		}
		s.settles(next.Fact)
		item, _ = s.in.Item(next.Target)
		require.NotEqual(s.t, workflow.ItemOpen, item.State, "what settles %s ticks %s", next.Fact, item.ID)
	case workflow.StepConfirm:
		s.do(workflow.ConfirmPhase{Phase: next.Target})
	case workflow.StepReview:
		for _, section := range s.in.EmptySections() {
			if section.ID == workflow.ActionsSection {
				s.do(workflow.AddAction{Text: "canary"})
			} else {
				s.do(workflow.WriteSection{Section: section.ID, Text: "1. x"})
			}
		}
	case workflow.StepExport:
		s.do(workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Path: "x.md"}})
	case workflow.StepFinalize:
		s.do(workflow.SetReview{State: workflow.Final})
	case workflow.StepActionDue:
		s.do(workflow.ChangeAction{ID: workflow.EventID(next.Target), State: to(workflow.ActionDone)})
	default:
		require.Failf(s.t, "a step that nobody can follow", "%+v", next)
	}
}

// settles does what makes a fact hold. What stands behind a gate first does what
// the gate says is missing.
func (s *scene) settles(f workflow.Fact) {
	s.t.Helper()
	if s.in.Holds(f) {
		return
	}
	s.now = s.now.Add(time.Second)
	switch f {
	case workflow.SeverityDecided:
		s.do(workflow.SetSeverity{Level: "SEV1", Reason: "login is down"})
	case workflow.ImpactUnderstood:
		s.do(workflow.Assess{Field: workflow.Impact, Text: "nobody can log in"})
	case workflow.StakeholdersNotified:
		s.do(workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down."})
	case workflow.StatusPageUpdated:
		s.do(workflow.Tell{Channel: workflow.StatusPageChannel, Text: "Login is down."})
	case workflow.IncrementWritten:
		s.do(workflow.RecordIncrement{ID: "0099-hotfix-" + fmt.Sprint(len(s.in.Events()))})
	case workflow.RootCauseIdentified:
		s.do(workflow.Identify{Cause: "the regex"})
	case workflow.FixImplemented:
		s.do(workflow.RecordFix{Commit: "5cd10e7", Summary: "the dash is back"})
	case workflow.TestsPassed, workflow.RegressionTestAdded:
		s.testsPass()
	case workflow.ScopeSettled:
		s.settlesTheScope()
	case workflow.RollbackReady:
		s.do(workflow.ReadyRollback{Version: "v1.2.2"})
	case workflow.Approved:
		s.settles(workflow.FixImplemented)
		s.do(workflow.Approve{Person: "Zoe"})
	case workflow.StagingSettled:
		s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: workflow.Staging}})
	case workflow.DecisionMade:
		s.do(workflow.Choose{Option: workflow.HotfixOption, Reason: "small"})
	case workflow.RollbackChosen:
		s.do(workflow.Choose{Option: workflow.RollbackOption, Reason: "it worked"})
	case workflow.DeployRecorded:
		s.goesOut()
	case workflow.FixVerified:
		s.watchesItWell()
	case workflow.AllClearDeclared:
		s.opens(workflow.AllClearGate)
		s.do(workflow.GiveAllClear{})
	case workflow.PostmortemScheduled:
		s.do(workflow.Schedule{Owner: "Jane"})
	}
	require.True(s.t, s.in.Holds(f), "%s: %s", f, s.in.Find(f).Missing)
}

// opens does what a gate says is missing.
func (s *scene) opens(gate string) {
	s.t.Helper()
	for _, f := range s.in.Gate(gate).Missing() {
		s.settles(f.Fact)
	}
	require.True(s.t, s.in.Gate(gate).Open(), "%s: %+v", gate, s.in.Gate(gate).Missing())
}

func (s *scene) goesOut() {
	s.t.Helper()
	back := s.in.Fix.Choice().Option == workflow.RollbackOption
	gate := workflow.DeployGate
	if back {
		gate = workflow.RollbackGate
	}
	s.opens(gate)
	s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.9", Rollback: back}})
}

// testsPass runs again what failed on the fix, and the critical tests.
func (s *scene) testsPass() {
	s.t.Helper()
	ran := map[workflow.Suite]bool{workflow.CriticalSuite: true, workflow.RegressionSuite: true}
	for _, run := range s.in.Proof.Runs {
		ran[run.Suite] = true
	}
	for suite := range ran {
		s.do(workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Suite: suite, Passed: true, Override: "it failed before"}})
	}
}

func (s *scene) settlesTheScope() {
	s.t.Helper()
	commit := s.in.Fix.Change.Get().Commit
	if commit == "" {
		s.settles(workflow.FixImplemented)
		s.do(workflow.RecordScope{ByHand: "read the diff"})
		return
	}
	if looked, ok := s.in.ScopeLooked(); !ok || !workflow.SameCommit(looked.Tip, commit) {
		j := everyJudgement()
		j.Tip = commit
		s.do(workflow.RecordScope{Judgement: j})
	}
	looked, _ := s.in.ScopeLooked()
	for i, f := range s.in.ScopeOpen(looked.ScopeJudgement) {
		s.do(workflow.SettleFinding{ID: f.ID, Accept: i%2 == 0, Reason: "needed", Ticket: fmt.Sprint("later ", i)})
	}
}

// watchesItWell lets every probe stay green, and looks again at what failed.
func (s *scene) watchesItWell() {
	s.t.Helper()
	s.settles(workflow.DeployRecorded)
	for _, p := range s.in.Probes() {
		if !s.in.Proven(workflow.ProbeID(p.ID)) {
			s.do(workflow.RecordCheck{Check: workflow.Check{What: p.Name, Probe: workflow.ProbeID(p.ID), Outcome: workflow.CheckPassed, Soaked: time.Hour}})
		}
	}
	again := map[string]bool{"login answers 200": true}
	for _, c := range s.in.Proof.Checks {
		if c.Probe == "" {
			again[c.What] = true
		}
	}
	for what := range again {
		s.do(workflow.RecordCheck{Check: workflow.Check{What: what, Outcome: workflow.CheckPassed}})
	}
}
