package stage_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// smallDisk is a file system of its own with so much room.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size+",mode=0700"); err != nil {
		t.Skipf("a disk of its own needs the rights of root: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fillDisk writes a file until nothing more fits.
func fillDisk(t *testing.T, dir string) (filler string) {
	t.Helper()
	filler = filepath.Join(dir, "filler")
	f, err := os.OpenFile(filler, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	defer f.Close()
	block := make([]byte, 4096)
	rand.Read(block)
	for err == nil {
		_, err = f.Write(block)
	}
	require.ErrorIs(t, err, syscall.ENOSPC)
	return filler
}

// long is a note that needs more room than the log has left of its own.
func long(text string) string {
	bytes := make([]byte, 300_000)
	for i := range bytes {
		bytes[i] = 'a' + byte(i%26)
	}
	return text + string(bytes)
}

func TestTheDiskFillsUpInTheMiddleOfAnIncidentAndWorkGoesOnWithoutARestart(t *testing.T) {
	disk := smallDisk(t, "24m")
	r := openRoom(t, filepath.Join(disk, "data")).declare()
	require.NoError(t, r.asks(workflow.Note{Text: "before"}))
	r.Pass(5 * time.Second)
	saved := r.Desk.State().Saved.At
	filler := fillDisk(t, disk)

	r.Desk.Draft("composer", long("half "))
	require.Error(t, r.asks(workflow.Note{Text: long("half ")}, "composer"))
	r.Pass(10 * time.Second)

	st := r.Desk.State()
	assert.Contains(t, st.Saved.Trouble, "is full")
	assert.Contains(t, st.Saved.Trouble, "Make some room")
	assert.Equal(t, saved, st.Saved.At)
	assert.Equal(t, long("half "), st.Drafts["composer"].Text, "the words are still in their field")
	require.NotNil(t, st.Strip)
	assert.Equal(t, "Try again", st.Strip.Undo)

	require.NoError(t, os.Remove(filler))
	r.Pass(3 * time.Second)
	assert.Empty(t, r.Desk.State().Saved.Trouble, "it was noticed without anybody's help")
	require.NoError(t, r.Press("Ctrl+Shift+T"))
	assert.Equal(t, map[string]int{"before": 1, long("half "): 1}, r.notes())
	assert.Empty(t, r.Desk.State().Drafts)

	folder := r.folder
	r.Stage.Close()
	assert.Equal(t, map[string]int{"before": 1, long("half "): 1}, openRoom(t, folder).notes(), "and it is on the disk")
}

func TestTheFolderIsRemovedUnderTheWindowAndPutBackFromIt(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	r := openRoom(t, folder).declare()
	require.NoError(t, r.asks(workflow.Note{Text: "before"}))
	r.Pass(5 * time.Second)
	require.NoError(t, os.RemoveAll(folder))

	r.Pass(500 * time.Millisecond)
	st := r.Desk.State()
	require.NotNil(t, st.Away, "within one look")
	assert.Contains(t, st.Saved.Trouble, "removed or renamed")
	require.Error(t, r.asks(workflow.Note{Text: "meanwhile"}))
	r.Desk.Draft("composer", "half")
	r.Pass(3 * time.Second)
	assert.Equal(t, map[string]int{"before": 1}, r.notes(), "nothing is shown that the disk does not hold")

	r.Shell.Run("data.putback")
	r.Pass(3 * time.Second)
	st = r.Desk.State()
	assert.Nil(t, st.Away)
	assert.Empty(t, st.Saved.Trouble)
	require.NoError(t, r.Press("Ctrl+Shift+T"))
	require.NoError(t, r.asks(workflow.Note{Text: "after"}))
	r.Pass(time.Second)

	want := map[string]int{"before": 1, "meanwhile": 1, "after": 1}
	assert.Equal(t, want, r.notes())
	runTerminal(t, folder, "log", "from a terminal")
	r.Pass(time.Second)
	want["from a terminal"] = 1
	assert.Equal(t, want, r.notes())
	r.Stage.Close()
	again := openRoom(t, folder)
	assert.Equal(t, want, again.notes())
	assert.Equal(t, "half", again.Desk.State().Drafts["composer"].Text)
}

func TestAnotherDatabaseInThePlaceIsLeftAloneAndWhatIsHeldIsSavedElsewhere(t *testing.T) {
	folder, safe := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "safe")
	r := openRoom(t, folder).declare()
	require.NoError(t, r.asks(workflow.Note{Text: "mine"}))
	other := filepath.Join(t.TempDir(), "other")
	runTerminal(t, other, "declare", "Another fire", "--severity", "SEV2")
	theirs, err := os.ReadFile(filepath.Join(other, "firebreak.db"))
	require.NoError(t, err)
	require.NoError(t, os.Rename(filepath.Join(other, "firebreak.db"), filepath.Join(folder, "firebreak.db")))

	r.Pass(time.Second)
	require.NotNil(t, r.Desk.State().Away)
	assert.False(t, r.Desk.State().Away.PutBack)
	r.Desk.Draft("composer", "half")
	stayed := 0
	r.Desk.Leave(func() { t.Error("nobody leaves by accident") }, func() { stayed++ })
	r.Pump()
	assert.Equal(t, 1, stayed)

	var failed error
	r.Desk.SaveTo(safe, func(err error) { failed = err })
	r.Pump()
	require.NoError(t, failed)
	now, err := os.ReadFile(filepath.Join(folder, "firebreak.db"))
	require.NoError(t, err)
	assert.Equal(t, theirs, now, "theirs is as it was")
	saved := openRoom(t, safe)
	assert.Equal(t, map[string]int{"mine": 1}, saved.notes())
	assert.Equal(t, "half", saved.Desk.State().Drafts["composer"].Text)
}

func TestADiskThatMayOnlyBeReadIsNamedInTheTerminal(t *testing.T) {
	disk := smallDisk(t, "24m")
	r := openRoom(t, disk).declare()
	r.Pass(5 * time.Second)
	r.Stage.Close()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("this disk cannot be turned: %v", err)
	}
	out, err := terminal(disk, "log", "x", "--json").CombinedOutput()
	require.Error(t, err)
	assert.Contains(t, string(out), `"code":"place.read-only"`)
	assert.Contains(t, string(out), "may only be read")
}
