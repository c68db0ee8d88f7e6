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

func TestInitMakesAPlaceForADemonstration(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tree(t, nil), "new", "demo")
	git(t, t.TempDir(), "--version")

	place, err := Init(dir)

	require.NoError(t, err)
	assert.Equal(t, []string{dir, dir, dir}, []string{place.Git, place.SpecWeave, place.Root})
	assert.Equal(t, "demo", place.Project())
	assert.False(t, place.Config.ExternalSync)
	id, _, err := Reserve(place, HotfixSlug("Auth token"))
	require.NoError(t, err)
	assert.Equal(t, "0001-hotfix-auth-token", id)

	again, err := Init(dir)
	require.NoError(t, err, "a second time finds it again")
	assert.Equal(t, place, again)
}

func TestInitRefusesAFolderThatIsSomebodysWork(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"used/main.go": "package main\n", "file": "",
		"umbrella/" + configPath: `{"umbrella":{"enabled":true}}`, "umbrella/in/": "",
	})
	for dir, says := range map[string]string{
		"used":        "is not empty (it holds main.go)",
		"file":        "a file stands where a folder is needed",
		"umbrella/in": "lies inside the SpecWeave umbrella",
	} {
		_, err := Init(filepath.Join(root, dir))
		requireTrouble(t, err, says)
	}
	assert.Equal(t, []string{"main.go"}, names(t, filepath.Join(root, "used")))
	assert.Empty(t, names(t, filepath.Join(root, "umbrella", "in")))
}

func TestEnableSpecWeaveWritesTheMinimalConfiguration(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{".git/HEAD": "x", "src/main.go": "package main\n"})

	require.NoError(t, EnableSpecWeave(root, "  shop \"api\"\n<eu> "))

	assert.Equal(t, strings.TrimPrefix(`
{
  "version": "2.0",
  "project": {
    "name": "shop \"api\" <eu>",
    "version": "0.1.0"
  },
  "adapters": {
    "default": "generic"
  },
  "repository": {
    "provider": "local"
  },
  "testing": {
    "defaultTestMode": "test-after",
    "defaultCoverageTarget": 80
  },
  "workspace": {
    "name": "shop \"api\" <eu>",
    "repos": []
  }
}
`, "\n"), on(t, root, configPath))
	place, err := Find(filepath.Join(root, "src"))
	require.NoError(t, err)
	assert.Equal(t, root, place.SpecWeave)
	assert.Equal(t, `shop "api" <eu>`, place.Project())
}

func TestEnableSpecWeaveNeverTouchesAnExistingConfiguration(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{configPath: `{"mine":1}`})

	err := EnableSpecWeave(root, "x")

	requireTrouble(t, err, "is a SpecWeave project already")
	assert.ErrorIs(t, err, fs.ErrExist)
	assert.Equal(t, `{"mine":1}`, on(t, root, configPath))
	assert.Error(t, EnableSpecWeave(filepath.Join(root, "gone"), "x"))
}

func TestThePlaybookOfTheRepositoryWinsOverTheUmbrellas(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		configPath: `{"umbrella":{"enabled":true}}`, playbookPath: "a: 1\n",
		"api/.git/HEAD": "x", "web/.git/HEAD": "x", "web/" + playbookPath: "b: 2\n",
	})
	for start, want := range map[string]string{"api": "a: 1\n", "web": "b: 2\n", ".": "a: 1\n"} {
		place, err := Find(filepath.Join(root, start))
		require.NoError(t, err)
		path, found := PlaybookPath(place)
		require.True(t, found, start)
		content, err := ReadPlaybook(path)
		require.NoError(t, err)
		assert.Equal(t, want, string(content), start)
	}
	_, found := PlaybookPath(Place{Git: filepath.Join(root, "api"), Root: filepath.Join(root, "api")})
	assert.False(t, found)
}

func TestAPlaybookThatIsTooLargeIsNotRead(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"p.yaml": strings.Repeat("x", largestPlaybook), "folder/": ""})
	path := filepath.Join(root, "p.yaml")
	content, err := ReadPlaybook(path)
	require.NoError(t, err)
	assert.Len(t, content, largestPlaybook)

	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("x", largestPlaybook+1)), 0o644))
	_, err = ReadPlaybook(path)
	requireTrouble(t, err, "larger than 1024 KB")
	_, err = ReadPlaybook(filepath.Join(root, "folder"))
	requireTrouble(t, err, "not an ordinary file")
}

func TestReadGivesAFileInsideTheRootOnly(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"in/tasks.md": "- [ ] T-001\n", "secret": "s"})
	inside := filepath.Join(root, "in")

	content, err := Read(inside, "tasks.md")
	require.NoError(t, err)
	assert.Equal(t, "- [ ] T-001\n", string(content))

	_, err = Read(inside, "gone.md")
	requireTrouble(t, err, "gone.md could not be read: it does not exist")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = Read(inside, "../secret")
	requireTrouble(t, err, "not a path inside")
}
