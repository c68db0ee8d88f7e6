//go:build !windows

package stage_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNobodyElseCanReadAnyFileOfTheDataFolderWhateverTheUmask(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "share", "firebreak")
	picture := filepath.Join(t.TempDir(), "graph.png")
	require.NoError(t, os.WriteFile(picture, []byte("\x89PNG\r\n\x1a\nnot really"), 0o644))
	open := func(args ...string) {
		cmd := terminal(folder, args...)
		cmd.Env = append(cmd.Env, openUmask+"=1")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%v: %s", args, out)
	}
	open("declare", "Checkout fails", "--severity", "SEV1")
	open("log", "rolled back the canary")
	open("attach", "1", picture)
	r := openRoom(t, folder)
	r.Desk.Draft("composer", "half")
	r.Pass(2 * time.Minute)

	found := map[string]bool{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		require.NoError(t, err)
		name, err := filepath.Rel(folder, path)
		require.NoError(t, err)
		if name == "sample-repository" { // a working tree: its files are for the team
			return filepath.SkipDir
		}
		info, err := e.Info()
		require.NoError(t, err)
		want := fs.FileMode(0o600)
		if e.IsDir() {
			want = 0o700
		}
		found[name] = true
		assert.Equal(t, want, info.Mode().Perm(), name)
		return nil
	}))
	for _, name := range []string{
		"firebreak.db", "firebreak.db-wal", "firebreak.db-shm", "firebreak.db.witness", "firebreak.db.lock", "attachments", "state/logs",
	} {
		assert.True(t, found[name], "%s is among %v", name, found)
	}
	t.Logf("%d files and folders", len(found))
}
