package preview

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The places of goldmark's own footnotes among the other parsers.
const (
	footnoteBlockPriority = 999
	footnotePriority      = 101
	longestLabel          = 999
)

// footnotes are GitHub's, shown where they are written and under the label that
// they were given. goldmark's own number them through the whole document and
// gather them at its end, so that a key anywhere could change every block.
type footnotes struct{}

// Extend adds the parsers to goldmark's.
func (footnotes) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(newFootnoteBlock(), footnoteBlockPriority)),
		parser.WithInlineParsers(util.Prioritized(footnoteMark{}, footnotePriority)),
	)
}

// footnoteBlock reads a footnote as goldmark does, and leaves it in its place.
type footnoteBlock struct{ parser.BlockParser }

func newFootnoteBlock() footnoteBlock { return footnoteBlock{extension.NewFootnoteBlockParser()} }

// Open notes which label is defined.
func (f footnoteBlock) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := f.BlockParser.Open(parent, reader, pc)
	if note, ok := node.(*east.Footnote); ok {
		c := pc.Get(contextKey).(*context)
		c.found.notes = append(c.found.notes, util.ToLinkReference(note.Ref))
	}
	return node, state
}

// Close leaves the footnote where it stands.
func (footnoteBlock) Close(ast.Node, text.Reader, parser.Context) {}

// footnoteMark reads the reference to a footnote.
type footnoteMark struct{}

// Trigger is how a reference begins.
func (footnoteMark) Trigger() []byte { return []byte{'['} }

// Parse reads [^label], if there is such a footnote.
func (footnoteMark) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if len(line) < 4 || line[1] != '^' {
		return nil
	}
	length := bytes.IndexAny(line[2:min(len(line), 2+longestLabel)], "[]")
	if length < 1 || line[2+length] != ']' {
		return nil
	}
	label := line[2 : 2+length]
	if !pc.Get(contextKey).(*context).hasNote(util.ToLinkReference(label)) {
		return nil
	}
	block.Advance(2 + length + 1)
	return &footnoteRef{label: string(label)}
}

// footnoteRef is a reference in running text.
type footnoteRef struct {
	ast.BaseInline
	label string
}

// footnoteKind names the node for goldmark.
var footnoteKind = ast.NewNodeKind("PreviewFootnote")

// Kind names the node.
func (*footnoteRef) Kind() ast.NodeKind { return footnoteKind }

// Dump prints the node for debugging.
func (f *footnoteRef) Dump(source []byte, level int) {
	ast.DumpHelper(f, source, level, map[string]string{"Label": f.label}, nil)
}
