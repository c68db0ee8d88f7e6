package preview

import (
	"encoding/json"
	"html"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// commonMark names a JSON file of the examples of the CommonMark specification:
// a list of objects with markdown, html, section and number.
const commonMark = "FIREBREAK_COMMONMARK"

type example struct {
	Markdown, HTML, Section string
	Number                  int
}

// TestNoTextOfTheSpecificationsExamplesIsLost holds the words that are shown
// against those in the HTML which the specification itself gives.
func TestNoTextOfTheSpecificationsExamplesIsLost(t *testing.T) {
	file := os.Getenv(commonMark)
	if file == "" {
		t.Skip("set " + commonMark + " to a JSON file of the examples; make check-markdown does")
	}
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var examples []example
	require.NoError(t, json.Unmarshal(text, &examples))
	require.Len(t, examples, 652, "CommonMark 0.31.2 has so many")
	exact := 0
	for _, e := range examples {
		// The specification writes a tab as an arrow.
		markdown, page := strings.ReplaceAll(e.Markdown, "→", "\t"), strings.ReplaceAll(e.HTML, "→", "\t")
		blocks := Parse(markdown).Blocks()
		want, shown := bare(visible(page)), bare(wordsShown(blocks, true))
		if want == shown || want == bare(wordsShown(blocks, false)) {
			exact++
			continue
		}
		// Pictures and raw HTML show in more words than a browser shows.
		more := strings.Contains(page, "<img") || strings.Contains(markdown, "<")
		assert.True(t, more && inOrder(want, shown), "example %d, %s:\n%s\nwant %q\ngot  %q", e.Number, e.Section, e.Markdown, want, shown)
	}
	assert.GreaterOrEqual(t, exact, 600, "the others hold pictures or raw HTML")
	t.Logf("%d of %d read alike to the letter", exact, len(examples))
}

var (
	pictureTag = regexp.MustCompile(`<img [^>]*alt="([^"]*)"[^>]*>`)
	anyTag     = regexp.MustCompile(`</?[a-zA-Z][^<>]*>|<!--.*?-->`)
)

// visible is the text that a browser would show, with the words of pictures.
func visible(page string) string {
	page = pictureTag.ReplaceAllString(page, "$1")
	return html.UnescapeString(anyTag.ReplaceAllString(page, ""))
}

// wordsShown is all text of blocks, with raw HTML or without it.
func wordsShown(blocks []Block, raw bool) string {
	var out strings.Builder
	for _, b := range blocks {
		for _, span := range b.Spans {
			if raw || span.Style&(Mono|Faint) != Mono|Faint {
				out.WriteString(span.Text)
			}
		}
		if !raw && b.Code != nil && b.Code.Language == "html" {
			continue
		}
		for _, cell := range b.Cells {
			out.WriteString(wordsOf(cell))
		}
		if b.Code != nil {
			out.WriteString(b.Code.Text)
		}
	}
	return out.String()
}

// bare leaves out white space, which a browser folds.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// inOrder reports that all letters of want stand in text, in their order.
func inOrder(want, text string) bool {
	rest := []rune(text)
	for _, r := range want {
		for len(rest) > 0 && rest[0] != r {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return false
		}
		rest = rest[1:]
	}
	return true
}
