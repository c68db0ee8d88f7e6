package view

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/workflow"
)

// hand works the board by keyboard alone.
type hand struct {
	t *testing.T
	f *fakeAsker
	b *board
	w fyne.Window
}

func newHand(t *testing.T, f *fakeAsker) *hand {
	t.Helper()
	b, w := openBoard(t, f)
	return &hand{t, f, b, w}
}

// step fills the inputs of the card from the caret on, by Tab, sends them with
// Ctrl+Enter a minute later, and expects what was asked for.
func (h *hand) step(title string, want workflow.Intent, typed ...string) {
	h.t.Helper()
	require.Equal(h.t, title, h.b.card.step.Title)
	for i, text := range typed {
		if i > 0 {
			h.w.Canvas().FocusNext()
		}
		if text == "" {
			continue
		}
		_, field := h.w.Canvas().Focused().(interface{ SelectedText() string })
		require.True(h.t, field, "%s: the caret must be in input %d, not in %T", title, i+1, h.w.Canvas().Focused())
		write(h.w, text)
	}
	h.f.state.Now = h.f.state.Now.Add(time.Minute)
	require.True(h.t, h.b.Main(), title)
	require.Equal(h.t, want, h.f.last(), title)
}

func TestTheWholeHotfixRunsFromTheCardByKeyboard(t *testing.T) {
	f := undecided(t)
	f.as("Bob", f.state.Now, workflow.Claim{Role: workflow.Fixer, Person: "Bob"})
	h := newHand(t, f)

	press(h.w, fyne.KeyRight, fyne.KeyLeft) // SEV2, then SEV1
	h.step("Decide the severity", workflow.SetSeverity{Level: "SEV1"})
	h.step("Impact understood", workflow.Assess{Field: workflow.Impact, Text: "All users cannot login"}, "All users cannot login")
	h.step("Stakeholders notified", workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down."}, "Login is down.")
	h.step("Status page updated", workflow.Tell{Channel: workflow.StatusPageChannel, Text: "Investigating"}, "Investigating")
	h.step("Confirm: Before Fix", workflow.ConfirmPhase{Phase: "before"})
	h.step("Increment created", writtenIncrement(), "500 on login", "Revert the pattern", "Deploy v1.2.2")
	h.step("Root cause identified", workflow.Identify{Cause: "The regex", At: stampOf(t, "-3m", 6)}, "The regex", "-3m")
	h.step("Minimal fix implemented", workflow.RecordFix{Commit: "f3a91c2", Summary: "One line back"}, "f3a91c2", "One line back")
	h.step("Critical tests pass", workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Suite: workflow.CriticalSuite, Passed: true}}, "npm test -- auth")
	h.step("Confirm: During Fix", workflow.ConfirmPhase{Phase: "during"})
	h.step("Deployed to production", workflow.RecordScope{ByHand: "Read the diff, one line"}, "Read the diff, one line")
	h.step("Deployed to production", workflow.ReadyRollback{Command: "npm run deploy:rollback", Version: "v1.2.2"}, "", "v1.2.2")
	h.step("Deployed to production", workflow.Approve{Person: "Jane"})
	h.step("Deployed to production", workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: workflow.Production, Version: "v1.2.4", Commit: "f3a91c2"}}, "v1.2.4")
	h.step("Fix verified", workflow.RecordCheck{Check: workflow.Check{What: "login answers 200", Outcome: workflow.CheckPassed, Before: "500", After: "200"}}, "login answers 200", "", "500", "200")
	h.step("All-clear communicated", workflow.GiveAllClear{Text: "Login works again."}, "Login works again.")
	h.step("Post-mortem scheduled", workflow.Schedule{Owner: "Jane"})
	h.step("Confirm: After Fix", workflow.ConfirmPhase{Phase: "after"})

	assert.Equal(t, []string{"increment"}, f.calls)
	for _, p := range f.state.Incident.Checklist() {
		assert.True(t, p.Settled() && p.Confirmed, p.Name)
	}
	assert.Empty(t, f.state.Drafts, "nothing half-typed is left behind")
}

