package repo

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func (w *workshop) delta(loose bool) workflow.Delta {
	w.t.Helper()
	d, err := DeltaOf(context.Background(), w.survey(Hints{}), loose)
	require.NoError(w.t, err)
	return d
}

func fileOf(t *testing.T, d workflow.Delta, path string) workflow.FileDelta {
	t.Helper()
	for _, f := range d.Files {
		if f.Path == path {
			return f
		}
	}
	require.Failf(t, "no such file", "%q is not among %d files", path, len(d.Files))
	return workflow.FileDelta{}
}

// unified writes a file's hunks as a diff does.
func unified(f workflow.FileDelta) string {
	var out strings.Builder
	for _, h := range f.Hunks {
		fmt.Fprintf(&out, "@@ -%d,%d +%d,%d @@ %s\n", h.OldFrom, h.OldLines, h.NewFrom, h.NewLines, h.Section)
		for _, l := range h.Lines {
			fmt.Fprintf(&out, "%c%s\n", l.Change, l.Text)
			if l.NoEnd {
				out.WriteString("\\\n")
			}
		}
	}
	return out.String()
}

func TestADeltaHasEveryKindOfChangeExactly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs names and links that Windows does not have")
	}
	w := newWorkshop(t)
	long := strings.Repeat("line\n", 30)
	odd := "we\"ird\\\nna\tme\x01"
	w.write(odd, "1\n")
	w.write("-rf", "1\n")
	w.write("latin-\xff\xfe.txt", "caf\xe9\n")
	w.write("old.txt", long)
	w.write("gone.txt", "bye")
	w.write("run.sh", "x\n")
	w.write("crlf.txt", "a\r\nb\r\n")
	w.write("tail.txt", "a\nb\n")
	w.write("picture.png", "\x89PNG\x00\x00one")
	w.write("same.txt", "kept\n")
	require.NoError(t, os.Symlink("token.js", filepath.Join(w.root, "link")))
	nested := tree(t, map[string]string{"n.txt": "1"})
	git(t, nested, "init", "--quiet", "--initial-branch=main")
	git(t, nested, "add", ".")
	git(t, nested, "commit", "--quiet", "-m", "one")
	w.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", nested, "nested")
	w.commit("before")
	w.git("config", "diff.noprefix", "true")
	w.git("config", "diff.external", "false")
	w.git("config", "diff.suppressBlankEmpty", "true")
	w.git("config", "color.ui", "always")
	w.git("config", "diff.renames", "false")
	w.git("config", "diff.submodule", "log")
	w.git("config", "log.showSignature", "true")

	w.git("checkout", "--quiet", "-b", "hotfix")
	w.write(odd, "2\n")
	w.write("-rf", "2\n")
	w.write("latin-\xff\xfe.txt", "caf\xc3\xa9\n")
	w.git("mv", "old.txt", "new.txt")
	w.write("new.txt", long+"more\n")
	w.git("rm", "--quiet", "gone.txt")
	require.NoError(t, os.Chmod(filepath.Join(w.root, "run.sh"), 0o755))
	w.write("crlf.txt", "a\nb\n")
	w.write("tail.txt", "a\nb")
	w.write("picture.png", "\x89PNG\x00\x00two")
	require.NoError(t, os.Remove(filepath.Join(w.root, "link")))
	w.write("link", "a file now\n")
	git(t, filepath.Join(w.root, "nested"), "commit", "--quiet", "--allow-empty", "-m", "two")
	w.write("empty.txt", "")
	w.write("huge.txt", "short\n"+strings.Repeat("x", 300_000)+"\nlast\n")
	w.commit("Everything at once\n\nwith a body")

	d := w.delta(false)

	assert.Len(t, d.Files, 13)
	assert.Empty(t, d.Cut)
	assert.Equal(t, "@@ -1,1 +1,1 @@ \n-1\n+2\n", unified(fileOf(t, d, odd)))
	assert.Equal(t, "@@ -1,1 +1,1 @@ \n-1\n+2\n", unified(fileOf(t, d, "-rf")))
	assert.Equal(t, "@@ -1,1 +1,1 @@ \n-caf\xe9\n+café\n", unified(fileOf(t, d, "latin-\xff\xfe.txt")))
	moved := fileOf(t, d, "new.txt")
	assert.Equal(t, []any{workflow.FileRenamed, "old.txt", 1, 0}, []any{moved.Status, moved.From, moved.Added, moved.Removed})
	gone := fileOf(t, d, "gone.txt")
	assert.Equal(t, []any{workflow.FileDeleted, "000000", "@@ -1,1 +0,0 @@ \n-bye\n\\\n"}, []any{gone.Status, gone.NewMode, unified(gone)})
	assert.True(t, fileOf(t, d, "run.sh").ModeOnly())
	assert.Equal(t, "@@ -1,2 +1,2 @@ \n-a\r\n-b\r\n+a\n+b\n", unified(fileOf(t, d, "crlf.txt")))
	assert.Equal(t, "@@ -1,2 +1,2 @@ \n a\n-b\n+b\n\\\n", unified(fileOf(t, d, "tail.txt")))
	assert.True(t, fileOf(t, d, "picture.png").Binary)
	link := fileOf(t, d, "link")
	assert.Equal(t, []any{workflow.FileRetyped, 1, 1, 2}, []any{link.Status, link.Added, link.Removed, len(link.Hunks)})
	sub := fileOf(t, d, "nested")
	assert.True(t, sub.Nested)
	assert.Contains(t, unified(sub), "-Subproject commit ")
	empty := fileOf(t, d, "empty.txt")
	assert.Equal(t, []any{workflow.FileAdded, 0}, []any{empty.Status, len(empty.Hunks)})
	huge := fileOf(t, d, "huge.txt")
	assert.Equal(t, []any{true, 3, mostLineBytes - 1, "last"}, []any{huge.Cut, huge.Added, len(huge.Hunks[0].Lines[1].Text), huge.Hunks[0].Lines[2].Text})

	require.Len(t, d.Commits, 1)
	c := d.Commits[0]
	assert.Equal(t, []any{d.Tip, "a", "Everything at once", "with a body", 1}, []any{c.ID, c.Author, c.Subject, c.Body, c.Parents})
	assert.NotZero(t, c.At.Time)
}

