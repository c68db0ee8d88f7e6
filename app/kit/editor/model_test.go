package editor

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// plainText is the same editor as the simplest thing that could be right: one
// string and two numbers.
type plainText struct {
	text          string
	anchor, caret int
	done, undone  []plainStep
	open          manner // of the step that goes on; whole: none
	last          string // what that step took or put last
	lastAt        int
}

type plainStep struct {
	text                    string
	anchor, caret           int
	after                   string
	afterAnchor, afterCaret int
}

func (p *plainText) swap(from, to int, with string, how manner) {
	if from == to && with == "" {
		return
	}
	before := plainStep{text: p.text, anchor: p.anchor, caret: p.caret}
	removed := p.text[from:to]
	p.text = p.text[:from] + with + p.text[to:]
	p.caret = from + len(with)
	p.anchor = p.caret
	joins := false
	switch {
	case how != p.open || len(p.done) == 0:
	case how == typed:
		joins = removed == "" && from == p.lastAt+len(p.last) && !plainStarts(p.last, with)
	case how == erasedBack:
		joins = from+len(removed) == p.lastAt && !plainStarts(removed, p.last)
	case how == erasedAhead:
		joins = from == p.lastAt && !plainStarts(p.last, removed)
	}
	p.undone = nil
	if !joins {
		p.done = append(p.done, before)
	}
	s := &p.done[len(p.done)-1]
	s.after, s.afterAnchor, s.afterCaret = p.text, p.anchor, p.caret
	p.open, p.lastAt, p.last = how, from, with
	if how == erasedBack || how == erasedAhead {
		p.last = removed
	}
}

func plainStarts(before, after string) bool {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	return unicode.IsSpace(a) && !unicode.IsSpace(b)
}

func (p *plainText) selection() (int, int) { return min(p.anchor, p.caret), max(p.anchor, p.caret) }

func (p *plainText) insert(text string, how manner) {
	from, to := p.selection()
	if from != to {
		p.open = whole
	}
	p.swap(from, to, text, how)
}

func (p *plainText) erase(other int, how manner) {
	if from, to := p.selection(); from != to {
		p.swap(from, to, "", whole)
		return
	}
	p.swap(min(other, p.caret), max(other, p.caret), "", how)
}

func (p *plainText) place(at int, held bool) {
	p.caret = min(max(at, 0), len(p.text))
	if !held {
		p.anchor = p.caret
	}
	p.open = whole
}

func (p *plainText) undo() {
	if n := len(p.done); n > 0 {
		s := p.done[n-1]
		p.done, p.undone = p.done[:n-1], append(p.undone, s)
		p.text, p.anchor, p.caret = s.text, s.anchor, s.caret
		p.open = whole
	}
}

func (p *plainText) redo() {
	if n := len(p.undone); n > 0 {
		s := p.undone[n-1]
		p.undone, p.done = p.undone[:n-1], append(p.done, s)
		p.text, p.anchor, p.caret = s.after, s.afterAnchor, s.afterCaret
		p.open = whole
	}
}

func (p *plainText) left() int {
	at := 0
	for at < p.caret {
		next := at + letter(p.text[at:])
		if next >= p.caret {
			return at
		}
		at = next
	}
	return at
}

func (p *plainText) lineStart() int { return strings.LastIndexByte(p.text[:p.caret], '\n') + 1 }

func (p *plainText) lineEnd() int {
	n := strings.IndexByte(p.text[p.caret:], '\n')
	if n < 0 {
		return len(p.text)
	}
	end := p.caret + n
	if end > p.caret && p.text[end-1] == '\r' {
		end--
	}
	return end
}

// scraps are what is typed and pasted: everything that cuts blocks, and what is
// no text.
var scraps = []string{
	"a", "word", " ", " ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\t", "```\n", "```", "~~~~\n", "`", "# Head\n", "- item\n", "1. one\n",
	"- [ ] box\n", "> quote\n", "ü", "漢字", "e\u0301", "👩\u200d👩\u200d👧", "🇩🇪", "\u00a0", "\xff", "\xc3", "\x00", "\r", "\u202e", "שלום",
	strings.Repeat("long ", 900), strings.Repeat("x", 5000), strings.Repeat("line\n", 700), "\n  \n", "{{metric time-to-resolve}}",
}

