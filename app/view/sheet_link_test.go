package view

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

func TestTheWaysToAnIncrementWhereThereIsNone(t *testing.T) {
	r := &fakeRepository{repo: session.Repo{Folder: "/srv/shop", Root: "/srv/shop", Name: "shop"}, listed: manyIncrements(5)}
	d := weaveDesk(t, 7, r, 1280, 800)
	d.run("incident.weave")
	assert.True(t, d.sees("This incident has no increment yet"))
	assert.True(t, d.sees("writes .specweave/config.json and nothing else"))
	create := named[*kit.Button](t, d.window.Content(), "Create the increment")
	assert.Contains(t, create.Off(), "Enable SpecWeave")

	assert.Equal(t, "Enable SpecWeave here", focusedWord(d))
	d.press(fyne.KeyReturn)
	assert.True(t, r.enabled)
	assert.Empty(t, create.Off())
	assert.False(t, d.sees("Enable SpecWeave here"))
	r.now = inStepIncrement()
	assert.Equal(t, "Create the increment", focusedWord(d))
	d.press(fyne.KeyReturn)
	assert.Equal(t, 1, r.made)
	assert.Equal(t, "0015-hotfix-auth-outage", d.incident().Fix.Increment.Get().ID)
	assert.Equal(t, "Sync progress", focusedWord(d), "the same sheet goes on with it")
}

func TestWhatIsMissingIsSaidUntilItIsThere(t *testing.T) {
	d := weaveDesk(t, 0, &fakeRepository{}, 1280, 800)
	d.shell.Do(workflow.WriteText{Which: workflow.ProblemText}, nil)
	d.pump()
	d.run("incident.weave")
	named[*kit.Button](t, d.window.Content(), "Create the increment").Press()
	assert.True(t, d.sees("Write the problem first: the increment starts with it."))
	d.write("500 on login")
	d.run("incident.main")
	assert.Equal(t, "500 on login", d.incident().Fix.Problem.Get())
	assert.False(t, d.sees("Write the problem first"))
}

func TestTheNormalFlowSaysThatSpecWeaveClosesIt(t *testing.T) {
	d := weaveDesk(t, 7, &fakeRepository{}, 1280, 800)
	d.shell.Do(workflow.SetSeverity{Level: "SEV3", Reason: "only the old app"}, nil)
	d.pump()
	d.run("incident.weave")
	assert.True(t, d.sees("A bug is closed by SpecWeave itself"))
}

func TestAnIncrementIsFoundAndLinkedByKeyboard(t *testing.T) {
	r := &fakeRepository{listed: manyIncrements(300), now: inStepIncrement()}
	d := weaveDesk(t, 7, r, 1280, 800)
	d.run("incident.link")
	assert.True(t, d.sees("300 increments"))
	drawn := 0
	for _, o := range within(d.shell.layers.Top().Body) {
		if rows, ok := o.(*kit.Rows); ok {
			drawn = len(rows.Children())
		}
	}
	assert.Positive(t, drawn)
	assert.Less(t, drawn, 20, "only what is in sight is drawn")

	d.write("archive 0194")
	assert.True(t, d.sees("Archived"))
	assert.True(t, d.sees("a comma stands before the closing brace"), "what was not understood is shown")
	d.press(fyne.KeyReturn)

	assert.Equal(t, r.listed[300-194].ID, d.incident().Fix.Increment.Get().ID)
	assert.True(t, d.incident().Linked())
	assert.False(t, d.shell.layers.IsOpen("link"))
	assert.True(t, d.shell.layers.IsOpen(weaveLayer), "and both sides are shown")
	assert.True(t, d.sees("T-001: Add the limit"))
}

func TestALinkThatFailsSaysWhyInItsPlace(t *testing.T) {
	r := &fakeRepository{listed: []session.Listed{{ID: "0003-gone", State: "in flight"}}}
	d := weaveDesk(t, 7, r, 1280, 800)
	d.run("incident.link")
	assert.True(t, d.sees("“in flight”"), "a state that nobody knows is shown as it is written")
	r.listed = nil
	d.press(fyne.KeyReturn)
	assert.True(t, d.sees("There is no such increment. Nothing was linked."))
	assert.True(t, d.shell.layers.IsOpen("link"))
}

func TestAQuestionIsPointedOutInStripBarAndBoard(t *testing.T) {
	r := &fakeRepository{now: asked(ask(workflow.CausePart, "ours", "theirs"))}
	d := weaveDesk(t, 15, r, 1280, 800)
	d.look(r, inStepIncrement())
	d.look(r, asked(ask(workflow.CausePart, "ours", "theirs")))
	words, how := weaveItem(d.shell.State())
	assert.Equal(t, "0015: 1 question", words)
	assert.Equal(t, kit.Warn, how)
	assert.True(t, d.sees("1 question to answer"), "the board's side says so")

	d.push("Compare…")
	assert.True(t, d.shell.layers.IsOpen(weaveLayer))
	assert.Equal(t, "Keep ours", focusedWord(d))
	d.press(fyne.KeyEscape)
	d.push("Tasks and files")
	assert.True(t, d.shell.layers.IsOpen(weaveLayer))
}
