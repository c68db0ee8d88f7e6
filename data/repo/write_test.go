package repo

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func file(path, content string) File { return File{Path: path, Content: []byte(content)} }

func TestWriteCreatesThenUpdatesThenLeavesAlone(t *testing.T) {
	t.Parallel()
	root := tree(t, nil)

	first, err := Write(root, []File{file("a/b/spec.md", "one\n"), file("a/plan.md", "p\n")}, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"a/b/spec.md", "a/plan.md"}, first.Written)
	assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte("one\n"))), first.Known["a/b/spec.md"])

	second, err := Write(root, []File{file("a/b/spec.md", "two\n"), file("a/plan.md", "p\n")}, first.Known)
	require.NoError(t, err)
	assert.Equal(t, []string{"a/b/spec.md"}, second.Written)
	assert.Equal(t, []string{"a/plan.md"}, second.Same)
	assert.Empty(t, second.Kept)
	assert.Equal(t, "two\n", on(t, root, "a/b/spec.md"))
	assert.Equal(t, Hash([]byte("one\n")), first.Known["a/b/spec.md"], "the caller's ledger is not changed under it")
	assert.Equal(t, []string{"spec.md"}, names(t, filepath.Join(root, "a/b")))
}

func TestWriteNeverOverwritesWhatSomebodyElseWrote(t *testing.T) {
	t.Parallel()
	ours, theirs := []byte("ours\n"), []byte("theirs\n")
	for name, known := range map[string]Ledger{
		"a file that we changed last, edited since": {"spec.md": Hash(ours)},
		"a file that was there before us":           nil,
	} {
		root := tree(t, map[string]string{"spec.md": string(theirs)})

		report, err := Write(root, []File{file("spec.md", "new\n"), file("plan.md", "plan\n")}, known)

		require.NoError(t, err, name)
		assert.Equal(t, []Conflict{{"spec.md", known["spec.md"], theirs, []byte("new\n")}}, report.Kept)
		assert.Equal(t, []string{"plan.md"}, report.Written, "the others are still written")
		assert.Equal(t, "theirs\n", on(t, root, "spec.md"))
		assert.Equal(t, known["spec.md"], report.Known["spec.md"])
	}
}

func TestWriteTogetherWritesNothingIfOneFileWasChanged(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"b.md": "theirs\n"})
	files := []File{file("a.md", "a\n"), file("b.md", "b\n"), file("c.md", "c\n")}

	report, err := WriteTogether(root, files, nil)
	require.NoError(t, err)
	assert.Empty(t, report.Written)
	assert.Equal(t, "b.md", report.Kept[0].Path)
	assert.Equal(t, []string{"b.md"}, names(t, root))

	report, err = WriteTogether(root, Only(files, "c.md", "a.md"), report.Known)
	require.NoError(t, err)
	assert.Equal(t, []string{"a.md", "c.md"}, report.Written, "the caller's order is kept")
}

func TestWriteOverwritesOnlyTheVeryContentThatWasAccepted(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"a.md": "theirs\n"})
	files := []File{file("a.md", "new\n")}
	refused, err := Write(root, files, nil)
	require.NoError(t, err)
	accepted := refused.Known.Accept("a.md", refused.Kept[0].Theirs)

	require.NoError(t, os.WriteFile(filepath.Join(root, "a.md"), []byte("theirs again\n"), 0o644))
	again, err := Write(root, files, accepted)
	require.NoError(t, err)
	assert.Equal(t, "theirs again\n", string(again.Kept[0].Theirs))

	written, err := Write(root, files, again.Known.Accept("a.md", again.Kept[0].Theirs))
	require.NoError(t, err)
	assert.Equal(t, []string{"a.md"}, written.Written)
	assert.Equal(t, "new\n", on(t, root, "a.md"))
}

func TestWriteTakesTurnedLineEndsForNobodysEdit(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"a.md": "one\r\ntwo\r\n", "b.md": "one\r\n"})

	report, err := Write(root, []File{file("a.md", "one\ntwo\n"), file("b.md", "two\n")}, Ledger{"b.md": Hash([]byte("one\n"))})

	require.NoError(t, err)
	assert.Equal(t, []string{"a.md"}, report.Same)
	assert.Equal(t, []string{"b.md"}, report.Written)
}

