package repo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// faultyDisk is a real folder that fails on demand.
type faultyDisk struct {
	rootedDisk
	failAt   int    // the n-th operation fails; 0 for none
	dead     bool   // and all after it fail too, as if the program had been killed
	room     int    // bytes until the disk is full; negative for plenty
	meddle   func() // somebody else writes, just before our rename
	meddleAt int    // with the n-th file that we create; 0 for each
	created  int
	garble   bool // the disk says yes and stores something else
	cause    error
	happened []string
}

func (d *faultyDisk) step(name string) error {
	d.happened = append(d.happened, name)
	if n := len(d.happened); d.failAt > 0 && (n == d.failAt || d.dead && n > d.failAt) {
		return &fs.PathError{Op: name, Path: "/x", Err: d.cause}
	}
	return nil
}

func (d *faultyDisk) Lstat(name string) (fs.FileInfo, error) {
	if err := d.step("lstat"); err != nil {
		return nil, err
	}
	return d.rootedDisk.Lstat(name)
}

func (d *faultyDisk) ReadFile(name string) ([]byte, error) {
	if err := d.step("read"); err != nil {
		return nil, err
	}
	return d.rootedDisk.ReadFile(name)
}

func (d *faultyDisk) MkdirAll(name string) error {
	if err := d.step("mkdir"); err != nil {
		return err
	}
	return d.rootedDisk.MkdirAll(name)
}

func (d *faultyDisk) Create(name string, mode fs.FileMode) (openFile, error) {
	if err := d.step("create"); err != nil {
		return nil, err
	}
	opened, err := d.rootedDisk.Create(name, mode)
	d.created++
	if d.meddle != nil && (d.meddleAt == 0 || d.meddleAt == d.created) {
		d.meddle()
	}
	return &faultyFile{opened, d}, err
}

func (d *faultyDisk) Rename(from, to string) error {
	if err := d.step("rename"); err != nil {
		return err
	}
	return d.rootedDisk.Rename(from, to)
}

func (d *faultyDisk) Remove(name string) error {
	if err := d.step("remove"); err != nil {
		return err
	}
	return d.rootedDisk.Remove(name)
}

func (d *faultyDisk) SyncFolder(name string) error {
	if err := d.step("sync folder"); err != nil {
		return err
	}
	return d.rootedDisk.SyncFolder(name)
}

type faultyFile struct {
	openFile
	disk *faultyDisk
}

func (f *faultyFile) Write(data []byte) (int, error) {
	if err := f.disk.step("write"); err != nil {
		return 0, err
	}
	if f.disk.garble {
		n, err := f.openFile.Write([]byte(strings.ToUpper(string(data))))
		return n, err
	}
	if f.disk.room >= 0 && len(data) > f.disk.room {
		n, _ := f.openFile.Write(data[:f.disk.room])
		return n, &fs.PathError{Op: "write", Path: "/x", Err: syscall.ENOSPC}
	}
	return f.openFile.Write(data)
}

func (f *faultyFile) Chmod(mode fs.FileMode) error {
	if err := f.disk.step("chmod"); err != nil {
		return err
	}
	return f.openFile.Chmod(mode)
}

func (f *faultyFile) Sync() error {
	if err := f.disk.step("sync"); err != nil {
		return err
	}
	return f.openFile.Sync()
}

func (f *faultyFile) Close() error {
	return errors.Join(f.openFile.Close(), f.disk.step("close"))
}

func faulty(t *testing.T, root string) *faultyDisk {
	t.Helper()
	folder, err := openFolder(root)
	require.NoError(t, err)
	t.Cleanup(func() { folder.Close() })
	return &faultyDisk{rootedDisk: folder, room: -1, cause: syscall.EIO}
}

func TestADiskThatFillsUpAtAnyByteLeavesTheOldContent(t *testing.T) {
	t.Parallel()
	const old, new = "the old content\n", "the new and longer content\n"
	for room := range len(new) {
		root := tree(t, map[string]string{"spec.md": old})
		disk := faulty(t, root)
		disk.room = room

		report, err := write(disk, []File{file("spec.md", new), file("deep/plan.md", new)}, Ledger{"spec.md": Hash([]byte(old))}, false)

		requireTrouble(t, err, "spec.md was not written: the disk is full.", "Free some space", "0 of 2 files")
		require.ErrorIs(t, err, syscall.ENOSPC)
		require.Equal(t, old, on(t, root, "spec.md"))
		require.Equal(t, []string{"spec.md"}, names(t, root), "nothing half-written stays")
		require.Equal(t, Hash([]byte(old)), report.Known["spec.md"])
	}
}

