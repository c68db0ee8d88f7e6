package specweave

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// otherLines are the lines of a file without those with these numbers, counted
// from 1, each with the line end that it had.
func otherLines(src []byte, without ...int) []string {
	all := strings.SplitAfter(string(src), "\n")
	var left []string
	for i, line := range all {
		if !slices.Contains(without, i+1) {
			left = append(left, line)
		}
	}
	return left
}

func lineOf(src []byte, at int) int { return strings.Count(string(src[:at]), "\n") + 1 }

// tryTasks edits every task of a file and holds what came out against what was
// meant, line by line.
func tryTasks(t *testing.T, src []byte) (edits int) {
	found, _ := findTasks(src)
	for at, task := range found {
		for _, done := range []bool{true, false} {
			out, err := SetTask(src, task.ID, done)
			if err != nil {
				require.Nil(t, out)
				continue
			}
			edits++
			tryTick(t, src, out, at, task, done)
		}
		if out, err := RenameTask(src, task.ID, "Another <title> [x]"); err == nil {
			edits++
			require.Equal(t, otherLines(src, task.Line), otherLines(out, task.Line), "%q", src)
			require.Equal(t, "Another <title> [x]", ReadTasks(out).List[at].Title)
		}
		if out, err := RemoveTask(src, task.ID); err == nil {
			edits++
			require.True(t, within(string(out), string(src)), "%q", src)
		}
	}
	if out, err := AppendTask(src, "### T-900: New\n\n**Status**: [ ] pending\n\n- x\n"); err == nil {
		edits++
		list := ReadTasks(out).List
		require.Equal(t, "T-900", list[len(list)-1].ID)
		require.True(t, within(string(src), string(out)), "%q", src)
	}
	return edits
}

func tryTick(t *testing.T, src, out []byte, at int, task task, done bool) {
	touched := []int{lineOf(src, task.box.from)}
	if done == task.Done {
		require.Equal(t, string(src), string(out))
		return
	}
	gone := 0
	removed := slices.Clone(touched)
	if !done {
		for _, ending := range task.endings {
			removed = append(removed, lineOf(src, ending.from))
			if lineOf(src, ending.from) < touched[0] {
				gone++
			}
		}
	}
	require.Equal(t, otherLines(src, removed...), otherLines(out, touched[0]-gone), "%q", src)
	after := ReadTasks(out).List
	require.Equal(t, done, after[at].Done)
	require.Len(t, after, len(ReadTasks(src).List))
	if back, err := SetTask(out, task.ID, task.Done); err == nil && len(task.endings) == 0 {
		require.Equal(t, otherLines(src, touched...), otherLines(back, touched...), "%q", src)
		if mark := string(task.word.of(src)); slices.Contains([]string{"", "pending", "completed", "Pending", "Completed"}, mark) && (task.Mark[:2] == "[ " || task.Mark[:2] == "[x") {
			require.Equal(t, string(src), string(back), "there and back")
		}
	}
}

// within reports that a text is another with one piece taken out.
func within(short, long string) bool {
	if len(short) > len(long) {
		return false
	}
	n := 0
	for n < len(short) && short[n] == long[n] {
		n++
	}
	return strings.HasSuffix(long[n:], short[n:])
}

