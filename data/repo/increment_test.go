package repo

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// increments makes a project; a path is relative to the folder of its increments.
func increments(t *testing.T, files map[string]string) (Place, string) {
	t.Helper()
	all := map[string]string{configPath: "{}", incrementsPath + "/": ""}
	for path, content := range files {
		all[incrementsPath+"/"+path] = content
	}
	root := tree(t, all)
	place, err := Find(root)
	require.NoError(t, err)
	return place, filepath.Join(root, filepath.FromSlash(incrementsPath))
}

func TestIncrementsAreReadFromEveryGroupInTheirOrder(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	var want []string
	groups := []string{"", "_archive", "_paused", "_backlog", "_abandoned", "_of-some-other-time"}
	for n := 1; n <= 300; n++ {
		name := fmt.Sprintf("%04d-some-work", n)
		folder := strings.TrimPrefix(groups[n%len(groups)]+"/"+name, "/")
		want = append(want, incrementsPath+"/"+folder)
		for _, file := range incrementFiles {
			files[folder+"/"+file] = name + " " + file
		}
	}
	files["notes/0301-not-entered/spec.md"] = ""
	files["0302-a-file.md"] = ""
	place, _ := increments(t, files)

	all, err := Increments(t.Context(), place)

	require.NoError(t, err)
	var got []string
	for _, raw := range all {
		got = append(got, raw.Folder)
		require.Equal(t, raw.Folder, strings.Replace(incrementsPath+"/"+raw.Group+"/"+raw.ID, "//", "/", 1))
		require.Empty(t, raw.Says)
		require.Empty(t, raw.Strange)
		require.Len(t, raw.Files, 4)
		for name, file := range raw.Files {
			require.Equal(t, raw.ID+" "+name, string(file.Content))
			require.Empty(t, file.Says)
		}
	}
	assert.Equal(t, want, got)

	var once sync.Mutex
	var visited []string
	require.NoError(t, EachIncrement(t.Context(), place, func(raw Raw) {
		once.Lock()
		defer once.Unlock()
		visited = append(visited, raw.Folder)
	}))
	assert.ElementsMatch(t, want, visited)
}

func TestAnIncrementIsShownAsItLiesThere(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{
		"0001-a/metadata.json": "", "0001-a/spec.md": "\ufeffa\r\n\xff", "0001-a/README.md": "x", "0001-a/reports/x.md": "x", "0001-a/.hidden": "",
		"0001-a/plan.md/inner": "x", "0001-a/.firebreak-0123456789abcdef.tmp": "half", "012G-from-github/tasks.md": "- [ ] T-001: x",
		"0002-b/": "", "draft/spec.md": "",
	})
	require.NoError(t, os.WriteFile(filepath.Join(folder, "0001-a/tasks.md"), make([]byte, 5<<20), 0o644))

	all, err := Increments(t.Context(), place)

	require.NoError(t, err)
	require.Len(t, all, 3)
	raw := all[0]
	assert.Equal(t, []string{".hidden", "README.md", "reports/"}, raw.Strange)
	assert.Equal(t, "\ufeffa\r\n\xff", string(raw.Files["spec.md"].Content), "not a byte is touched")
	assert.Equal(t, RawFile{Content: []byte{}}, raw.Files["metadata.json"], "an empty file is there")
	assert.Contains(t, raw.Files["plan.md"].Says, "0001-a/plan.md could not be read: it is a folder. Nothing was changed. Rename")
	assert.Contains(t, raw.Files["tasks.md"].Says, "it is larger than 4 MB")
	assert.Nil(t, raw.Files["tasks.md"].Content)
	assert.Equal(t, "0002-b", all[1].ID)
	assert.Empty(t, all[1].Files)
	assert.Equal(t, "012G-from-github", all[2].ID)
}

func TestNoLinkLeadsOutOfTheProject(t *testing.T) {
	t.Parallel()
	outside := tree(t, map[string]string{"0050-secret/spec.md": "a secret", "spec.md": "a secret"})
	place, folder := increments(t, map[string]string{"0001-a/plan.md": "plan", "0002-b/spec.md": "b", "_archive/": ""})
	for from, to := range map[string]string{
		"0001-a/spec.md":     filepath.Join(outside, "spec.md"),
		"0001-a/tasks.md":    "plan.md",
		"0003-link-out":      filepath.Join(outside, "0050-secret"),
		"0004-link-in":       "0002-b",
		"0005-link-nowhere":  "nowhere",
		"0006-link-to-a.md":  "0001-a/plan.md",
		"_archive/0007-back": "../0002-b",
	} {
		if err := os.Symlink(to, filepath.Join(folder, from)); err != nil {
			t.Skipf("links cannot be made here: %v", err)
		}
	}

	all, err := Increments(t.Context(), place)

	require.NoError(t, err)
	var ids []string
	for _, raw := range all {
		ids = append(ids, raw.ID)
		for _, file := range raw.Files {
			assert.NotContains(t, string(file.Content), "secret")
		}
	}
	assert.Equal(t, []string{"0001-a", "0002-b", "0003-link-out", "0004-link-in", "0007-back"}, ids)
	assert.Contains(t, all[0].Files["spec.md"].Says, "it is a link")
	assert.Contains(t, all[0].Files["tasks.md"].Says, "it is a link", "a link inside is none of an increment's files either")
	assert.Contains(t, all[2].Says, "leads out of the project folder")
	assert.Empty(t, all[2].Files)
	assert.Equal(t, "b", string(all[3].Files["spec.md"].Content))
	assert.Equal(t, "b", string(all[4].Files["spec.md"].Content))

	_, found := Locate(place, "0003-link-out")
	assert.False(t, found)
	_, err = ReadIncrement(place, "0003-link-out")
	requireTrouble(t, err, "leads out of the project folder")

	require.NoError(t, os.Symlink(outside, filepath.Join(folder, "_linked")))
	all, err = Increments(t.Context(), place)
	requireTrouble(t, err, "_linked could not be read", "leads out of the project folder")
	assert.Len(t, all, 5, "the others are read all the same")
	_, _, err = Next(place)
	requireTrouble(t, err, "_linked could not be read")
}

