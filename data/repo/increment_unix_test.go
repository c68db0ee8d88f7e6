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

func TestAPipeInTheNameOfAFileIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{"0001-a/spec.md": "spec"})
	require.NoError(t, syscall.Mkfifo(filepath.Join(folder, "0001-a/tasks.md"), 0o644))
	require.NoError(t, syscall.Mkfifo(filepath.Join(folder, "0002-pipe"), 0o644))

	all, err := Increments(t.Context(), place)

	require.NoError(t, err)
	require.Len(t, all, 1)
	assert.Contains(t, all[0].Files["tasks.md"].Says, "it is not an ordinary file")
	assert.Equal(t, "spec", string(all[0].Files["spec.md"].Content))
}

func TestWhatMayNotBeReadIsToldAndTheRestIsRead(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("nothing is forbidden to root")
	}
	place, folder := increments(t, map[string]string{
		"0001-a/spec.md": "a", "0001-a/plan.md": "", "0002-shut/spec.md": "", "0003-c/spec.md": "c", "_archive/0004-d/spec.md": "",
	})
	for path, mode := range map[string]fs.FileMode{"0001-a/plan.md": 0, "0002-shut": 0, "_archive": 0} {
		full := filepath.Join(folder, path)
		require.NoError(t, os.Chmod(full, mode))
		t.Cleanup(func() { assert.NoError(t, os.Chmod(full, 0o755)) })
	}

	all, err := Increments(t.Context(), place)

	requireTrouble(t, err, "_archive could not be read: the system does not permit it")
	require.Len(t, all, 3)
	assert.Equal(t, "a", string(all[0].Files["spec.md"].Content))
	assert.Contains(t, all[0].Files["plan.md"].Says, "0001-a/plan.md could not be read: the system does not permit it")
	assert.Contains(t, all[1].Says, "0002-shut could not be read: the system does not permit it")
	assert.Equal(t, "c", string(all[2].Files["spec.md"].Content))
}
