package repo

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// factsAt asks about root as the app does, with the patience that a busy build
// machine needs.
func factsAt(t *testing.T, root string) Facts {
	t.Helper()
	place, err := Find(root)
	require.NoError(t, err)
	return factsWithin(context.Background(), time.Minute, place)
}

func TestFactsFollowARepositoryFromItsFirstMinute(t *testing.T) {
	t.Parallel()
	root := tree(t, nil)
	git(t, root, "init", "--quiet", "--initial-branch=main")
	assert.Equal(t, Facts{Branch: "main"}, factsAt(t, root), "before the first commit")

	require.NoError(t, os.WriteFile(filepath.Join(root, "a b.txt"), []byte("1"), 0o644))
	assert.Equal(t, Facts{Branch: "main", Dirty: true}, factsAt(t, root), "an untracked file")

	git(t, root, "add", ".")
	git(t, root, "commit", "--quiet", "-m", "first")
	head := strings.TrimSpace(git(t, root, "rev-parse", "HEAD"))[:8]
	assert.Equal(t, Facts{Branch: "main", Head: head}, factsAt(t, root), "clean")

	git(t, root, "tag", "v1.2.0")
	git(t, root, "checkout", "--quiet", "-b", "fix/tökens")
	assert.Equal(t, Facts{Branch: "fix/tökens", Head: head, Tag: "v1.2.0"}, factsAt(t, root))

	git(t, root, "checkout", "--quiet", "--detach")
	require.NoError(t, os.WriteFile(filepath.Join(root, "a b.txt"), []byte("2"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(root, ".git", "MERGE_HEAD"), []byte(head), 0o644))
	facts := factsAt(t, root)
	assert.Equal(t, Facts{Head: head, Tag: "v1.2.0", Dirty: true, Busy: "a merge"}, facts)
}

func TestFactsWithoutGitSayWhatIsMissing(t *testing.T) {
	t.Parallel()
	assert.Contains(t, factsAt(t, tree(t, map[string]string{configPath: "{}"})).Problem, "not in a git repository")
	git(t, t.TempDir(), "--version")
	broken := factsAt(t, tree(t, map[string]string{".git/HEAD": "nonsense"}))
	assert.Contains(t, broken.Problem, "Everything else works")
	assert.NotContains(t, broken.Problem, "\n")
}

func TestFactsDoNotStartAProgramThatTheRepositoryNames(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script")
	}
	root := tree(t, map[string]string{"a.txt": "1"})
	git(t, root, "init", "--quiet")
	git(t, root, "add", ".")
	git(t, root, "config", "core.fsmonitor", "touch '"+filepath.Join(root, "started")+"'; false")

	facts := factsAt(t, root)

	assert.Empty(t, facts.Problem)
	assert.NoFileExists(t, filepath.Join(root, "started"))
}

func TestFactsTolerateAGitThatHangsFloodsOrIsMissing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script")
	}
	root := tree(t, map[string]string{".git/HEAD": "ref: refs/heads/main\n", "bin/": ""})
	place, err := Find(root)
	require.NoError(t, err)
	fake := func(script string) {
		require.NoError(t, os.WriteFile(filepath.Join(root, "bin", "git"), []byte("#!/bin/sh\n"+script), 0o755))
	}
	shell, err := exec.LookPath("sh")
	require.NoError(t, err)
	t.Setenv("PATH", filepath.Join(root, "bin")+string(os.PathListSeparator)+filepath.Dir(shell))

	fake("sleep 60 & wait")
	assert.Contains(t, factsWithin(context.Background(), 50*time.Millisecond, place).Problem, "took too long")
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	assert.Contains(t, FactsOf(gone, place).Problem, "not asked to the end")

	fake(`case "$*" in *status*) printf '# branch.oid 0123456789\0# branch.head main\0'; yes '? file' | head -c 1000000 | tr '\n' '\0';; *) echo v9;; esac`)
	assert.Equal(t, Facts{Branch: "main", Head: "01234567", Dirty: true, Tag: "v9"}, factsWithin(context.Background(), time.Minute, place))

	fake("echo 'fatal: detected dubious ownership in repository' >&2; exit 128")
	assert.Contains(t, factsWithin(context.Background(), time.Minute, place).Problem, "safe.directory")

	t.Setenv("PATH", t.TempDir())
	assert.Contains(t, factsWithin(context.Background(), time.Minute, place).Problem, "not installed")
	demo, err := Init(filepath.Join(root, "demo"))
	require.NoError(t, err, "a demonstration needs no git")
	assert.NoDirExists(t, filepath.Join(demo.SpecWeave, ".git"))
}

func TestFactsAreAboutThePlaceAndNotTheHookWeRunIn(t *testing.T) {
	root := tree(t, nil)
	git(t, root, "init", "--quiet", "--initial-branch=here")
	t.Setenv("GIT_DIR", filepath.Join(t.TempDir(), "elsewhere"))

	assert.Equal(t, Facts{Branch: "here"}, factsAt(t, root))
}