// stampOf is what a person typed, so many minutes after the alert.
func stampOf(t *testing.T, typed string, minutes int) workflow.Stamp {
	t.Helper()
	at, err := workflow.ParseStamp(typed, workflow.StampRef{Now: sample.Alert().Add(time.Duration(minutes) * time.Minute), Zone: time.UTC})
	require.NoError(t, err)
	return at
}

func TestASkippedStepNeedsAReasonUnderItsField(t *testing.T) {
	h := newHand(t, newDesk(t, 9*time.Minute))

	h.b.card.Skip()
	require.True(t, h.b.Main())
	seesPart(t, h.b, `Say why "Root cause identified" is skipped`)
	assert.Empty(t, h.f.wants)

	write(h.w, "We roll back")
	require.True(t, h.b.Main())
	assert.Equal(t, workflow.Skip{Item: "root-cause-identified", Reason: "We roll back"}, h.f.last())
	assert.Equal(t, wayFix, h.b.card.on)
}

func TestTheClosedDeployGateNamesWhatIsMissingAndIsOverriddenByName(t *testing.T) {
	f := newDesk(t, 22*time.Minute)
	f.as("Jane", f.state.Now, workflow.ConfirmPhase{Phase: "during"})
	h := newHand(t, f)
	sees(t, h.b, "Deploy to production: the gate is closed")
	sees(t, h.b, "Get one approval, not from the fixer")
	sees(t, h.b, "SEV1 may skip staging")

	h.b.card.take(wayOverride)
	require.True(t, h.b.Main())
	seesPart(t, h.b, "Say why the gate is overridden")
	write(h.w, "The lead sleeps")
	require.True(t, h.b.Main())

	assert.Equal(t, workflow.Override{Gate: "deploy", By: "Jane", Reason: "The lead sleeps"}, f.last())
	sees(t, h.b, "Deploy to production: overridden by Jane")
	assert.Equal(t, wayDeploy, h.b.card.on)
}

func TestTheFixerCannotApproveFromTheCard(t *testing.T) {
	f := newDesk(t, 23*time.Minute)
	f.as("Jane", f.state.Now, workflow.ConfirmPhase{Phase: "during"})
	h := newHand(t, f)
	require.Equal(t, wayApprove, h.b.card.on)
	person := h.b.card.ways[wayApprove]
	person.first().(interface{ SetText(string) }).SetText("Bob")

	require.True(t, h.b.Main())

	seesPart(t, h.b, "Bob wrote the fix and cannot approve it")
	assert.Empty(t, f.wants)
}

func TestAFullSuiteIsRefusedWithTheReasonUntilThePersonSaysWhy(t *testing.T) {
	h := newHand(t, newDesk(t, 19*time.Minute))
	write(h.w, "npm test")
	choices := []*kit.Choice{}
	walk(h.b.card.body, func(o fyne.CanvasObject) {
		if c, ok := o.(*kit.Choice); ok {
			choices = append(choices, c)
		}
	})
	require.Len(t, choices, 2)
	h.w.Canvas().Focus(choices[1])
	choices[1].TypedRune('f') // full test suite
	sees(t, h.b, "A hotfix does not run it: takes too long.")

	require.True(t, h.b.Main())
	seesPart(t, h.b, "A hotfix does not run the full suite: takes too long")
	write(h.w, "The build changed")
	require.True(t, h.b.Main())

	run := h.f.last().(workflow.RecordTest).Run
	assert.Equal(t, "The build changed", run.Override)
	assert.Equal(t, workflow.Suite("full"), run.Suite)
}

func TestTheExamplesOfThePlaybookFillTheCommand(t *testing.T) {
	h := newHand(t, newDesk(t, 19*time.Minute))
	h.w.Canvas().FocusNext()
	press(h.w, fyne.KeyReturn)

	require.True(t, h.b.Main())

	assert.Equal(t, `npm test -- --grep "auth"`, h.f.last().(workflow.RecordTest).Run.Command)
}

