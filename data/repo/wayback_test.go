package repo

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

const (
	goodToken = "function validateToken(token) {\n  const pattern = /^[A-Za-z0-9\\-._]+$/;\n  return pattern.test(token);\n}\n"
	badToken  = "function validateToken(token) {\n  const pattern = /^[A-Za-z0-9_]+$/;\n  return pattern.test(token);\n}\n"
)

// outage is the repository of a broken release: v1.2.2 worked, and v1.2.3
// brought the breaking commit, a migration, and two commits beside them. It
// answers the id of the breaking commit.
func outage(t *testing.T, migration string) (root, broke string) {
	t.Helper()
	root = tree(t, map[string]string{"src/token.js": goodToken, "package.json": `{"scripts":{"deploy:rollback":"x"}}`})
	git(t, root, "init", "--quiet", "--initial-branch=main")
	commitAt(t, root, "2024-11-12T10:00:00Z", "Release 1.2.2")
	git(t, root, "tag", "v1.2.2")
	put(t, root, "src/token.js", badToken)
	broke = commitAt(t, root, "2024-11-20T10:00:00Z", "Tighten the token pattern (#423)")
	put(t, root, migration, "alter table users add seen date;\n")
	commitAt(t, root, "2024-11-21T10:00:00Z", "Remember when users were seen (#4230)")
	put(t, root, "config/app.ini", "x = 1\n")
	commitAt(t, root, "2024-11-24T10:00:00Z", "Release 1.2.3")
	git(t, root, "tag", "v1.2.3")
	return root, broke
}

func put(t *testing.T, root, path, content string) {
	t.Helper()
	full := filepath.Join(root, filepath.FromSlash(path))
	require.NoError(t, os.MkdirAll(filepath.Dir(full), 0o755))
	require.NoError(t, os.WriteFile(full, []byte(content), 0o644))
}

// commitAt commits everything at a moment and answers the commit's id.
func commitAt(t *testing.T, root, at, subject string) string {
	t.Helper()
	git(t, root, "add", "--all")
	// An alias that begins with ! is a shell's line: the date of the committer
	// can be said in no other way than in the environment.
	git(t, root, "-c", "alias.at=!GIT_COMMITTER_DATE='"+at+"' git commit --quiet --date='"+at+"'", "at", "-m", subject)
	return strings.TrimSpace(git(t, root, "rev-parse", "HEAD"))
}

func policy() workflow.ScopePolicy {
	return workflow.ScopePolicy{Migrations: []string{"**/migrations/**"}, Schema: []string{"**/*.sql"}, Configuration: []string{"**/config/**"}}
}

func lookAt(t *testing.T, ask WayQuestion) workflow.WayBack {
	t.Helper()
	if ask.Policy.Migrations == nil {
		ask.Policy = policy()
	}
	return wayBackWithin(context.Background(), time.Minute, ask)
}

func at(root string) workflow.Survey { return workflow.Survey{Root: root} }

func TestTheWayBackLeadsToTheTagBeforeWhatBrokeIt(t *testing.T) {
	t.Parallel()
	root, broke := outage(t, "db/migrations/007.sql")

	way := lookAt(t, WayQuestion{
		Survey: at(root), Command: "npm run deploy:rollback",
		Mentions: workflow.Mentions{Versions: []string{"v1.2.2", "v1.2.3", "v9.9.9"}, Pulls: []string{"423"}},
	})

	assert.Empty(t, way.Problem)
	assert.Equal(t, []string{"v1.2.3", "the incident names it"}, []string{way.Runs.Name, way.Runs.Why})
	assert.Equal(t, "v1.2.2", way.Good.Name)
	assert.Equal(t, "the last tag before "+broke[:8]+", the suspect", way.Good.Why)
	assert.Equal(t, "2024-11-12", way.Good.At.Date(time.UTC))
	assert.Equal(t, 3, way.Count)
	require.Len(t, way.Since, 3)
	assert.Equal(t, "Release 1.2.3", way.Since[0].Subject)
	assert.Equal(t, 3, way.Changed)
	assert.Equal(t, []string{"db/migrations/007.sql"}, way.Migrations)
	assert.Equal(t, []string{"config/app.ini"}, way.Schema)
	require.Len(t, way.Named, 1, "#4230 is another pull request")
	assert.Equal(t, broke, way.Suspect)
	assert.Equal(t, workflow.Trial{Tried: true, Clean: true, Of: "the revert of " + broke[:8] + " on " + way.Since[0].ID[:8], Files: 1, Lines: 2}, way.Revert)
	assert.Equal(t, "npm run deploy:rollback", way.Command.Line)
}

