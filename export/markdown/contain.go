package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// gfm reads user markdown. A parser holds no state between two documents.
var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// settleRounds bounds how often Contain reads its own writing back.
const settleRounds = 4

// Contain returns user markdown in a form that keeps its formatting and cannot
// leave its section. It is read and written anew, so that nothing of it depends
// on how lenient a parser is:
//
//   - headings stand below level base, without gaps, in the "#" form;
//   - HTML and unused link definitions come out as the text that was typed;
//   - code is fenced and every fence is closed;
//   - links lead to http, https, mailto or a path, others keep only their text.
//
// Markdown that is too heavy to parse, or that does not read back as written,
// comes out as literal text. There is no line end after the last line.
func Contain(source string, base int) string {
	written := strings.Trim(Clean(source), "\n")
	if contained, ok := quick(written); ok {
		return contained
	}
	for range settleRounds {
		if Heavy(written) {
			return Common.Text(source)
		}
		again := rewrite(written, base)
		if again == written {
			return written
		}
		written = again
	}
	return Common.Text(source)
}

// rewrite writes markdown in the form that Contain promises. Its own writing
// must come out unchanged.
func rewrite(source string, base int) string {
	r := &rewriter{source: []byte(source), base: base}
	root := gfm.Parse(text.NewReader(r.source))
	r.findUsedDefinitions(root)
	return strings.Join(r.children(root), "\n\n")
}

// rewriter turns the syntax tree of user markdown into contained markdown.
type rewriter struct {
	source  []byte
	base    int
	outline []int           // levels of the headings that the next one stands below
	used    map[string]bool // link definitions that a link of the text refers to
}

// children writes the blocks inside a node, leaving out those without a word.
func (r *rewriter) children(parent ast.Node) []string {
	var blocks []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if written := r.block(n); written != "" {
			blocks = append(blocks, written)
		}
	}
	return blocks
}

// headingLevel moves a heading below base and closes gaps: what stood deeper
// than the heading before it stands one level deeper.
func (r *rewriter) headingLevel(level int) int {
	for len(r.outline) > 0 && r.outline[len(r.outline)-1] >= level {
		r.outline = r.outline[:len(r.outline)-1]
	}
	r.outline = append(r.outline, level)
	return min(6, r.base+len(r.outline))
}

// indent puts first before the first line of a block and rest before the others.
func indent(block, first, rest string) string {
	lines := strings.Split(block, "\n")
	for i, line := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		if line == "" {
			prefix = strings.TrimRight(prefix, " ")
		}
		lines[i] = prefix + line
	}
	return strings.Join(lines, "\n")
}
