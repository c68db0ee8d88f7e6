package markdown_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"firebreak/export/markdown"
)

func addSeeds(f *testing.F) {
	for _, fragment := range fragments {
		f.Add(fragment)
	}
	f.Add(strings.Join(fragments, ""))
	f.Add(strings.Join(fragments, "\n"))
}

func FuzzLiteral(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, given string) {
		one := markdown.OneLine(given)
		d := markdown.New()
		d.Heading(2, given)
		d.Text(given)
		d.Table([]string{given}, [][]markdown.Line{markdown.Lits(given)})
		d.Tasks(markdown.Task{Done: true, Text: markdown.Line{markdown.Lit(given)}})
		want := []block{{Kind: "heading", Level: 2, Text: orBlank(one)}}
		for _, lines := range markdown.Paragraphs(given) {
			want = append(want, block{Kind: "text", Text: strings.Join(lines, "\n")})
		}
		want = append(want, block{Kind: "table", Rows: [][]string{{one}, {one}}},
			block{Kind: "list", Items: []string{orBlank(one)}, Ticks: []string{"x"}})
		requireContained(t, d.String())
		require.Equal(t, want, readBack(d.String()))
		requireTidy(t, d.String())
	})
}

func FuzzContain(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, given string) {
		if len(given) > 16<<10 {
			t.Skip("longer than any field")
		}
		contained := markdown.Contain(given, 2)
		requireContained(t, contained)
		d := markdown.New()
		d.Heading(2, "Before")
		d.Raw(contained)
		d.Heading(2, "After")
		found := readBack(d.String())
		require.Equal(t, block{Kind: "heading", Level: 2, Text: "Before"}, found[0])
		require.Equal(t, block{Kind: "heading", Level: 2, Text: "After"}, found[len(found)-1])
		for _, b := range found[1 : len(found)-1] {
			require.False(t, b.Kind == "heading" && b.Level <= 2, "%q", contained)
		}
		require.True(t, utf8.ValidString(contained))
	})
}

// requireTidy fails on what a linter would find in the form of a document
// without code.
func requireTidy(t *testing.T, document string) {
	t.Helper()
	require.True(t, strings.HasSuffix(document, "\n") && !strings.HasSuffix(document, "\n\n"))
	require.NotContains(t, document, "\n\n\n")
	require.NotContains(t, document, " \n")
	require.NotContains(t, document, "\r")
	require.True(t, utf8.ValidString(document))
}
