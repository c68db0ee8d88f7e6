package repo

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNextFollowsTheHighestNumberAnywhere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		folders     []string
		next, after string
	}{
		"no increments folder yet":      {nil, "0001", ""},
		"gaps are not filled":           {[]string{"0001-a/", "0014-b/"}, "0015", "0014-b"},
		"an archived one counts":        {[]string{"0002-a/", "_archive/0030-old/"}, "0031", "_archive/0030-old"},
		"an unknown lifecycle folder":   {[]string{"_somewhere/0007-x/"}, "0008", "_somewhere/0007-x"},
		"imports share the numbers":     {[]string{"0012G-from-github/"}, "0013", "0012G-from-github"},
		"three digits of old projects":  {[]string{"099-old/"}, "0100", "099-old"},
		"five digits are no number":     {[]string{"12345-x/", "0003-a/"}, "0004", "0003-a"},
		"a file is no increment":        {[]string{"0050-notes.md", "0003-a/"}, "0004", "0003-a"},
		"a name without number":         {[]string{"draft/", "x0009-a/"}, "0001", ""},
		"a plain folder is not entered": {[]string{"notes/0044-a/"}, "0001", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{configPath: "{}"}
			for _, folder := range test.folders {
				files[incrementsPath+"/"+folder] = ""
			}
			place, err := Find(tree(t, files))
			require.NoError(t, err)

			number, after, err := Next(place)

			require.NoError(t, err)
			assert.Equal(t, test.next, number)
			assert.Equal(t, test.after, after)
		})
	}
}

func TestNextRefusesToGoBeyondFourDigits(t *testing.T) {
	t.Parallel()
	place, err := Find(tree(t, map[string]string{configPath: "{}", incrementsPath + "/9999-last/": ""}))
	require.NoError(t, err)

	_, _, err = Next(place)
	requireTrouble(t, err, "9999-last")
	_, _, err = Reserve(place, "more")
	requireTrouble(t, err, "9999-last")
}

func TestReserveCreatesOneEmptyFolder(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{configPath: "{}", incrementsPath + "/_archive/0014-b/": ""})
	place, err := Find(root)
	require.NoError(t, err)

	id, folder, err := Reserve(place, HotfixSlug("Auth token"))

	require.NoError(t, err)
	assert.Equal(t, "0015-hotfix-auth-token", id)
	assert.Equal(t, filepath.Join(root, incrementsPath, id), folder)
	assert.Empty(t, names(t, folder))
	assert.Equal(t, []string{"0015-hotfix-auth-token", "_archive"}, names(t, filepath.Dir(folder)))
}

func TestReserveGivesDistinctNumbersToAllWhoAskAtOnce(t *testing.T) {
	t.Parallel()
	for _, sameName := range []bool{true, false} {
		root := tree(t, map[string]string{configPath: "{}"})
		place, err := Find(root)
		require.NoError(t, err)
		const callers = 8
		var all sync.WaitGroup
		ids, failures := make([]string, callers), make([]error, callers)
		for i := range callers {
			all.Go(func() {
				name := "same"
				if !sameName {
					name = fmt.Sprintf("name-%d", i)
				}
				ids[i], _, failures[i] = Reserve(place, name)
			})
		}
		all.Wait()

		numbers := map[string]bool{}
		for i := range callers {
			require.NoError(t, failures[i])
			numbers[ids[i][:4]] = true
		}
		assert.Len(t, numbers, callers, "%v", ids)
		for _, name := range names(t, filepath.Join(root, incrementsPath)) {
			assert.NotContains(t, name, "reserved", "a claim is left behind")
		}
	}
}

func TestReserveGivesWayToSpecWeaveTakingTheNumberInBetween(t *testing.T) {
	t.Parallel()
	increments := tree(t, map[string]string{"0007-taken-by-another-program/": ""})

	folder, err := openFolder(increments)
	require.NoError(t, err)
	defer folder.Close()

	taken, err := claim(shelf{rootedDisk: folder, at: "."}, "0007", "0007-hotfix-ours")

	require.NoError(t, err)
	assert.False(t, taken)
	assert.Equal(t, []string{"0007-taken-by-another-program"}, names(t, increments))
}

func TestReserveNumbersOnAfterAClaimThatACrashLeft(t *testing.T) {
	t.Parallel()
	place, err := Find(tree(t, map[string]string{configPath: "{}", incrementsPath + "/0007-reserved/": ""}))
	require.NoError(t, err)

	id, _, err := Reserve(place, "a")

	require.NoError(t, err)
	assert.Equal(t, "0008-a", id)
}

func TestReserveRefusesWhatWouldNotBeAnIncrement(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{configPath: "{}", "plain/.git/HEAD": "x"})
	place, err := Find(root)
	require.NoError(t, err)
	for _, name := range []string{"", "Upper", "a--b", "-a", "a/b", "../x", "a_b", "ä"} {
		_, _, err := Reserve(place, name)
		requireTrouble(t, err, "cannot name an increment's folder")
	}
	assert.Equal(t, []string{"config.json"}, names(t, filepath.Join(root, ".specweave")))

	_, _, err = Reserve(Place{Root: root}, "a")
	requireTrouble(t, err, "not a SpecWeave project")
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

func TestReserveSaysThatAFileIsInTheWay(t *testing.T) {
	t.Parallel()
	place, err := Find(tree(t, map[string]string{configPath: "{}", incrementsPath: "a file"}))
	require.NoError(t, err)

	_, _, err = Reserve(place, "a")

	requireTrouble(t, err, "a file stands where a folder is needed", "Move that file away")
}

func TestLocateFollowsAnIncrementIntoTheArchive(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{configPath: "{}", incrementsPath + "/0015-a/": "", incrementsPath + "/_archive/0014-b/": ""})
	place, err := Find(root)
	require.NoError(t, err)

	for id, want := range map[string]string{
		"0015-a": ".specweave/increments/0015-a", "0014-b": ".specweave/increments/_archive/0014-b",
		"0016-c": "", "..": "", ".": "", "_archive": "", "0014-../0015-a": "", "_archive/0014-b": "", "": "",
	} {
		folder, found := Locate(place, id)
		assert.Equal(t, want, folder, id)
		assert.Equal(t, want != "", found, id)
	}
	require.NoError(t, os.Rename(filepath.Join(root, incrementsPath, "0015-a"), filepath.Join(root, incrementsPath, "_archive", "0015-a")))
	folder, _ := Locate(place, "0015-a")
	assert.Regexp(t, regexp.MustCompile(`_archive/0015-a$`), folder)
}

func TestReleaseRemovesOnlyAnEmptyFolder(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{configPath: "{}", incrementsPath + "/0001-full/spec.md": "text"})
	place, err := Find(root)
	require.NoError(t, err)
	id, folder, err := Reserve(place, "a")
	require.NoError(t, err)

	require.NoError(t, Release(place, id))
	assert.NoDirExists(t, folder)
	require.NoError(t, Release(place, id), "a second time is no harm")

	requireTrouble(t, Release(place, "0001-full"), "was not removed")
	assert.Equal(t, "text", on(t, root, incrementsPath+"/0001-full/spec.md"))
}
