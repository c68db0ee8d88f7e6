package repo

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const plainConfig = `{"project":{"name":"shop-api"},"workspace":{"name":"shop"}}`

func TestFindChoosesTheRootsBySpecWeavesRules(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files              map[string]string
		start              string
		git, weave, root   string // relative; "-" for none
		umbrella           bool
		why, warning, call string
	}{
		"a plain git repository": {
			files: map[string]string{".git/HEAD": "ref: x", "src/": ""}, start: "src",
			git: ".", weave: "-", root: ".", why: "not a SpecWeave project yet",
		},
		"a project at the top of the repository": {
			files: map[string]string{".git/HEAD": "x", ".specweave/config.json": plainConfig, "a/b/": ""}, start: "a/b",
			git: ".", weave: ".", root: ".", why: "the nearest folder with .specweave/config.json.", call: "shop",
		},
		"a bare .specweave folder does not count": {
			files: map[string]string{".git/HEAD": "x", ".specweave/config.json": plainConfig, "in/.specweave/increments/": ""}, start: "in",
			git: ".", weave: ".", root: ".", call: "shop",
		},
		"a project above the repository": {
			files: map[string]string{".specweave/config.json": plainConfig, "api/.git/HEAD": "x"}, start: "api",
			git: "api", weave: ".", root: ".", why: "not part of that repository", call: "shop",
		},
		"a project below the top of the repository": {
			files: map[string]string{".git/HEAD": "x", "api/.specweave/config.json": plainConfig}, start: "api",
			git: ".", weave: "api", root: "api", call: "shop",
		},
		"a project without git": {
			files: map[string]string{".specweave/config.json": `{"project":{"name":"only"}}`}, start: ".",
			git: "-", weave: ".", root: ".", why: "not in a git repository", call: "only",
		},
		"an umbrella by its setting": {
			files: map[string]string{
				".specweave/config.json":   `{"umbrella":{"enabled":true}}`,
				"r/.specweave/config.json": plainConfig, "r/.git/HEAD": "x",
			}, start: "r",
			git: "r", weave: ".", root: ".", umbrella: true, why: "umbrella.enabled. SpecWeave ignores the increments of",
		},
		"an umbrella by its repository": {
			files: map[string]string{".specweave/config.json": `{"repository":{"umbrellaRepo":"org/x"}}`}, start: ".",
			git: "-", weave: ".", root: ".", umbrella: true, why: "repository.umbrellaRepo",
		},
		"an umbrella by a mere folder named repositories": {
			files: map[string]string{
				".specweave/config.json": plainConfig, "repositories/org/api/.specweave/config.json": `{"workspace":{"name":"inner"}}`,
			}, start: "repositories/org/api",
			git: "-", weave: ".", root: ".", umbrella: true, why: "a folder named repositories/", call: "shop",
		},
		"a nearer umbrella wins over a higher one": {
			files: map[string]string{
				".specweave/config.json": `{"umbrella":{"enabled":true}}`, "in/.specweave/config.json": plainConfig, "in/repositories/": "",
			}, start: "in",
			git: "-", weave: "in", root: "in", umbrella: true, why: "the nearest SpecWeave project and an umbrella", call: "shop",
		},
		"a file named repositories is no umbrella": {
			files: map[string]string{".specweave/config.json": plainConfig, "repositories": "text"}, start: ".",
			git: "-", weave: ".", root: ".", call: "shop",
		},
		"a configuration that cannot be read": {
			files: map[string]string{".specweave/config.json": `{"umbrella":`, ".git/HEAD": "x"}, start: ".",
			git: ".", weave: ".", root: ".", warning: "could not be understood",
		},
		"a number that only JavaScript can hold": {
			files: map[string]string{".specweave/config.json": `{"umbrella":{"enabled":true},"limit":1e999}`}, start: ".",
			git: "-", weave: ".", root: ".", umbrella: true, why: "umbrella.enabled",
		},
		"an umbrella that is switched on by such a number": {
			files: map[string]string{".specweave/config.json": `{"umbrella":{"enabled":-1e999}}`}, start: ".",
			git: "-", weave: ".", root: ".", umbrella: true, why: "umbrella.enabled",
		},
		"zero switches nothing on": {
			files: map[string]string{".specweave/config.json": `{"umbrella":{"enabled":-0.0}}`}, start: ".",
			git: "-", weave: ".", root: ".",
		},
		"a configuration with something behind it": {
			files: map[string]string{".specweave/config.json": `{"umbrella":{"enabled":true}} x`}, start: ".",
			git: "-", weave: ".", root: ".", warning: "could not be understood",
		},
		"a .git folder without HEAD is none": {
			files: map[string]string{".git/HEAD": "x", "in/.git/": ""}, start: "in",
			git: ".", weave: "-", root: ".",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, test.files)
			absolute := func(relative string) string {
				if relative == "-" {
					return ""
				}
				return filepath.Join(root, relative)
			}

			place, err := Find(filepath.Join(root, test.start))

			require.NoError(t, err)
			assert.Equal(t, absolute(test.git), place.Git)
			assert.Equal(t, absolute(test.weave), place.SpecWeave)
			assert.Equal(t, absolute(test.root), place.Root)
			assert.Equal(t, test.umbrella, place.Umbrella)
			assert.Contains(t, place.Why, test.why)
			assert.Contains(t, place.Warning, test.warning)
			assert.Equal(t, test.warning == "", place.Warning == "")
			if test.call == "" {
				test.call = filepath.Base(place.Root)
			}
			assert.Equal(t, test.call, place.Project())
		})
	}
}

