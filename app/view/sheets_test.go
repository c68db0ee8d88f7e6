package view

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/workflow"
)

// openDesk is the sample as it stands some minutes after the first alert.
func openDesk(t *testing.T, minutes time.Duration) *shellDesk {
	t.Helper()
	return newShellDesk(t, minutes*time.Minute, 1280, 800)
}

func TestRaisingTheSeverityTakesTwoKeys(t *testing.T) {
	d := openDesk(t, 5)
	d.shell.Do(workflow.SetSeverity{Level: "SEV3", Reason: "only the old app"}, nil)
	d.pump()

	require.True(t, d.shell.Press("Ctrl+Shift+S"))
	d.write("2")

	assert.Equal(t, "SEV2", d.incident().Triage.Severity.Get())
	assert.False(t, d.shell.layers.IsOpen("severity"), "the sheet has done its work")
}

func TestLoweringTheSeverityAsksWhyAndThenLowers(t *testing.T) {
	d := openDesk(t, 5)
	d.run("incident.severity")

	d.write("3")
	assert.Equal(t, "SEV1", d.incident().Triage.Severity.Get(), "not before the reason is given")
	d.shell.Run("incident.main")
	assert.True(t, d.sees("Say why the severity goes down."))
	d.write("Only the old app is hit")
	d.run("incident.main")

	assert.Equal(t, "SEV3", d.incident().Triage.Severity.Get())
	assert.True(t, d.incident().Effective().Flow == workflow.NormalFlow, "the flow switches with the level")
}

func TestUnsureStaysAtTheHigherLevelAndWritesItDown(t *testing.T) {
	d := openDesk(t, 5)
	d.run("incident.severity")
	d.press(fyne.KeyDown)

	d.push("Unsure: stay at SEV1")

	assert.Equal(t, "SEV1", d.incident().Triage.Severity.Get())
	decisions := d.incident().Decisions()
	assert.Equal(t, "Unsure between SEV1 and SEV2: stays SEV1, the higher", decisions[len(decisions)-1].Text.Get())
}

func TestEscapeClosesASheetGivesTheFocusBackAndKeepsWhatWasTyped(t *testing.T) {
	d := openDesk(t, 5)
	d.shell.Run("incident.note")
	before := d.window.Canvas().Focused()
	d.run("incident.update")
	d.write("Login is down for everyone")

	d.press(fyne.KeyEscape)
	assert.False(t, d.shell.layers.IsOpen("update"))
	assert.Equal(t, before, d.window.Canvas().Focused())

	d.run("incident.update")
	assert.Equal(t, "Login is down for everyone", named[*kit.Field](t, d.window.Content(), "What was said:").Text())
	d.open(1280, 800) // killed and started again
	d.run("incident.update")
	assert.Equal(t, "Login is down for everyone", named[*kit.Field](t, d.window.Content(), "What was said:").Text())
}

func TestAnUpdateKeepsItsChannelItsWordsAndItsTime(t *testing.T) {
	d := openDesk(t, 8)
	d.run("incident.update")
	d.shell.Draft(updateChannel, string(workflow.StatusPageChannel))
	d.later(time.Second)
	d.fill("What was said", "Investigating")
	d.fill("When", "-3m")
	d.later(time.Minute) // a phone call: -3m still counts from its first key

	d.run("incident.main")

	sent := d.incident().SentUpdates()
	last := sent[len(sent)-1]
	assert.Equal(t, workflow.StatusPageChannel, last.Channel)
	assert.Equal(t, "Investigating", last.Text)
	assert.Equal(t, "14:37:01", last.At.ClockSeconds(time.UTC))
	assert.Empty(t, d.shell.State().Drafts)
}

func TestATimeThatIsNoneIsRefusedUnderItsField(t *testing.T) {
	d := openDesk(t, 8)
	d.run("incident.update")
	before := len(d.incident().SentUpdates())
	d.fill("When", "25:99")

	d.run("incident.main")

	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "When:").Error(), "hours go from 00 to 23")
	assert.Len(t, d.incident().SentUpdates(), before)
	assert.True(t, d.shell.layers.IsOpen("update"))
}

