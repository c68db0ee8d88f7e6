package repo

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUnifiedDiffReadsLikeGits(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after []byte
		want          string
	}{
		"equal":           {[]byte("a\n"), []byte("a\n"), ""},
		"both missing":    {nil, nil, ""},
		"one line":        {[]byte("a\n"), []byte("b\n"), "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"},
		"a new file":      {nil, []byte("a\nb\n"), "new file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n"},
		"a deleted file":  {[]byte("a\n"), nil, "deleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"},
		"a new empty one": {nil, []byte{}, "new file mode 100644\n"},
		"no last line end": {
			[]byte("a\nb"), []byte("a\nc"),
			"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n",
		},
		"three lines of context": {
			[]byte("1\n2\n3\n4\n5\n6\n7\n8\n9\n"), []byte("1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
			"--- a/x\n+++ b/x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
		},
	} {
		if test.want != "" {
			test.want = "diff --git a/x b/x\n" + test.want
		}
		assert.Equal(t, test.want, UnifiedDiff(test.before, test.after, "x"), name)
	}
}

// TestGitAppliesOurDiff is judged by git: applied to the old file, our diff must
// give exactly the new one.
func TestGitAppliesOurDiff(t *testing.T) {
	t.Parallel()
	long := func(every int) []byte {
		var out strings.Builder
		for i := range 5000 {
			if every > 0 && i%every == 0 {
				fmt.Fprintf(&out, "changed %d\n", i)
			} else {
				fmt.Fprintf(&out, "line %d\n", i%700)
			}
		}
		return []byte(out.String())
	}
	cases := map[string][2][]byte{
		"create":               {nil, []byte("a\n")},
		"create empty":         {nil, {}},
		"create without end":   {nil, []byte("a")},
		"delete":               {[]byte("a\nb\n"), nil},
		"fill an empty file":   {{}, []byte("a\n")},
		"empty a file":         {[]byte("a\nb"), {}},
		"line ends turned":     {[]byte("a\r\nb\r\n"), []byte("a\nb\n")},
		"last line end added":  {[]byte("a\nb"), []byte("a\nb\n")},
		"last line end gone":   {[]byte("a\nb\n"), []byte("a\nb")},
		"lines like a diff":    {[]byte("--- a\n+++ b\n@@ -1 +1 @@\n"), []byte("-- a\n+++ b\n@@ -1 +1 @@\n\\ no\n")},
		"form feeds, controls": {[]byte("a\x0c\nb\x01\n"), []byte("a\x0c\nb\x02\n")},
		"few changes in 5,000": {long(0), long(900)},
		"many changes":         {long(0), long(3)},
		"nothing in common":    {long(0), long(1)},
		"repeated lines":       {[]byte(strings.Repeat("x\n", 5000)), []byte(strings.Repeat("x\ny\n", 2500))},
	}
	for name, contents := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			judgeByGit(t, contents[0], contents[1], "docs/inci dent.md")
		})
	}
	for _, path := range []string{"plain.md", "with space.md", "ümlaut.md", "quo\"te.md", "back\\slash.md", "tab\there.md"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			judgeByGit(t, []byte("a\nb\n"), []byte("a\nc\n"), path)
			judgeByGit(t, nil, []byte("a\n"), path)
		})
	}
}

func TestGitAppliesOurDiffsOfManyRandomTextsAsOnePatch(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(3, 1))
	before, after := map[string]string{}, map[string]string{}
	var patch strings.Builder
	for i := range 500 {
		path := fmt.Sprintf("%d.md", i)
		old, now := randomText(chance), randomText(chance)
		before[path], after[path] = string(old), string(now)
		patch.WriteString(UnifiedDiff(old, now, path))
	}
	root := tree(t, before)
	require.NoError(t, os.WriteFile(filepath.Join(root, "patch"), []byte(patch.String()), 0o644))

	git(t, root, "init", "--quiet")
	git(t, root, "apply", "--whitespace=nowarn", "patch")

	for path, want := range after {
		require.Equal(t, want, on(t, root, path), path)
	}
}

func randomText(chance *rand.Rand) []byte {
	out := []byte{}
	for range chance.IntN(40) {
		out = append(out, byte('a'+chance.IntN(5)))
		if chance.IntN(4) > 0 {
			out = append(out, '\n')
		}
	}
	return out
}

func judgeByGit(t *testing.T, before, after []byte, path string) {
	t.Helper()
	root := tree(t, map[string]string{filepath.ToSlash(filepath.Dir(path)) + "/": ""})
	full := filepath.Join(root, path)
	if before != nil {
		require.NoError(t, os.WriteFile(full, before, 0o644))
	}
	patch := filepath.Join(t.TempDir(), "patch")
	diff := UnifiedDiff(before, after, path)
	if diff == "" {
		require.Equal(t, string(before), string(after))
		return
	}
	require.NoError(t, os.WriteFile(patch, []byte(diff), 0o644))
	git(t, root, "init", "--quiet")
	git(t, root, "apply", "--whitespace=nowarn", patch)
	got, err := os.ReadFile(full)
	if after == nil {
		require.ErrorIs(t, err, os.ErrNotExist)
		return
	}
	require.NoError(t, err)
	require.Equal(t, string(after), string(got))
}

