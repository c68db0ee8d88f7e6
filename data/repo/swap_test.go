package repo

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const folderOf15 = incrementsPath + "/0015-a"

func change(path, before, after string) Edit {
	return Edit{Path: path, Before: []byte(before), After: []byte(after)}
}

func TestSwapChangesWhatIsStillAsItWasRead(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{folderOf15 + "/tasks.md": "[ ]\r\n", folderOf15 + "/spec.md": "spec", "README.md": "", "docs/a.md": "same"})
	require.NoError(t, os.Chmod(filepath.Join(root, folderOf15, "tasks.md"), 0o640))

	done, moved, err := Swap(root, []Edit{
		change(folderOf15+"/tasks.md", "[ ]\r\n", "[x]\r\n"), change(folderOf15+"/spec.md", "spec", ""),
		change("README.md", "", "\x00\xff"), change("docs/a.md", "same", "same"),
	})

	require.NoError(t, err)
	assert.Empty(t, moved)
	assert.Equal(t, 4, done)
	assert.Equal(t, "[x]\r\n", on(t, root, folderOf15+"/tasks.md"))
	assert.Empty(t, on(t, root, folderOf15+"/spec.md"))
	assert.Equal(t, "\x00\xff", on(t, root, "README.md"))
	assert.Equal(t, "same", on(t, root, "docs/a.md"))
	assert.Empty(t, leftovers(t, root))
	info, err := os.Stat(filepath.Join(root, folderOf15, "tasks.md"))
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		assert.Equal(t, fs.FileMode(0o640), info.Mode().Perm(), "the file keeps its mode")
	}

	done, moved, err = Swap(root, nil)
	require.NoError(t, err)
	assert.Zero(t, done)
	assert.Empty(t, moved)
}

func TestSwapChangesNothingWhereOneFileIsOtherThanItWasRead(t *testing.T) {
	t.Parallel()
	for name, theirs := range map[string]string{
		"another text": "b2", "line ends alone": "b\r\n", "a missing last line end": "b", "a mark at the start": "\ufeffb\n", "nothing left": "",
	} {
		root := tree(t, map[string]string{"in/a.md": "a", "in/b.md": theirs, "in/c.md": "c"})

		done, moved, err := Swap(root, []Edit{change("in/a.md", "a", "a!"), change("in/b.md", "b\n", "b!"), change("in/c.md", "c", "c!")})

		require.NoError(t, err, name)
		assert.Equal(t, "in/b.md", moved, name)
		assert.Zero(t, done, name)
		assert.Equal(t, "a"+theirs+"c", on(t, root, "in/a.md")+on(t, root, "in/b.md")+on(t, root, "in/c.md"), name)
		assert.Empty(t, leftovers(t, root), name)
	}
}

func TestSwapNoticesWhatIsGone(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"here/other.md": "x"})
	for _, path := range []string{"here/gone.md", "archived/tasks.md"} {
		done, moved, err := Swap(root, []Edit{change(path, "old", "new")})

		require.NoError(t, err)
		assert.Equal(t, path, moved)
		assert.Zero(t, done)
		assert.NoFileExists(t, filepath.Join(root, path), "it is not created again")
	}
	done, moved, err := Swap(root, []Edit{change("here/gone.md", "", "new")})
	require.NoError(t, err)
	assert.Equal(t, "here/gone.md", moved, "a missing file is not an empty one")
	assert.Zero(t, done)
}

func TestSwapStopsAtAChangeOfTheLastMoment(t *testing.T) {
	t.Parallel()
	for name, theirs := range map[string]string{"another text": "theirs\n", "line ends alone": "b\r\n"} {
		root := tree(t, map[string]string{"a.md": "a\n", "b.md": "b\n", "c.md": "c\n"})
		disk := faulty(t, root)
		disk.meddle = func() {
			require.NoError(t, os.WriteFile(filepath.Join(root, "b.md"), []byte(theirs), 0o644))
		}
		disk.meddleAt = 3

		done, moved, err := swap(disk, ".", []Edit{change("a.md", "a\n", "a!\n"), change("b.md", "b\n", "b!\n"), change("c.md", "c\n", "c!\n")})

		require.NoError(t, err, name)
		assert.Equal(t, "b.md", moved, name)
		assert.Equal(t, 1, done, name)
		assert.Equal(t, "a!\n"+theirs+"c\n", on(t, root, "a.md")+on(t, root, "b.md")+on(t, root, "c.md"), name)
		assert.Empty(t, leftovers(t, root), name)
		assert.Contains(t, disk.happened, "sync folder", "what was done is made durable")
	}
}

