package preview

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// FuzzParse checks what every document promises, whatever was typed.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "# a", "- [ ] **x**", "- [ ] `x`", "- [ ] [x](u)", "> - 1. a\n  b", "|a|\n|-|\n|b|", "---\na: 1\n---\nb",
		"```\n\tx\n", "![a](b)", "<a href=x>", "[a]: b\n[a]", "a\\\nb", "\x00\xff\ufeff", "\u202e&#x202e;", "~~a~~ www.x.example",
		"1. a\n\n   - b\n\n     ~~~\n     c", "*a **b `c* d** e`", "&amp;lt; &#0; &#x110000;", "+ \n\n  x", "- - - a", "שלום **עולם**",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := Parse(text)
		for _, b := range doc.Blocks() {
			assert.LessOrEqual(t, len(b.Frames), mostFrames)
			assert.LessOrEqual(t, b.Joined, len(b.Frames))
			cells := append([][]Span{b.Spans}, b.Cells...)
			if b.Table != nil {
				assert.LessOrEqual(t, len(b.Cells), len(b.Table.Columns))
			}
			for _, spans := range cells {
				checkSpans(t, spans)
			}
		}
	})
}

// FuzzEdit checks that an edited document is the one that its text gives.
func FuzzEdit(f *testing.F) {
	f.Add("# a\n\n- b\n\nc", uint16(5), uint8(1), "```\n")
	f.Add("[a][r]\n\n[r]: https://x.example\n", uint16(9), uint8(2), "")
	f.Add("- a\n- b\n- c\n\nd", uint16(4), uint8(0), "\n\n  e\n")
	f.Add("---\na: 1\n---\nb", uint16(0), uint8(4), "\ufeff")
	f.Add("<div>\n\n```\n</div>\n\nx[^1]\n\n[^1]: y", uint16(7), uint8(3), "<!--")
	f.Fuzz(func(t *testing.T, text string, at uint16, removed uint8, inserted string) {
		d := Parse(text)
		d.longList = 1
		d.rebuild(text)
		d.Blocks()
		from := min(int(at), len(text))
		to := min(from+int(removed), len(text))
		d.Edit(from, to-from, inserted)
		text = text[:from] + inserted + text[to:]
		assert.Equal(t, text, d.Text())
		fresh := Parse(text)
		fresh.longList = 1
		fresh.rebuild(text)
		assert.Equal(t, written(fresh.Blocks()), written(d.Blocks()))
		if !heavy([]byte(clean(text))) {
			assert.Equal(t, written(atOnce(text, 0, true)), written(d.Blocks()))
		}
	})
}

func checkSpans(t *testing.T, spans []Span) {
	t.Helper()
	for _, s := range spans {
		assert.True(t, utf8.ValidString(s.Text))
		if s.Text != "\n" {
			assert.NotContains(t, s.Text, "\n")
			for _, r := range s.Text {
				assert.False(t, deceives(r), "%q", r)
			}
		}
		if s.Link != "" {
			assert.Regexp(t, `^(?i:https?://|mailto:|attachment:[0-9a-f]+$)`, s.Link)
		}
	}
	width := func(text string, _ Style) float32 { return float32(utf8.RuneCountInString(text)) }
	for _, line := range flow(spans, 10, width) {
		for _, r := range line {
			assert.LessOrEqual(t, r.x+r.width, float32(10+2*chipPad+2))
		}
	}
}