func TestALateTaskIsFirstAndIsEndedOrGivenMoreTime(t *testing.T) {
	late := func() *hand {
		f := newDesk(t, 14*time.Minute)
		f.state.Now = f.state.Now.Add(16 * time.Minute)
		return newHand(t, f)
	}
	h := late()
	sees(t, h.b, "Late by 1 min")
	id := h.f.state.Incident.OpenAssignments()[0].ID
	h.step("Ask Bob: restore the token pattern", workflow.FinishAssignment{ID: id, Result: "it is back"}, "it is back")

	h = late()
	h.b.card.take(wayExtend)
	write(h.w, "20")
	require.True(t, h.b.Main())
	assert.Contains(t, h.f.wants, workflow.Intent(workflow.Assign{Text: "restore the token pattern", Owner: "Bob", Box: 20 * time.Minute}))
	assert.Len(t, h.f.state.Incident.OpenAssignments(), 1, "the old one has ended")
}

func TestARollbackThatIsDecidedGoesThroughItsOwnGate(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	f.as("Jane", f.state.Now, workflow.Choose{Option: workflow.RollbackOption, Reason: "the previous version worked"})
	h := newHand(t, f)
	sees(t, h.b, "Jane decided for a rollback: the previous version worked")
	item, _ := f.state.Incident.Item("minimal-fix-implemented")
	assert.Equal(t, []string{"skipped", "not needed: rolling back"}, []string{string(item.State), item.Fact})
	f.as("Jane", f.state.Now, workflow.ConfirmPhase{Phase: "during"})
	f.Show()
	require.Equal(t, wayGoBack, h.b.card.on)

	require.True(t, h.b.Main())

	assert.Equal(t, workflow.RecordDeploy{Deploy: workflow.Deploy{Environment: workflow.Production, Rollback: true, Command: "npm run deploy:rollback"}}, f.last())
}

func TestTheIncrementSaysWhereItWillGoBeforeItIsWritten(t *testing.T) {
	f := newDesk(t, 8*time.Minute)
	h := newHand(t, f)
	sees(t, h.b, "One page goes to shop, branch main: the next free number in /srv/shop, as a hotfix.")

	f.state.RepoSays = "The folder /srv/shop is no git repository. Nothing was written. Choose another in Settings."
	f.Show()
	sees(t, h.b, "The folder /srv/shop is no git repository. Nothing was written. Choose another in Settings.")

	f.refuse = refusal("", "The disk is full.")
	require.True(t, h.b.Main())
	sees(t, h.b, "The disk is full.")
	assert.Equal(t, wayIncrement, h.b.card.on)
}

func TestAnIncrementThatExistsIsRecordedByItsName(t *testing.T) {
	h := newHand(t, newDesk(t, 8*time.Minute))
	h.b.card.take(wayElsewhere)
	write(h.w, "0016-hotfix-login")
	require.True(t, h.b.Main())

	assert.Equal(t, workflow.RecordIncrement{ID: "0016-hotfix-login", Type: "hotfix"}, h.f.last())
}

func TestAnItemThatAsksForAValueIsDoneOnlyWithIt(t *testing.T) {
	f := undecided(t)
	p := f.state.Policy
	p.Phases[0].Items = []workflow.ItemPolicy{{ID: "rate", Text: "Error rate known", Asks: "error rate now, %"}}
	f.state.Incident = workflow.Fold("incident-3", nil)
	f.as("Jane", f.state.Now, workflow.Declare{Title: "Slow", Severity: "SEV2", Playbook: p})
	h := newHand(t, f)
	sees(t, h.b, "Error rate now, %")
	assert.Equal(t, "Fill in: error rate now, %", h.b.card.foot.main.Off())

	write(h.w, "3.1")
	assert.Empty(t, h.b.card.foot.main.Off())
	h.step("Error rate known", workflow.Tick{Item: "rate", Value: "3.1"})
}
