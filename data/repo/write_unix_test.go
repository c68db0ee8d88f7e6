//go:build unix

package repo

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWriteDoesNotWaitOnAPipeOrReadAHugeFile(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"huge.md": ""})
	require.NoError(t, syscall.Mkfifo(filepath.Join(root, "pipe.md"), 0o644))
	require.NoError(t, os.Truncate(filepath.Join(root, "huge.md"), largestFile+1))

	_, err := Plan(root, []File{file("pipe.md", "x")}, nil)
	requireTrouble(t, err, "not an ordinary file")
	_, err = Plan(root, []File{file("huge.md", "x")}, nil)
	requireTrouble(t, err, "larger than 26 MB")
}

func TestWriteKeepsTheModeOfAFileAndGivesNewOnesTheUsualOne(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"old.md": "1"})
	require.NoError(t, os.Chmod(filepath.Join(root, "old.md"), 0o764))

	_, err := Write(root, []File{file("old.md", "2"), file("new.md", "n")}, Ledger{"old.md": Hash([]byte("1"))})

	require.NoError(t, err)
	for path, want := range map[string]fs.FileMode{"old.md": 0o764, "new.md": 0o644} {
		info, err := os.Stat(filepath.Join(root, path))
		require.NoError(t, err)
		assert.Equal(t, want, info.Mode().Perm()|0o022&want, path)
	}
}

func TestAFolderThatMayNotBeWrittenIsNamedWithItsRemedy(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("nothing is forbidden to root")
	}
	root := tree(t, map[string]string{"shut/a.md": "old", "closed/": "", ".git/HEAD": "x", configPath: "{}", incrementsPath + "/": ""})
	for path, mode := range map[string]fs.FileMode{"shut": 0o555, "closed": 0, incrementsPath: 0o555} {
		folder := filepath.Join(root, path)
		require.NoError(t, os.Chmod(folder, mode))
		t.Cleanup(func() { assert.NoError(t, os.Chmod(folder, 0o755)) })
	}

	_, err := Write(root, []File{file("shut/a.md", "new")}, Ledger{"shut/a.md": Hash([]byte("old"))})
	requireTrouble(t, err, "the system does not permit it", "Check who owns")
	assert.Equal(t, "old", on(t, root, "shut/a.md"))

	_, err = Find(filepath.Join(root, "closed"))
	requireTrouble(t, err, "the system does not permit it")

	place, err := Find(root)
	require.NoError(t, err)
	_, _, err = Reserve(place, "a")
	requireTrouble(t, err, "the system does not permit it")
}