func TestDiffIsAsShortAsGitsOnASmallChange(t *testing.T) {
	t.Parallel()
	old := strings.Repeat("same\n", 200) + "a\nb\nc\n" + strings.Repeat("same\n", 200)
	now := strings.Repeat("same\n", 200) + "a\nB\nnew\nc\n" + strings.Repeat("same\n", 201)
	edits := diffLines(splitLines([]byte(old)), splitLines([]byte(now)))

	assert.Equal(t, []edit{{201, 202, 201, 203}, {403, 403, 404, 405}}, edits)
}

// TestTheSearchFindsAShortestDifference compares with the longest common
// subsequence by the book, on lines that repeat and so give no anchors.
func TestTheSearchFindsAShortestDifference(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 2))
	few := func() []int {
		lines := make([]int, chance.IntN(14))
		for i := range lines {
			lines[i] = chance.IntN(3)
		}
		return lines
	}
	for range 2000 {
		a, b := few(), few()
		changed := 0
		for _, each := range shortest(a, b, span{0, len(a), 0, len(b)}) {
			changed += each.oldTo - each.oldFrom + each.newTo - each.newFrom
		}
		require.Equal(t, len(a)+len(b)-2*common(a, b), changed, "%v %v", a, b)
	}
}

func common(a, b []int) int {
	longest := make([][]int, len(a)+1)
	longest[0] = make([]int, len(b)+1)
	for i := range a {
		longest[i+1] = make([]int, len(b)+1)
		for j := range b {
			longest[i+1][j+1] = max(longest[i][j+1], longest[i+1][j])
			if a[i] == b[j] {
				longest[i+1][j+1] = longest[i][j] + 1
			}
		}
	}
	return longest[len(a)][len(b)]
}

func TestBeyondTheBoundABlockCountsAsReplaced(t *testing.T) {
	t.Parallel()
	repeat := func(first, second int) []int {
		var lines []int
		for range mostEdits {
			lines = append(lines, first, second)
		}
		return lines
	}
	a, b := repeat(1, 2), repeat(3, 4)
	whole := span{0, len(a), 0, len(b)}

	assert.Equal(t, []edit{whole}, shortest(a, b, whole))
}

func FuzzUnifiedDiff(f *testing.F) {
	f.Add("a\nb\n", "b\na\n")
	f.Add("", "x")
	f.Add("x\nx\nx\n", "x\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		old, new := splitLines([]byte(before)), splitLines([]byte(after))
		var rebuilt strings.Builder
		at := 0
		for _, each := range diffLines(old, new) {
			require.GreaterOrEqual(t, each.oldFrom, at, "edits come in order")
			rebuilt.WriteString(strings.Join(old[at:each.oldFrom], ""))
			require.Equal(t, rebuilt.String(), strings.Join(new[:each.newFrom], ""), "what stands between edits is equal")
			rebuilt.WriteString(strings.Join(new[each.newFrom:each.newTo], ""))
			at = each.oldTo
		}
		rebuilt.WriteString(strings.Join(old[at:], ""))
		require.Equal(t, after, rebuilt.String())
	})
}

func BenchmarkUnifiedDiff(b *testing.B) {
	var same, other strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&same, "line %d\n", i%50)
		fmt.Fprintf(&other, "line %d\n", (i*7)%53)
	}
	for name, after := range map[string]string{"alike": strings.Replace(same.String(), "line 7\n", "line x\n", 5), "unlike": other.String()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				UnifiedDiff([]byte(same.String()), []byte(after), "a.md")
			}
		})
	}
}

// TestWhatIsAlikeIsSetAsideWithoutAWord changes long files here and there: the
// difference is that of the whole files, and git can apply it.
func TestWhatIsAlikeIsSetAsideWithoutAWord(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(3, 4))
	for round := range 60 {
		var lines []string
		for i := range 400 + chance.IntN(200) {
			lines = append(lines, fmt.Sprintf("line %d", i%(20+chance.IntN(300))))
		}
		old := strings.Join(lines, "\n") + strings.Repeat("\n", chance.IntN(2))
		for range 1 + chance.IntN(3) {
			at := chance.IntN(len(lines))
			switch chance.IntN(3) {
			case 0:
				lines = slices.Insert(lines, at, "fresh")
			case 1:
				lines = slices.Delete(lines, at, min(len(lines), at+1+chance.IntN(3)))
			default:
				lines[at] = lines[min(len(lines)-1, at+1)]
			}
		}
		now := strings.Join(lines, "\n") + strings.Repeat("\n", chance.IntN(2))
		root := tree(t, map[string]string{"a.txt": old})
		diff := UnifiedDiff([]byte(old), []byte(now), "a.txt")
		if old == now {
			require.Empty(t, diff)
			continue
		}
		require.NoError(t, os.WriteFile(filepath.Join(root, "p.diff"), []byte(diff), 0o644))
		git(t, root, "apply", "p.diff")
		require.Equal(t, now, on(t, root, "a.txt"), "round %d:\n%s", round, diff)
	}
}
