package kit

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// perRune measures ten pixels a rune.
func perRune(s string) float32 { return 10 * float32(utf8.RuneCountInString(s)) }

func TestTextIsBrokenAtSpacesAndInsideWordsOnlyWhereItMust(t *testing.T) {
	t.Parallel()
	cases := []struct {
		given string
		width float32
		want  []string
	}{
		{"", 50, []string{""}},
		{"short", 100, []string{"short"}},
		{"roll back the release", 100, []string{"roll back", "the", "release"}},
		{"two\n\nparts", 100, []string{"two", "", "parts"}},
		{"abcdefghij", 40, []string{"abcd", "efgh", "ij"}},
		{"go abcdefghij", 40, []string{"go", "abcd", "efgh", "ij"}},
		{"日本語の文章", 20, []string{"日本", "語の", "文章"}},
		{"a b", 1, []string{"a", "b"}},
		{"no width", 0, []string{"no width"}},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, wrapLines(c.given, c.width, perRune), c.given)
	}
}

func TestALineIsCutWithAnEllipsis(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "short", cutLine("short", 50, perRune))
	assert.Equal(t, "too…", cutLine("too long", 45, perRune))
	assert.Equal(t, "…", cutLine("too long", 5, perRune))
	assert.Equal(t, "first …", firstLine("first\nsecond"))
	assert.Equal(t, "first", firstLine("first\n"))
}

func FuzzWrappedLinesFitAndLoseNothing(f *testing.F) {
	f.Add("roll back the release\nnow", float32(70))
	f.Add("\x00a\tb\r\nc", float32(10))
	f.Fuzz(func(t *testing.T, text string, width float32) {
		if len(text) > 2000 || !(width > 10 && width < 2000) {
			return
		}
		text = clean(text)
		lines := wrapLines(text, width, perRune)
		squeeze := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, s)
		}
		assert.Equal(t, squeeze(text), squeeze(strings.Join(lines, "")))
		for _, line := range lines {
			assert.LessOrEqual(t, perRune(strings.TrimSpace(line)), width)
		}
	})
}

func FuzzCleanLeavesNothingThatCannotBeDrawn(f *testing.F) {
	f.Add("a\x00b\r\nc\xff")
	f.Fuzz(func(t *testing.T, text string) {
		got := clean(text)
		assert.True(t, utf8.ValidString(got))
		for _, r := range got {
			assert.False(t, unicode.IsControl(r) && r != '\n', "%q", got)
		}
		assert.Equal(t, got, clean(got))
	})
}
