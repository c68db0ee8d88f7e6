package view

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// onList gives the list the focus and selects a step.
func onList(t *testing.T, f *fakeAsker, step string) *hand {
	t.Helper()
	h := newHand(t, f)
	require.True(t, h.b.steps.rows.Focus())
	h.b.steps.rows.Select(step)
	return h
}

func (h *hand) letter(r rune) { h.w.Canvas().Focused().TypedRune(r) }

func TestTheStatesOfAStepAreToldByShapeAndWords(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	f.as("Jane", f.state.Now,
		workflow.AddItem{Phase: "during", Text: "Purge the CDN"},
		workflow.Skip{Item: "root-cause-identified", Reason: "no time"},
		workflow.Tick{Item: "minimal-fix-implemented", Evidence: "PR #424"})
	lines := map[string]stepLine{}
	for _, l := range stepLines(f.state, f.state.Incident.Checklist()) {
		lines[l.title] = l
	}

	for title, want := range map[string][4]string{ // icon, side, clock, below
		"1  Severity assessed":       {"step-auto", "Severity set to SEV1 by Jane", "14:32Z", ""},
		"3  Stakeholders notified":   {"step-auto", "Posted in the incident channel by Sam", "14:36Z", ""},
		"2  Root cause identified":   {"step-skipped", "skipped by Jane", "14:41Z", "Skipped: no time"},
		"3  Minimal fix implemented": {"step-done", "Jane", "14:41Z", ""},
		"4  Critical tests pass":     {"step-current", "Now", "", ""},
		"5  Purge the CDN":           {"step-open", "", "", ""},
	} {
		l := lines[title]
		assert.Equal(t, want, [4]string{l.icon, l.side, l.clock, l.below}, title)
	}
	assert.True(t, lines["4  Critical tests pass"].bold)
	assert.Equal(t, "PR #424", lines["3  Minimal fix implemented"].detail)
	assert.Equal(t, "READ-DO", lines["During Fix"].side)
	assert.Equal(t, "3 of 5", lines["During Fix"].clock)
}

func TestStepsTellTheirTimeInTheZoneThatIsShown(t *testing.T) {
	f := newDesk(t, 9*time.Minute)
	f.state.Zone, f.state.Prefs.Zones = time.FixedZone("", 3600), "local"

	assert.Equal(t, "15:32", stepLines(f.state, f.state.Incident.Checklist())[1].clock)
}

func TestEnterAndSpaceDoAStepInAnyOrderOfADoConfirmPhase(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace} {
		h := onList(t, newDesk(t, 3*time.Minute), "status-page-updated")
		press(h.w, key)

		assert.Equal(t, workflow.Tick{Item: "status-page-updated"}, h.f.last())
		assert.Equal(t, []string{"Done: Status page updated."}, h.f.says, "it can be undone")
	}
}

func TestAReadDoPhaseTakesOnlyTheNextStepAndSaysSoInPlace(t *testing.T) {
	h := onList(t, newDesk(t, 9*time.Minute), "critical-tests-pass")
	press(h.w, fyne.KeyReturn)

	assert.Empty(t, h.f.wants)
	seesPart(t, h.b, "During Fix is done step by step. First: Root cause identified")
	assert.Same(t, fyne.Focusable(h.b.steps.rows), h.w.Canvas().Focused())
}

func TestAStepBeyondAPauseAsksForThePauseFirst(t *testing.T) {
	h := onList(t, newDesk(t, 3*time.Minute), "increment-created")
	press(h.w, fyne.KeyReturn)
	sees(t, h.b, "Before Fix has open items: Stakeholders notified, Status page updated. Why is it left with them?")

	require.True(t, h.b.Main())
	assert.Empty(t, h.f.wants, "it needs a reason")
	write(h.w, "The status page is down")
	require.True(t, h.b.Main())

	assert.Equal(t, workflow.ConfirmPhase{Phase: "before", Reason: "The status page is down"}, h.f.last())
	assert.Same(t, fyne.Focusable(h.b.steps.rows), h.w.Canvas().Focused(), "the list goes on")
}

func TestOneKeyPassesThePauseOfAPhaseThatIsSettled(t *testing.T) {
	h := onList(t, newDesk(t, 5*time.Minute), "status-page-updated")
	h.letter('c')

	assert.Equal(t, workflow.ConfirmPhase{Phase: "before"}, h.f.last())
}

func TestLettersAskInPlaceAndGiveTheFocusBack(t *testing.T) {
	for name, one := range map[string]struct {
		step  string
		key   rune
		typed string
		want  workflow.Intent
	}{
		"skip":        {"status-page-updated", 's', "There is none", workflow.Skip{Item: "status-page-updated", Reason: "There is none"}},
		"note":        {"status-page-updated", 'n', "asked Ann", workflow.Note{Text: "Status page updated: asked Ann"}},
		"evidence":    {"status-page-updated", 'e', "status.example.com", workflow.Tick{Item: "status-page-updated", Evidence: "status.example.com"}},
		"open again":  {"impact-understood", 'o', "More is hit", workflow.Untick{Item: "impact-understood", Reason: "More is hit"}},
		"capital too": {"status-page-updated", 'S', "There is none", workflow.Skip{Item: "status-page-updated", Reason: "There is none"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := onList(t, newDesk(t, 3*time.Minute), one.step)
			h.letter(one.key)
			write(h.w, one.typed)
			press(h.w, fyne.KeyReturn)

			assert.Equal(t, one.want, h.f.last())
			assert.False(t, h.b.ask.box.Visible())
			assert.Same(t, fyne.Focusable(h.b.steps.rows), h.w.Canvas().Focused())
		})
	}
}

