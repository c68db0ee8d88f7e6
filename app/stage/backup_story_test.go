package stage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/app/stage"
	"firebreak/workflow"
)

// TestABackupIsMadeAndRestoredByKeys is the whole way in the window: an evening's
// notes, a backup, a mistake, and the way back.
func TestABackupIsMadeAndRestoredByKeys(t *testing.T) {
	s, err := stage.Open(stage.Set{Folder: t.TempDir(), Start: sample.Alert(), Name: "Jane", Size: fyne.NewSize(1280, 800)})
	require.NoError(t, err)
	t.Cleanup(s.Close)
	s.Desk.Do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: s.Desk.State().Policy}, nil)
	s.Desk.Do(workflow.Note{Text: "in the backup"}, nil)
	s.Pump()
	s.Shell.Run("backup.now")
	s.Pump()
	require.Len(t, s.Desk.State().Backups.List, 1)
	s.Desk.Do(workflow.Note{Text: "after it"}, nil)
	s.Pump()
	notes := func() int { return s.Desk.State().Incident.Timeline.Shown() }
	before := notes()

	s.Shell.Run("backup.restore")
	s.Pump()
	s.Key(fyne.KeyReturn) // looks at the newest
	s.Pump()
	assert.Contains(t, shownText(s.Shell.Content()), "It lacks 1 change of now.")
	s.Key(fyne.KeyReturn) // the key keeps what is there
	s.Pump()
	assert.Equal(t, before, notes())

	s.Key(fyne.KeyReturn)
	s.Pump()
	s.Key(fyne.KeyTab)
	s.Key(fyne.KeyReturn)
	s.Pump()
	assert.Equal(t, before-1, notes())
	assert.Contains(t, s.Desk.State().Strip.Says, "is restored. 1 change that was made since is not in it")
	if dir := os.Getenv("FIREBREAK_PICTURES"); dir != "" {
		require.NoError(t, s.Picture(filepath.Join(dir, "restored.png")))
	}
	s.Pass(2 * time.Second)
	assert.Equal(t, "Restore what was there before", s.Desk.State().Strip.Undo)
	s.Shell.Run("backup.restore")
	s.Pump()
	if dir := os.Getenv("FIREBREAK_PICTURES"); dir != "" {
		require.NoError(t, s.Picture(filepath.Join(dir, "restore-list.png")))
	}
	s.Key(fyne.KeyReturn)
	s.Pump()
	if dir := os.Getenv("FIREBREAK_PICTURES"); dir != "" {
		require.NoError(t, s.Picture(filepath.Join(dir, "restore-one.png")))
	}
	assert.Contains(t, shownText(s.Shell.Content()), "It adds 1 change.", "the way back is a backup as well")
}

func shownText(o fyne.CanvasObject) string { return strings.Join(kit.TextsIn(o), "\n") }
