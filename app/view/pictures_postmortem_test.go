package view

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// TestPicturesOfThePostmortem draws the screen in its states, for the eye. It
// runs where FIREBREAK_PICTURES names a directory.
func TestPicturesOfThePostmortem(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the post-mortem")
	}
	for name, s := range postmortemScenes(t) {
		for size, how := range paneWindows() {
			t.Run(name+"-"+size, func(t *testing.T) {
				drawPaneFile(t, filepath.Join(dir, "postmortem-"+name+"-"+size+".png"), how, s, newPostmortem)
			})
		}
	}
}

// paneWindow is a window to draw a pane in: the size of what the shell leaves of
// the screen for it.
type paneWindow struct {
	mode          look.Mode
	scale         float32
	width, height float32
}

// paneWindows are windows of 1280 by 800 and 800 by 600, without what the
// shell puts around a pane.
func paneWindows() map[string]paneWindow {
	return map[string]paneWindow{
		"wide-dark":    {look.Dark, 1, 1110, 590},
		"wide-light":   {look.Light, 1, 1110, 590},
		"narrow-dark":  {look.Dark, 1, 650, 390},
		"narrow-light": {look.Light, 1, 650, 390},
		"narrow-150":   {look.Dark, 1.5, 600, 330},
		"wide-150":     {look.Light, 1.5, 1080, 540},
		"contrast":     {look.Contrast, 1, 1110, 590},
	}
}

// paneScene is a desk and what the person has done on the pane.
type paneScene struct {
	desk *fakeAsker
	then func(Pane, fyne.Window)
}

func postmortemScenes(t *testing.T) map[string]paneScene {
	choose := func(id workflow.Section) func(Pane, fyne.Window) {
		return func(p Pane, _ fyne.Window) { p.(*postmortem).choose(id) }
	}
	planned := newDesk(t, 75*time.Minute)
	planned.state.Plan = samplePlan()
	written := newDesk(t, 75*time.Minute)
	plan := samplePlan()
	plan.Written = true
	plan.Steps[2].Kept = true
	written.state.Plan = plan
	plan.Steps = append(plan.Steps, samplePage())
	committing, committed := newDesk(t, 75*time.Minute), newDesk(t, 75*time.Minute)
	committing.state.Plan, committing.state.Commit = plan, sampleCommit()
	made := sampleCommit()
	made.ID, made.Says = "f3a91c27d0", nil
	committed.state.Plan, committed.state.Commit = plan, made
	half := newDesk(t, 60*time.Minute)
	half.Draft("postmortem.root-cause", "Regex pattern in token validation was changed in PR #423.\n\nBob forgot to test tokens with dashes, and the canary was off.\n\n| When | What |\n|---|---|\n| 14:32 | alert |\n")
	live := newDesk(t, 75*time.Minute)
	live.as("Jane", live.state.Now, workflow.AttachToSection{Section: workflow.ImpactSection, Files: []workflow.Attachment{
		{Name: "error rate.png", Media: "image/png", SHA256: strings.Repeat("a", 64), Bytes: 120 << 10},
	}})
	live.Draft("postmortem.impact", "Login was broken for {{metric time-to-resolve}}.\n\nIt began with this:\n\n"+
		live.state.Incident.LiveEntry(live.state.Incident.ReportLines()[0].ID)+"\n\n![the error rate](attachment:aaaaaaaaaaaa)\n\n1. ~2,000 users affected\n2. ~500 support tickets\n")
	return map[string]paneScene{
		"live": {live, choose(workflow.ImpactSection)},
		"long": {newDesk(t, 75*time.Minute), func(p Pane, _ fyne.Window) {
			p.(*postmortem).choose(workflow.ImpactSection)
			retype(p.(*postmortem), megabyteOf("A paragraph of a very long account: what was seen, by whom, and what was done then."))
		}},
		"final":    {finalDesk(t), choose(workflow.ImpactSection)},
		"empty":    {newFakeAsker(t, quietState(t)), nil},
		"burning":  {newDesk(t, 12*time.Minute), nil},
		"written":  {newDesk(t, 75*time.Minute), choose(workflow.LessonsSection)},
		"half":     {half, choose(workflow.RootCauseSection)},
		"timeline": {newDesk(t, 75*time.Minute), choose(workflow.TimelineSection)},
		"actions":  {newDesk(t, 75*time.Minute), choose(workflow.ActionsSection)},
		"metrics":  {newDesk(t, 75*time.Minute), choose(workflow.MetricsSection)},
		"more": {newDesk(t, 75*time.Minute), func(p Pane, _ fyne.Window) {
			p.(*postmortem).list.more.Press()
			p.(*postmortem).head.meet.Press()
		}},
		"plan":     {planned, nil},
		"exported": {written, nil},
		"commit":   {committing, nil},
		"made":     {committed, nil},
	}
}