func TestADeltaHoldsWhatIsNotCommittedYet(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	w.git("checkout", "--quiet", "-b", "hotfix")
	w.write("committed.txt", "1\n")
	w.commit("one")
	w.write("token.js", "one\nloose\nthree\n")
	w.write("fresh/token_test.js", "a\nb")
	w.write("fresh/blob", "\x00\x01")
	w.write(".gitignore", "ignored\n")
	w.write("ignored", "never seen")
	require.NoError(t, os.MkdirAll(filepath.Join(w.root, "inner", ".git"), 0o755)) // another repository is no file

	d := w.delta(true)

	assert.True(t, d.Loose)
	names := map[string]bool{}
	for _, f := range d.Files {
		names[f.Path] = f.Loose
	}
	assert.Equal(t, map[string]bool{"committed.txt": false, "token.js": true, "fresh/token_test.js": true, "fresh/blob": true, ".gitignore": true}, names)
	assert.Equal(t, "@@ -0,0 +1,2 @@ \n+a\n+b\n\\\n", unified(fileOf(t, d, "fresh/token_test.js")))
	assert.True(t, fileOf(t, d, "fresh/blob").Binary)
	committed := w.delta(false)
	assert.False(t, committed.Loose)
	assert.Len(t, committed.Files, 1)
	w.git("stash", "--quiet", "--include-untracked")
	require.NoError(t, os.RemoveAll(filepath.Join(w.root, "inner")))
	require.NoError(t, os.Remove(filepath.Join(w.root, "ignored")))
	assert.False(t, w.delta(true).Loose, "everything is committed")
}

func TestADeltaOverAMergeCountsItAmongTheCommits(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	w.git("checkout", "--quiet", "-b", "hotfix")
	w.write("fix.txt", "1\n")
	w.commit("fix")
	w.git("checkout", "--quiet", "-b", "other", "v1.2.2")
	w.write("other.txt", "1\n")
	w.commit("other")
	w.git("checkout", "--quiet", "hotfix")
	w.git("merge", "--quiet", "-m", "Merge other", "other")

	d := w.delta(false)

	assert.Len(t, d.Files, 2)
	require.Len(t, d.Commits, 3)
	assert.Equal(t, 2, d.Commits[0].Parents)
}

// flood is a diff of one file with as many lines as somebody wants, made while
// it is read.
type flood struct {
	head  io.Reader
	line  []byte
	lines int
	at    int
}

func newFlood(lines int) *flood {
	head := ":000000 100644 0 1 A\x00big.txt\x00\x00diff --git a/big.txt b/big.txt\nnew file mode 100644\n--- /dev/null\n+++ b/big.txt\n" +
		fmt.Sprintf("@@ -0,0 +1,%d @@\n", lines)
	return &flood{head: strings.NewReader(head), line: append(bytes.Repeat([]byte("+"), 999), '\n'), lines: lines}
}

func (f *flood) Read(into []byte) (int, error) {
	if n, err := f.head.Read(into); err == nil {
		return n, nil
	}
	if f.lines == 0 {
		return 0, io.EOF
	}
	n := copy(into, f.line[f.at:])
	if f.at += n; f.at == len(f.line) {
		f.at, f.lines = 0, f.lines-1
	}
	return n, nil
}

