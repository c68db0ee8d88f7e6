package view

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// TestSheetPictures draws every sheet over the window into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestSheetPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the sheets")
	}
	for name, show := range sheetStates() {
		for _, p := range pictures() {
			d := newShellDesk(t, show.after, p.size.Width, p.size.Height)
			prefs := d.shell.State().Prefs
			prefs.Theme, prefs.Scale = p.theme, p.scale
			d.shell.SetPrefs(prefs, "")
			show.do(d)
			d.pump()
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("sheet-%s-%s.png", name, p.name)), d.window)
		}
	}
}

type picture struct {
	name, theme string
	scale       float32
	size        fyne.Size
}

func pictures() []picture {
	wide, narrow := fyne.NewSize(1280, 800), fyne.NewSize(800, 600)
	return []picture{
		{"wide-dark", "dark", 1, wide},
		{"wide-light", "light", 1, wide},
		{"narrow-dark", "dark", 1, narrow},
		{"narrow-light-150", "light", 1.5, narrow},
	}
}

func capture(t *testing.T, path string, w fyne.Window) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(file, w.Canvas().Capture()))
	require.NoError(t, file.Close())
}

type sheetState struct {
	after time.Duration
	do    func(*shellDesk)
}

func sheetStates() map[string]sheetState {
	opened := func(after time.Duration, command string) sheetState {
		return sheetState{after * time.Minute, func(d *shellDesk) { d.run(command) }}
	}
	return map[string]sheetState{
		"palette": opened(10, "view.palette"), "keys": opened(10, "view.keys"), "about": opened(10, "view.about"),
		"switch": {10 * time.Minute, func(d *shellDesk) { pastIncidents(d.shelf); d.open(1280, 800); d.run("incident.switch") }},
		"severity": {10 * time.Minute, func(d *shellDesk) {
			d.run("incident.severity")
			d.press(fyne.KeyDown, fyne.KeyDown)
		}},
		"update": opened(20, "incident.update"), "task": opened(10, "incident.action"), "skip": opened(10, "incident.skip"),
		"decision": {11 * time.Minute, func(d *shellDesk) {
			d.run("incident.decision")
			d.shell.Draft("decision.answer.previous-worked", workflow.Yes)
			d.shell.Draft("decision.answer.fix-small-and-clear", workflow.Yes)
			d.shell.Draft("decision.answer.cannot-roll-back", workflow.Yes)
			d.later(time.Second)
		}},
		"handoff": opened(24, "incident.handoff"), "approve": opened(23, "incident.approve"),
		"deploy-running": deployShown(nil), "deploy-ended": deployShown(&workflow.Ran{Ending: workflow.RunExited, Took: 84 * time.Second}),
		"deploy-broken": deployShown(&workflow.Ran{Ending: workflow.RunExited, Exit: 3, Took: 84 * time.Second, Says: "It ended with the exit code 3."}),
		"deploy-cut":    deployShown(nil, "Cancel…"),
		"allclear-shut": opened(30, "incident.allclear"), "allclear-open": opened(40, "incident.allclear"), "cancel": opened(5, "incident.cancel"),
	}
}

// pastIncidents fills a history.
func pastIncidents(shelf *memoryShelf) {
	day := func(n int) time.Time { return time.Date(2024, 11, 25-n, 3, 44, 0, 0, time.UTC) }
	for i, row := range []workflow.Summary{
		{Title: "Login fails for tokens with dashes", Service: "auth", Severity: "SEV2", Cause: "Token cache kept expired keys"},
		{Title: "Checkout 5xx after release 1.8.3", Service: "checkout", Severity: "SEV1", Cause: "Connection pool exhausted"},
		{Title: "Queue backlog", Service: "mail", Severity: "SEV3"},
		{Title: "Typo in the footer of the login page", Service: "web", Severity: "SEV4"},
		{Title: "Payment timeouts", Service: "payment", Severity: ""},
	} {
		row.ID, row.Stage, row.Detected = workflow.IncidentID(fmt.Sprintf("past-%d", i)), workflow.Resolved, day(i+1)
		row.Took = time.Duration(20+13*i) * time.Minute
		shelf.rows = append(shelf.rows, row)
	}
}

var _ session.Shelf = (*memoryShelf)(nil)

// deployShown is a deploy that runs, or has ended, after buttons were pressed.
func deployShown(ended *workflow.Ran, press ...string) sheetState {
	return sheetState{24 * time.Minute, func(d *shellDesk) {
		d.run("incident.deploy")
		st := d.shell.State()
		out := ""
		for i := range 14 {
			out += fmt.Sprintf("[%02d/14] uploading layer sha256:%08x to registry.example.com/shop/auth\n", i+1, i*7919)
		}
		st.Runs = []session.Running{{
			Key: session.DeployKey, Incident: st.Incident.ID, Use: workflow.DeployUse, Line: "./deploy.sh f3a91c2 --to v1.2.4 --approved-by=Ann",
			Since: st.Now.Add(-83 * time.Second), Limit: 30 * time.Minute, Printed: int64(len(out)), Text: out, Ended: ended,
		}}
		d.shell.Show(st)
		if ended != nil { // a run that has ended is shown to who began it
			d.shell.CloseLayer(deployLayer)
			sheet := newDeploySheet(d.shell, toProduction)
			sheet.live.watch(session.DeployKey)
			d.shell.openSheet(sheet.layer, sheet.Show)
		}
		for _, word := range press {
			d.push(word)
			d.shell.Show(st)
		}
	}}
}
