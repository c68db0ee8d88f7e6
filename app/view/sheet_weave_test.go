package view

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// onWeave is the sheet beside a repository that says something.
func onWeave(t *testing.T, minutes time.Duration, now session.Increment) (*shellDesk, *fakeRepository) {
	t.Helper()
	r := &fakeRepository{now: now}
	d := weaveDesk(t, minutes, r, 1280, 800)
	require.True(t, d.shell.Press("Ctrl+Shift+I"))
	d.pump()
	require.True(t, d.shell.layers.IsOpen(weaveLayer))
	return d, r
}

// asked is an increment with questions.
func asked(questions ...workflow.Difference) session.Increment {
	inc := inStepIncrement()
	inc.Differences = questions
	return inc
}

func focusedWord(d *shellDesk) string {
	if b, ok := d.window.Canvas().Focused().(*kit.Button); ok {
		return b.Word()
	}
	return ""
}

func TestTheIncrementSaysWhereItIsAndHowItCompares(t *testing.T) {
	d, _ := onWeave(t, 15, inStepIncrement())
	for _, want := range []string{
		"Auth: 500 on login after v1.2.3", "Active", ".specweave/increments/0015-hotfix-auth-outage", "below /srv/shop", "In step",
		"Files are watched, looked at 14:47:00Z", "2 of 4 tasks, 2 of 4 acceptance criteria met", "T-001: Identify breaking change",
		"The all-clear is not given yet.",
	} {
		assert.True(t, d.sees(want), want)
	}
	assert.Nil(t, d.window.Canvas().Overlays().Top(), "no dialog")
	d.push("Open the folder")
	assert.Equal(t, []string{"/srv/shop/.specweave/increments/0015-hotfix-auth-outage"}, d.opened)
	words, how := weaveItem(d.shell.State())
	assert.Equal(t, "0015 in step", words)
	assert.Equal(t, kit.Neutral, how)
}

func TestATickOnTheSheetMarksTheTaskAndItsUndoOpensItAgain(t *testing.T) {
	d, _ := onWeave(t, 15, inStepIncrement())
	check := named[*kit.Check](t, d.window.Content(), "T-002")
	assert.Equal(t, fyne.Focusable(check), d.window.Canvas().Focused(), "the hand begins at the first open task")

	d.press(fyne.KeySpace)

	task := d.incident().Tasks()[1]
	assert.True(t, task.Done)
	assert.Equal(t, "Jane", task.By)
	assert.True(t, check.On())
	assert.True(t, d.sees("By Jane at 14:47Z"))
	assert.Equal(t, fyne.Focusable(check), d.window.Canvas().Focused())

	d.press(fyne.KeyReturn)
	assert.False(t, d.incident().Tasks()[1].Done)
	d.run("edit.undo")
	assert.True(t, d.incident().Tasks()[1].Done)
}

func TestALookAtTheFilesTakesNeitherFocusNorWordsAway(t *testing.T) {
	d, r := onWeave(t, 15, asked(ask(workflow.CausePart, "ours", "theirs")))
	button := d.window.Canvas().Focused()
	d.look(r, asked(ask(workflow.ProblemPart, "x", "y"), ask(workflow.CausePart, "ours", "theirs, but other ones")))
	assert.Equal(t, button, d.window.Canvas().Focused())
	assert.True(t, d.sees("theirs, but other ones"))

	field := named[*kit.Field](t, d.window.Content(), "Add a task:")
	d.window.Canvas().Focus(field.Target())
	d.write("Purge the ca")
	d.look(r, inStepIncrement())
	d.later(time.Minute)
	assert.Equal(t, fyne.Focusable(field.Target()), d.window.Canvas().Focused())
	d.write("che")
	d.press(fyne.KeyReturn)
	tasks := d.incident().Tasks()
	assert.Equal(t, "Purge the cache", tasks[len(tasks)-1].Title)
	assert.Empty(t, field.Text())
	assert.Equal(t, fyne.Focusable(field.Target()), d.window.Canvas().Focused(), "the next one can be typed at once")
}

func TestAHalfTypedTaskIsThereAgain(t *testing.T) {
	d, _ := onWeave(t, 15, inStepIncrement())
	d.fill("Add a task", "Purge the ca")
	d.press(fyne.KeyEscape)
	assert.False(t, d.shell.layers.IsOpen(weaveLayer))
	d.run("incident.weave")
	assert.Equal(t, "Purge the ca", named[*kit.Field](t, d.window.Content(), "Add a task:").Text())
}

