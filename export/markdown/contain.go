package markdown

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
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
	clean := strings.Trim(Clean(source), "\n")
	if contained, ok := quick(clean); ok {
		return contained
	}
	return settled(clean, base)
}

// strayTitle is a link definition with what could be its title on the next line,
// and more behind it: no title then, but the parser takes it for one and drops it.
var strayTitle = regexp.MustCompile(`(?m)^[ \t>]*\[[^\n]*\]:[^\n]*\n[ \t>]*(?:\([^\n]*\)|"[^\n]*"|'[^\n]*')[ \t]*[^ \t\n]`)

// settled is Contain without its short way, for clean text.
func settled(clean string, base int) string {
	if strings.Contains(clean, "]:") && strayTitle.MatchString(clean) {
		return Common.Text(clean)
	}
	written, said := clean, ""
	for round := range settleRounds {
		if Heavy(written) {
			break
		}
		r := rewrite(written, base)
		if r.jumbled || round > 0 && r.said.String() != said {
			break
		}
		if r.written == written {
			return written
		}
		written, said = r.written, r.said.String()
	}
	return Common.Text(clean)
}

// rewrite writes markdown in the form that Contain promises. Its own writing
// must come out unchanged.
func rewrite(source string, base int) *rewriter {
	r := &rewriter{source: []byte(source), base: base}
	root := gfm.Parse(text.NewReader(r.source))
	r.findUsedDefinitions(root)
	r.written = strings.Join(r.children(root), "\n\n")
	return r
}

// rewriter turns the syntax tree of user markdown into contained markdown.
type rewriter struct {
	source  []byte
	base    int
	outline []int           // levels of the headings that the next one stands below
	used    map[string]bool // link definitions that a link of the text refers to

	written string
	said    strings.Builder // the words of it, without blanks: they stay the same when it is read again
	jumbled bool            // the tree has blocks in another order than the source
}

// say notes words of the user that are written.
func (r *rewriter) say(words string) {
	for _, c := range words {
		if !unicode.IsSpace(c) {
			r.said.WriteRune(c)
		}
	}
}

func (r *rewriter) saySpans(spans []Span) {
	for _, span := range spans {
		if span.kind != trusted {
			r.say(span.text)
		}
		r.saySpans(span.inner)
	}
}

// children writes the blocks inside a node, leaving out those without a word.
func (r *rewriter) children(parent ast.Node) []string {
	var blocks []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		// A text with a table below and "---" below that is a heading to goldmark,
		// and stands behind the table.
		if before := n.PreviousSibling(); before != nil && startOf(n) < startOf(before) {
			r.jumbled = true
		}
		if written := r.block(n); written != "" {
			blocks = append(blocks, written)
		}
	}
	return blocks
}

// startOf is where a block begins in the source; -1 where goldmark does not say.
func startOf(n ast.Node) int {
	if n.Kind() == extast.KindTable && n.HasChildren() {
		n = n.FirstChild() // a table itself begins where the text before it does
	}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	return n.Pos()
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