func samplePage() session.PlanStep {
	return session.PlanStep{Document: session.HTMLDocument, Path: ".specweave/docs/internal/incidents/0015-hotfix-auth-outage.html", What: "create", Diff: "diff --git a/x b/x\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,1 @@\n+<!DOCTYPE html>\n"}
}

func sampleCommit() *session.Commit {
	return &session.Commit{
		Root: "/srv/shop", Branch: "main", Author: "Jane Doe <jane@example.org>", Message: "Add Post-Mortem: SEV1 Auth Outage 2024-11-25",
		Files: []session.CommitFile{{Path: ".specweave/increments/0015-hotfix-auth-outage/tasks.md"}, {Path: ".specweave/docs/internal/incidents/0015-hotfix-auth-outage.html", New: true}},
		Says:  []string{"Hooks of this repository will run: pre-commit."},
		Diff: "diff --git a/tasks.md b/tasks.md\nindex 3367afd..eee417f 100644\n--- a/tasks.md\n+++ b/tasks.md\n@@ -10,3 +10,3 @@\n ## Tasks\n-- [ ] T-004: Deploy to production\n+- [x] T-004: Deploy to production\n" +
			"diff --git a/0015-hotfix-auth-outage.html b/0015-hotfix-auth-outage.html\nnew file mode 100644\n--- /dev/null\n+++ b/0015-hotfix-auth-outage.html\n@@ -0,0 +1,2 @@\n+<!DOCTYPE html>\n+<html lang=\"en\">\n",
	}
}

// finalDesk is a desk whose post-mortem is final.
func finalDesk(t *testing.T) *fakeAsker {
	f := newDesk(t, 75*time.Minute)
	f.as("Jane", f.state.Now, workflow.SetReview{State: workflow.InReview}, workflow.SetReview{State: workflow.Final})
	return f
}

func samplePlan() *session.Plan {
	return &session.Plan{Root: "/srv/shop", Empty: []string{"Lessons Learned"}, Steps: []session.PlanStep{
		{Document: session.IncrementDocument, Path: ".specweave/increments/0015-hotfix-auth-outage/spec.md", What: "same"},
		{Document: session.IncrementDocument, Path: ".specweave/increments/0015-hotfix-auth-outage/tasks.md", What: "update", Diff: "--- a/tasks.md\n+++ b/tasks.md\n@@ -10,3 +10,3 @@\n ## Tasks\n-- [ ] T-004: Deploy to production\n+- [x] T-004: Deploy to production\n"},
		{Document: session.PostmortemDocument, Path: ".specweave/docs/internal/incidents/0015-hotfix-auth-outage.md", What: "changed", Diff: "--- a/x.md\n+++ b/x.md\n@@ -1,6 +1,7 @@\n # Post-Mortem: SEV1 Auth Outage 2024-11-25\n \n ## Summary\n \n-Login was broken for all users. We think for about an hour, but nobody has counted yet; ask support for the number of tickets.\n+Login broken for all users for 47 minutes.\n \n@@ -20,3 +21,5 @@\n ## Impact\n \n+- ~2,000 users affected\n+- ~500 support tickets\n \n", Theirs: "# Post-Mortem\n\ntheirs\n", Ours: "# Post-Mortem\n\nours\n"},
	}}
}

// drawPaneFile draws a pane as a file.
func drawPaneFile(t *testing.T, file string, how paneWindow, s paneScene, build func(Asker) Pane) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(how.mode, how.scale))
	pane := build(s.desk)
	s.desk.show = pane.Show
	layers := kit.NewLayers(pane.Content())
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(how.width, how.height))
	pane.Show(s.desk.state)
	pane.Enter()
	if s.then != nil {
		s.then(pane, w)
	}
	pane.Show(s.desk.state)
	out, err := os.Create(file)
	require.NoError(t, err)
	require.NoError(t, png.Encode(out, w.Canvas().Capture()))
	require.NoError(t, out.Close())
}
