package preview

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Space above a block, in lines of body text.
const (
	leadNone      float32 = 0
	leadTight     float32 = 0.15
	leadParagraph float32 = 0.6
	leadHeading   float32 = 1.1
	leadTitle     float32 = 1.4
)

// mostFrames is where deeper nesting stops to move the text to the right.
const mostFrames = 8

// lowestLevel is the level of the least heading.
const lowestLevel = 6

// walk flattens the syntax tree of one piece into blocks.
type walk struct {
	source []byte
	blocks []Block
	frames []frame
	last   []frame // of the block put last
	marker Marker  // waits for the first block of its item
	groups uint64  // how many codes and tables there were
	bullet int     // how many bullet lists are open
	levels []int   // of the headings that are still to come, in a section

	whole [2]list      // what lists are as a whole, of which
	parts [2]*ast.List // these are parts
	opens bool         // the first block stands in a tight list
}

// frame knows which container it stands for, to tell a quote from the next one.
type frame struct {
	Frame
	node  ast.Node
	tight bool
}

func (w *walk) children(node ast.Node) {
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		w.block(child)
	}
}

func (w *walk) block(node ast.Node) {
	switch n := node.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(n)
	case *ast.ThematicBreak:
		w.put(Block{Kind: Rule, Part: Whole})
	case *ast.FencedCodeBlock:
		w.code(w.lines(n), string(n.Language(w.source)))
	case *ast.CodeBlock:
		w.code(w.lines(n), "")
	case *ast.HTMLBlock:
		text := w.lines(n)
		if n.HasClosure() {
			text += string(n.ClosureLine.Value(w.source))
		}
		w.code(text, "html")
	case *ast.Blockquote:
		w.quote(n)
	case *ast.List:
		w.list(n)
	case *east.Table:
		w.table(n)
	case *east.Footnote:
		w.footnote(n)
	case *ast.LinkReferenceDefinition:
		// Shows where it is used.
	default:
		w.children(n)
	}
}

// inside runs walkOn within a container. Beyond mostFrames the container is
// walked but draws nothing: a page has only so much width.
func (w *walk) inside(f frame, walkOn func()) {
	if len(w.frames) >= mostFrames {
		walkOn()
		return
	}
	w.frames = append(w.frames, f)
	walkOn()
	w.frames = w.frames[:len(w.frames)-1]
}

func (w *walk) heading(n *ast.Heading) {
	if wordless(n, w.source) {
		return
	}
	level := n.Level
	if len(w.levels) > 0 {
		level, w.levels = w.levels[0], w.levels[1:]
	}
	lead := leadHeading
	if level <= 2 {
		lead = leadTitle
	}
	for _, piece := range w.pieces(spansOf(n, w.source)) {
		w.put(Block{Kind: Heading, Level: level, Spans: piece, Part: Whole, Lead: lead})
		lead = leadNone
	}
}

func (w *walk) paragraph(n ast.Node) { w.text(paragraphOf(n, w.source), leadParagraph) }

// text puts running text, in which pictures stand by themselves.
func (w *walk) text(parts []passage, lead float32) {
	for _, part := range parts {
		if part.image != nil {
			w.put(Block{Kind: Picture, Image: part.image, Part: Whole, Lead: leadParagraph})
			lead = leadParagraph
			continue
		}
		for _, piece := range w.pieces(part.spans) {
			w.put(Block{Kind: Paragraph, Spans: piece, Part: Whole, Lead: lead})
			lead = leadNone
		}
	}
}

// pieces cuts running text. An empty item still has its marker.
func (w *walk) pieces(spans []Span) [][]Span {
	pieces := cutSpans(spans)
	if len(pieces) == 0 && w.marker.Kind != NoMarker {
		return [][]Span{nil}
	}
	return pieces
}

func (w *walk) lines(n ast.Node) string {
	var text strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		text.Write(line.Value(w.source))
	}
	return text.String()
}

func (w *walk) code(text, language string) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	columns := 0
	for i, line := range lines {
		lines[i] = expandTabs(line)
		columns = max(columns, utf8.RuneCountInString(lines[i]))
	}
	text = strings.Join(lines, "\n")
	group := w.group()
	language = strings.ToLower(language)
	inks := inksOf(language, text)
	pieces := cutLines(text)
	lead, at := leadParagraph, 0
	for i, piece := range pieces {
		at += strings.Index(text[at:], piece) // behind the line end that was cut off
		w.put(Block{
			Kind: Code, Part: partOf(i, len(pieces)), Lead: lead,
			Code: &Snippet{Text: piece, Language: language, Columns: columns, Group: group, Inks: within(inks, at, at+len(piece))},
		})
		at += len(piece)
		lead = leadNone
	}
}

func (w *walk) list(n *ast.List) {
	shared := Frame{Kind: Item, Boxed: hasTask(n)}
	if n.IsOrdered() {
		shared.Digits = figures(n.Start + n.ChildCount() - 1)
	} else {
		w.bullet++
		defer func() { w.bullet-- }()
	}
	number, tight := n.Start, n.IsTight
	for i, whole := range w.whole {
		if !whole.cut || n != w.parts[i] {
			continue
		}
		shared.Boxed, tight = whole.boxed, whole.tight
		if whole.digits > 0 {
			shared.Digits, number = whole.digits, whole.start
		}
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		marker := Marker{Kind: Bullet, Number: w.bullet}
		if n.IsOrdered() {
			marker = Marker{Kind: Number, Number: number}
			number++
		}
		if box := taskOf(item); box != nil {
			marker = Marker{Kind: Open}
			if box.IsChecked {
				marker.Kind = Done
			}
		}
		w.item(item, frame{Frame: shared, node: item, tight: tight}, marker)
	}
}

func (w *walk) item(item ast.Node, f frame, marker Marker) {
	w.loneMarker() // of an item that opens this list at once
	w.inside(f, func() {
		w.marker = marker
		w.children(item)
		w.loneMarker()
	})
}

// loneMarker gives a marker that no text followed a line of its own.
func (w *walk) loneMarker() {
	if w.marker.Kind != NoMarker {
		w.put(Block{Kind: Paragraph, Part: Whole, Lead: leadParagraph})
	}
}

func hasTask(list *ast.List) bool {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if taskOf(item) != nil {
			return true
		}
	}
	return false
}

func taskOf(item ast.Node) *east.TaskCheckBox {
	first := item.FirstChild()
	if first == nil {
		return nil
	}
	box, _ := first.FirstChild().(*east.TaskCheckBox)
	return box
}

// figures counts the digits of a number of a list.
func figures(n int) int {
	count := 1
	for ; n >= 10; n /= 10 {
		count++
	}
	return count
}
