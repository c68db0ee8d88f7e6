package preview

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// readers are the two ways in which a piece of a document is parsed.
type readers struct {
	whole parser.Parser
	// blocks reads no inline markup but the boxes of tasks: it finds what the
	// piece defines, and counts its items.
	blocks   parser.Parser
	defining *context // of blocks
}

// newReaders makes parsers for GitHub's flavour and its footnotes, and nothing
// more: other extensions make blocks depend on text far away.
func newReaders() readers {
	whole := goldmark.New(goldmark.WithExtensions(extension.GFM, footnotes{})).Parser()
	blocks := parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(), util.Prioritized(newFootnoteBlock(), footnoteBlockPriority))...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithInlineParsers(util.Prioritized(extension.NewTaskCheckBoxParser(), 0)),
	)
	return readers{whole, blocks, newContext(&scope{})}
}

// definitions are what one piece of a document defines for all others.
type definitions struct {
	links []parser.Reference
	notes []string // labels of footnotes
}

func (d *definitions) none() bool { return d == nil || len(d.links) == 0 && len(d.notes) == 0 }

// scope is what the whole document defines. The first definition of a label
// holds.
type scope struct {
	links map[string]parser.Reference
	notes map[string]bool
}

func (s *scope) take(d *definitions) {
	if s.links == nil {
		s.links, s.notes = map[string]parser.Reference{}, map[string]bool{}
	}
	for _, link := range d.links {
		if label := util.ToLinkReference(link.Label()); s.links[label] == nil {
			s.links[label] = link
		}
	}
	for _, note := range d.notes {
		s.notes[note] = true
	}
}

// notePrefix keeps the labels of footnotes and of links apart.
const notePrefix = "^ "

// changed gives the labels that mean something else in another scope.
func (s *scope) changed(other scope) map[string]bool {
	out := map[string]bool{}
	for label, link := range s.links {
		then := other.links[label]
		if then == nil || string(then.Destination()) != string(link.Destination()) {
			out[label] = true
		}
	}
	for label := range other.links {
		if s.links[label] == nil {
			out[label] = true
		}
	}
	for label := range s.notes {
		if !other.notes[label] {
			out[notePrefix+label] = true
		}
	}
	for label := range other.notes {
		if !s.notes[label] {
			out[notePrefix+label] = true
		}
	}
	return out
}

// context answers the parser's questions about labels from the whole document,
// and remembers which were asked: a piece depends on those and on nothing else
// outside of itself. It can be used again, because making one costs more than
// parsing a short piece.
type context struct {
	parser.Context
	store []any
	scope *scope
	asked map[string]bool
	found definitions
}

// contextKey finds the context behind the parser's own face.
var contextKey = parser.NewContextKey()

func newContext(s *scope) *context {
	c := &context{Context: parser.NewContext(), store: make([]any, parser.ContextKeyMax+1), scope: s}
	c.reset()
	return c
}

// reset makes the context be as new.
func (c *context) reset() {
	clear(c.store)
	c.store[contextKey] = c
	c.SetOpenedBlocks(nil)
	c.asked, c.found = nil, definitions{}
}

// Get answers what a parser has stored.
func (c *context) Get(key parser.ContextKey) any { return c.store[key] }

// Set stores something for a parser.
func (c *context) Set(key parser.ContextKey, value any) { c.store[key] = value }

// ComputeIfAbsent is Get, and Set when there is nothing.
func (c *context) ComputeIfAbsent(key parser.ContextKey, make func() any) any {
	if c.store[key] == nil {
		c.store[key] = make()
	}
	return c.store[key]
}

// AddReference hears of each link definition, in the order of the text.
func (c *context) AddReference(link parser.Reference) { c.found.links = append(c.found.links, link) }

// Reference answers what a label means in the whole document.
func (c *context) Reference(label string) (parser.Reference, bool) {
	c.ask(label)
	link := c.scope.links[label]
	return link, link != nil
}

// References is not asked by any parser in use.
func (c *context) References() []parser.Reference { return nil }

func (c *context) hasNote(label string) bool {
	c.ask(notePrefix + label)
	return c.scope.notes[label]
}

func (c *context) ask(label string) {
	if c.asked == nil {
		c.asked = map[string]bool{}
	}
	c.asked[label] = true
}

// defines reads what a piece defines. A parser that panics found nothing.
func (r readers) defines(source []byte) (found definitions) {
	r.defining.reset()
	defer func() {
		if recover() != nil {
			found = definitions{}
		}
	}()
	r.blocks.Parse(text.NewReader(source), parser.WithContext(r.defining))
	return r.defining.found
}

func (r readers) tree(source []byte, c *context) ast.Node {
	return r.whole.Parse(text.NewReader(source), parser.WithContext(c))
}
