package preview

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tricky are the fragments of which the documents of the property tests are made.
func tricky() []string {
	return []string{
		"\n", "\n\n", "\n\n", "- ", "* ", "+ ", "1. ", "2) ", "1986. x\n", "10. \n", "-\n", "- \n", "   - c\n", "      d\n", "-\tx\n", "-     code\n",
		" ", "  ", "   ", "    ", "\t", "> ", ">\n", "# ", "## x\n", "#\n", "```\n", "```go\n", "  ```\n", "   ~~~\n", "~~~\n", "````\n", "`", "**", "_", "~~",
		"---\n", "===\n", "***\n", "- - -\n", "_ _ _\n", "| a | b |\n", "|---|---|\n", "|-|\n", "| x |\n",
		"[foo]: /u\n", "[foo]: https://x.example/a\n", "[foo]", "[bar]", "[bar]:\nhttps://y.example\n", "> [bar]: https://z.example\n", "[x](https://y.example)", "![i](j)",
		"[^1]", "[^1]: a note\n", "[^long]", "[^long]: one\n\n    two\n", "- [^1]: in an item\n",
		"<div>\n", "</div>\n", "<!-- ", "-->", "<!-->\n", "<pre>", "</pre>\n", "<script\n", "</script>\n", "<?php\n", "?>", "<!X ", "<![CDATA[\n", "]]>", "<a b>", "  <!--\n", "<style>\n",
		"text ", "word\n", "a\\\n", "b  \n", "- [ ] task\n", "- [x] done\n", "> [!NOTE]\n", "> - quoted\n", "1. one\n   two\n", "- a\n\n  b\n", "- a\nlazy\n", "- ```\n", "  - x\n",
		"\r\n", "\r", "&amp;", "https://a.example", "\x00", "\xff", "é", "🙂", "\u2028", "\u0085", "\ufeff", "[", "]", "(", ")", "!", ":", "=", "-", "'", "\"", "\\", "\f", "\v",
		"---\na: 1\n---\n", "...\n", "![p](attachment:0123456789ab)", "```sh\nls -l\n```\n",
	}
}

// heavyFragments make a document pathological.
func heavyFragments() []string {
	return []string{
		strings.Repeat("> ", 40), strings.Repeat("[a](b", 2000), strings.Repeat("|a", 300) + "\n" + strings.Repeat("|-", 300) + "\n" + strings.Repeat("|a\n", 80),
	}
}

// draws is a document of tricky fragments.
func draws(r *rand.Rand, fragments []string, n int) string {
	var out strings.Builder
	for range n {
		out.WriteString(fragments[r.IntN(len(fragments))])
		if r.IntN(4) == 0 {
			out.WriteString("\n\n")
		}
	}
	return out.String()
}

// atOnce is the independent way: the whole text parsed by goldmark in one go,
// without being cut into pieces.
func atOnce(text string, below int, matter bool) []Block {
	var blocks []Block
	if front := frontLength(text); matter && front > 0 {
		blocks, text = []Block{frontBlock(text[:front])}, text[front:]
	} else {
		text = strings.TrimPrefix(text, byteOrderMark)
	}
	source := []byte(clean(text))
	readers := newReaders()
	var all scope
	found := readers.defines(source)
	all.take(&found)
	root := readers.tree(source, newContext(&all))
	w := walk{source: source}
	if o := (headingLevels{below: below}); below > 0 {
		for _, typed := range headsIn(root, source) {
			w.levels = append(w.levels, o.level(typed))
		}
	}
	w.children(root)
	if len(w.blocks) > 0 {
		first := &w.blocks[0]
		if len(blocks) > 0 {
			first.Lead = leadBetween(Front, first, false)
		} else {
			first.Lead = leadNone
		}
	}
	return append(blocks, w.blocks...)
}

// written writes everything that shows of blocks, one line each, but for the
// colours of code: the lexers give up after a time. Codes and tables are numbered
// anew, because a piece numbers its own.
func written(blocks []Block) []string {
	groups, group := 0, 0
	out := make([]string, len(blocks))
	for i, b := range blocks {
		if b.Part&First != 0 {
			groups++
			group = groups
		}
		about := ""
		if b.Code != nil && b.Kind == Code {
			about += fmt.Sprint(" columns ", b.Code.Columns, " group ", group)
		}
		if b.Table != nil {
			about += fmt.Sprint(" table ", b.Table.Columns, " group ", group)
		}
		out[i] = fmt.Sprintf("%s part %d lead %.2f joined %d %v%s", outlineBlock(b), b.Part, b.Lead, b.Joined, b.Frames, about)
	}
	return out
}