// operations is how many are tried; FIREBREAK_EDITOR_OPERATIONS names another
// number.
func operations(t *testing.T, usual int) int {
	t.Helper()
	if asked := os.Getenv("FIREBREAK_EDITOR_OPERATIONS"); asked != "" {
		n, err := strconv.Atoi(asked)
		require.NoError(t, err)
		return n
	}
	return usual
}

// TestTheBlocksAreAlwaysThePlainText plays random keys and pastes on the blocks
// and on one plain string: text and caret are equal after each of them.
func TestTheBlocksAreAlwaysThePlainText(t *testing.T) {
	const seed = 20241125
	lots := rand.New(rand.NewPCG(seed, 1))
	b, p := newBuffer(""), &plainText{}
	seen := map[string]int{}
	for n := range operations(t, 100_000) {
		what := both(lots, b, p)
		seen[what]++
		if b.caret != p.caret || b.anchor != p.anchor || b.doc.size() != len(p.text) || b.text() != p.text {
			t.Fatalf("operation %d, %s: the caret is at %d of %d, not at %d of %d", n, what, b.caret, b.doc.size(), p.caret, len(p.text))
		}
		if n%50 == 0 {
			checkBlocks(t, b.doc)
		}
		if len(p.text) > 60_000 {
			b.place(0, false)
			b.place(b.doc.size(), true)
			p.place(0, false)
			p.place(len(p.text), true)
			b.insert("", whole)
			p.insert("", whole)
		}
	}
	require.Greater(t, len(seen), 12, "every kind of operation has its turn: %v", seen)
}

// both does the same to both, and says what.
func both(lots *rand.Rand, b *buffer, p *plainText) string {
	held := lots.IntN(4) == 0
	switch lots.IntN(22) {
	case 0, 1, 2, 3, 4, 5, 6:
		r := []rune("abcd  ,.-#`\té漢")[lots.IntN(14)]
		b.insert(string(r), typed)
		p.insert(string(r), typed)
		return "rune"
	case 7, 8:
		text := scraps[lots.IntN(len(scraps))]
		b.insert(text, whole)
		p.insert(text, whole)
		return "paste"
	case 9, 10:
		b.backspace()
		p.erase(p.left(), erasedBack)
		return "backspace"
	case 11:
		b.delete()
		p.erase(p.caret+letter(p.text[p.caret:]), erasedAhead)
		return "delete"
	case 12:
		b.place(b.left(), held)
		p.place(p.left(), held)
		return "left"
	case 13:
		b.place(b.right(), held)
		p.place(p.caret+letter(p.text[p.caret:]), held)
		return "right"
	case 14:
		b.place(b.lineStart(b.caret), held)
		p.place(p.lineStart(), held)
		return "line start"
	case 15:
		b.place(b.lineEnd(b.caret), held)
		p.place(p.lineEnd(), held)
		return "line end"
	case 16:
		at := boundary(p.text, lots.IntN(len(p.text)+1))
		b.place(at, held)
		p.place(at, held)
		return "click"
	case 17, 18:
		b.undo()
		p.undo()
		return "undo"
	case 19:
		b.redo()
		p.redo()
		return "redo"
	case 20:
		b.place(0, false)
		p.place(0, false)
		return "top"
	default:
		b.place(b.doc.size(), held)
		p.place(len(p.text), held)
		return "end"
	}
}

// boundary is where a letter begins, at or before a place.
func boundary(text string, at int) int {
	from := 0
	for from < at {
		next := from + letter(text[from:])
		if next > at {
			break
		}
		from = next
	}
	return from
}

// checkBlocks holds a document to what it promises.
func checkBlocks(t *testing.T, d *document) {
	t.Helper()
	var joined strings.Builder
	for i, b := range d.blocks {
		require.Equal(t, joined.Len(), d.start(i))
		require.LessOrEqual(t, len(b.text), mostBlock)
		require.LessOrEqual(t, b.lines, mostLines)
		require.Equal(t, len(strings.Fields(b.text)), b.words)
		require.True(t, b.text != "" || len(d.blocks) == 1, "only an empty text has an empty block")
		require.Equal(t, b.mid, i > 0 && !strings.HasSuffix(d.blocks[i-1].text, "\n"))
		joined.WriteString(b.text)
	}
	text := joined.String()
	require.Equal(t, text, d.text())
	require.Equal(t, len(strings.Fields(text)), d.words)
	fresh, _ := cut(text, fence{}, false)
	for i, at := range naturalCuts(fresh) {
		require.True(t, d.start(d.at(at)) == at, "paragraph %d begins at %d inside of a block", i, at)
	}
}

