package preview

import (
	"maps"
	"slices"
	"strings"

	"github.com/yuin/goldmark/util"
)

// chunk is a piece of a document that is parsed by itself.
type chunk struct {
	raw   string // as typed; ends with a line end, but for the last one
	front bool   // it is the front matter
	first bool   // nothing stands above it
	goes  bool   // its list goes on from the piece above

	defines *definitions // nil is none
	asks    []string     // labels whose meaning it depends on; known when it is laid out
	parts   *parts       // of lists that are cut; nil when not counted
	lists   [2]list      // the whole of those: from above, and on below
	heads   []int        // levels of its headings as typed, in a section
	levels  []int        // and as they are shown
	opens   bool         // its first block stands in a tight list

	laid    bool
	version int // counts how often it was laid out
	blocks  []Block
}

// same reports a piece that reads the same.
func (c *chunk) same(other *chunk) bool {
	return c.front == other.front && c.first == other.first && c.goes == other.goes && c.raw == other.raw
}

// cut cuts text into pieces that can be parsed each by itself; the first one is
// like the one given. It stops before a piece that begins where the map says
// that an old one did, and gives that one's number; -1 when it came to the end.
func (d *Document) cut(text string, like chunk, meets map[int]int) (fresh []*chunk, met int) {
	s := newScan()
	from := 0
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n') + at + 1
		if end == at {
			end = len(text)
		}
		made := s.line(text[at:end], like.first && at == 0, d.longEnough(at-from, text[at:end]))
		if made != noCut && at > 0 {
			fresh = append(fresh, &chunk{raw: text[from:at], first: like.first, goes: like.goes})
			from, like = at, chunk{goes: made == itemCut}
			if old, ok := meets[at]; ok && d.pieces[old].goes == like.goes {
				return fresh, old
			}
		}
		at = end
	}
	if from < len(text) {
		fresh = append(fresh, &chunk{raw: text[from:], first: like.first, goes: like.goes})
	}
	return fresh, -1
}

// longEnough reports that a piece may end before a line, if that is an item. The
// line itself decides as far as can be: by length alone, a key in a list would
// move all cuts below.
func (d *Document) longEnough(length int, line string) bool {
	if length < d.longList {
		return false
	}
	f := fingerprintStart
	f.text(line)
	return length >= mostLists*d.longList || f%oneItemOf == 0
}

// line is cuts for a line as it was typed. Other line ends than these are rare
// enough that the piece is not cut at them.
func (s *scan) line(typed string, first, long bool) cut {
	if first {
		typed = strings.TrimPrefix(typed, byteOrderMark)
	}
	typed = strings.TrimSuffix(strings.TrimSuffix(typed, "\n"), "\r")
	if !needsCleaning(typed) {
		return s.cuts(typed, long)
	}
	line, rest, more := strings.Cut(clean(typed), "\n")
	if strings.HasPrefix(typed, byteOrderMark) {
		line = byteOrderMark + line // clean takes it for that of a whole text
	}
	made := s.cuts(line, long)
	for more {
		line, rest, more = strings.Cut(rest, "\n")
		s.cuts(line, false)
	}
	return made
}

// define finds what the piece defines for the others.
func (c *chunk) define(r readers) {
	if c.front || !mayDefine(c.raw) {
		return
	}
	if label, ok := loneNote(c.raw); ok {
		c.defines = &definitions{notes: []string{label}}
		return
	}
	if source := []byte(clean(c.raw)); !heavy(source) {
		if found := r.defines(source); !found.none() {
			c.defines = &found
		}
	}
}

// mayDefine reports a piece with a line that could begin a definition.
func mayDefine(raw string) bool {
	if !strings.Contains(raw, "]:") {
		return false
	}
	for line := range strings.Lines(raw) {
		label, ok := strings.CutPrefix(strings.TrimLeft(line, " \t>-+*.)0123456789"), "[")
		end := strings.IndexAny(label, "[]\\")
		closed := end >= 0 && label[end] == ']' && !strings.HasPrefix(label[end:], "]:")
		if ok && !closed || needsCleaning(line) {
			return true
		}
	}
	return false
}

// loneNote reads the usual footnote, a piece of its own, without the parser.
func loneNote(raw string) (label string, ok bool) {
	rest, ok := strings.CutPrefix(raw, "[^")
	end := strings.Index(rest, "]:")
	if !ok || end <= 0 || end >= longestLabel || strings.Contains(rest[end+2:], "]:") || needsCleaning(rest[:end]) {
		return "", false
	}
	label = rest[:end]
	if strings.ContainsAny(label, "[]\\\n") || strings.TrimSpace(label) == "" {
		return "", false
	}
	return util.ToLinkReference([]byte(label)), true
}

// forget makes the piece be laid out again when it is looked at.
func (c *chunk) forget() { c.laid, c.blocks, c.asks = false, nil, nil }

// lay parses the piece into blocks.
func (c *chunk) lay(d *Document) {
	c.laid = true
	c.version++
	if c.front {
		c.blocks = []Block{frontBlock(c.raw)}
		return
	}
	text := c.raw
	if c.first {
		text = strings.TrimPrefix(text, byteOrderMark)
	}
	source := []byte(clean(text))
	if heavy(source) {
		c.blocks, c.asks, c.opens = asTyped(string(source), saysHeavy), nil, false
		return
	}
	if !d.laidOut(c, source) {
		c.blocks, c.asks, c.opens = asTyped(string(source), saysBroken), nil, false
	}
}

// laidOut turns a panic of the parser into a refusal. The parser is somebody
// else's code and a person's words must not be able to close the window.
func (d *Document) laidOut(p *chunk, source []byte) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	c := newContext(&d.scope)
	root := d.readers.tree(source, c)
	w := walk{source: source, levels: p.levels}
	w.whole, w.parts = p.lists, p.listsIn(root)
	w.children(root)
	for i := range w.blocks {
		w.blocks[i].ID = uint64(fingerprintOf(&w.blocks[i]))
	}
	p.blocks, p.asks, p.opens = w.blocks, slices.Sorted(maps.Keys(c.asked)), w.opens
	return true
}

const (
	saysHeavy  = "Shown as typed: its nesting or its repeated marks would take too long to lay out."
	saysBroken = "Shown as typed: this text could not be read as markdown."
)

// asTyped are the blocks of text that is not laid out.
func asTyped(body, says string) []Block {
	blocks := []Block{{Kind: Note, Spans: []Span{{Text: says}}, Part: Whole, Lead: leadParagraph}}
	pieces := cutLines(body)
	for i, piece := range pieces {
		block := Block{Kind: Plain, Code: &Snippet{Text: piece}, Part: partOf(i, len(pieces))}
		if i == 0 {
			block.Lead = leadParagraph
		}
		blocks = append(blocks, block)
	}
	for i := range blocks {
		blocks[i].ID = uint64(fingerprintOf(&blocks[i]))
	}
	return blocks
}