func TestAPersonsWordAndADeployComeBeforeTheTags(t *testing.T) {
	t.Parallel()
	root, broke := outage(t, "db/migrations/007.sql")

	named := lookAt(t, WayQuestion{Survey: at(root), Hints: workflow.WayHints{Good: "v1.2.2", Suspect: broke[:9]}})
	assert.Equal(t, []string{"v1.2.2", "it was named"}, []string{named.Good.Name, named.Good.Why})
	assert.Equal(t, broke, named.Suspect)

	nowhere := lookAt(t, WayQuestion{Survey: at(root), Hints: workflow.WayHints{Good: "2024.11.1", Suspect: "--all"}})
	assert.Equal(t, workflow.Release{Name: "2024.11.1", Why: "it was named"}, nowhere.Good)
	assert.Len(t, nowhere.Says, 2, "both names are not known here")
	assert.False(t, nowhere.Revert.Tried)

	deployed := lookAt(t, WayQuestion{Survey: at(root), Earlier: []workflow.Deploy{{Version: "2024.11.19", Commit: broke}}})
	assert.Equal(t, "v1.2.3", deployed.Runs.Name)
	assert.Equal(t, []string{"2024.11.19", "it was deployed before"}, []string{deployed.Good.Name, deployed.Good.Why})
	assert.Equal(t, 2, deployed.Count)
	assert.True(t, deployed.Revert.Clean)

	old := lookAt(t, WayQuestion{Survey: at(root), Earlier: []workflow.Deploy{{Commit: broke}}, Hints: workflow.WayHints{Suspect: broke}})
	assert.Equal(t, "v1.2.2", old.Good.Name, "what was deployed with the suspect in it was never good")
}

func TestAfterAFixThatMadeItWorseTheGoodVersionIsThatBeforeTheOutage(t *testing.T) {
	t.Parallel()
	root, _ := outage(t, "db/migrations/007.sql")
	put(t, root, "src/token.js", badToken+"// worse\n")
	fix := commitAt(t, root, "2024-11-25T10:00:00Z", "Worse")
	ask := WayQuestion{Survey: at(root), Mentions: workflow.Mentions{Versions: []string{"v1.2.3"}}, Here: []workflow.Deploy{{Version: "v1.2.4", Commit: fix}}}

	worse := lookAt(t, ask)
	assert.Equal(t, []string{"v1.2.4", "v1.2.2"}, []string{worse.Runs.Name, worse.Good.Name})
	assert.Equal(t, 4, worse.Count)

	ask.Here = append(ask.Here, workflow.Deploy{Version: "v1.2.2", Rollback: true})
	back := lookAt(t, ask)
	assert.Equal(t, []string{"v1.2.2", "v1.2.2"}, []string{back.Runs.Name, back.Good.Name})
	assert.Zero(t, back.Count)
}

func TestARevertThatConflictsNamesTheFilesAndTouchesNothing(t *testing.T) {
	t.Parallel()
	root, broke := outage(t, "db/migrations/007.sql")
	git(t, root, "checkout", "--quiet", "-b", "hotfix/login")
	put(t, root, "src/token.js", strings.Replace(badToken, "A-Za-z0-9_", "A-Za-z0-9_~", 1))
	tip := commitAt(t, root, "2024-11-25T10:00:00Z", "Try something")
	before := everything(t, root)

	way := lookAt(t, WayQuestion{Survey: workflow.Survey{Root: root, Head: tip, FixTip: tip, FixBranch: "hotfix/login"}, Hints: workflow.WayHints{Suspect: broke}})

	assert.Equal(t, workflow.Trial{Tried: true, Of: "the revert of " + broke[:8] + " on hotfix/login", Conflicts: []string{"src/token.js"}}, way.Revert)
	assert.Equal(t, before, everything(t, root))
}