func TestTheDecisionIsAdvisedByTheCriteriaAndMadeByThePerson(t *testing.T) {
	d := openDesk(t, 11)
	d.run("incident.decision")
	assert.True(t, d.sees("No advice yet"))

	d.run("incident.main")
	assert.True(t, d.sees("Choose rollback or hotfix"), "an empty decision is refused in place")

	answers := segmentsWith(d, "Yes")
	require.Len(t, answers, 6, "the user's six criteria")
	answers[0].OnChosen(workflow.Yes)
	d.pump()
	assert.True(t, d.sees("Advice: rollback"))
	answers[3].OnChosen(workflow.Yes) // a data migration settles it alone
	d.pump()
	assert.True(t, d.sees("Advice: hotfix"))
	assert.True(t, d.sees("Would change it: a safe way back past it"))
	d.push("Take it")
	d.run("incident.main")

	choice := d.incident().Fix.Choice()
	assert.Equal(t, workflow.HotfixOption, choice.Option)
	assert.Equal(t, map[string]string{"previous-worked": workflow.Yes, "cannot-roll-back": workflow.Yes}, choice.Answers)
	assert.Empty(t, d.shell.State().Drafts, "the answers have become the decision")
}

// segmentsWith lists the big choices that offer a word.
func segmentsWith(d *shellDesk, word string) []*kit.Segmented {
	var out []*kit.Segmented
	for _, o := range within(d.window.Content()) {
		if s, ok := o.(*kit.Segmented); ok && reads(s, word) {
			out = append(out, s)
		}
	}
	return out
}

func TestATaskHasOneOwnerAndATimeBox(t *testing.T) {
	d := openDesk(t, 8)
	d.run("incident.action")
	d.write("Look at the proxy")
	d.fill("Who", "someone")
	d.run("incident.main")
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Who:").Error(), "is no one")

	named[*kit.Field](t, d.window.Content(), "Who:").SetText("")
	d.push("Bob, fixer")
	d.fill("Time box", "soon")
	d.run("incident.main")
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Time box:").Error(), "Type 15m or 1h")

	named[*kit.Field](t, d.window.Content(), "Time box:").SetText("20 min")
	d.run("incident.main")
	open := d.incident().OpenAssignments()
	require.Len(t, open, 1)
	assert.Equal(t, "Bob", open[0].Owner)
	assert.Equal(t, 20*time.Minute, open[0].Box)
}

func TestTimeBoxesAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]time.Duration{
		"": 0, "15": 15 * time.Minute, "15m": 15 * time.Minute, "15 min": 15 * time.Minute, "15 minutes": 15 * time.Minute, "1h30m": 90 * time.Minute, "1H": time.Hour,
	} {
		got, err := readBox(typed)
		require.NoError(t, err, typed)
		assert.Equal(t, want, got, typed)
	}
	for _, typed := range []string{"0", "-5", "later", "25h", "9999999999999999999"} {
		_, err := readBox(typed)
		assert.Error(t, err, typed)
	}
}

func TestAStepIsSkippedOnlyWithAReason(t *testing.T) {
	d := openDesk(t, 4)
	d.run("incident.skip")
	require.True(t, d.sees("Status page updated"))
	d.run("incident.main")
	assert.True(t, d.sees("It goes into the timeline."))
	d.write("Internal tool, it has no status page")
	d.run("incident.main")

	item, _ := d.incident().Item("status-page-updated")
	assert.Equal(t, workflow.ItemSkipped, item.State)
	assert.Equal(t, "Internal tool, it has no status page", item.Reason)
}

func TestCommandMovesOnlyWhenTheReceiverHasReadItBack(t *testing.T) {
	d := openDesk(t, 24)
	d.run("incident.handoff")
	for _, want := range []string{"Login broken for all users", "Approved by Ann for f3a91c2", "npm run deploy:rollback to v1.2.2", "Fixer Bob", "During Fix: 4 of 4"} {
		assert.True(t, d.sees(want), want)
	}
	d.write("Ann")
	d.run("incident.main")
	assert.True(t, d.sees("Ask Ann to read the sheet back"))
	assert.Equal(t, "Jane", d.incident().Holder(workflow.Commander).Person)

	check := named[*kit.Check](t, d.window.Content(), "They read it back")
	d.later(time.Second)
	assert.Equal(t, "Ann read it back, off", check.AccessibilityLabel())
	d.window.Canvas().Focus(check)
	d.press(fyne.KeySpace)
	d.run("incident.main")

	assert.Equal(t, "Ann", d.incident().Holder(workflow.Commander).Person)
	last := d.incident().Crew.Handoffs[0]
	assert.Equal(t, "Confirm: During Fix", last.Next, "the sheet starts filled")
	assert.Contains(t, last.State, "SEV1, fixing. Login broken for all users.")
}

