package view

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"firebreak/app/session"
)

// TestNoticePictures draws what the program says of itself into the directory
// that FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestNoticePictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the notices")
	}
	crashed := session.Strip{
		Says: "Firebreak ended unexpectedly at 14:47Z. Everything that was saved is there.", Warning: true, Kept: true,
		More: []session.Offer{{Word: "Copy diagnostics"}, {Word: "Show file"}},
	}
	for _, p := range pictures() {
		d := newShellDesk(t, 20*time.Minute, p.size.Width, p.size.Height)
		prefs := d.shell.State().Prefs
		prefs.Theme, prefs.Scale = p.theme, p.scale
		d.shell.SetPrefs(prefs, "")
		d.shell.Say(crashed)
		d.pump()
		d.window.Content().Refresh()
		capture(t, filepath.Join(dir, fmt.Sprintf("notice-crash-%s.png", p.name)), d.window)
		d.shell.Dismiss()
		d.sets(-time.Hour)
		d.window.Content().Refresh()
		capture(t, filepath.Join(dir, fmt.Sprintf("notice-clock-%s.png", p.name)), d.window)
	}
}