func TestAMergeIsRevertedAgainstItsFirstParent(t *testing.T) {
	t.Parallel()
	root, _ := outage(t, "db/migrations/007.sql")
	git(t, root, "checkout", "--quiet", "-b", "side")
	put(t, root, "a.js", "1\n")
	put(t, root, "b.js", "1\n")
	commitAt(t, root, "2024-11-25T10:00:00Z", "Side")
	git(t, root, "checkout", "--quiet", "main")
	git(t, root, "merge", "--quiet", "--no-ff", "-m", "Merge side (#77)", "side")

	way := lookAt(t, WayQuestion{Survey: at(root), Mentions: workflow.Mentions{Pulls: []string{"77"}}})

	assert.True(t, way.Revert.Clean)
	assert.Equal(t, 2, way.Revert.Files)
	assert.Contains(t, way.Revert.Note, "It is a merge")
	assert.Equal(t, "v1.2.3", way.Good.Name, "the last tag before the suspect")
}

func TestTheTrialLeavesNoTraceInAnyRepository(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(*testing.T, string) string{
		"loose objects": func(_ *testing.T, root string) string { return root },
		"packed objects": func(t *testing.T, root string) string {
			git(t, root, "gc", "--quiet")
			return root
		},
		"a clone that borrows objects": func(t *testing.T, root string) string {
			clone := filepath.Join(tree(t, nil), "clone")
			git(t, root, "clone", "--quiet", "--shared", root, clone)
			return clone
		},
		"a working tree of another": func(t *testing.T, root string) string {
			other := filepath.Join(tree(t, nil), "other")
			git(t, root, "worktree", "add", "--quiet", "-b", "hotfix/x", other)
			return other
		},
		"a folder whose name git quotes": func(t *testing.T, root string) string {
			odd := filepath.Join(tree(t, nil), "ä b:c #d")
			git(t, root, "clone", "--quiet", root, odd)
			return odd
		},
		"a rebase in its middle": func(t *testing.T, root string) string {
			git(t, root, "checkout", "--quiet", "-b", "hotfix/y")
			commitAt(t, root, "2024-11-25T10:00:00Z", "nothing")
			git(t, root, "-c", "sequence.editor=sed -i -e 's/^pick/edit/'", "rebase", "--quiet", "--interactive", "HEAD~2")
			return root
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source, broke := outage(t, "db/migrations/007.sql")
			if name == "a rebase in its middle" {
				git(t, source, "config", "commit.gpgsign", "false")
				put(t, source, "later.js", "1\n")
			}
			root := prepare(t, source)
			before, original := everything(t, root), everything(t, source)

			way := lookAt(t, WayQuestion{Survey: at(root), Hints: workflow.WayHints{Suspect: broke}})

			assert.True(t, way.Revert.Clean, "%+v", way.Revert)
			assert.Equal(t, "v1.2.2", way.Good.Name)
			assert.Equal(t, before, everything(t, root))
			assert.Equal(t, original, everything(t, source))
		})
	}
}

func TestAShallowCloneSaysWhatIsCutOff(t *testing.T) {
	t.Parallel()
	source, broke := outage(t, "db/migrations/007.sql")
	root := filepath.Join(tree(t, nil), "shallow")
	git(t, source, "clone", "--quiet", "--depth=3", "file://"+source, root)
	before := everything(t, root)

	way := lookAt(t, WayQuestion{Survey: at(root), Hints: workflow.WayHints{Suspect: broke}})

	assert.Empty(t, way.Problem)
	assert.False(t, way.Revert.Tried)
	assert.Contains(t, way.Revert.Says, "the history is cut off")
	assert.Empty(t, way.Good.Name)
	assert.Contains(t, strings.Join(way.Says, " "), "git fetch --unshallow")
	assert.Equal(t, before, everything(t, root))
}

func TestMergeProgramsOfTheConfigurationAreNotStarted(t *testing.T) {
	t.Parallel()
	root, broke := outage(t, "db/migrations/007.sql")
	mark := filepath.Join(tree(t, nil), "started")
	git(t, root, "config", "merge.own.driver", "touch '"+mark+"'")
	put(t, root, ".gitattributes", "*.js merge=own\n")
	put(t, root, "src/token.js", badToken+"// more\n")
	commitAt(t, root, "2024-11-25T10:00:00Z", "More")

	way := lookAt(t, WayQuestion{Survey: at(root), Hints: workflow.WayHints{Suspect: broke}})

	assert.NoFileExists(t, mark)
	assert.Equal(t, []string{"src/token.js"}, way.Revert.Conflicts)
	assert.Contains(t, way.Revert.Note, "it was not started")
}