func TestFindAgreesWithGitInAWorktreeAndASubfolder(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"main/src/a.go": "package a\n"})
	main := filepath.Join(root, "main")
	git(t, main, "init", "--quiet")
	git(t, main, "add", ".")
	git(t, main, "commit", "--quiet", "-m", "first")
	git(t, main, "worktree", "add", "--quiet", "-b", "hotfix", filepath.Join(root, "hot fix"))

	for _, start := range []string{main, filepath.Join(main, "src"), filepath.Join(root, "hot fix", "src")} {
		place, err := Find(start)

		require.NoError(t, err)
		assert.Equal(t, strings.TrimSpace(git(t, start, "rev-parse", "--show-toplevel")), filepath.ToSlash(place.Git))
		assert.Equal(t, strings.TrimSpace(git(t, start, "rev-parse", "--absolute-git-dir")), filepath.ToSlash(place.GitDir))
		assert.Empty(t, place.Warning)
	}
}

func TestFindSaysWhyAFolderCannotBeUsed(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"file.txt": "", "plain/": ""})
	for name, test := range map[string]struct {
		start string
		says  string
		is    error
	}{
		"nothing given":                   {"  ", "No folder was given", fs.ErrInvalid},
		"a folder that is not there":      {filepath.Join(root, "gone"), "does not exist", fs.ErrNotExist},
		"a file":                          {filepath.Join(root, "file.txt"), "is a file, not a folder", fs.ErrInvalid},
		"a folder below a file":           {filepath.Join(root, "file.txt", "x"), "a file stands where a folder is needed", nil},
		"neither git nor SpecWeave there": {filepath.Join(root, "plain"), "neither a git repository nor a SpecWeave project", fs.ErrNotExist},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			_, err := Find(test.start)

			requireTrouble(t, err, test.says)
			if test.is != nil {
				assert.ErrorIs(t, err, test.is)
			}
		})
	}
}

func TestFindWarnsAboutAWorktreeWhoseRepositoryMoved(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{".git": "gitdir: /nowhere/at/all\n", ".specweave/config.json": plainConfig})

	place, err := Find(root)

	require.NoError(t, err)
	assert.Empty(t, place.Git)
	assert.Contains(t, place.Warning, "git worktree repair")
}

func TestFindFollowsALinkToTheRealFolder(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"real/.git/HEAD": "x"})
	link := filepath.Join(root, "link")
	require.NoError(t, os.Symlink(filepath.Join(root, "real"), link))

	place, err := Find(link)

	require.NoError(t, err)
	assert.Equal(t, filepath.Join(root, "real"), place.Git)
}

func TestExternalSyncIsSeenOnlyWhereItIsOn(t *testing.T) {
	t.Parallel()
	for config, setting := range map[string]string{
		`{}`:                               "",
		`{"sync":{}}`:                      "",
		`{"sync":{"enabled":false}}`:       "",
		`{"sync":{"enabled":true}}`:        "sync.enabled",
		`{"sync":{"github":{"repo":"x"}}}`: "sync.github",
		`{"sync":{"jira":{"enabled":false,"domain":"x"}}}`:                           "",
		`{"sync":{"profiles":{"a":{}}}}`:                                             "sync.profiles",
		`{"hooks":{"post_increment_done":{"close_github_issue":false}}}`:             "",
		`{"hooks":{"post_increment_done":{"x":false,"sync_living_docs":true}}}`:      "hooks.post_increment_done.sync_living_docs",
		`{"workspace":{"name":"a","repos":[{"sync":{}},{"sync":{"github":"a/b"}}]}}`: "workspace.repos[].sync",
		`{"workspace":{"repos":[{"sync":{}}]}}`:                                      "",
		`{"sync":[1],"hooks":7,"workspace":null}`:                                    "",
	} {
		root := tree(t, map[string]string{".specweave/config.json": config})

		place, err := Find(root)

		require.NoError(t, err)
		assert.Equal(t, setting, place.Config.SyncBecause, config)
		assert.Equal(t, setting != "", place.Config.ExternalSync, config)
	}
}
