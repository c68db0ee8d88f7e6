package repo

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBranchesAreWatchedAndFilesOfNobodyAreNot(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	place, err := Find(w.root)
	require.NoError(t, err)
	calls := make(chan struct{}, 100)
	stop, err := WatchGit(place, func() { calls <- struct{}{} })
	require.NoError(t, err)
	t.Cleanup(stop)
	sees := func(what string) {
		t.Helper()
		select {
		case <-calls:
		case <-time.After(20 * time.Second):
			require.Fail(t, "not seen", what)
		}
	}

	w.write("token.js", "loose\n")
	w.git("checkout", "--quiet", "-b", "hotfix/deep/er")
	sees("another branch")
	w.commit("fix")
	sees("a commit on a branch in a new folder")
	w.git("tag", "v9")
	sees("a tag")
	w.git("pack-refs", "--all")
	sees("packed branches")
	w.git("commit", "--quiet", "--amend", "--allow-empty", "-m", "amended")
	sees("an amend")
	stop()
	stop()

	plain, err := Find(tree(t, map[string]string{configPath: "{}"}))
	require.NoError(t, err)
	_, err = WatchGit(plain, func() {})
	requireTrouble(t, err, "not in a git repository")
}