func TestAFactIsOverruledOnlyWithAReason(t *testing.T) {
	h := onList(t, newDesk(t, 3*time.Minute), "impact-understood")
	h.letter('o')
	press(h.w, fyne.KeyReturn)

	assert.Empty(t, h.f.wants)
	seesPart(t, h.b, "The log shows that it is done (impact written by Jane)")
}

func TestEscapeClosesAQuestionAndKeepsWhatWasTyped(t *testing.T) {
	h := onList(t, newDesk(t, 3*time.Minute), "status-page-updated")
	h.letter('s')
	write(h.w, "There is")
	press(h.w, fyne.KeyEscape)
	assert.False(t, h.b.ask.box.Visible())
	assert.Empty(t, h.f.wants)

	h.letter('s')
	write(h.w, "!")
	assert.Contains(t, h.f.state.Drafts["board.step.skip.status-page-updated.reason"].Text, "There is")
}

func TestSingleKeysCanBeSwitchedOff(t *testing.T) {
	f := newDesk(t, 3*time.Minute)
	f.state.Prefs.SingleKeys = false
	h := onList(t, f, "status-page-updated")
	h.letter('s')

	assert.False(t, h.b.ask.box.Visible())
}

func TestAnItemIsAddedToThePhaseOfTheSelectedStep(t *testing.T) {
	h := onList(t, newDesk(t, 9*time.Minute), "critical-tests-pass")
	press(h.w, fyne.KeyInsert)
	write(h.w, "Purge the CDN")
	require.True(t, h.b.Main())

	assert.Equal(t, workflow.AddItem{Phase: "during", Text: "Purge the CDN"}, h.f.last())
	sees(t, h.b, "5  Purge the CDN")
}

func TestAStepIsGivenToSomebodyFromTheListAndFromTheCard(t *testing.T) {
	h := onList(t, newDesk(t, 9*time.Minute), "critical-tests-pass")
	h.letter('a')
	write(h.w, "someone")
	press(h.w, fyne.KeyReturn)
	assert.Empty(t, h.f.wants)
	seesPart(t, h.b, `"someone" is no one`)

	for range "someone" {
		press(h.w, fyne.KeyBackspace)
	}
	write(h.w, "Ann")
	require.True(t, h.b.Main(), "Ctrl+Enter sends the form that has the caret")
	assert.Equal(t, workflow.Assign{Text: "Critical tests pass", Owner: "Ann"}, h.f.last())
	sees(t, h.b, "15 min left")
}

func TestATaskIsEndedFromTheSide(t *testing.T) {
	f := newDesk(t, 14*time.Minute)
	h := newHand(t, f)
	id := f.state.Incident.OpenAssignments()[0].ID
	slot := h.b.side.tasks.slots[id]
	f.as("Jane", f.state.Now, workflow.Assign{Text: "call support", Owner: "Sam", Box: time.Minute}) // due before it
	f.Show()

	assert.Same(t, slot, h.b.side.tasks.slots[id], "a press still hits the task that it was meant for")
	assert.Equal(t, []workflow.EventID{f.state.Incident.OpenAssignments()[0].ID, id}, h.b.side.tasks.order)
}

func TestARoleIsClaimedAndCommandIsHandedOff(t *testing.T) {
	f := undecided(t)
	h := newHand(t, f)
	sees(t, h.b, "Nobody yet")
	h.w.Canvas().Focus(h.b.side.crew.slots[workflow.Scribe].claim)
	press(h.w, fyne.KeyReturn)

	assert.Equal(t, workflow.Claim{Role: workflow.Scribe}, f.last())
	sees(t, h.b, "Jane (you)")
	assert.False(t, h.b.side.crew.slots[workflow.Commander].claim.Visible(), "command changes hands by a hand-off only")
}

func TestTheNormalFlowShowsItsOwnRows(t *testing.T) {
	f := undecided(t)
	f.as("Jane", f.state.Now, workflow.SetSeverity{Level: "SEV3"})
	h := newHand(t, f)

	sees(t, h.b, "Normal flow (SEV3)")
	sees(t, h.b, "Multiple reviewers")
	seesNot(t, h.b, "Single reviewer")
	assert.Contains(t, flowSays(f.state.Incident), "Staging: required")
}

func TestTheGatesAreToldAtAGlance(t *testing.T) {
	f := newDesk(t, 24*time.Minute)
	var words []string
	for _, l := range gateLines(f.state.Incident) {
		words = append(words, l.text)
	}

	assert.Equal(t, []string{"Deploy to production: open", "Declare all-clear: closed", "Deploy to production and record it", "Verify the fix in production and record what you checked"}, words)
}

func TestACommonMistakeIsNamedWhereItIsNear(t *testing.T) {
	for minute, name := range map[int]string{14: "Scope Creep. ", 19: "Skipping Tests. ", 47: "No Post-Mortem. "} {
		f := newDesk(t, time.Duration(minute)*time.Minute)
		next := f.state.Incident.Next(f.state.Now)
		lines := guardLines(f.state.Incident, planFor(f.state.Incident, next), "")
		require.NotEmpty(t, lines, "minute %d", minute)
		assert.Contains(t, lines[0].text, name)
	}
}
