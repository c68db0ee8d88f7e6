package view

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTriagePictures draws the screen of the first minute in its window into
// the directory that FIREBREAK_PICTURES names; nothing is compared.
func TestTriagePictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the screen")
	}
	for name, show := range triageStates() {
		for _, p := range pictures() {
			d := newShellDesk(t, show.after, p.size.Width, p.size.Height)
			prefs := d.shell.State().Prefs
			prefs.Theme, prefs.Scale = p.theme, p.scale
			d.shell.SetPrefs(prefs, "")
			show.do(d)
			d.shell.Go(TriageScreen)
			d.pump()
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("triage-%s-%s.png", name, p.name)), d.window)
			for i, scroller := range scrollersIn(d.shell.stage) {
				if i == 0 {
					scroller.ScrollTo(99999)
				}
			}
			d.window.Content().Refresh()
			capture(t, filepath.Join(dir, fmt.Sprintf("triage-%s-%s-end.png", name, p.name)), d.window)
		}
	}
}

func triageStates() map[string]sheetState {
	return map[string]sheetState{
		"first": {-1, func(*shellDesk) {}},
		"typed": {-1, func(d *shellDesk) {
			pastIncidents(d.shelf)
			d.open(1280, 800)
			for field, text := range map[string]string{
				"title": "Login fails for everyone", "at": "-5m", "service": "auth", "severity": "SEV1",
				"answer.who": "everyone", "answer.function": "system", "answer.risk": "unsure",
			} {
				d.shell.Draft("app.declare."+field, text)
			}
		}},
		"wrong": {-1, func(d *shellDesk) {
			d.shell.Draft("app.declare.at", "25:99")
			d.shell.Go(TriageScreen)
			require.True(d.t, d.shell.pane(TriageScreen).Main())
		}},
		"assessed": {4 * time.Minute, func(d *shellDesk) {
			pastIncidents(d.shelf)
			d.shell.Draft("assess.hypothesis", "Recent deploy broke auth token validation; the regex was changed")
		}},
	}
}