func TestSwapRefusesWhatIsNoPlainWritableFile(t *testing.T) {
	t.Parallel()
	outside := tree(t, map[string]string{"a.md": "old"})
	root := tree(t, map[string]string{"in/folder.md/x": "", "in/locked.md": "old", "in/real.md": "old", "file": "x", "in/first.md": "1"})
	require.NoError(t, os.Chmod(filepath.Join(root, "in/locked.md"), 0o444))
	for from, to := range map[string]string{"in/link.md": "real.md", "in/out.md": filepath.Join(outside, "a.md"), "out": outside} {
		if err := os.Symlink(to, filepath.Join(root, from)); err != nil {
			t.Skipf("links cannot be made here: %v", err)
		}
	}
	for path, says := range map[string]string{
		"in/folder.md": "in/folder.md is a folder",
		"in/locked.md": "in/locked.md is read-only, so it was not changed. What was there before is untouched. Make it writable",
		"in/link.md":   "in/link.md is a link",
		"in/out.md":    "in/out.md is a link",
		"out/a.md":     "leads out of the project folder",
		"file/a.md":    "a file stands where a folder is needed",
		"../a.md":      "is not a path inside the project folder",
		".git/config":  "is not a path inside the project folder",
	} {
		done, moved, err := Swap(root, []Edit{change(path, "old", "new")})
		requireTrouble(t, err, says)
		assert.Zero(t, done, path)
		assert.Empty(t, moved, path)

		if strings.HasPrefix(path, "in/") {
			done, _, err = Swap(root, []Edit{change("in/first.md", "1", "2"), change(path, "old", "new")})
			requireTrouble(t, err, says, "0 of 2 files")
			assert.Zero(t, done, path)
		}
	}
	assert.Equal(t, "1", on(t, root, "in/first.md"))
	assert.Equal(t, "old", on(t, root, "in/locked.md"))
	assert.Equal(t, "old", on(t, root, "in/real.md"))
	assert.Equal(t, "old", on(t, outside, "a.md"))
	assert.Empty(t, leftovers(t, root))

	_, _, err := Swap(root, []Edit{change("in/real.md", "old", "1"), change("in/real.md", "old", "2")})
	requireTrouble(t, err, "written twice at once")
	_, _, err = Swap(filepath.Join(root, "nowhere"), []Edit{change("a.md", "", "")})
	requireTrouble(t, err, "does not exist")
	_, _, err = Swap("", []Edit{change("a.md", "", "")})
	requireTrouble(t, err, "No folder was given")
}

func TestSwapOntoAFullDiskChangesNothing(t *testing.T) {
	t.Parallel()
	const after = "the new and longer content\n"
	for room := range len(after) {
		root := tree(t, map[string]string{"a.md": "a", "b.md": "b"})
		disk := faulty(t, root)
		disk.room = room

		done, moved, err := swap(disk, ".", []Edit{change("a.md", "a", ""), change("b.md", "b", after)})

		requireTrouble(t, err, "b.md was not written: the disk is full.", "Free some space", "0 of 2 files")
		require.ErrorIs(t, err, syscall.ENOSPC)
		require.Zero(t, done)
		require.Empty(t, moved)
		require.Equal(t, "ab", on(t, root, "a.md")+on(t, root, "b.md"))
		require.Empty(t, leftovers(t, root))
	}
}

// TestAnyStepOfASwapMayFail lets each operation fail, alone and with all that
// follow it: each file holds its old or its new content whole, and done tells how many.
func TestAnyStepOfASwapMayFail(t *testing.T) {
	t.Parallel()
	failures := 0
	for _, dead := range []bool{false, true} {
		for failAt := 1; ; failAt++ {
			name := fmt.Sprintf("operation %d, dead %v", failAt, dead)
			root := tree(t, map[string]string{"a.md": "old\n", "deep/b.md": "old\n"})
			disk := faulty(t, root)
			disk.failAt, disk.dead = failAt, dead
			edits := []Edit{change("a.md", "old\n", "new\n"), change("deep/b.md", "old\n", "new\n")}

			done, moved, err := swap(disk, ".", edits)

			if len(disk.happened) < failAt {
				require.NoError(t, err)
				break
			}
			failures++
			requireTrouble(t, err)
			require.Empty(t, moved, name)
			for i, edit := range edits {
				want := edit.Before
				if i < done {
					want = edit.After
				}
				require.Equal(t, string(want), on(t, root, edit.Path), name)
			}
			if !dead {
				require.Empty(t, leftovers(t, root), name)
			}
		}
	}
	assert.Greater(t, failures, 40, "the test must have let something fail")
}

func TestSwapFindsOutThatTheDiskStoredSomethingElse(t *testing.T) {
	t.Parallel()
	disk := faulty(t, tree(t, map[string]string{"a.md": "old\n"}))
	disk.garble = true

	_, _, err := swap(disk, ".", []Edit{change("a.md", "old\n", "new\n")})

	requireTrouble(t, err, "a.md was written, but holds something else now")
}

// BenchmarkSwap ticks a task and its criterion, in turn with a bare temporary
// file, sync and rename of the same bytes.
func BenchmarkSwap(b *testing.B) {
	for _, files := range [][]string{{"tasks.md"}, {"tasks.md", "spec.md"}} {
		b.Run(strings.Join(files, "+"), func(b *testing.B) {
			root := b.TempDir()
			folder := filepath.Join(root, folderOf15)
			require.NoError(b, os.MkdirAll(folder, 0o755))
			old, new := bytes.Repeat([]byte("- [ ] a\n"), 320), bytes.Repeat([]byte("- [x] a\n"), 320)
			var edits []Edit
			for _, name := range files {
				edits = append(edits, Edit{Path: folderOf15 + "/" + name, Before: old, After: new})
				require.NoError(b, os.WriteFile(filepath.Join(folder, name), old, 0o644))
				require.NoError(b, os.WriteFile(filepath.Join(folder, "bare-"+name), old, 0o644))
			}
			var ours, theirs []float64
			for b.Loop() {
				ours = append(ours, seconds(func() {
					done, _, err := Swap(root, edits)
					require.NoError(b, err)
					require.Equal(b, len(edits), done)
				}))
				theirs = append(theirs, seconds(func() {
					for i, name := range files {
						bare(b, filepath.Join(folder, "bare-"+name), edits[i].After)
					}
				}))
				for i := range edits {
					edits[i].Before, edits[i].After = edits[i].After, edits[i].Before
				}
			}
			reportRatio(b, ours, theirs, "bare")
		})
	}
}

func bare(b *testing.B, path string, content []byte) {
	b.Helper()
	file, err := os.CreateTemp(filepath.Dir(path), "bare-*.tmp")
	require.NoError(b, err)
	_, err = file.Write(content)
	require.NoError(b, err)
	require.NoError(b, file.Sync())
	require.NoError(b, file.Close())
	require.NoError(b, os.Rename(file.Name(), path))
}
