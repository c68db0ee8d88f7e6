package preview

import (
	"math"
	"strings"
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
		v.guessAll()
	}
	v.clamp()
	var sight []sighted
	// Setting a block may show that it is higher than guessed, which moves the
	// others. It settles at once but for the first look at a place.
	for range 6 {
		keep := v.anchor()
		var moved int
		if sight, moved = v.ready(); moved < 0 {
			break
		}
		v.places.stack(moved)
		v.scroll.Offset.Y = v.found(keep)
		v.clamp()
	}
	v.place(sight)
}

// sighted are the blocks of one slot that are in sight.
type sighted struct{ slot, from, to int }

// ready sets the blocks in sight, and gives the first slot whose height was not
// known; -1 when all were.
func (v *View) ready() (sight []sighted, moved int) {
	if moved = -1; len(v.slots) == 0 {
		return nil, moved
	}
	y := v.scroll.Offset.Y - margin
	upper, lower := y-beyond, y+v.Size().Height+beyond
	i := v.places.at(upper)
	for top := v.places.tops[i]; i < len(v.slots) && top < lower; i++ {
		s := v.slots[i]
		v.sync(i)
		if len(s.blocks) > 0 {
			from := s.inner.at(upper - top)
			to := v.set(s, from, lower-top)
			sight = append(sight, sighted{i, from, to})
		}
		if v.places.learn(i, s.inner.end()) && moved < 0 {
			moved = i
		}
		top += s.inner.end()
	}
	return sight, moved
}

// set lays out the blocks of a slot from one on, down to a height, and gives the
// one after the last.
func (v *View) set(s *slot, from int, lower float32) (to int) {
	y := s.inner.tops[from]
	for to = from; to < len(s.blocks) && (y < lower || to == from); to++ {
		if s.pieces[to] == nil {
			s.pieces[to] = v.compose(s, s.block(to))
		}
		s.inner.learn(to, s.pieces[to].height)
		y += s.pieces[to].height
	}
	s.inner.stack(from)
	return to
}

// sync brings a slot in line with its text.
func (v *View) sync(i int) {
	none := 0
	v.slots[i].sync(v.leadOf(i), v.guess, &none)
}

// leadOf is the space above a slot, which depends on what stands above it.
func (v *View) leadOf(i int) float32 {
	s := v.slots[i]
	blocks := s.doc.blocksOf(s.text)
	if len(blocks) == 0 {
		return leadNone
	}
	for i--; i >= 0; i-- {
		above := v.slots[i]
		if above := above.doc.blocksOf(above.text); len(above) > 0 {
			return leadBetween(above[len(above)-1].Kind, &blocks[0], s.text.goes && s.text.opens)
		}
	}
	return leadNone
}

// compose lays one block out.
func (v *View) compose(s *slot, b Block) *piece {
	v.built++
	p := page{
		ink: v.ink, block: v.named(b), onLink: v.follow, wheel: v.scroll.Scrolled, shiftOf: s.shiftOf,
		toNote: func(label string) { v.toNote(s.doc, label) }, images: v.Images, unfold: v.unfold, unfolded: v.unfolded,
	}
	width := v.textWidth()
	height := p.set(width)
	made := &piece{object: container.NewWithoutLayout(p.objects...), height: height, sides: p.sides, bars: p.bars}
	made.object.Resize(fyne.NewSize(width, height))
	return made
}

// follow looks OnLink up when the link is pressed: it may be set after Show.
func (v *View) follow(address string) {
	if v.OnLink != nil {
		v.OnLink(address)
	}
}

// place moves the blocks in sight to where they stand and drops the rest.
func (v *View) place(sight []sighted) {
	v.round++
	objects := make([]fyne.CanvasObject, 0, 2*len(sight)+2)
	now := make([]*slot, 0, len(sight))
	for _, in := range sight {
		s := v.slots[in.slot]
		s.round = v.round
		s.putAway(in.from, in.to)
		now = append(now, s)
		for j := in.from; j < in.to; j++ {
			s.pieces[j].object.Move(fyne.NewPos(margin, margin+v.places.tops[in.slot]+s.inner.tops[j]))
			objects = append(objects, s.pieces[j].object)
		}
	}
	for _, s := range v.shown {
		if s.round != v.round {
			s.putAway(0, 0)
		}
	}
	v.shown = now
	v.column.Objects = append(objects, v.chosenObjects()...)
	v.column.Resize(fyne.NewSize(v.Size().Width, max(v.height(), v.Size().Height)))
	// Only the scroll itself: refreshing its content would draw all text anew.
	v.scroll.Base.Refresh()
}

// guessAll gives every slot a guessed height.
func (v *View) guessAll() { v.places.reset(len(v.slots), v.guesser()) }

// guesser makes cheap heights for texts that were not laid out yet.
func (v *View) guesser() func(i int) float32 {
	if v.ink.text == nil {
		return func(int) float32 { return 0 }
	}
	pitch, perLine := v.ink.pitch(), v.perLine()
	return func(i int) float32 {
		s := v.slots[i]
		if s.version != 0 && s.version == s.text.version {
			return s.inner.end()
		}
		rows := max(float32(strings.Count(s.text.raw, "\n")), float32(len(s.text.raw))/perLine)
		return (rows + leadParagraph) * pitch
	}
}

// perLine is how many characters go on a line, roughly.
func (v *View) perLine() float32 {
	return max(v.textWidth()/max(v.ink.base*0.5, 1), 10)
}

// guess is a cheap height for a block that was not in sight yet.
func (v *View) guess(b *Block) float32 {
	pitch := v.ink.pitch()
	lead := b.Lead * pitch
	switch {
	case b.Kind == Front:
		return lead + pitch
	case b.Code != nil:
		return lead + float32(lineCount(b.Code.Text))*v.ink.mono*codeLineHeight
	case b.Kind == Row:
		return lead + pitch + 2*cellPadY
	}
	characters := 0
	for _, span := range b.Spans {
		characters += utf8.RuneCountInString(span.Text)
	}
	return lead + float32(math.Ceil(max(float64(characters), 1)/float64(v.perLine())))*pitch
}

func lineCount(text string) int { return strings.Count(text, "\n") + 1 }

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
