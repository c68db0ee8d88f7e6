package view

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// shop is a repository that is only looked at.
type shop struct{ session.Hands }

func (shop) Find(_ context.Context, folder string) (session.Repo, error) {
	return session.Repo{Folder: folder, Root: "/home/jane/shop", Name: "shop"}, nil
}

// ran is an Outside for which every command ends the same way.
type ran struct {
	orders []workflow.RunOrder
	ends   workflow.Ran
}

func (r *ran) Run(_ context.Context, order workflow.RunOrder, printed func([]byte)) workflow.Ran {
	r.orders = append(r.orders, order)
	printed([]byte("uploading\ndone\n"))
	return r.ends
}

func (*ran) Installed(string) bool { return true }

// shipping is a desk in the shop, so long after the first alert.
func shipping(t *testing.T, after time.Duration, ends workflow.Ran) (*shellDesk, *ran) {
	t.Helper()
	d := newShellDesk(t, after*time.Minute, 1280, 800)
	r := &ran{ends: ends}
	d.hands, d.runner = shop{}, r
	d.open(1280, 800)
	prefs := d.shell.State().Prefs
	prefs.Repository = "/home/jane/shop"
	d.shell.SetPrefs(prefs, "")
	d.pump()
	return d, r
}

// button finds a button of the window that can be seen by its word.
func (d *shellDesk) button(word string) *kit.Button {
	d.t.Helper()
	var found *kit.Button
	for _, o := range test.LaidOutObjects(d.window.Canvas().Content()) {
		if b, ok := o.(*kit.Button); ok && b.Word() == word && b.Visible() {
			found = b
		}
	}
	require.NotNil(d.t, found, "there is no button %q", word)
	return found
}

// confirmField is where the word is typed.
func (d *shellDesk) confirmWith(word string) {
	d.t.Helper()
	for _, o := range test.LaidOutObjects(d.window.Canvas().Content()) {
		if f, ok := o.(*kit.Field); ok && f.Visible() && strings.HasPrefix(f.AccessibilityLabel(), "Type production to run it") {
			f.Focus()
			d.write(word)
			return
		}
	}
	require.Fail(d.t, "there is no field for the word")
}

var wentWell = workflow.Ran{Ending: workflow.RunExited, Took: 42 * time.Second}

func TestNoKeyStartsADeployByItself(t *testing.T) {
	d, r := shipping(t, 24, wentWell)
	d.shell.AcceptCommands(d.shell.State().Trust.Commands(), nil)
	d.pump()
	d.run("incident.deploy")
	assert.Equal(t, "Type production above to run it", d.button("Deploy to production").Off())
	d.run("incident.main") // Ctrl+Enter
	d.press(fyne.KeyReturn, fyne.KeyReturn)
	d.confirmWith("productio")
	d.press(fyne.KeyReturn)
	d.run("incident.main")
	assert.NotEmpty(t, d.button("Deploy to production").Off())
	d.confirmWith("n")
	assert.Empty(t, d.button("Deploy to production").Off())
	d.press(fyne.KeyReturn)
	d.run("incident.main")
	start := d.button("Deploy to production")
	require.True(t, kit.Focus(start))
	d.press(fyne.KeyReturn, fyne.KeyEnter)
	assert.Empty(t, r.orders, "neither Enter nor Ctrl+Enter")
	assert.Empty(t, d.incident().Proof.Attempts)
	assert.Empty(t, d.incident().Proof.Deploys, "and nothing behind the sheet was sent by them")

	d.press(fyne.KeySpace)
	require.Len(t, r.orders, 1)
	assert.Equal(t, []string{"npm", "run", "deploy:production", "--hotfix"}, r.orders[0].Words)
	assert.Equal(t, "/home/jane/shop", r.orders[0].Folder)
	assert.True(t, d.incident().Holds(workflow.DeployRecorded))
	d.button("Back to the plan")
}

func TestACommandOfThePlaybookIsOffUntilItWasAccepted(t *testing.T) {
	d, r := shipping(t, 24, wentWell)
	d.run("incident.deploy")
	d.confirmWith("production")
	assert.Equal(t, "This command waits to be accepted", d.button("Deploy to production").Off())
	test.Tap(d.button("Look at it…"))
	d.pump()
	d.press(fyne.KeyReturn)
	assert.Empty(t, d.shell.State().Trust.Accepted, "Enter accepts nothing")
	d.run("incident.trust")
	test.Tap(d.button("Accept these commands"))
	d.pump()
	assert.Empty(t, d.shell.State().Trust.Asked)
	assert.Equal(t, "Nothing waits to be accepted", d.button("Accept these commands").Off())
	assert.Empty(t, r.orders)
	test.Tap(d.button("Take back what was accepted"))
	d.pump()
	assert.Empty(t, d.shell.State().Trust.Accepted)
}

