package preview

import (
	"slices"
	"strings"
)

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

// Change says which pieces of a document an edit replaced.
type change struct{ from, removed, added int }

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

func (d *Document) set(markdown string) change {
	head, at := 0, 0
	for head < len(d.pieces) && strings.HasPrefix(markdown[at:], d.pieces[head].raw) {
		at += len(d.pieces[head].raw)
		head++
	}
	tail, end, end2 := len(d.pieces), len(markdown), 0
	for _, p := range d.pieces[head:] {
		end2 += len(p.raw)
	}
	end2 += at
	for tail > head && strings.HasSuffix(markdown[at:end], d.pieces[tail-1].raw) {
		tail--
		end -= len(d.pieces[tail].raw)
		end2 -= len(d.pieces[tail].raw)
	}
	if head == tail && at == end {
		return change{from: head}
	}
	return d.edit(at, end2-at, markdown[at:end])
}

func (d *Document) edit(at, removed int, inserted string) change {
	first, start := d.find(&at)
	removed = max(removed, 0)
	if at < d.front || d.front > 0 && at == d.front && !strings.HasSuffix(d.pieces[0].raw, "\n") {
		return d.edited(at, removed, inserted)
	}
	// A cut depends on the line below it, so the piece above may reach further.
	least := 0
	if d.front > 0 {
		least = 1
	}
	if first > least {
		first--
		start -= len(d.pieces[first].raw)
	}
	made := d.splice(first, start, at, removed, inserted)
	if d.matter && d.front == 0 && at < mostFront && frontLength(d.head()) > 0 {
		return d.rebuild(d.Text())
	}
	return made
}

// find gives the piece that holds a byte, and where it starts. An offset
// outside of the text is brought inside.
func (d *Document) find(at *int) (i, start int) {
	*at = max(*at, 0)
	for i < len(d.pieces) && start+len(d.pieces[i].raw) <= *at {
		start += len(d.pieces[i].raw)
		i++
	}
	if i == len(d.pieces) {
		*at = start
	}
	return i, start
}

// head is enough of the text to find front matter in.
func (d *Document) head() string {
	if len(d.pieces) == 0 {
		return ""
	}
	if !strings.HasPrefix(strings.TrimPrefix(d.pieces[0].raw, byteOrderMark), frontRule) {
		return ""
	}
	var out strings.Builder
	for _, p := range d.pieces {
		if out.Len() > mostFront {
			break
		}
		out.WriteString(p.raw)
	}
	return out.String()
}

// edited applies an edit to the whole text, which is then cut anew.
func (d *Document) edited(at, removed int, inserted string) change {
	text := d.Text()
	return d.rebuild(text[:at] + inserted + text[min(at+removed, len(text)):])
}

// rebuild cuts the whole text anew, and keeps the pieces that stay the same.
func (d *Document) rebuild(text string) change {
	d.front = 0
	var fresh []*chunk
	if d.matter {
		if d.front = frontLength(text); d.front > 0 {
			fresh = append(fresh, &chunk{raw: text[:d.front], front: true})
			text = text[d.front:]
		}
	}
	body, _ := d.cut(text, chunk{first: d.front == 0}, nil)
	fresh = append(fresh, body...)
	return d.replace(0, len(d.pieces), fresh)
}

// splice edits the text from one piece on, as far as the edit reaches.
func (d *Document) splice(first, start, at, removed int, inserted string) change {
	last, end := first, start
	like := chunk{first: start == 0}
	if first < len(d.pieces) {
		like.goes = d.pieces[first].goes
	}
	var region strings.Builder
	for last < len(d.pieces) && end <= at+removed {
		end += len(d.pieces[last].raw)
		last++
	}
	old := joined(d.pieces[first:last])
	removed = min(removed, len(old)-(at-start))
	region.WriteString(old[:at-start])
	region.WriteString(inserted)
	edited := region.Len()
	region.WriteString(old[at-start+removed:])
	more := 1
	for {
		text := region.String()
		fresh, met := d.cut(text, like, d.starts(first, last, len(text), edited))
		if met >= 0 {
			return d.replace(first, met, fresh)
		}
		if last == len(d.pieces) {
			return d.replace(first, last, fresh)
		}
		for range more {
			if last < len(d.pieces) {
				region.WriteString(d.pieces[last].raw)
				last++
			}
		}
		more *= 2
	}
}

// starts gives the old pieces that an edit did not reach, by where they begin in
// the edited text of the pieces from first to last.
func (d *Document) starts(first, last, end, edited int) map[int]int {
	out := map[int]int{}
	for i := last - 1; i >= first; i-- {
		if end -= len(d.pieces[i].raw); end < edited {
			break
		}
		if !d.pieces[i].first { // a first piece is read in its own way
			out[end] = i
		}
	}
	return out
}

func joined(pieces []*chunk) string {
	if len(pieces) == 1 {
		return pieces[0].raw
	}
	var out strings.Builder
	for _, p := range pieces {
		out.WriteString(p.raw)
	}
	return out.String()
}

// replace puts fresh pieces in the place of old ones, and brings what they
// define in line.
func (d *Document) replace(from, to int, fresh []*chunk) change {
	old := d.pieces[from:to]
	for len(old) > 0 && len(fresh) > 0 && old[0].same(fresh[0]) {
		old, fresh = old[1:], fresh[1:]
		from++
	}
	for len(old) > 0 && len(fresh) > 0 && old[len(old)-1].same(fresh[len(fresh)-1]) {
		old, fresh = old[:len(old)-1], fresh[:len(fresh)-1]
		to--
	}
	defined, headed := false, false
	for _, p := range old {
		defined, headed = defined || !p.defines.none(), headed || len(p.heads) > 0
	}
	for _, p := range fresh {
		p.define(d.readers)
		if d.below > 0 {
			p.heads = d.readers.heads(p.raw)
		}
		defined, headed = defined || !p.defines.none(), headed || len(p.heads) > 0
	}
	made := change{from, len(old), len(fresh)}
	d.pieces = slices.Replace(d.pieces, from, to, fresh...)
	if defined {
		d.rescope()
	}
	if headed {
		d.reoutline()
	}
	d.relist(from, from+len(fresh))
	return made
}

// rescope finds out what the document defines now. Pieces that asked for a label
// which changed are laid out again when they are looked at.
func (d *Document) rescope() {
	var now scope
	for _, p := range d.pieces {
		if !p.defines.none() {
			now.take(p.defines)
		}
	}
	changed := d.scope.changed(now)
	d.scope = now
	if len(changed) == 0 {
		return
	}
	for _, p := range d.pieces {
		if p.laid && slices.ContainsFunc(p.asks, func(label string) bool { return changed[label] }) {
			p.forget()
		}
	}
}
