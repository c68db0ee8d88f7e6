package repo

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// committing is a repository with a first commit and a person who is known.
type committing struct {
	t    *testing.T
	root string
	deep string // where the files are written: the root, or a folder below it
}

func newCommitting(t *testing.T) *committing {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	for _, name := range []string{"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"} {
		t.Setenv(name, "")
		require.NoError(t, os.Unsetenv(name))
	}
	c := &committing{t: t, root: tree(t, map[string]string{"kept.txt": "1\n", "staged.txt": "1\n", "docs/old.md": "old\n"})}
	c.deep = c.root
	c.git("init", "--quiet", "--initial-branch=main")
	c.git("config", "user.name", "Ann Lee")
	c.git("config", "user.email", "ann@example.org")
	c.git("add", ".")
	c.git("commit", "--quiet", "-m", "first")
	return c
}

func (c *committing) git(args ...string) string {
	c.t.Helper()
	return git(c.t, c.root, args...)
}

func (c *committing) write(at, content string) {
	c.t.Helper()
	full := filepath.Join(c.root, filepath.FromSlash(at))
	require.NoError(c.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(c.t, os.WriteFile(full, []byte(content), 0o644))
}

func (c *committing) hook(name, script string) {
	c.t.Helper()
	if runtime.GOOS == "windows" {
		c.t.Skip("needs a shell script")
	}
	full := filepath.Join(c.root, ".git", "hooks", name)
	require.NoError(c.t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(c.t, os.WriteFile(full, []byte("#!/bin/sh\n"+script+"\n"), 0o755))
}

func (c *committing) plan(paths ...string) (CommitPlan, error) {
	c.t.Helper()
	place, err := Find(c.deep)
	require.NoError(c.t, err)
	return PlanCommit(c.t.Context(), place, paths, "Add post-mortem: SEV1 Auth Outage")
}

func (c *committing) commit(paths ...string) Committed {
	c.t.Helper()
	plan, err := c.plan(paths...)
	require.NoError(c.t, err)
	done, err := Commit(c.t.Context(), plan)
	require.NoError(c.t, err)
	return done
}

func (c *committing) inHead() []string {
	c.t.Helper()
	return strings.Fields(c.git("show", "--format=", "--name-only", "HEAD"))
}

func TestACommitHoldsExactlyTheFilesAndLeavesEverythingElseAsItWas(t *testing.T) {
	c := newCommitting(t)
	c.write("staged.txt", "2\n")
	c.git("add", "staged.txt")
	c.write("staged.txt", "3\n") // and changed again since
	c.write("kept.txt", "2\n")
	c.write("added.txt", "new\n")
	c.git("add", "added.txt")
	c.write("untracked.txt", "mine\n")
	c.write("docs/old.md", "new text\n")
	c.write("docs/post mortem.md", "# Post-Mortem\n")
	before := c.restOf([]string{"docs/old.md", "docs/post mortem.md"})

	done := c.commit("docs/old.md", "docs/post mortem.md")

	assert.Equal(t, strings.TrimSpace(c.git("rev-parse", "HEAD")), done.ID)
	assert.Equal(t, []string{"docs/old.md", "docs/post mortem.md"}, done.Paths)
	assert.Equal(t, "docs/old.md\ndocs/post mortem.md", strings.TrimSpace(c.git("show", "--format=", "--name-only", "HEAD")))
	assert.Equal(t, before, c.restOf([]string{"docs/old.md", "docs/post mortem.md"}))
	assert.Equal(t, "Add post-mortem: SEV1 Auth Outage", strings.TrimSpace(c.git("log", "-1", "--format=%B")))
	assert.Equal(t, "Ann Lee <ann@example.org>", strings.TrimSpace(c.git("log", "-1", "--format=%an <%ae>")))
	assert.Empty(t, done.Says)
}

func TestACommitIsShownInFullBefore(t *testing.T) {
	c := newCommitting(t)
	c.write("docs/old.md", "new text\n")
	c.git("add", "docs/old.md")
	c.write("page.html", "<!DOCTYPE html>\n")
	c.write("graph.png", "\x89PNG\x00")
	c.hook("commit-msg", "exit 0")
	before := c.restOf(nil)

	plan, err := c.plan("docs/old.md", "page.html", "graph.png", "kept.txt")

	require.NoError(t, err)
	assert.Equal(t, "main", plan.Branch)
	assert.Equal(t, "Ann Lee <ann@example.org>", plan.Author)
	var files []string
	for _, f := range plan.Files {
		files = append(files, fmt.Sprint(f.Path, " ", f.New))
	}
	assert.Equal(t, []string{"docs/old.md false", "page.html true", "graph.png true"}, files, "kept.txt is as HEAD has it")
	for _, shown := range []string{"-old\n", "+new text\n", "+<!DOCTYPE html>\n", "graph.png"} {
		assert.Contains(t, plan.Diff, shown)
	}
	assert.Equal(t, []string{"Hooks of this repository will run: commit-msg."}, plan.Says)
	assert.Equal(t, before, c.restOf(nil), "looking changes nothing")
}

func TestACommitIsRefusedWhereGitWouldNotOrShouldNot(t *testing.T) {
	c := newCommitting(t)
	c.write("docs/new.md", "x\n")
	for mark, says := range map[string]string{"MERGE_HEAD": "a merge", "rebase-merge/x": "a rebase", "CHERRY_PICK_HEAD": "a cherry-pick", "index.lock": "another git command"} {
		c.write(".git/"+mark, "x")
		_, err := c.plan("docs/new.md")
		requireTrouble(t, err, "Git is in the middle of "+says)
		require.NoError(t, os.RemoveAll(filepath.Join(c.root, ".git", strings.Split(mark, "/")[0])))
	}

	_, err := c.plan("docs/old.md")
	requireTrouble(t, err, "There is nothing to commit")
	require.ErrorIs(t, err, ErrCommitted)

	c.write(".gitignore", "*.html\n/out/\n")
	c.write("page.html", "x")
	c.write("out/deep/page.md", "x")
	_, err = c.plan("page.html", "out/deep/page.md")
	requireTrouble(t, err, "Git ignores page.html, out/deep/page.md")
	plan, err := c.plan("page.html", "docs/new.md")
	require.NoError(t, err)
	assert.Len(t, plan.Files, 1)
	assert.Contains(t, strings.Join(plan.Says, " "), "Git ignores page.html, so that stays out")

	_, err = c.plan("../elsewhere.md")
	requireTrouble(t, err, "not a path inside")

	c.git("config", "--unset", "user.email")
	_, err = c.plan("docs/new.md")
	requireTrouble(t, err, "Git does not know who you are: user.email is not set")
}

func TestACommitOutsideOfAnyRepositorySaysSo(t *testing.T) {
	root := tree(t, map[string]string{configPath: "{}", "a.md": "x"})
	place, err := Find(root)
	require.NoError(t, err)
	_, err = PlanCommit(t.Context(), place, []string{"a.md"}, "m")
	requireTrouble(t, err, "in no git repository")
}

func TestACommitOnADetachedHeadIsMadeAndSaid(t *testing.T) {
	c := newCommitting(t)
	c.git("checkout", "--quiet", "--detach")
	c.write("docs/new.md", "x\n")
	plan, err := c.plan("docs/new.md")
	require.NoError(t, err)
	assert.Empty(t, plan.Branch)
	assert.Contains(t, strings.Join(plan.Says, " "), "HEAD is detached")
}

func TestTheFirstCommitOfARepositoryHoldsTheFilesAlone(t *testing.T) {
	c := newCommitting(t)
	require.NoError(t, os.RemoveAll(filepath.Join(c.root, ".git")))
	c.git("init", "--quiet", "--initial-branch=main")
	c.git("config", "user.name", "Ann")
	c.git("config", "user.email", "a@example.org")
	c.git("add", "kept.txt", "docs/old.md")
	done := c.commit("docs/old.md")
	assert.Equal(t, []string{"docs/old.md"}, done.Paths)
	assert.Equal(t, []string{"docs/old.md"}, c.inHead())
	assert.Contains(t, c.git("status", "--porcelain"), "A  kept.txt")
}

func TestAHookThatRefusesLeavesTheIndexAsItWas(t *testing.T) {
	c := newCommitting(t)
	c.write("kept.txt", "2\n")
	c.git("add", "kept.txt")
	c.write("docs/new.md", "x\n")
	c.hook("pre-commit", "echo 'the linter found 3 faults' >&2; exit 1")
	before, head := c.restOf(nil), c.git("rev-parse", "HEAD")
	plan, err := c.plan("docs/new.md")
	require.NoError(t, err)

	_, err = Commit(t.Context(), plan)

	requireTrouble(t, err, "Git did not commit: the linter found 3 faults")
	assert.Equal(t, before, c.restOf(nil))
	assert.Equal(t, head, c.git("rev-parse", "HEAD"))
	assert.NotContains(t, c.git("ls-files"), "docs/new.md")
}

func TestWhatAHookPutsIntoTheCommitIsSaid(t *testing.T) {
	c := newCommitting(t)
	c.write("docs/new.md", "x\n")
	c.hook("pre-commit", "echo more > more.txt; echo formatted >> docs/new.md; git add more.txt docs/new.md; echo edited > docs/new.md")
	done := c.commit("docs/new.md")
	assert.Contains(t, c.inHead(), "more.txt")
	said := strings.Join(done.Says, " ")
	assert.Contains(t, said, "put more into the commit: more.txt")
	assert.Contains(t, said, "changed what was committed")
}

func TestACommitHasNoTerminalAndAsksNobody(t *testing.T) {
	c := newCommitting(t)
	c.write("docs/new.md", "x\n")
	c.git("config", "core.editor", "false")
	c.git("config", "commit.verbose", "true")
	c.hook("pre-commit", "if (exec < /dev/tty) 2>/dev/null; then echo 'found a terminal' >&2; exit 1; fi; cat > /dev/null")
	assert.Equal(t, []string{"docs/new.md"}, c.commit("docs/new.md").Paths)
}

func TestAFileThatChangesAfterTheLookIsNotCommitted(t *testing.T) {
	c := newCommitting(t)
	c.write("docs/new.md", "x\n")
	plan, err := c.plan("docs/new.md")
	require.NoError(t, err)
	c.write("docs/new.md", "y\n")
	_, err = Commit(t.Context(), plan)
	requireTrouble(t, err, "changed since you looked at it")
	assert.Equal(t, []string{"docs/old.md", "kept.txt", "staged.txt"}, c.inHead())
}

func TestACommitOfAProjectBelowTheRepositoryNamesItsPaths(t *testing.T) {
	c := newCommitting(t)
	c.write("services/shop/"+configPath, `{"project": {"name": "shop"}}`)
	c.write("services/shop/docs/new.md", "x\n")
	c.deep = filepath.Join(c.root, "services", "shop")
	done := c.commit("docs/new.md")
	assert.Equal(t, []string{"services/shop/docs/new.md"}, done.Paths)
	assert.Equal(t, []string{"services/shop/docs/new.md"}, c.inHead())
}

func TestNamesThatLookLikePatternsAreNames(t *testing.T) {
	c := newCommitting(t)
	for _, at := range []string{"docs/*.md", "docs/[a].md", ":(top)x.md", "-x.md", "docs/ünïcode 日本.md"} {
		if runtime.GOOS == "windows" || strings.Contains(at, ":") {
			continue
		}
		c.write(at, at)
		assert.Equal(t, []string{at}, c.commit(at).Paths)
	}
	assert.Contains(t, c.git("ls-files", "-z"), "docs/old.md")
}

// restOf is the index, what is staged and what is not, as git tells it, but for
// some paths.
func (c *committing) restOf(but []string) string {
	c.t.Helper()
	exclude := []string{"--", "."}
	for _, at := range but {
		exclude = append(exclude, ":(exclude,literal)"+at)
	}
	var out strings.Builder
	for _, args := range [][]string{{"ls-files", "--stage"}, {"status", "--porcelain=v1", "--untracked-files=all", "--no-renames"}, {"diff", "--cached"}, {"diff"}} {
		out.WriteString(c.git(append(args, exclude...)...))
	}
	return out.String()
}