func TestAClosedGateLeadsToWhatIsMissing(t *testing.T) {
	d, _ := shipping(t, 12, wentWell)
	d.run("incident.deploy")
	assert.Contains(t, d.button("Deploy to production").Off(), "The gate is closed: Implement the minimal fix")
	test.Tap(d.button("Rollback…"))
	d.pump()
	require.True(t, d.shell.layers.IsOpen("way.rollback-ready"))
	d.press(fyne.KeyReturn)
	assert.True(t, d.incident().Holds(workflow.RollbackReady), "from the sheet itself")
	assert.False(t, d.shell.layers.IsOpen("way.rollback-ready"))
	assert.True(t, d.shell.layers.IsOpen(deployLayer))
}

func TestADeployWithoutAnEndIsAnsweredOnTheSheet(t *testing.T) {
	d, _ := shipping(t, 24, wentWell)
	d.shell.Do(workflow.StartDeploy{Run: workflow.DeployRun{Command: "./deploy.sh"}}, nil)
	d.pump()
	d.run("incident.deploy")
	test.Tap(d.button("It failed"))
	d.pump()
	_, open := d.incident().OpenDeploy()
	assert.False(t, open)
	assert.False(t, d.incident().Holds(workflow.DeployRecorded))
}

func TestADryRunIsTheDefaultWhereThereIsOne(t *testing.T) {
	d, r := shipping(t, 24, wentWell)
	in := d.incident()
	in.Playbook.Work.DryRunWith = "./deploy.sh --dry-run {commit}"
	st := d.shell.State()
	st.Incident = in
	d.shell.state = st
	sheet := newDeploySheet(d.shell, toProduction)
	assert.Equal(t, sheet.dry, sheet.layer.Default)
	assert.Equal(t, "./deploy.sh --dry-run f3a91c2", sheet.dryPlan().Order.Line)
	assert.Empty(t, r.orders)
}

func TestARunThatGoesOnIsShownAndCutOnlyOnASecondWord(t *testing.T) {
	d, _ := shipping(t, 24, wentWell)
	d.run("incident.deploy")
	st := d.shell.State()
	st.Runs = []session.Running{{
		Key: session.DeployKey, Incident: st.Incident.ID, Use: workflow.DeployUse, Line: "./deploy.sh f3a91c2",
		Since: st.Now.Add(-83 * time.Second), Limit: 30 * time.Minute, Printed: 10, Text: "uploading\n",
	}}
	d.shell.Show(st)
	cancel := d.button("Cancel…")
	test.Tap(cancel)
	d.button("Let it run on")
	d.button("Cut it off")
	assert.Equal(t, "The deploy runs: 1:23 of 30 min at most", liveLine(st.Runs[0], st.Now).text)

	ended := st.Runs[0]
	failed := workflow.Ran{Ending: workflow.RunExited, Exit: 3, Took: 84 * time.Second, Says: "It ended with the exit code 3."}
	ended.Ended = &failed
	st.Runs = []session.Running{ended}
	d.shell.Show(st)
	assert.Equal(t, "The deploy failed after 1:24. It ended with the exit code 3.", liveLine(ended, st.Now).text)
	assert.False(t, cancel.Visible())
}

func TestBehindAClosedGateNoWordIsAskedFor(t *testing.T) {
	d := newShellDesk(t, 12*time.Minute, 1280, 800)
	d.run("incident.deploy")
	assert.True(t, d.sees("the gate is closed"))
	assert.False(t, d.sees("Type production to run it"), "it would open nothing")
	assert.False(t, d.sees("The way back is not ready"), "the gate asks for it already")
	assert.True(t, d.sees("Make the rollback ready"))
}

func TestTheDeploySheetSaysThatTheLastOneFailed(t *testing.T) {
	d, _ := shipping(t, 24, wentWell)
	d.shell.Do(workflow.StartDeploy{Run: workflow.DeployRun{Version: "v1.2.4", Command: "./deploy.sh"}}, nil)
	d.pump()
	open, some := d.incident().OpenDeploy()
	require.True(t, some)
	d.shell.Do(workflow.EndDeploy{Started: open.Entry, Ran: workflow.Ran{Ending: workflow.RunExited, Exit: 3, Took: 72 * time.Second}}, nil)
	d.pump()
	d.run("incident.deploy")
	assert.True(t, d.sees("The last deploy to production failed after 1m12s: exit code 3"))
}
