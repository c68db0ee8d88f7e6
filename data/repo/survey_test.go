package repo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// workshop is a repository with a main branch and a release.
type workshop struct {
	t    *testing.T
	root string
}

func newWorkshop(t *testing.T) *workshop {
	t.Helper()
	w := &workshop{t: t, root: tree(t, map[string]string{"token.js": "one\ntwo\nthree\n"})}
	w.git("init", "--quiet", "--initial-branch=main")
	w.commit("first")
	w.git("tag", "v1.2.2")
	w.write("token.js", "one\n2\nthree\n")
	w.commit("the release that broke it")
	w.git("tag", "-a", "-m", "release", "v1.2.3")
	return w
}

func (w *workshop) git(args ...string) string {
	w.t.Helper()
	return strings.TrimSpace(git(w.t, w.root, args...))
}

func (w *workshop) write(at, content string) {
	w.t.Helper()
	full := filepath.Join(w.root, filepath.FromSlash(at))
	require.NoError(w.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(w.t, os.WriteFile(full, []byte(content), 0o644))
}

// commit commits everything and answers the new commit.
func (w *workshop) commit(message string) string {
	w.t.Helper()
	w.git("add", "--all")
	w.git("commit", "--quiet", "--allow-empty", "-m", message)
	return w.git("rev-parse", "HEAD")
}

func (w *workshop) survey(hints Hints) workflow.Survey { return surveyAt(w.t, w.root, hints) }

func surveyAt(t *testing.T, folder string, hints Hints) workflow.Survey {
	t.Helper()
	place, err := Find(folder)
	require.NoError(t, err)
	return SurveyOf(context.Background(), place, hints)
}

func TestASurveyFindsTheHotfixAndWhereItBegan(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	base := w.git("rev-parse", "HEAD")
	w.git("checkout", "--quiet", "-b", "hotfix/tökens")
	w.write("token.js", "one\ntwo\nthree\n")
	tip := w.commit("Restore the pattern")
	w.write("token.js", "loose\n")
	w.write("new.txt", "fresh\n")

	s := w.survey(Hints{})

	assert.Equal(t, "hotfix/tökens", s.Branch)
	assert.Equal(t, s.Branch, s.FixBranch)
	assert.Equal(t, []string{tip, tip, base}, []string{s.Head, s.FixTip, s.Base})
	assert.Equal(t, []string{"main", "where it left main"}, []string{s.BaseName, s.BaseWhy})
	assert.Equal(t, []int{1, 1}, []int{s.Changed, s.Untracked})
	assert.Equal(t, "v1.2.3", s.Good.Name)
	assert.Equal(t, base, s.Good.Commit, "the commit, not the tag's own id")
	assert.NotZero(t, s.Good.At)
	assert.Empty(t, s.Problem)
	assert.Empty(t, s.Says)

	w.git("stash", "--quiet")
	w.git("checkout", "--quiet", "main")
	other := w.survey(Hints{Branch: "hotfix/tökens", Commit: tip[:8], Good: []ReleaseGuess{{Name: "v0"}, {Name: "v1.2.2", Why: "said so"}}})
	assert.Equal(t, "main", other.Branch)
	assert.Equal(t, []string{"hotfix/tökens", tip, base}, []string{other.FixBranch, other.FixTip, other.Base}, "it is followed while another branch is checked out")
	assert.Equal(t, []string{"v1.2.2", "said so"}, []string{other.Good.Name, other.Good.Why})

	alone := w.survey(Hints{Commit: tip[:8]})
	assert.Equal(t, []string{"", tip}, []string{alone.FixBranch, alone.FixTip}, "a commit without a branch is no branch's tip")
	gone := w.survey(Hints{Commit: tip, Branch: "hotfix/gone"})
	assert.Equal(t, tip, gone.FixTip)
	assert.Contains(t, strings.Join(gone.Says, " "), "hotfix/gone is not here any more")
	away := w.survey(Hints{Commit: "0123456789012345678901234567890123456789"})
	assert.Contains(t, strings.Join(away.Says, " "), "not in this repository")
}

func TestTheBaseIsAsDeclaredElseWhereItLeftElseTheLastTag(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	start := w.git("rev-parse", "HEAD")
	w.git("checkout", "--quiet", "-b", "release/1.2")
	w.write("a.txt", "a\n")
	w.commit("only on the release branch")
	w.git("tag", "v1.2.4")
	released := w.git("rev-parse", "HEAD")
	w.git("checkout", "--quiet", "-b", "hotfix")
	w.write("b.txt", "b\n")
	tip := w.commit("fix")

	s := w.survey(Hints{})
	assert.Equal(t, start, s.Base)
	assert.Contains(t, strings.Join(s.Says, " "), "v1.2.4 is nearer")
	declared := w.survey(Hints{Base: "v1.2.4"})
	assert.Equal(t, []string{released, "as declared"}, []string{declared.Base, declared.BaseWhy})

	w.git("checkout", "--quiet", "release/1.2")
	w.commit("somebody else's")
	w.git("checkout", "--quiet", "hotfix")
	assert.Equal(t, released, w.survey(Hints{Base: "release/1.2"}).Base, "what others put on the branch since is not the hotfix's doing")
	lost := w.survey(Hints{Base: "--all"})
	assert.Equal(t, start, lost.Base)
	assert.Contains(t, strings.Join(lost.Says, " "), "is not in this repository")

	w.git("checkout", "--quiet", "main")
	w.git("merge", "--quiet", "--no-ff", "-m", "merge", "hotfix")
	merged := w.survey(Hints{Branch: "hotfix", Commit: tip})
	assert.Equal(t, start, merged.Base)
	assert.Contains(t, merged.BaseWhy, "before it was merged back")

	w.git("branch", "--quiet", "-m", "main", "trunk")
	tagged := w.survey(Hints{Branch: "hotfix", Commit: tip})
	assert.Equal(t, []string{released, "v1.2.4", "the last tag before it"}, []string{tagged.Base, tagged.BaseName, tagged.BaseWhy})
}

func TestASurveyKnowsWhatItCanInEveryStateOfARepository(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	base := w.git("rev-parse", "HEAD")
	w.git("checkout", "--quiet", "-b", "hotfix")
	w.write("token.js", "one\nmine\nthree\n")
	tip := w.commit("fix")
	w.git("checkout", "--quiet", "main")
	w.write("token.js", "one\ntheirs\nthree\n")
	w.commit("theirs")
	w.git("checkout", "--quiet", "hotfix")

	detached := filepath.Join(t.TempDir(), "beside")
	w.git("worktree", "add", "--quiet", "--detach", detached, "hotfix")
	s := surveyAt(t, detached, Hints{})
	assert.Equal(t, []string{"", "", tip, base}, []string{s.Branch, s.FixBranch, s.FixTip, s.Base}, "a worktree with a detached HEAD")
	assert.False(t, s.Shallow)

	w.git("checkout", "--quiet", "main")
	shallow := filepath.Join(t.TempDir(), "shallow")
	w.git("clone", "--quiet", "--depth=1", "--branch=hotfix", "file://"+filepath.ToSlash(w.root), shallow)
	s = surveyAt(t, shallow, Hints{})
	assert.True(t, s.Shallow)
	assert.Equal(t, tip, s.FixTip)
	assert.Empty(t, s.Base)
	assert.Contains(t, strings.Join(s.Says, " "), "--unshallow")
	w.git("checkout", "--quiet", "hotfix")
	_, err := DeltaOf(context.Background(), s, false)
	requireTrouble(t, err, "scope declare --base")

	rebase := func() { _, _ = askGit(context.Background(), surveyPatience, w.root, "rebase", "--quiet", "main") }
	w.git("config", "user.name", "a")
	w.git("config", "user.email", "a@example.com")
	rebase()
	s = w.survey(Hints{Branch: "hotfix", Commit: tip})
	assert.Equal(t, "a rebase", s.Busy)
	assert.Equal(t, []string{"", "hotfix", tip}, []string{s.Branch, s.FixBranch, s.FixTip}, "the branch is where it was until the rebase is over")
	assert.Equal(t, []string{"hotfix", tip}, []string{w.survey(Hints{}).FixBranch, w.survey(Hints{}).FixTip})
	assert.Positive(t, s.Changed)
	w.git("rebase", "--abort")

	require.NoError(t, os.WriteFile(filepath.Join(w.root, ".git", "index"), []byte("no index at all, and long enough to be looked at"), 0o644))
	s = w.survey(Hints{})
	assert.Contains(t, s.Problem, "cannot read its index")
	assert.NotContains(t, s.Problem, "\n")
	assert.Equal(t, []string{"hotfix", tip, base}, []string{s.Branch, s.FixTip, s.Base}, "commits are read all the same")
	d, err := DeltaOf(context.Background(), s, false)
	require.NoError(t, err)
	assert.Len(t, d.Files, 1)
}

func TestASurveyOfNothingMuchSaysSo(t *testing.T) {
	t.Parallel()
	plain := surveyAt(t, tree(t, map[string]string{configPath: "{}"}), Hints{})
	assert.Contains(t, plain.Problem, "not in a git repository")
	root := tree(t, map[string]string{"a.txt": "1"})
	git(t, root, "init", "--quiet", "--initial-branch=main")
	git(t, root, "remote", "add", "origin", "https://jane:secret@git.example.com/shop.git?token=secret")
	unborn := surveyAt(t, root, Hints{Commit: "abc1234"})
	assert.Equal(t, []workflow.Remote{{Name: "origin", Address: "https://git.example.com/shop.git"}}, unborn.Remotes)
	assert.Equal(t, []string{"main", "", ""}, []string{unborn.Branch, unborn.Head, unborn.FixTip})
	assert.Contains(t, strings.Join(unborn.Says, " "), "no commit here yet")
	assert.NotContains(t, fmt.Sprint(unborn), "secret")

	broken := surveyAt(t, tree(t, map[string]string{".git/HEAD": "nonsense"}), Hints{})
	assert.NotEmpty(t, broken.Problem)
}

func TestAnAddressLosesWhatOpensIt(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://ghp_token@github.com/a/b.git":           "https://github.com/a/b.git",
		"https://x:y@host:8443/a":                        "https://host:8443/a",
		"ssh://git:pass@host/a":                          "ssh://git@host/a",
		"git@github.com:a/b.git":                         "git@github.com:a/b.git",
		"../elsewhere":                                   "../elsewhere",
		"https://us er:p%zz@host/a?private_token=secret": "https://host/a",
	} {
		assert.Equal(t, want, WithoutSecrets(address))
	}
}

func TestACommitIsFoundByTheNamesThatPeopleGive(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	head := w.git("rev-parse", "HEAD")
	place, err := Find(w.root)
	require.NoError(t, err)
	for _, name := range []string{"HEAD", "main", "v1.2.3", head[:7], " " + head + " ", "@"} {
		got, err := Resolve(context.Background(), place, name)
		require.NoError(t, err, name)
		assert.Equal(t, head, got, name)
	}
	for _, name := range []string{"", "--all", "-h", "nonsense", "main..v1.2.2", ":/first", "HEAD^{/first}", "main:token.js", "a\x00b", strings.Repeat("a", 2000), "\xff"} {
		_, err := Resolve(context.Background(), place, name)
		requireTrouble(t, err, "Nothing was changed")
	}
}
