package house_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

func (h *home) note(text string) {
	h.t.Helper()
	h.do(workflow.Note{Text: text})
}

func (h *home) backUp() session.Backup {
	h.t.Helper()
	h.desk.BackUp(func(err error) { assert.NoError(h.t, err) })
	h.pump()
	require.NotEmpty(h.t, h.state().Backups.List)
	return h.state().Backups.List[0]
}

func TestABackupIsRestoredUnderTheOpenDesk(t *testing.T) {
	h := moveIn(t, t.TempDir())
	h.do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: h.state().Policy})
	id := h.state().Incident.ID
	h.note("in the backup")
	made := h.backUp()
	assert.True(t, made.Read)
	assert.Equal(t, 1, made.Incidents)
	h.note("after it")
	h.do(workflow.Cancel{Reason: "a drill"})
	h.do(workflow.Declare{Title: "a second one", Playbook: h.state().Policy})
	h.desk.Draft("app.title", "half typed")

	var found session.Difference
	h.desk.Compare(made.Path, func(d session.Difference, err error) { found = d; assert.NoError(t, err) })
	h.pump()
	assert.Positive(t, found.Lacks)
	assert.Equal(t, 1, found.Incidents)

	done := false
	h.desk.Restore(made.Path, func(err error) { done = true; assert.NoError(t, err) })
	h.pump()

	require.True(t, done)
	assert.Equal(t, id, h.state().Incident.ID)
	assert.True(t, h.state().Incident.Open())
	assert.Len(t, h.state().History, 1)
	assert.Equal(t, "half typed", h.state().Drafts["app.title"].Text)
	assert.Contains(t, h.state().Strip.Says, "is restored.")
	h.note("and it goes on")
	assert.Empty(t, h.state().Saved.Trouble)
	h.clock.now = h.clock.now.Add(time.Minute)
	h.desk.Look()
	h.pump()
	require.Len(t, h.state().Backups.List, 2)
	safety := h.state().Backups.List[0]
	assert.Equal(t, session.BackupReason("before-restore"), safety.Why)

	h.desk.Restore(safety.Path, func(err error) { assert.NoError(t, err) })
	h.pump()
	assert.Len(t, h.state().History, 2, "the way back")
}

func TestABackupThatCannotBeRestoredLeavesTheDeskOnItsLog(t *testing.T) {
	h := moveIn(t, t.TempDir())
	h.do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: h.state().Policy})
	made := h.backUp()
	require.NoError(t, os.Truncate(made.Path, 8192))
	var failed error
	h.desk.Restore(made.Path, func(err error) { failed = err })
	h.pump()
	require.Error(t, failed)
	assert.Equal(t, failed.Error(), h.state().Strip.Says)
	h.note("still here")
	assert.Empty(t, h.state().Saved.Trouble)
}

func TestLeavingBacksUpWhatChangedAndNothingElse(t *testing.T) {
	folder := t.TempDir()
	backups := func() []string {
		found, err := filepath.Glob(filepath.Join(folder, "backups", "*.db"))
		require.NoError(t, err)
		return found
	}
	leave := func(h *home) {
		left := false
		h.desk.Close(func() { left = true })
		h.pump()
		require.True(t, left)
		h.house.Close()
	}
	h := moveIn(t, folder)
	h.do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: h.state().Policy})
	leave(h)
	require.Len(t, backups(), 1)
	assert.Contains(t, backups()[0], "-quit-sound.db")

	leave(moveIn(t, folder))
	assert.Len(t, backups(), 1)
}
