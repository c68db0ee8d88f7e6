package view

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// TestChangesPictures draws the history of changes into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestChangesPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the history of changes")
	}
	for _, p := range pictures() {
		d, _ := changedDesk(t)
		d.window.Resize(fyne.NewSize(p.size.Width, p.size.Height))
		prefs := d.shell.State().Prefs
		prefs.Theme, prefs.Scale = p.theme, p.scale
		d.shell.SetPrefs(prefs, "")
		d.run("view.changes")
		d.window.Content().Refresh()
		capture(t, filepath.Join(dir, fmt.Sprintf("changes-%s.png", p.name)), d.window)
		d.press(fyne.KeyEscape)
		d.run("go.timeline")
		d.shell.pane(TimelineScreen).(*timeline).side.choose(changesTab)
		d.pump()
		d.window.Content().Refresh()
		capture(t, filepath.Join(dir, fmt.Sprintf("timeline-changes-%s.png", p.name)), d.window)
	}
}
