package markdown_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"firebreak/export/markdown"
)

// Where make check-markdown wants documents written for parsers that share no
// code with ours, and from
// which seed on, and where the examples of CommonMark are.
const (
	judgedCases = "FIREBREAK_MARKDOWN_CASES"
	judgedCount = "FIREBREAK_MARKDOWN_COUNT"
	judgedSeed  = "FIREBREAK_MARKDOWN_SEED"
	commonMark  = "FIREBREAK_COMMONMARK"
)

// written is what a reader finds of markdown that somebody wrote.
func written(source string) block {
	clean := strings.Trim(markdown.Clean(source), "\n")
	if markdown.Heavy(clean) || jumbled(clean) {
		return block{Kind: "markdown", Says: clean}
	}
	return block{Kind: "markdown", Says: clean, Shows: allText(clean), Blocks: blocksOf(clean)}
}

// jumbled reports whether goldmark shows a heading behind the table that stands
// below its words. The document keeps the order in which it was written.
func jumbled(source string) bool {
	found := false
	_ = ast.Walk(gfm.Parser().Parse(text.NewReader([]byte(source))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		table, is := n.PreviousSibling().(*extast.Table)
		found = found || entering && is && n.Kind() == ast.KindHeading && n.Pos() < table.FirstChild().Pos()
		return ast.WalkContinue, nil
	})
	return found
}

// blocksOf counts the blocks that goldmark reads in markdown, as they have to be
// in the document. A heading without a word is left out of it.
func blocksOf(source string) map[string]int {
	counts := map[string]int{}
	names := map[ast.NodeKind]string{
		ast.KindHeading: "heading", ast.KindBlockquote: "quote", ast.KindList: "list", ast.KindListItem: "item",
		extast.KindTable: "table", extast.KindTableHeader: "row", extast.KindTableRow: "row", ast.KindThematicBreak: "rule",
	}
	src := []byte(source)
	_ = ast.Walk(gfm.Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		name := names[n.Kind()]
		if entering && name != "" && !(name == "heading" && strings.TrimSpace(seen(n, src)) == "") {
			counts[name]++
		}
		return ast.WalkContinue, nil
	})
	return counts
}

// exampleCase is an example of the CommonMark specification in a section of a
// document.
func exampleCase(number int, source string) documentCase {
	d := markdown.New()
	d.Heading(1, "Example")
	d.Heading(2, "Before")
	d.Markdown(source, 2)
	d.Heading(2, "After")
	d.Text("end")
	return documentCase{Name: fmt.Sprint("CommonMark ", number), Markdown: d.String(), Blocks: []block{
		{Kind: "heading", Level: 1, Text: "Example"},
		{Kind: "heading", Level: 2, Text: "Before"},
		written(source),
		{Kind: "heading", Level: 2, Text: "After"},
		{Kind: "text", Text: "end"},
	}}
}

func TestBlocksForTheJudgesAreWritten(t *testing.T) {
	dir := os.Getenv(judgedCases)
	if dir == "" {
		t.Skip("make check-markdown sets " + judgedCases + " and lets other parsers judge")
	}
	count, err := strconv.Atoi(os.Getenv(judgedCount))
	require.NoError(t, err, judgedCount)
	first, err := strconv.ParseInt(os.Getenv(judgedSeed), 10, 64)
	require.NoError(t, err, judgedSeed)
	writeCases(t, filepath.Join(dir, "blocks.jsonl"), func(write func(documentCase)) {
		for seed := range 4 * int64(count) {
			write(newCase(first + seed))
		}
	})

	file, err := os.ReadFile(os.Getenv(commonMark))
	require.NoError(t, err, commonMark)
	var examples []struct {
		Markdown string
		Number   int
	}
	require.NoError(t, json.Unmarshal(file, &examples))
	writeCases(t, filepath.Join(dir, "commonmark.jsonl"), func(write func(documentCase)) {
		for _, e := range examples {
			write(exampleCase(e.Number, e.Markdown))
		}
	})
}

func writeCases(t *testing.T, path string, each func(write func(documentCase))) {
	t.Helper()
	file, err := os.Create(path)
	require.NoError(t, err)
	encoder := json.NewEncoder(file)
	encoder.SetEscapeHTML(false)
	each(func(c documentCase) { require.NoError(t, encoder.Encode(c)) })
	require.NoError(t, file.Close())
}
