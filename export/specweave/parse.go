package specweave

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// withTags knows all of CommonMark's blocks, and of what stands inside a line
// only what can hide the next one: a comment, and the code that a comment's
// start may stand in. withoutTags is for pages that have no such thing. They
// never change, and may be asked from many threads.
var (
	withTags = newParser(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
	)
	withoutTags = newParser()
)

func newParser(inline ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
}

// walker collects the marks of a parsed document.
type walker struct {
	src    []byte // the whole file
	body   []byte // what was parsed
	start  int    // where body begins in src
	marks  []mark
	line   int // of the byte at
	at     int
	hidden map[int]bool // where lines begin, in body, that a comment covers
}

// parse asks goldmark for the marks.
func parse(src []byte, start, line int) []mark {
	w := walker{src: src, body: src[start:], start: start, line: line, at: start}
	commonMark := withoutTags
	if bytes.IndexByte(w.body, '<') >= 0 {
		commonMark = withTags
	}
	root := commonMark.Parse(text.NewReader(w.body))
	w.blocks(root, 0)
	return w.marks
}

// blocks walks what lies in the document itself or, deeper, in list items.
func (w *walker) blocks(parent ast.Node, depth int) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if depth == 0 {
				w.heading(n)
			}
		case *ast.Paragraph, *ast.TextBlock:
			w.text(n, depth)
		case *ast.List:
			for one := n.FirstChild(); one != nil; one = one.NextSibling() {
				w.blocks(one, depth+1)
			}
		}
	}
}

func (w *walker) heading(n *ast.Heading) {
	if n.Lines().Len() == 0 {
		if at := n.Pos(); at >= 0 {
			w.add(heading, n.Level, at, at)
		}
		return
	}
	first := n.Lines().At(0)
	if before := w.body[lineStart(w.body, first.Start):first.Start]; bytes.IndexByte(before, '#') >= 0 {
		w.add(heading, n.Level, first.Start, first.Stop)
		return
	}
	// Fields with a rule right below them are a heading to markdown, and fields to
	// everybody else.
	fields := bytes.HasPrefix(bytes.TrimSpace(first.Value(w.body)), []byte("**"))
	if n.Lines().Len() == 1 && !fields {
		w.add(underline, n.Level, first.Start, first.Stop)
		return
	}
	w.text(n, 0)
}

// text marks the lines of a paragraph. In a list item it is the first line, if
// it stands behind the item's own marker, and those at the margin, which only
// markdown counts to the item.
func (w *walker) text(n ast.Node, depth int) {
	w.findComments(n)
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		begin := lineStart(w.body, line.Start)
		switch before := bytes.TrimSpace(w.body[begin:line.Start]); {
		case w.hidden[begin]:
		case depth > 0 && i == 0 && len(before) > 0 && n.PreviousSibling() == nil:
			w.add(item, depth, line.Start, line.Stop)
		case depth == 0 || begin == line.Start && !isBlank(w.body[begin]):
			w.add(words, 0, line.Start, line.Stop)
		}
	}
}

// findComments notes the lines that begin inside of a comment or a tag.
func (w *walker) findComments(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		raw, is := c.(*ast.RawHTML)
		if !is || raw.Segments.Len() < 2 {
			continue
		}
		if w.hidden == nil {
			w.hidden = map[int]bool{}
		}
		for i := 1; i < raw.Segments.Len(); i++ {
			w.hidden[lineStart(w.body, raw.Segments.At(i).Start)] = true
		}
	}
}

func (w *walker) add(kind markKind, level, from, to int) {
	for from < to && isBlank(w.body[from]) {
		from++
	}
	for to > from && isBlank(w.body[to-1]) {
		to--
	}
	from, to = from+w.start, to+w.start
	if from > w.at {
		w.line += bytes.Count(w.src[w.at:from], []byte("\n"))
		w.at = from
	}
	w.marks = append(w.marks, mark{kind, level, w.line, from, to})
}