// naturalCuts are the beginnings of paragraphs.
func naturalCuts(blocks []*block) []int {
	var out []int
	at := 0
	for i, b := range blocks {
		if i > 0 && strings.HasSuffix(blocks[i-1].text, "\n") && !b.inside.open() {
			last := strings.TrimSuffix(blocks[i-1].text, "\n")
			if isBlank(last[strings.LastIndexByte(last, '\n')+1:]) && !isBlank(b.text[:lineEnd(b.text, 0)]) {
				out = append(out, at)
			}
		}
		at += len(b.text)
	}
	return out
}

func TestATextIsCutAtBlankLinesOutsideOfFences(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		text string
		want []string
	}{
		"nothing":                        {"", []string{""}},
		"one line":                       {"one", []string{"one"}},
		"two paragraphs":                 {"one\n\ntwo\n", []string{"one\n\n", "two\n"}},
		"blank lines belong above":       {"one\n\n\n \ntwo", []string{"one\n\n\n \n", "two"}},
		"Windows":                        {"one\r\n\r\ntwo", []string{"one\r\n\r\n", "two"}},
		"a fence is one block":           {"```\na\n\nb\n```\n\nc", []string{"```\na\n\nb\n```\n\n", "c"}},
		"an open fence goes on":          {"a\n\n~~~\nb\n\nc", []string{"a\n\n", "~~~\nb\n\nc"}},
		"other marks do not close it":    {"```\n\n~~~\n\na", []string{"```\n\n~~~\n\na"}},
		"code in a line opens nothing":   {"``` a ```\n\nb", []string{"``` a ```\n\n", "b"}},
		"blank lines before the first":   {"\n\none", []string{"\n\n", "one"}},
		"a longer fence holds a shorter": {"````\n```\n\n````\n\na", []string{"````\n```\n\n````\n\n", "a"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, textsOf(newDocument(c.text)))
		})
	}
}

func textsOf(d *document) []string {
	var out []string
	for _, b := range d.blocks {
		out = append(out, b.text)
	}
	return out
}

func TestWhatIsFarFromAChangeIsLeftAlone(t *testing.T) {
	t.Parallel()
	d := newDocument(strings.Repeat("A paragraph.\n\n", 1000))
	before := slices.Clone(d.blocks)
	d.replace(500*14+3, 1, "xyz\n\n")
	same := 0
	for _, b := range d.blocks {
		if slices.Contains(before, b) {
			same++
		}
	}
	require.GreaterOrEqual(t, same, 998)
}

func TestAFenceTurnsWhatFollowsIntoCodeAndBack(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("A paragraph.\n\n", 300)
	d := newDocument(text)
	d.replace(0, 0, "```\n")
	checkBlocks(t, d)
	require.True(t, d.blocks[len(d.blocks)-1].inside.open())
	require.Less(t, len(d.blocks), 15)
	d.replace(0, 4, "")
	require.Len(t, d.blocks, 300)
	require.Equal(t, text, d.text())
}

func TestALetterIsWhatAPersonCounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"ab": 1, "é": 2, "e\u0301x": 3, "\r\n": 2, "\rx": 1, "🇩🇪🇫🇷": 8, "👩\u200d👩\u200d👧x": 18, "👍🏽a": 8, "\xffx": 1, "\n\u0301": 1,
	} {
		require.Equal(t, want, letter(text), "%q", text)
		require.Equal(t, want, lastLetter("x"+text[:want]), fmt.Sprintf("%q backwards", text))
	}
}

// FuzzReplace changes any text anywhere: it is what a string would be, and the
// blocks keep what they promise.
func FuzzReplace(f *testing.F) {
	for _, text := range scraps {
		f.Add("one\n\ntwo", 3, 2, text)
		f.Add(text, 1, 0, "```\n")
	}
	f.Fuzz(func(t *testing.T, text string, at, removed int, inserted string) {
		d := newDocument(text)
		at = min(max(at, 0), len(text))
		removed = min(max(removed, 0), len(text)-at)
		want := text[:at] + inserted + text[at+removed:]
		d.replace(at, removed, inserted)
		require.Equal(t, want, d.text())
		checkBlocks(t, d)
		d.replace(at, len(inserted), text[at:at+removed])
		require.Equal(t, text, d.text())
		checkBlocks(t, d)
	})
}