func TestPlanSaysWhatWriteWouldDoAndDoesNothing(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"update.md": "1", "same.md": "x", "changed.md": "?", "empty.md": ""})

	steps, err := Plan(root, []File{
		file("new/create.md", "n"), file("update.md", "2"), file("same.md", "x"), file("changed.md", "3"), file("empty.md", "4"),
	}, Ledger{"update.md": Hash([]byte("1")), "changed.md": Hash([]byte("0"))})

	require.NoError(t, err)
	assert.Equal(t, []Step{
		{"new/create.md", Create, nil, []byte("n")},
		{"update.md", Update, []byte("1"), []byte("2")},
		{"same.md", Same, []byte("x"), []byte("x")},
		{"changed.md", Changed, []byte("?"), []byte("3")},
		{"empty.md", Changed, []byte{}, []byte("4")},
	}, steps)
	assert.Equal(t, "update update.md", steps[1].String())
	assert.Equal(t, []string{"changed.md", "empty.md", "same.md", "update.md"}, names(t, root))
}

func TestWriteStaysInsideTheRoot(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"in/real/": "", "out/secret.md": "secret\n", "in/folder.md/": "", "in/file": "f"})
	inside := filepath.Join(root, "in")
	for link, target := range map[string]string{
		"in/up": "../out", "in/absolute": filepath.Join(root, "out"), "in/escape.md": "../out/secret.md",
		"in/dangling.md": "nowhere", "in/alias": "real", "in/near.md": "file",
	} {
		require.NoError(t, os.Symlink(target, filepath.Join(root, link)))
	}
	for path, says := range map[string]string{
		"../out/secret.md":      "not a path inside",
		"a/../../out/x.md":      "not a path inside",
		"/etc/passwd":           "not a path inside",
		"":                      "not a path inside",
		".":                     "not a path inside",
		"a//b":                  "not a path inside",
		`..\out\x.md`:           "not a path inside",
		"C:/x.md":               "not a path inside",
		"a\x00b":                "not a path inside",
		".git/hooks/post-merge": "not a path inside",
		"sub/.GIT/config":       "not a path inside",
		"up/new.md":             "a link on the way leads out",
		"absolute/new/deep.md":  "a link on the way leads out",
		"up/secret.md":          "a link on the way leads out",
		"escape.md":             "is a link",
		"dangling.md":           "is a link",
		"near.md":               "is a link",
		"folder.md":             "is a folder",
		"file/x.md":             "a file stands where a folder is needed",
	} {
		report, err := Write(inside, []File{file("ok.md", "ok\n"), file(path, "x\n")}, Ledger{path: Hash([]byte("secret\n"))})
		requireTrouble(t, err, says)
		assert.Empty(t, report.Written, "%q: nothing is written before all paths are good", path)
	}
	assert.Equal(t, []string{"secret.md"}, names(t, filepath.Join(root, "out")))
	assert.Equal(t, "secret\n", on(t, root, "out/secret.md"))

	_, err := Write(inside, []File{file("alias/fine.md", "fine\n")}, nil)
	require.NoError(t, err, "a link that stays inside is fine")
	assert.Equal(t, "fine\n", on(t, root, "in/real/fine.md"))
}

func TestWriteRefusesOnePathTwiceAndAMissingRoot(t *testing.T) {
	t.Parallel()
	root := tree(t, nil)

	_, err := Write(root, []File{file("a.md", "1"), file("a.md", "2")}, nil)
	requireTrouble(t, err, "twice")
	assert.Empty(t, names(t, root))

	report, err := Write(filepath.Join(root, "gone"), nil, Ledger{"a": "b"})
	requireTrouble(t, err, "does not exist")
	assert.Equal(t, Ledger{"a": "b"}, report.Known, "an error never empties the ledger")
}

func TestWriteSweepsOnlyItsOwnOldLeftovers(t *testing.T) {
	t.Parallel()
	const old, young = ".firebreak-0123456789abcdef.tmp", ".firebreak-fedcba9876543210.tmp"
	root := tree(t, map[string]string{old: "half", young: "half", ".firebreak-notes.tmp": "mine", "x.tmp": "mine"})
	longAgo := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, path := range []string{old, ".firebreak-notes.tmp", "x.tmp"} {
		require.NoError(t, os.Chtimes(filepath.Join(root, path), longAgo, longAgo))
	}

	_, err := Write(root, []File{file("a.md", "a")}, nil)

	require.NoError(t, err)
	assert.Equal(t, []string{young, ".firebreak-notes.tmp", "a.md", "x.tmp"}, names(t, root))
}
