package preview

import (
	"math"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

const (
	// margin is the white space around the column.
	margin float32 = 16
	// beyond is how far outside the view blocks are kept ready.
	beyond float32 = 200
)

// textWidth is how wide lines are: what fits, but no wider than reads well.
func (v *View) textWidth() float32 {
	return max(min(v.Size().Width-2*margin, v.ink.measureWidth()), narrowest)
}

// height is the height of the whole page.
func (v *View) height() float32 { return v.places.end() + 2*margin }

// arrange sets the blocks in sight and puts the others away.
func (v *View) arrange() {
	if v.placing || v.Size().Width <= 0 || v.Size().Height <= 0 {
		return
	}
	v.placing = true
	defer func() { v.placing = false }()
	if v.ink.text == nil {
		v.ink = inkFor(v)
		v.places.reset(v.doc.Blocks, nil, v.guess)
	}
	v.clamp()
	var from, to int
	// Setting a block may show that it is higher than guessed, which moves the
	// others. It settles at once but for the first look at a place.
	for range 6 {
		keep := v.anchor()
		from, to = v.inSight()
		if !v.ready(from, to) {
			break
		}
		v.places.stack(0)
		v.scroll.Offset.Y = v.found(keep)
		v.clamp()
	}
	v.place(from, to)
}

// inSight gives the first block to be ready, and the one after the last.
func (v *View) inSight() (from, to int) {
	if len(v.doc.Blocks) == 0 {
		return 0, 0
	}
	y := v.scroll.Offset.Y - margin
	return v.places.at(y - beyond), v.places.at(y+v.Size().Height+beyond) + 1
}

// ready sets the blocks that are not, and reports a height that was not known.
func (v *View) ready(from, to int) bool {
	moved := false
	for i := from; i < to; i++ {
		b := v.doc.Blocks[i]
		made, ok := v.live[b.ID]
		if !ok {
			made = v.compose(b)
			v.live[b.ID] = made
		}
		if v.places.learn(i, made.height) {
			moved = true
		}
	}
	return moved
}

// compose lays one block out.
func (v *View) compose(b Block) *piece {
	v.built++
	p := page{ink: v.ink, block: b, onLink: v.follow, wheel: v.scroll.Scrolled, shiftOf: v.shiftOf}
	width := v.textWidth()
	height := p.set(width)
	made := &piece{object: container.NewWithoutLayout(p.objects...), height: height, sides: p.sides, bars: p.bars}
	made.object.Resize(fyne.NewSize(width, height))
	return made
}

func (v *View) shiftOf(group uint64) *shift {
	if v.shifts[group] == nil {
		v.shifts[group] = newShift()
	}
	return v.shifts[group]
}

// leave takes a piece out of sight out of what scrolls together.
func (p *piece) leave() {
	for _, side := range p.sides {
		delete(side.shared.pieces, side)
	}
	for _, b := range p.bars {
		delete(b.shared.bars, b)
	}
}

// follow looks OnLink up when the link is pressed: it may be set after Show.
func (v *View) follow(address string) {
	if v.OnLink != nil {
		v.OnLink(address)
	}
}

// place moves the blocks in sight to where they stand and drops the rest.
func (v *View) place(from, to int) {
	objects := make([]fyne.CanvasObject, 0, to-from)
	keep := make(map[uint64]bool, to-from)
	for i := from; i < to; i++ {
		made := v.live[v.doc.Blocks[i].ID]
		keep[v.doc.Blocks[i].ID] = true
		made.object.Move(fyne.NewPos(margin, margin+v.places.tops[i]))
		objects = append(objects, made.object)
	}
	for id, made := range v.live {
		if keep[id] {
			continue
		}
		made.leave()
		delete(v.live, id)
	}
	v.column.Objects = objects
	v.column.Resize(fyne.NewSize(v.Size().Width, max(v.height(), v.Size().Height)))
	// Only the scroll itself: refreshing its content would draw all text anew.
	v.scroll.Base.Refresh()
}

// guess is a cheap height for a block that was not in sight yet.
func (v *View) guess(b *Block) float32 {
	pitch := v.ink.pitch()
	lead := b.Lead * pitch
	switch {
	case b.Code != nil:
		return lead + float32(lineCount(b.Code.Text))*v.ink.mono*codeLineHeight
	case b.Kind == Row:
		return lead + pitch + 2*cellPadY
	}
	perLine := max(v.textWidth()/max(v.ink.base*0.5, 1), 10)
	characters := 0
	for _, span := range b.Spans {
		characters += utf8.RuneCountInString(span.Text)
	}
	return lead + float32(math.Ceil(max(float64(characters), 1)/float64(perLine)))*pitch
}

func lineCount(text string) int {
	n := 1
	for i := range len(text) {
		if text[i] == '\n' {
			n++
		}
	}
	return n
}

// mark is a place in the text: a block, and how far above the view it starts.
type mark struct {
	ids    []uint64 // the block at the top, then the ones above it
	offset float32
	top    bool
}

// anchor remembers what stands at the top of the view.
func (v *View) anchor() mark {
	y := v.scroll.Offset.Y - margin
	if y <= 0 || len(v.doc.Blocks) == 0 || len(v.places.heights) == 0 {
		return mark{top: true, offset: v.scroll.Offset.Y}
	}
	at := v.places.at(y)
	m := mark{offset: y - v.places.tops[at]}
	for i := at; i >= 0 && len(m.ids) < 16; i-- {
		m.ids = append(m.ids, v.doc.Blocks[i].ID)
	}
	return m
}

// found gives the scroll offset that brings a mark back to where it was.
func (v *View) found(m mark) float32 {
	if m.top {
		return m.offset
	}
	wanted := make(map[uint64]int, len(m.ids))
	for rank, id := range m.ids {
		wanted[id] = rank
	}
	best, place := len(m.ids), -1
	for i := range v.doc.Blocks {
		if rank, ok := wanted[v.doc.Blocks[i].ID]; ok && rank < best {
			best, place = rank, i
		}
		if best == 0 {
			break
		}
	}
	if place < 0 {
		return v.scroll.Offset.Y
	}
	return margin + v.places.tops[place] + m.offset
}

func (v *View) clamp() {
	furthest := max(v.height()-v.Size().Height, 0)
	v.scroll.Offset.Y = min(max(v.scroll.Offset.Y, 0), furthest)
}

func (v *View) scrollTo(y float32) {
	v.scroll.Offset.Y = y
	v.arrange()
}

// columnLayout tells the scroll how high the page is; the view places the blocks.
type columnLayout struct{ view *View }

func (c *columnLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

func (c *columnLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(1, c.view.height())
}