// TestAnyStepMayFail lets each operation in turn fail, alone and with all that
// follow it (as in a crash): every file holds its old or its new content whole,
// the ledger never claims what is not there, and the next write succeeds.
func TestAnyStepMayFail(t *testing.T) {
	t.Parallel()
	const old, new = "old\n", "new\n"
	files := []File{file("spec.md", new), file("deep/er/plan.md", new)}
	known := Ledger{"spec.md": Hash([]byte(old))}
	failures := 0
	for _, dead := range []bool{false, true} {
		for failAt := 1; ; failAt++ {
			name := fmt.Sprintf("operation %d, dead %v", failAt, dead)
			root := tree(t, map[string]string{"spec.md": old})
			disk := faulty(t, root)
			disk.failAt, disk.dead = failAt, dead

			report, err := write(disk, files, known, false)

			if len(disk.happened) < failAt {
				require.NoError(t, err)
				break
			}
			failures++
			require.Error(t, err, name)
			requireTrouble(t, err)
			require.Contains(t, []string{old, new}, on(t, root, "spec.md"), name)
			for _, written := range report.Written {
				require.Equal(t, new, on(t, root, written), name)
			}
			if plan, err := os.ReadFile(filepath.Join(root, "deep/er/plan.md")); err == nil {
				require.Equal(t, new, string(plan), name)
			}
			if !dead {
				require.Empty(t, leftovers(t, root), name)
			}
			again, err := Write(root, files, report.Known)
			require.NoError(t, err, name)
			require.Empty(t, again.Kept, name)
			require.Equal(t, new, on(t, root, "deep/er/plan.md"), name)
		}
	}
	assert.Greater(t, failures, 40, "the test must have let something fail")
}

func leftovers(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".tmp") {
			found = append(found, path)
		}
		return err
	}))
	return found
}

func TestAChangeBetweenPlanAndWriteIsKept(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{"an update": "old\n", "a creation": ""} {
		files, known := map[string]string{}, Ledger{}
		if before != "" {
			files["a.md"], known["a.md"] = before, Hash([]byte(before))
		}
		root := tree(t, files)
		disk := faulty(t, root)
		disk.meddle = func() {
			require.NoError(t, os.WriteFile(filepath.Join(root, "a.md"), []byte("theirs\n"), 0o644))
		}

		report, err := write(disk, []File{file("a.md", "new\n")}, known, false)

		require.NoError(t, err, name)
		assert.Equal(t, "theirs\n", string(report.Kept[0].Theirs), name)
		assert.Equal(t, "theirs\n", on(t, root, "a.md"), name)
		assert.Equal(t, known, report.Known, name)
		assert.Equal(t, []string{"a.md"}, names(t, root))
	}
}

func TestADeletionBetweenPlanAndWriteIsNotUndone(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"a.md": "old\n"})
	disk := faulty(t, root)
	disk.meddle = func() { require.NoError(t, os.Remove(filepath.Join(root, "a.md"))) }

	_, err := write(disk, []File{file("a.md", "new\n")}, Ledger{"a.md": Hash([]byte("old\n"))}, false)

	requireTrouble(t, err, "was deleted while it was being written")
	assert.Empty(t, names(t, root))
}

func TestADiskThatStoresSomethingElseIsFoundOut(t *testing.T) {
	t.Parallel()
	disk := faulty(t, tree(t, nil))
	disk.garble = true

	report, err := write(disk, []File{file("a.md", "new\n")}, nil, false)

	requireTrouble(t, err, "holds something else now")
	assert.Empty(t, report.Written)
	assert.Empty(t, report.Known)
}

func TestEachKindOfFailureHasItsRemedy(t *testing.T) {
	t.Parallel()
	for cause, says := range map[error]string{
		syscall.ENOSPC:  "the disk is full. What was there before is untouched. Free some space",
		syscall.EDQUOT:  "the disk is full",
		syscall.EROFS:   "the disk is mounted read-only. What was there before is untouched. Mount the disk",
		syscall.EACCES:  "the system does not permit it. What was there before is untouched. Check who owns",
		syscall.ENOTDIR: "a file stands where a folder is needed",
		syscall.EIO:     "input/output error. What was there before is untouched. Check that the folder",
	} {
		root := tree(t, map[string]string{"a.md": "old\n"})
		disk := faulty(t, root)
		disk.cause, disk.failAt = cause, 4 // lstat and read to plan, lstat of the folder, lstat of the mode

		_, err := write(disk, []File{file("a.md", "new\n")}, Ledger{"a.md": Hash([]byte("old\n"))}, false)

		requireTrouble(t, err, "a.md was not written: "+says)
		require.ErrorIs(t, err, cause)
	}
}