func TestAnEndlessDiffIsCountedInLittleMemory(t *testing.T) {
	lines := 100_000 // 100 MB; the sum of what was ever asked for is bounded, so more makes no difference
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)

	p, err := readPatch(bufio.NewReaderSize(newFlood(lines), 64<<10))

	runtime.ReadMemStats(&after)
	require.NoError(t, err)
	require.Len(t, p.files, 1)
	assert.Equal(t, lines, p.files[0].Added)
	assert.True(t, p.files[0].Cut)
	assert.Len(t, p.files[0].Hunks[0].Lines, mostFileLines)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(40<<20))
}

func TestWhatIsNoDiffIsRefusedAndNeverAPanic(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\x00", "fatal: no\n", ":1 2 3\x00", ":1 2 3 4 M\x00", "\x00@@ -1 +1 @@\n?\n", "\x00@@ -a +b @@\n", "\x00@@ -1,9 +1,9 @@\n x", "\x00diff --git a b\n@@ -1 +1 @@\n-a\n+b\n"} {
		p, _ := readPatch(bufio.NewReader(strings.NewReader(text)))
		assert.NotNil(t, p, text)
	}
}

func FuzzPatch(f *testing.F) {
	f.Add([]byte(":100644 100644 a b M\x00x\x00\x00diff --git a/x b/x\nindex a..b 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@ s\n-a\n+b\n\\ No newline at end of file\n"))
	f.Fuzz(func(t *testing.T, diff []byte) {
		p, err := readPatch(bufio.NewReaderSize(bytes.NewReader(diff), 16))
		if err != nil {
			return
		}
		for _, file := range p.files {
			kept := 0
			for _, h := range file.Hunks {
				kept += len(h.Lines)
			}
			if file.Added < 0 || file.Removed < 0 || kept > len(diff) {
				t.Fatalf("%+v", file)
			}
		}
	})
}

func TestEachCommitOfADeltaSaysWhatItTouches(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	w.git("config", "log.diffMerges", "first-parent") // a person's settings have no say
	w.git("config", "diff.renames", "copies")
	w.git("checkout", "--quiet", "-b", "hotfix")
	odd := "\nodd\tname"
	if runtime.GOOS == "windows" {
		odd = "odd name"
	}
	w.write("token.js", "one\ntwo\nthree\n")
	w.write(odd, "1\n")
	w.commit("Restore the pattern\n\nwith a body")
	w.commit("Nothing at all")
	w.git("mv", "token.js", "tokens.js")
	w.commit("Another name")
	w.git("checkout", "--quiet", "-b", "side", "HEAD^")
	for i := range mostPaths + 1 {
		w.write(fmt.Sprintf("many/%d.txt", i), "1\n")
	}
	w.commit("Very many")
	w.git("checkout", "--quiet", "hotfix")
	w.git("merge", "--quiet", "--no-edit", "side")
	w.write("last.txt", "1\n")
	w.commit("The last")

	paths := map[string][]string{}
	for _, c := range w.delta(false).Commits {
		paths[c.Subject] = c.Paths
	}
	assert.Equal(t, map[string][]string{
		"Restore the pattern": {odd, "token.js"}, "Nothing at all": nil, "Another name": {"token.js", "tokens.js"},
		"Very many": nil, "Merge branch 'side' into hotfix": nil, "The last": {"last.txt"},
	}, paths)
}

func TestAnyTwoCommitsAreCompared(t *testing.T) {
	t.Parallel()
	w := newWorkshop(t)
	place, err := Find(w.root)
	require.NoError(t, err)
	w.git("checkout", "--quiet", "--detach", "v1.2.2")
	w.write("token.js", "loose\n")
	between := func(base, tip string) workflow.Survey {
		s, err := Between(context.Background(), place, base, tip)
		require.NoError(t, err)
		return s
	}
	first, release := w.git("rev-parse", "v1.2.2"), w.git("rev-parse", "v1.2.3^{commit}")

	alone := between("", "v1.2.3")
	assert.Equal(t, []string{first, release, "the commit before it"}, []string{alone.Base, alone.FixTip, alone.BaseWhy})
	both := between("v1.2.2", release)
	assert.Equal(t, []string{first, release, "as given"}, []string{both.Base, both.FixTip, both.BaseWhy})
	d, err := DeltaOf(context.Background(), both, true)
	require.NoError(t, err)
	assert.False(t, d.Loose, "what is checked out has no say")
	assert.Equal(t, []int{1, 1}, []int{len(d.Files), len(d.Commits)})

	w.git("checkout", "--quiet", "--force", "-b", "side", "v1.2.2")
	w.write("side.txt", "1\n")
	w.commit("Aside")
	assert.Equal(t, first, between("main", "side").Base, "where they parted")

	for _, wrong := range [][2]string{{"", "v1.2.2"}, {"", "nowhere"}, {"nowhere", "v1.2.3"}, {"", "--all"}} {
		_, err := Between(context.Background(), place, wrong[0], wrong[1])
		var known *Trouble
		assert.ErrorAs(t, err, &known, "%q", wrong)
	}
}
