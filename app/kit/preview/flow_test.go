package preview

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// perCharacter measures as if every character were one wide.
func perCharacter(text string, _ Style) float32 { return float32(utf8.RuneCountInString(text)) }

func linesOf(spans []Span, width float32) []string {
	var out []string
	for _, line := range flow(spans, width, perCharacter) {
		text := ""
		for _, r := range line {
			text += strings.Repeat(" ", max(int(r.x)-utf8.RuneCountInString(text), 0)) + r.text
		}
		out = append(out, text)
	}
	return out
}

func TestLinesBreakWhereAReaderExpects(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		spans []Span
		width float32
		want  []string
	}{
		"at spaces":                       {[]Span{{Text: "one two three"}}, 8, []string{"one two", "three"}},
		"exactly full":                    {[]Span{{Text: "one two"}}, 7, []string{"one two"}},
		"several spaces are one":          {[]Span{{Text: "one   two"}}, 20, []string{"one two"}},
		"no full stop on a new line":      {[]Span{{Text: "it is "}, {Text: "bold", Style: Bold}, {Text: "."}}, 10, []string{"it is", "bold."}},
		"space between two looks":         {[]Span{{Text: "a "}, {Text: "b", Style: Bold}, {Text: " c"}}, 10, []string{"a b c"}},
		"hard break":                      {[]Span{{Text: "a"}, {Text: "\n"}, {Text: "b"}}, 10, []string{"a", "b"}},
		"long word is cut":                {[]Span{{Text: "abcdefghij"}}, 4, []string{"abcd", "efgh", "ij"}},
		"long address after its signs":    {[]Span{{Text: "https://x.example/path"}}, 12, []string{"https://x.", "example/path"}},
		"long word after a short one":     {[]Span{{Text: "ab cdefghij"}}, 4, []string{"ab", "cdef", "ghij"}},
		"long word of two looks":          {[]Span{{Text: "abc"}, {Text: "defgh", Style: Bold}}, 4, []string{"abcd", "efgh"}},
		"text after a cut word":           {[]Span{{Text: "abcdef gh"}}, 5, []string{"abcde", "f gh"}},
		"no-break space holds":            {[]Span{{Text: "47\u00a0min ok"}}, 7, []string{"47\u00a0min", "ok"}},
		"ideographs break anywhere":       {[]Span{{Text: "漢字漢字漢字"}}, 4, []string{"漢字漢字", "漢字"}},
		"accents stay with their letter":  {[]Span{{Text: "aaae\u0301e\u0301"}}, 4, []string{"aaa", "e\u0301e\u0301"}},
		"narrower than a character":       {[]Span{{Text: "abc"}}, 0.5, []string{"a", "b", "c"}},
		"nothing is one empty line":       {nil, 10, []string{""}},
		"a tint keeps off its neighbours": {[]Span{{Text: "a "}, {Text: "b", Style: Mono}, {Text: " c"}}, 20, []string{"a     b     c"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, linesOf(c.spans, c.width))
		})
	}
}

func TestTypedTextWrapsByColumns(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"one ", "two ", "three"}, wrapColumns("one two three", 5))
	assert.Equal(t, []string{"abcd", "ef"}, wrapColumns("abcdef", 4))
	assert.Equal(t, []string{"漢字", "漢"}, wrapColumns("漢字漢", 4))
	assert.Equal(t, []string{""}, wrapColumns("", 4))
}

func TestColumnsShareWhatThereIs(t *testing.T) {
	t.Parallel()
	natural, least := []float32{50, 100, 400}, []float32{30, 40, 60}
	assert.Equal(t, natural, share(natural, least, 1000), "what fits is not stretched")
	assert.Equal(t, least, share(natural, least, 100), "what cannot fit scrolls")
	assert.Equal(t, []float32{50, 100, 150}, share(natural, least, 300), "narrow columns keep their width")
}