func TestWithoutHistoryTheWayBackIsASentence(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "There is no repository here, so the way back is for you to say", lookAt(t, WayQuestion{}).Problem)

	fresh := tree(t, nil)
	git(t, fresh, "init", "--quiet")
	assert.Equal(t, "The repository has no commit yet, so there is nothing to go back to", lookAt(t, WayQuestion{Survey: at(fresh)}).Problem)

	gone := lookAt(t, WayQuestion{Survey: at(filepath.Join(fresh, "gone"))})
	assert.Contains(t, gone.Problem, "the way back is not known")

	root := tree(t, map[string]string{"a": "1"})
	git(t, root, "init", "--quiet")
	only := commitAt(t, root, "2024-11-12T10:00:00Z", "first")
	untagged := lookAt(t, WayQuestion{Survey: at(root)})
	assert.Empty(t, untagged.Problem)
	assert.Contains(t, strings.Join(untagged.Says, " "), "the last good version is not known")
	first := lookAt(t, WayQuestion{Survey: at(root), Hints: workflow.WayHints{Suspect: only}})
	assert.Contains(t, first.Revert.Says, "it is the first commit")
}

func TestPathsAreReadAsGitHasThem(t *testing.T) {
	t.Parallel()
	root, _ := outage(t, "db/migrations/a\nb \xff.sql")
	assert.Equal(t, []string{"db/migrations/a\nb \xff.sql"}, lookAt(t, WayQuestion{Survey: at(root), Hints: workflow.WayHints{Good: "v1.2.2"}}).Migrations)
}

func TestACommandIsLookedForAndNotRun(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"package.json": `{"scripts":{"deploy:rollback":"x"}}`, "Makefile": "all: a b\n\techo\nrollback undo: all\n", "run.txt": "", "broken/package.json": "{",
		"odd/Makefile": "include rules.mk\n",
	})
	put(t, root, "back.sh", "#!/bin/sh\n")
	require.NoError(t, os.Chmod(filepath.Join(root, "back.sh"), 0o755))
	for line, want := range map[string]workflow.CommandFact{
		"":                      {},
		"./back.sh --now":       {State: workflow.CommandFound, Says: "./back.sh is there"},
		"./run.txt":             {State: workflow.CommandMissing, Says: "./run.txt is there, but it may not be run (chmod +x)"},
		"sh run.txt":            {State: workflow.CommandFound, Says: "run.txt is there"},
		"./gone":                {State: workflow.CommandMissing, Says: "./gone is not there"},
		"no-such-program-here":  {State: workflow.CommandMissing, Says: "no-such-program-here is not installed, or not on the PATH"},
		"STAGE=prod git revert": {State: workflow.CommandFound, Says: "git is installed"},
	} {
		want.Line = line
		assert.Equal(t, want, CommandAt(root, line))
	}
	state, says := scriptThere(root, "npm", []string{"run", "--silent", "deploy:rollback"})
	assert.Equal(t, []string{"found", "package.json has the script deploy:rollback, and npm is installed"}, []string{string(state), says})
	state, says = scriptThere(root, "yarn", []string{"back"})
	assert.Equal(t, []string{"missing", "package.json has no script back"}, []string{string(state), says})
	state, _ = scriptThere(filepath.Join(root, "broken"), "npm", []string{"run", "x"})
	assert.Equal(t, workflow.CommandUnknown, state)
	state, _ = scriptThere(root, "make", []string{"-C", "ops"})
	assert.Equal(t, workflow.CommandMissing, state)
	state, _ = scriptThere(root, "make", []string{"undo"})
	assert.Equal(t, workflow.CommandFound, state)
	state, _ = scriptThere(filepath.Join(root, "odd"), "make", []string{"undo"})
	assert.Equal(t, workflow.CommandUnknown, state)
}

// everything is the sum of every file of a repository, git's own included.
func everything(t *testing.T, root string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			sums[path] = "folder"
			return err
		}
		content, err := os.ReadFile(path)
		sums[path] = Hash(content)
		return err
	}))
	return sums
}
