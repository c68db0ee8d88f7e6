package view

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// TestPicturesOfTheBackups draws the card in its states, for the eye.
func TestPicturesOfTheBackups(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the backups")
	}
	usual := newFakeAsker(t, quietState(t))
	usual.state.Places, usual.state.Backups = samplePlaces(), backedUp(2*time.Minute)
	busy := newFakeAsker(t, quietState(t))
	busy.state.Places, busy.state.Backups = samplePlaces(), backedUp(14*time.Minute)
	busy.state.Backups.Running, busy.state.Backups.Done, busy.state.Backups.All = true, 6, 10
	failed := newFakeAsker(t, quietState(t))
	failed.state.Places, failed.state.Backups = samplePlaces(), backedUp(47*time.Minute)
	failed.state.Backups.Changed = true
	failed.state.Backups.Trouble = "No backup was made: the disk that holds /home/jane/.local/share/firebreak/backups is full. What was saved before is untouched, and typed text stays in its field. Make some room on that disk, then try again."
	card := func(p Pane, _ fyne.Window) {
		s := p.(*settings)
		s.choice.Choose("backups")
		s.arrange()
		s.reveal("backups")
	}
	for name, scene := range map[string]paneScene{"usual": {usual, card}, "busy": {busy, card}, "failed": {failed, card}} {
		for size, how := range paneWindows() {
			t.Run(name+"-"+size, func(t *testing.T) {
				drawPaneFile(t, filepath.Join(dir, "backups-"+name+"-"+size+".png"), how, scene, newSettings)
			})
		}
	}
}