// tryPage does the same to a page with sections and criteria.
func tryPage(t *testing.T, src []byte) (edits int) {
	p, spec := readPage(src), ReadSpec(src)
	for at, c := range p.criteria {
		for _, done := range []bool{true, false} {
			out, err := SetCriteria(src, map[string]bool{c.ID: done})
			if err != nil {
				require.Nil(t, out)
				continue
			}
			edits++
			require.Equal(t, otherLines(src, c.Line), otherLines(out, c.Line), "%q", src)
			require.Len(t, out, len(src))
			require.Equal(t, done, ReadSpec(out).Criteria[at].Done)
		}
	}
	for at, s := range p.sections {
		for _, text := range []string{"new text", "two\n\nparagraphs", "", "- a\n\n      - b", "## heading", "```\nopen", "---", "<!--"} {
			out, err := SetSection(src, s.name, text)
			if err != nil {
				require.Nil(t, out)
				continue
			}
			edits++
			require.Equal(t, text, ReadSpec(out).Sections[at].Text, "%q", src)
			require.Equal(t, string(src[:s.start]), string(out[:s.start]), "%q", src)
			require.True(t, strings.HasSuffix(string(out), string(src[s.end:])), "%q", src)
			if back, err := SetSection(out, s.name, spec.Sections[at].Text); err == nil && s.text.from < s.text.to && text != "" {
				require.Equal(t, lineFeeds(string(src)), lineFeeds(string(back)), "there and back")
			}
		}
		if out, err := RenameSection(src, s.name, "Fresh <name>"); err == nil {
			edits++
			require.Equal(t, otherLines(src, lineOf(src, s.heading.from)), otherLines(out, lineOf(src, s.heading.from)), "%q", src)
		}
		if out, err := InsertSection(src, s.name, "Fresh", "text"); err == nil && s.name != "" {
			edits++
			require.True(t, within(string(src), string(out)), "%q", src)
			require.Equal(t, Section{"Fresh", "text"}, ReadSpec(out).Sections[at+1])
		}
	}
	return edits + tryFront(t, src, spec)
}

func tryFront(t *testing.T, src []byte, spec Spec) (edits int) {
	for _, value := range []string{"completed", "it's: 'quoted'", "2026-01-02", "x # y", "- a", "ü\U0001F525", "", "true"} {
		for _, key := range []string{"status", "title", "fresh"} {
			out, err := SetFront(src, key, value)
			if err != nil {
				require.Nil(t, out)
				continue
			}
			edits++
			after := ReadSpec(out)
			require.Equal(t, value, after.Front[key], "%q", src)
			require.Equal(t, spec.Sections, after.Sections, "%q", src)
			_, front := body(src)
			if _, there := spec.Front[key]; there {
				require.Len(t, otherLines(out), len(otherLines(src)))
				require.Equal(t, string(src[front[1]:]), string(out[len(out)-len(src)+front[1]:]), "%q", src)
			} else {
				require.True(t, within(string(src), string(out)), "%q", src)
			}
		}
	}
	return edits
}

func TestEditsOfHostileDocumentsTouchOnlyWhatIsMeant(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	edits := 0
	for range 800 {
		src := []byte(randomDocument(r, 2+r.IntN(14)))
		edits += tryTasks(t, src)
		edits += tryPage(t, src)
	}
	assert.Greater(t, edits, 5000, "enough edits must pass, or this test proves nothing")
}

func FuzzTasks(f *testing.F) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 50 {
		f.Add([]byte(randomDocument(r, 8)))
	}
	f.Fuzz(func(t *testing.T, src []byte) { tryTasks(t, src) })
}

func FuzzSpec(f *testing.F) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 50 {
		f.Add([]byte(randomDocument(r, 8)))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		tryPage(t, src)
		start, _ := body(src)
		if cheap, proven := scan(src, start, 1); proven && len(cheap) > 0 && !heavy(src) {
			require.Equal(t, parse(src, start, 1), cheap)
		}
	})
}

func FuzzMetadata(f *testing.F) {
	for _, seed := range []string{`{"a":1}`, "{\r\n\t\"status\": \"x\",\r\n\t\"b\": [1, {\"c\": \"}\"}]\r\n}", `{"status":1,"status":1.0e5}`, "{}", `[]`, "\ufeff{}", `{"a":1,}`, `{"hotfixWorkflow":{"incidentId":"x"},"github":{"a":[null]}}`} {
		f.Add([]byte(seed), "status", `"completed"`)
		f.Add([]byte(seed), "a", "")
	}
	f.Fuzz(func(t *testing.T, src []byte, key, value string) {
		before, err := ReadMetadata(src)
		out, refused := EditMetadata(src, Change{key, value})
		if err != nil {
			require.Error(t, refused)
		}
		if refused != nil {
			require.Nil(t, out)
			return
		}
		after, err := ReadMetadata(out)
		require.NoError(t, err)
		delete(before.Raw, key)
		delete(after.Raw, key)
		require.Equal(t, before.Raw, after.Raw)
		again, err := EditMetadata(out, Change{key, value})
		require.NoError(t, err)
		require.Equal(t, string(out), string(again))
	})
}
