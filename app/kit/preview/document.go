package preview

import "strings"

// Document is markdown that is being edited. It is kept as pieces that can each
// be parsed by itself; a piece is parsed when it comes into sight, and again
// when its text changes. So a key in a megabyte costs a look at one piece.
//
// A document belongs to one goroutine at a time.
type Document struct {
	pieces  []*chunk
	readers readers
	scope   scope
	// below pushes headings down, to stand under a heading of that level.
	below int
	// matter says that the text may begin with front matter.
	matter bool
	front  int // how long the front matter is with its lines, in bytes
	parsed int // how many bytes were parsed since the document was made
	// longList is from which length on a list is cut.
	longList int
}

// Parse takes markdown over. It never fails: text that cannot be read, or that
// would hang the reader, is shown as typed with a sentence why.
func Parse(markdown string) *Document {
	d := &Document{readers: newReaders(), longList: longList, matter: true}
	d.rebuild(markdown)
	return d
}

// ParseBelow takes over the text of a section, whose headings are pushed below
// that level. A section has no front matter.
func ParseBelow(level int, markdown string) *Document {
	d := &Document{readers: newReaders(), longList: longList, below: level}
	d.rebuild(markdown)
	return d
}

// Edit replaces removed bytes at a byte offset. Offsets outside of the text are
// brought inside.
func (d *Document) Edit(at, removed int, inserted string) { d.edit(at, removed, inserted) }

// Set makes the document say markdown, and parses what differs.
func (d *Document) Set(markdown string) { d.set(markdown) }

// Len is the length of the text, in bytes.
func (d *Document) Len() int {
	n := 0
	for _, p := range d.pieces {
		n += len(p.raw)
	}
	return n
}

// Text is what was typed, byte for byte.
func (d *Document) Text() string {
	var out strings.Builder
	out.Grow(d.Len())
	for _, p := range d.pieces {
		out.WriteString(p.raw)
	}
	return out.String()
}

// FrontMatter is the raw text between the leading --- lines, without them.
func (d *Document) FrontMatter() string {
	if d.front == 0 {
		return ""
	}
	return frontText(d.pieces[0].raw)
}

// Blocks lays the whole document out. A screen asks for the pieces in sight.
func (d *Document) Blocks() []Block {
	var out []Block
	for i, p := range d.pieces {
		blocks := d.blocksOf(p)
		for j, b := range blocks {
			if j == 0 {
				b.Lead = d.lead(i)
			}
			out = append(out, b)
		}
	}
	return out
}

// blocksOf are the blocks of one piece. The first one's Lead is what it wishes
// for; lead says what it gets.
func (d *Document) blocksOf(p *chunk) []Block {
	if !p.laid {
		d.parsed += len(p.raw)
		p.lay(d)
	}
	return p.blocks
}

// lead is the space above the first block of a piece, which depends on what the
// piece above ends with.
func (d *Document) lead(i int) float32 {
	p := d.pieces[i]
	first := &p.blocks[0]
	for i--; i >= 0; i-- {
		if above := d.blocksOf(d.pieces[i]); len(above) > 0 {
			return leadBetween(above[len(above)-1].Kind, first, p.goes && p.opens)
		}
	}
	return leadNone
}