func TestTheTextsOfThePageAreEditedInTheirPlace(t *testing.T) {
	d, _ := onWeave(t, 7, session.Increment{})
	push := func(n int) {
		var edits []*kit.Button
		for _, o := range within(d.shell.layers.Top().Body) {
			if b, ok := o.(*kit.Button); ok && b.Word() == "Edit" {
				edits = append(edits, b)
			}
		}
		edits[n].Press()
		d.pump()
	}
	push(1)
	field := named[*kit.Field](t, d.window.Content(), "Root cause:")
	assert.Equal(t, "Recent deploy broke auth token validation", field.Text())
	field.SetText("Regex pattern changed in PR #423")
	d.run("incident.main")
	assert.Equal(t, "Regex pattern changed in PR #423", d.incident().Assessment(workflow.Hypothesis), "a guess stays one")
	assert.Empty(t, d.incident().Fix.RootCause.Get())

	push(1)
	named[*kit.Check](t, d.window.Content(), "It is still a hypothesis").TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	d.fill("Root cause", " for sure")
	d.run("incident.main")
	assert.NotEmpty(t, d.incident().Fix.RootCause.Get())
	assert.False(t, d.sees("(hypothesis)"))

	push(2)
	d.write("Revert it")
	d.run("incident.main")
	assert.Equal(t, "Revert it", d.incident().Fix.Plan.Get())
	assert.Equal(t, "Edit", focusedWord(d))
}

func TestATaskIsRenamedAndDroppedWithAReason(t *testing.T) {
	d, _ := onWeave(t, 15, inStepIncrement())
	d.push("Change…") // of the last task
	field := named[*kit.Field](t, d.window.Content(), "Title:")
	assert.Equal(t, "Deploy to production", field.Text())
	field.SetText("Deploy to all regions")
	d.run("incident.main")
	assert.Equal(t, "Deploy to all regions", d.incident().Tasks()[3].Title)

	d.push("Change…")
	d.push("Drop it")
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Why it will not be done:").Error(), "Say in a few words")
	d.fill("Why it will not be done", "Another team does it")
	d.run("incident.main")
	assert.Len(t, d.incident().Tasks(), 3)
	assert.Equal(t, "Sync progress", focusedWord(d), "its row is gone")
}

func TestTasksSayWhereTheFileDiffers(t *testing.T) {
	inc := inStepIncrement()
	inc.Differences = []workflow.Difference{
		{Part: workflow.TaskPart("T-003"), Ours: workflow.There, Verdict: workflow.WriteOurs},
		{Part: workflow.DonePart("T-002"), Ours: workflow.OpenValue, Theirs: workflow.DoneValue, Verdict: workflow.TakeTheirs},
		{Part: workflow.TaskPart("T-009"), Theirs: workflow.There, Verdict: workflow.TakeTheirs},
	}
	d, _ := onWeave(t, 15, inc)
	for _, want := range []string{"Not in the file yet", "The file says done", "Only in the file: T-009.", "3 parts differ"} {
		assert.True(t, d.sees(want), want)
	}
	words, how := weaveItem(d.shell.State())
	assert.Equal(t, "0015: 3 parts differ", words)
	assert.Equal(t, kit.Warn, how)
}

func TestATaskThatWasTakenOverSaysNothingOfTheLookBefore(t *testing.T) {
	inc := inStepIncrement()
	inc.Differences = []workflow.Difference{
		{Part: workflow.DonePart("T-002"), Ours: workflow.OpenValue, Theirs: workflow.DoneValue, Verdict: workflow.TakeTheirs},
	}
	d, _ := onWeave(t, 15, inc)
	assert.True(t, d.sees("The file says done"))
	d.press(fyne.KeySpace) // the hand is at T-002
	assert.True(t, d.incident().Tasks()[1].Done)
	assert.False(t, d.sees("The file says done"))
}

func TestWhatIsWrongWithTheFilesIsSaidOnceOnTheSheet(t *testing.T) {
	d, r := onWeave(t, 15, inStepIncrement())
	meter := named[*kit.Meter](t, d.window.Content(), "2 of 4 tasks")
	inc := inStepIncrement()
	inc.Tasks, inc.Done, inc.Says = 0, 0, []string{"tasks.md is not there."}
	d.look(r, inc)
	require.NotNil(t, d.shell.State().Strip)
	said := 0
	for _, text := range kit.TextsIn(d.shell.layers.Top().Body) {
		if text == "tasks.md is not there." {
			said++
		}
	}
	assert.Equal(t, 1, said)
	assert.False(t, meter.Visible(), "nothing is known of the tasks")
}

