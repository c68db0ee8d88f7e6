package view

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/session"
)

// TestPicturesOfTheSettings draws the screen in its states, for the eye.
func TestPicturesOfTheSettings(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the settings")
	}
	usual := newFakeAsker(t, quietState(t))
	usual.state.Places = samplePlaces()
	first := newFakeAsker(t, quietState(t))
	first.state.Prefs.Repository, first.state.Repo = "", session.Repo{}
	troubled := newDesk(t, 12*time.Minute)
	troubled.state.Prefs.Zones, troubled.state.Zone = session.ShowBoth, time.FixedZone("", 3600)
	troubled.state.Fault = "/srv/shop/.firebreak/playbook.yaml:41: severity \"SEV9\" is used in questions[2] but no level is called that.\nName one of SEV1, SEV2, SEV3, SEV4, or add the level."
	troubled.state.Repo = session.Repo{Folder: "/srv/shop"}
	troubled.state.RepoSays = "/srv/shop is not there any more. Nothing was written. Choose the folder where the repository lies now."
	scenes := map[string]paneScene{
		"usual":    {usual, nil},
		"first":    {first, nil},
		"troubled": {troubled, nil},
		"place":    {troubled, func(p Pane, _ fyne.Window) { p.(*settings).choice.Choose("repository"); p.(*settings).arrange() }},
		"playbook": {troubled, func(p Pane, _ fyne.Window) { p.(*settings).choice.Choose("playbook"); p.(*settings).arrange() }},
		"found":    {usual, func(p Pane, _ fyne.Window) { p.(*settings).find.SetText("path") }},
		"nothing":  {usual, func(p Pane, _ fyne.Window) { p.(*settings).find.SetText("xyz") }},
	}
	for name, s := range scenes {
		for size, how := range paneWindows() {
			t.Run(name+"-"+size, func(t *testing.T) {
				drawPaneFile(t, filepath.Join(dir, "settings-"+name+"-"+size+".png"), how, s, newSettings)
			})
		}
	}
}

func samplePlaces() []session.PlaceLine {
	return []session.PlaceLine{
		{Name: "Database", Path: "/home/jane/.local/share/firebreak/firebreak.db", Size: 421888, Folder: "/home/jane/.local/share/firebreak"},
		{Name: "Backups", Path: "/home/jane/.local/share/firebreak/backups", Size: 3 << 20, Folder: "/home/jane/.local/share/firebreak/backups"},
		{Name: "Logs", Path: "/home/jane/.local/state/firebreak/logs", Size: 0},
	}
}