func TestTheHandOffSheetIsCopiedAsMarkdown(t *testing.T) {
	d := openDesk(t, 24)
	d.run("incident.handoff")
	d.push("Copy as markdown")
	assert.Contains(t, d.copied, "# Hand-off: SEV1 Auth Outage")
	assert.True(t, d.shell.layers.IsOpen("handoff"))
}

func TestTheAssessmentIsCopiedWithOneKey(t *testing.T) {
	d := openDesk(t, 6)
	require.True(t, d.shell.Press("Ctrl+Shift+C"))
	assert.Contains(t, d.copied, "## Incident Assessment")
	assert.Contains(t, d.copied, "14:32 UTC")
}

func TestTheFixerCannotApprove(t *testing.T) {
	d := openDesk(t, 23)
	d.run("incident.approve")
	assert.True(t, d.sees("The fix is commit f3a91c2."))
	person := named[*kit.Field](t, d.window.Content(), "Who approves:")
	assert.Equal(t, "Ann", person.Text(), "the approver is known")
	person.SetText("bob")
	d.run("incident.main")
	assert.Contains(t, person.Error(), "cannot approve")
	person.SetText("Ann")
	d.run("incident.main")
	assert.True(t, d.incident().Holds(workflow.Approved))
}

func TestTheAllClearWaitsForItsGateUnlessSomebodyOverridesIt(t *testing.T) {
	d := openDesk(t, 30)
	d.run("incident.allclear")
	assert.True(t, d.sees("Verify the fix in production"))
	d.run("incident.main")
	require.True(t, d.incident().Open(), "the gate is closed")
	assert.True(t, d.sees("The gate is closed. Do what is missing"))

	d.push("Override the gate")
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Override it, because:").Error(), "Say why")
	d.fill("Override it, because", "The probe is down, three customers confirmed")
	d.push("Override the gate")
	assert.True(t, d.sees("Overridden by Jane"))
	d.fill("What everyone is told", "Login works again")
	d.run("incident.main")

	assert.False(t, d.incident().Open())
	assert.True(t, d.incident().Reached(workflow.AllClear))
}

func TestAnIncidentIsCancelledOnlyWithAReason(t *testing.T) {
	d := openDesk(t, 5)
	d.run("incident.cancel")
	d.run("incident.main")
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Why this was no incident:").Error(), "Say in a few words")
	d.write("The monitor was broken")
	d.run("incident.main")
	assert.Equal(t, workflow.Cancelled, d.incident().Stage())
}

func TestAnotherIncidentClosesTheSheetsOfTheOneBefore(t *testing.T) {
	d := openDesk(t, 5)
	pastIncidents(d.shelf)
	d.open(1280, 800)
	d.run("incident.handoff")
	d.run("incident.switch")
	d.write("queue")
	require.True(t, d.sees("Queue backlog"))

	d.press(fyne.KeyReturn)

	assert.Equal(t, workflow.IncidentID("past-2"), d.incident().ID)
	assert.Nil(t, d.shell.layers.Top())
}

func TestThePaletteRunsRemembersAndSaysWhyNot(t *testing.T) {
	d := newShellDesk(t, -1, 1280, 800)
	d.run("view.palette")
	d.write("severity")
	d.press(fyne.KeyReturn)
	assert.True(t, d.shell.layers.IsOpen("palette"), "what is off does not run")
	assert.True(t, d.sees("No incident is open"))
	d.press(fyne.KeyEscape)

	d.run("view.palette")
	d.write("history")
	d.press(fyne.KeyReturn)
	assert.Equal(t, HistoryScreen, d.shell.Screen())
	d.open(1280, 800)
	assert.Equal(t, []string{"go.history"}, d.shell.sheets.recent, "also after a restart")
}

func TestEverySheetFitsASmallWindowAtLargeText(t *testing.T) {
	for _, command := range []string{
		"view.palette", "view.keys", "view.about", "incident.switch", "incident.severity", "incident.update", "incident.decision",
		"incident.action", "incident.skip", "incident.handoff", "incident.approve", "incident.allclear", "incident.cancel",
	} {
		d := newShellDesk(t, 5*time.Minute, 800, 600)
		prefs := d.shell.State().Prefs
		prefs.Scale = 1.5
		d.shell.SetPrefs(prefs, "")
		d.run(command)
		top := d.shell.layers.Top()
		require.NotNil(t, top, command)
		assert.LessOrEqual(t, kit.LeastWidth(top.Body), float32(800-2*16-2*22), command)
	}
}
