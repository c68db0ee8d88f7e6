package preview

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

const (
	saysHeavy  = "Shown as typed: its nesting or its repeated marks would take too long to lay out."
	saysBroken = "Shown as typed: this text could not be read as markdown."
)

// Parse reads markdown into blocks. It never fails: text that cannot be read,
// or that would hang the reader, comes back as typed with a sentence why. It
// touches no screen and may run on a worker; 100 KB take some ten milliseconds.
func Parse(markdown string) Document {
	front, body := splitFrontMatter(clean(markdown))
	if heavy([]byte(body)) {
		return asTyped(body, front, saysHeavy)
	}
	blocks, ok := laidOut(body)
	if !ok {
		return asTyped(body, front, saysBroken)
	}
	identify(blocks)
	return Document{Blocks: blocks, FrontMatter: front}
}

// laidOut turns a panic of the parser into a refusal. The parser is somebody
// else's code and a person's words must not be able to close the window.
func laidOut(body string) (blocks []Block, ok bool) {
	defer func() {
		if recover() != nil {
			blocks, ok = nil, false
		}
	}()
	source := []byte(body)
	w := walk{source: source}
	w.children(tree(source))
	return w.blocks, true
}

// tree parses GitHub's flavour and nothing more: other extensions make blocks
// depend on text far away.
func tree(source []byte) ast.Node {
	return goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
}

// asTyped is the document for text that is not laid out.
func asTyped(body, front, says string) Document {
	blocks := []Block{{Kind: Note, Spans: []Span{{Text: says}}}}
	pieces := cutLines(body)
	for i, piece := range pieces {
		block := Block{Kind: Plain, Code: &Snippet{Text: piece}, Part: partOf(i, len(pieces))}
		if i == 0 {
			block.Lead = leadParagraph
		}
		blocks = append(blocks, block)
	}
	identify(blocks)
	return Document{Blocks: blocks, FrontMatter: front, Plain: says}
}