// counted is a number from the environment, for the long form of a test.
func counted(t *testing.T, name string, otherwise int) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv(name))
	if err != nil {
		return otherwise
	}
	return n
}

// edits is the number of edits of the property tests: FIREBREAK_PREVIEW_EDITS
// asks for more.
const editsVariable = "FIREBREAK_PREVIEW_EDITS"

func TestAnEditedDocumentIsTheOneThatTheWholeTextGives(t *testing.T) {
	t.Parallel()
	edits := counted(t, editsVariable, 3000)
	seed := uint64(counted(t, "FIREBREAK_PREVIEW_SEED", 1))
	fragments := tricky()
	for done, round := 0, uint64(0); done < edits; round++ {
		r := rand.New(rand.NewPCG(seed, round))
		text := draws(r, fragments, 5+r.IntN(60))
		below, matter := 0, true
		d := Parse(text)
		if r.IntN(4) == 0 {
			below, matter = 2, false
			d = ParseBelow(below, text)
		}
		if r.IntN(2) == 0 { // as if a few lines were a long list
			d.longList = 1 + r.IntN(40)
			d.rebuild(text)
		}
		require.Equal(t, written(atOnce(text, below, matter)), written(d.Blocks()), "round %d: %q", round, text)
		for range 12 {
			at, removed, inserted := anEdit(r, text, fragments)
			if r.IntN(3) > 0 {
				d.Blocks() // what was looked at must change too
			}
			before := text
			text = text[:at] + inserted + text[at+removed:]
			if r.IntN(3) == 0 {
				d.Set(text)
			} else {
				d.Edit(at, removed, inserted)
			}
			require.Equal(t, text, d.Text())
			require.Equal(t, written(atOnce(text, below, matter)), written(d.Blocks()),
				"round %d: %d bytes at %d of %q become %q", round, removed, at, before, inserted)
			requireSamePieces(t, d, below, matter)
			done++
		}
	}
}

// requireSamePieces holds the pieces against those of a document made anew.
func requireSamePieces(t *testing.T, d *Document, below int, matter bool) {
	t.Helper()
	fresh := ParseBelow(below, d.Text())
	if matter {
		fresh = Parse(d.Text())
	}
	fresh.longList = d.longList
	fresh.rebuild(d.Text())
	require.Len(t, d.pieces, len(fresh.pieces))
	for i, p := range d.pieces {
		require.True(t, p.same(fresh.pieces[i]), "%q, not %q", p.raw, fresh.pieces[i].raw)
	}
}

func anEdit(r *rand.Rand, text string, fragments []string) (at, removed int, inserted string) {
	at = r.IntN(len(text) + 1)
	if r.IntN(2) == 0 {
		removed = min(r.IntN(6), len(text)-at)
		if r.IntN(10) == 0 {
			removed = r.IntN(len(text) - at + 1)
		}
	}
	if removed == 0 || r.IntN(3) > 0 {
		inserted = fragments[r.IntN(len(fragments))]
		if r.IntN(6) == 0 {
			inserted = draws(r, fragments, 4)
		}
	}
	return at, removed, inserted
}

func TestEditsThatMakeADocumentPathologicalAndBackAreFollowed(t *testing.T) {
	t.Parallel()
	edits := counted(t, editsVariable, 3000) / 30
	fragments := append(tricky(), heavyFragments()...)
	fragments = append(fragments, heavyFragments()...)
	for done, round := 0, uint64(0); done < edits; round++ {
		r := rand.New(rand.NewPCG(2, round))
		text := draws(r, fragments, 5+r.IntN(30))
		d := Parse(text)
		for range 12 {
			at, removed, inserted := anEdit(r, text, fragments)
			text = text[:at] + inserted + text[at+removed:]
			d.Edit(at, removed, inserted)
			require.Equal(t, written(Parse(text).Blocks()), written(d.Blocks()), "round %d", round)
			done++
		}
	}
}
