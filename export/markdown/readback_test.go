package markdown_test

import (
	"bufio"
	"bytes"
	"html"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"go.yaml.in/yaml/v4"
)

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM))

// readBack parses a document and lists its blocks as a reader sees them.
func readBack(source string) []block {
	src := []byte(source)
	root := gfm.Parser().Parse(text.NewReader(src))
	var found []block
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			found = append(found, block{Kind: "heading", Level: n.Level, Text: seen(n, src)})
		case *ast.Paragraph:
			found = append(found, block{Kind: "text", Text: seen(n, src)})
		case *ast.FencedCodeBlock:
			found = append(found, block{Kind: "code", Text: strings.TrimSuffix(string(n.Lines().Value(src)), "\n")})
		case *ast.List:
			list := block{Kind: "list"}
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				tick := ""
				if item.HasChildren() {
					if box, ok := item.FirstChild().FirstChild().(*extast.TaskCheckBox); ok {
						tick = map[bool]string{true: "x", false: " "}[box.IsChecked]
					}
				}
				var parts []string
				for child := item.FirstChild(); child != nil; child = child.NextSibling() {
					parts = append(parts, seen(child, src))
				}
				list.Items = append(list.Items, strings.Join(parts, "\x01"))
				list.Ticks = append(list.Ticks, tick)
			}
			found = append(found, list)
		case *extast.Table:
			table := block{Kind: "table"}
			for row := n.FirstChild(); row != nil; row = row.NextSibling() {
				var cells []string
				for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
					cells = append(cells, seen(cell, src))
				}
				table.Rows = append(table.Rows, cells)
			}
			found = append(found, table)
		default:
			found = append(found, block{Kind: n.Kind().String()})
		}
	}
	return found
}

// seen is the text of a node as goldmark's own HTML writer resolves it, which
// is not the code under test.
func seen(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			value := n.Segment.Value(src)
			if n.Parent().Kind() == ast.KindCodeSpan || n.IsRaw() {
				b.Write(value)
			} else {
				b.WriteString(resolved(value))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.RawHTML:
			b.Write(n.Segments.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// allText is the text of a whole document, block by block.
func allText(source string) string {
	src := []byte(source)
	var b strings.Builder
	_ = ast.Walk(gfm.Parser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case !entering:
		case n.Kind() == ast.KindHTMLBlock || n.Kind() == ast.KindCodeBlock || n.Kind() == ast.KindFencedCodeBlock:
			b.Write(n.Lines().Value(src))
			if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
				b.Write(html.ClosureLine.Value(src))
			}
		case n.HasChildren() && n.Type() == ast.TypeBlock && n.FirstChild().Type() == ast.TypeInline:
			b.WriteString(seen(n, src) + "\n")
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// kinds counts the nodes of a document by their kind.
func kinds(source string) map[ast.NodeKind]int {
	found := map[ast.NodeKind]int{}
	_ = ast.Walk(gfm.Parser().Parse(text.NewReader([]byte(source))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			found[n.Kind()]++
		}
		return ast.WalkContinue, nil
	})
	return found
}

// requireContained fails when a document holds anything that reaches beyond the
// place where it stands.
func requireContained(t *testing.T, source string) {
	t.Helper()
	found := kinds(source)
	for _, kind := range []ast.NodeKind{ast.KindHTMLBlock, ast.KindRawHTML, ast.KindLinkReferenceDefinition} {
		require.Zero(t, found[kind], "%s in %q", kind, source)
	}
}

func resolved(value []byte) string {
	var out bytes.Buffer
	buffered := bufio.NewWriter(&out)
	gmhtml.DefaultWriter.Write(buffered, value)
	_ = buffered.Flush() // into memory
	return html.UnescapeString(out.String())
}

func TestNastyTextReadsBackAsTyped(t *testing.T) {
	for seed := range int64(2000) {
		c := newCase(seed)
		requireReadsBack(t, c)
	}
}

func requireReadsBack(t *testing.T, c documentCase) {
	t.Helper()
	rest, found := strings.CutPrefix(c.Markdown, "---\n")
	require.True(t, found)
	front, body, found := strings.Cut(rest, "\n---\n")
	require.True(t, found)

	var read map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(front), &read), c.Name)
	require.Equal(t, c.Front, read, c.Name)

	requireContained(t, body)
	got := readBack(body)
	for _, want := range c.Blocks {
		if want.Kind == "markdown" {
			for len(got) > 0 && !(got[0].Kind == "heading" && got[0].Level <= 2) {
				got = got[1:]
			}
			continue
		}
		require.NotEmpty(t, got, c.Name)
		require.Equal(t, want, got[0], c.Name)
		got = got[1:]
	}
	require.Empty(t, got, c.Name)
}