func TestAPauseAsksWhyAndTheIncidentIsFollowedAgain(t *testing.T) {
	d, _ := onWeave(t, 15, inStepIncrement())
	d.push("Pause…")
	d.run("incident.main")
	assert.Contains(t, named[*kit.Field](t, d.window.Content(), "Why:").Error(), "Say in a few words")
	d.fill("Why", "The vendor looks at it")
	d.run("incident.main")
	assert.Equal(t, workflow.Paused, d.incident().IncrementStand().State)
	assert.True(t, d.sees("Paused: The vendor looks at it"))
	assert.True(t, d.sees("The incident says: paused."), "the file does not yet")

	pause := named[*kit.Button](t, d.window.Content(), "Pause…")
	assert.Contains(t, pause.Off(), "already")
	pause.Press()
	assert.True(t, d.sees(pause.Off()), "what is off says why")
	d.window.Canvas().Focus(named[*kit.Button](t, d.window.Content(), "Follow the incident"))
	d.press(fyne.KeySpace)
	assert.Equal(t, workflow.Stand{State: workflow.Active}, d.incident().IncrementStand())
	assert.Equal(t, "Abandon…", focusedWord(d))
}

func TestSyncLooksAndSaysWhatItFound(t *testing.T) {
	d, r := onWeave(t, 15, inStepIncrement())
	looks := r.looks
	d.push("Sync progress")
	assert.Equal(t, looks+1, r.looks)
	assert.Equal(t, "In step: 2 of 4 tasks, 2 of 4 acceptance criteria met.", d.shell.State().Strip.Says)
}

func TestSpecWeaveClosesWhatOnlyItCanClose(t *testing.T) {
	inc := inStepIncrement()
	inc.Done, inc.Met = 4, 4
	inc.Handover = session.Handover{Because: "It is tied to issues of GitHub.", Command: "specweave complete 0015 --yes", Skill: "/sw:done 0015", Ready: true}
	d, r := onWeave(t, 47, inc)
	run := named[*kit.Button](t, d.window.Content(), "Run it")
	assert.NotEqual(t, fyne.Focusable(run), d.window.Canvas().Focused(), "it cannot be run")
	assert.Contains(t, run.Off(), "not on this machine")
	d.push("Copy")
	assert.Equal(t, "specweave complete 0015 --yes", d.copied)
	assert.True(t, d.sees("Inside an assistant: /sw:done 0015"))

	inc.Handover.Installed = true
	d.look(r, inc)
	require.Empty(t, run.Off())
	r.print = []string{"\x1b[32mclosing\x1b[0m issue 12\n", strings.Repeat("a line\n", 400), "the token has expired\n"}
	r.fails = errors.New("specweave ended with 1. The increment is still active.")
	run.Press()
	d.pump()
	assert.True(t, d.sees("specweave ended with 1. The increment is still active."))
	assert.True(t, d.sees("the token has expired"), "the end of the output is in sight")

	r.fails = nil
	d.window.Canvas().Focus(run)
	d.press(fyne.KeyReturn)
	assert.True(t, d.sees("The command ended well."))
	inc.State = workflow.Completed
	d.look(r, inc)
	assert.True(t, d.sees("It is completed in its files."))
	assert.False(t, run.Visible() && d.sees("Run it"))
	assert.Equal(t, "Sync progress", focusedWord(d), "the hand does not go with the button")
}

func TestAnOutputIsCutToItsEndAndLosesItsColours(t *testing.T) {
	lines := lastLines(strings.Repeat("x\n", 500)+"\x1b[1;31mlast\x1b[0m\r\n", printedLines)
	assert.Len(t, lines, printedLines)
	assert.Equal(t, "last", lines[len(lines)-1])
	assert.Equal(t, []string{"half a sign "}, lastLines("half a sign \x1b[3", printedLines))
}

func TestTheIncrementSheetsFitASmallWindowAtLargeText(t *testing.T) {
	for name, scene := range weaveScenes() {
		if name == "strip" {
			continue
		}
		r := &fakeRepository{repo: scene.repo, now: scene.now, listed: scene.listed}
		d := weaveDesk(t, time.Duration(scene.minutes), r, 800, 600)
		prefs := d.shell.State().Prefs
		prefs.Scale = 1.5
		d.shell.SetPrefs(prefs, "")
		scene.do(d, r)
		d.pump()
		top := d.shell.layers.Top()
		require.NotNil(t, top, name)
		assert.LessOrEqual(t, kit.LeastWidth(top.Body), float32(800-2*16-2*22), name)
	}
}