func TestAnIncrementIsReadWhereverItLies(t *testing.T) {
	t.Parallel()
	place, folder := increments(t, map[string]string{"0001-a/spec.md": "here", "_archive/": ""})

	raw, err := ReadIncrement(place, "0001-a")
	require.NoError(t, err)
	assert.Equal(t, "here", string(raw.Files["spec.md"].Content))
	assert.Empty(t, raw.Group)

	require.NoError(t, os.Rename(filepath.Join(folder, "0001-a"), filepath.Join(folder, "_archive", "0001-a")))
	raw, err = ReadIncrement(place, "0001-a")
	require.NoError(t, err)
	assert.Equal(t, "_archive", raw.Group)
	assert.Equal(t, incrementsPath+"/_archive/0001-a", raw.Folder)

	for _, id := range []string{"0002-b", "", "..", "_archive/0001-a", "../../x", "0001-a/spec.md"} {
		_, err = ReadIncrement(place, id)
		requireTrouble(t, err, "There is no increment")
		assert.ErrorIs(t, err, os.ErrNotExist)
	}
	_, err = ReadIncrement(Place{Root: folder}, "0001-a")
	requireTrouble(t, err, "is not a SpecWeave project")
}

func TestReadingStopsWhenNobodyWaitsForIt(t *testing.T) {
	t.Parallel()
	place, _ := increments(t, map[string]string{"0001-a/": "", "0002-b/": ""})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	all, err := Increments(ctx, place)

	assert.ErrorIs(t, err, context.Canceled)
	assert.Empty(t, all)
}

func TestAProjectWithoutIncrementsHasNone(t *testing.T) {
	t.Parallel()
	place, err := Find(tree(t, map[string]string{configPath: "{}"}))
	require.NoError(t, err)

	all, err := Increments(t.Context(), place)

	require.NoError(t, err)
	assert.Empty(t, all)
}

// thousand is a workspace of the size that must open without a hitch, and the
// paths of its files.
func thousand(b *testing.B) (Place, []string) {
	b.Helper()
	root := b.TempDir()
	text := []byte(strings.Repeat("### T-001: Restore the previous release of the gateway\n", 46)[:2500])
	require.NoError(b, os.MkdirAll(filepath.Join(root, ".specweave"), 0o755))
	require.NoError(b, os.WriteFile(filepath.Join(root, configPath), []byte("{}"), 0o644))
	var paths []string
	for n := 1; n <= 1000; n++ {
		folder := filepath.Join(root, incrementsPath, fmt.Sprintf("%04d-hotfix-gateway", n))
		require.NoError(b, os.MkdirAll(folder, 0o755))
		for _, name := range incrementFiles {
			paths = append(paths, filepath.Join(folder, name))
			require.NoError(b, os.WriteFile(paths[len(paths)-1], text, 0o644))
		}
	}
	place, err := Find(root)
	require.NoError(b, err)
	return place, paths
}

// BenchmarkEachIncrement reads a thousand increments in turn with cat of the
// same files, and reports the ratio of the medians.
func BenchmarkEachIncrement(b *testing.B) {
	place, paths := thousand(b)
	if _, err := exec.LookPath("cat"); err != nil {
		b.Skip("there is no cat here")
	}
	var ours, theirs []float64
	for b.Loop() {
		ours = append(ours, seconds(func() {
			require.NoError(b, EachIncrement(b.Context(), place, func(Raw) {}))
		}))
		theirs = append(theirs, seconds(func() { require.NoError(b, exec.Command("cat", paths...).Run()) }))
	}
	reportRatio(b, ours, theirs, "cat")
}

func reportRatio(b *testing.B, ours, theirs []float64, name string) {
	b.Helper()
	slices.Sort(ours)
	slices.Sort(theirs)
	our, their := ours[len(ours)/2], theirs[len(theirs)/2]
	b.ReportMetric(our*1000, "ms")
	b.ReportMetric(their*1000, "ms/"+name)
	b.ReportMetric(our/their, "ratio")
}
