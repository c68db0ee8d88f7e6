package repo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAuthorIsWhoCommittedWhatIsCheckedOut(t *testing.T) {
	t.Parallel()
	const path = incrementsPath + "/0015-a/tasks [x].md" // as git would misread it
	root := tree(t, map[string]string{"sub/" + configPath: "{}", "sub/" + path: "one\n", "sub/" + incrementsPath + "/0015-a/tasks x.md": "other\n"})
	git(t, root, "init", "--quiet")
	git(t, root, "add", ".")
	git(t, root, "commit", "--quiet", "-m", "first", "--author", "Zoë O'Neil <z@example.com>")
	require.NoError(t, os.WriteFile(filepath.Join(root, "sub", incrementsPath, "0015-a/tasks x.md"), []byte("changed\n"), 0o644))
	git(t, root, "commit", "--quiet", "-a", "-m", "second", "--author", "Somebody Else <e@example.com>")
	place, err := Find(filepath.Join(root, "sub"))
	require.NoError(t, err)

	name, commit, ok := Author(t.Context(), place, path)
	assert.True(t, ok)
	assert.Equal(t, "Zoë O'Neil", name)
	assert.Equal(t, strings.TrimSpace(git(t, root, "rev-parse", "--short", "HEAD~1")), commit)

	file := filepath.Join(root, "sub", filepath.FromSlash(path))
	require.NoError(t, os.WriteFile(file, []byte("two\n"), 0o644))
	_, _, ok = Author(t.Context(), place, path)
	assert.False(t, ok, "it is not as committed")
	git(t, root, "add", ".")
	_, _, ok = Author(t.Context(), place, path)
	assert.False(t, ok, "staged is not committed")

	for _, other := range []string{"never/was.md", "../out.md", ""} {
		_, _, ok = Author(t.Context(), place, other)
		assert.False(t, ok, other)
	}
	require.NoError(t, os.WriteFile(filepath.Join(root, "sub/.gitignore"), []byte("*.log\n"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(root, "sub/a.log"), []byte("x"), 0o644))
	_, _, ok = Author(t.Context(), place, "a.log")
	assert.False(t, ok, "an ignored file has no author")
}

func TestWithoutGitThereIsNoAuthorAndNothingIsBusy(t *testing.T) {
	t.Parallel()
	place, err := Find(tree(t, map[string]string{configPath: "{}", "a.md": "x"}))
	require.NoError(t, err)

	_, _, ok := Author(t.Context(), place, "a.md")

	assert.False(t, ok)
	assert.Empty(t, Busy(place))
	assert.Empty(t, Busy(Place{}))
}

func TestBusyIsAboutTheTreeThatTheIncrementsLieIn(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		".git/HEAD": "x", configPath: `{"umbrella":{"enabled":true}}`, "repositories/api/.git/HEAD": "x", "repositories/api/.git/MERGE_HEAD": "x",
		"alone/api/.git/HEAD": "x", "alone/api/.git/index.lock": "", "alone/" + configPath: "{}",
	})
	umbrella, err := Find(filepath.Join(root, "repositories/api"))
	require.NoError(t, err)
	assert.Empty(t, Busy(umbrella), "the merge is in another repository")
	require.NoError(t, os.Mkdir(filepath.Join(root, ".git/rebase-merge"), 0o755))
	assert.Equal(t, "a rebase", Busy(umbrella))

	plain, err := Find(filepath.Join(tree(t, map[string]string{".git/HEAD": "x", ".git/CHERRY_PICK_HEAD": "x", configPath: "{}", "in/": ""}), "in"))
	require.NoError(t, err)
	assert.Equal(t, "a cherry-pick", Busy(plain))
}
