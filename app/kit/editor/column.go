package editor

import (
	"slices"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"firebreak/app/look"
)

// beyond is how far outside of the view blocks are kept ready.
const beyond float32 = 200

// barRoom keeps the text clear of the scroll bar.
const barRoom float32 = 12

// frameX and frameY are the room between the edge and the text.
const (
	frameX = look.Space3
	frameY = look.Space2
)

// sight is where everything on the page stands, and what of it is in sight.
type sight struct {
	ink   ink
	epoch int // of settings: an older one is set anew
	tops  ladder[float32]
	stale bool // tops are of a text before
	top   anchor
	wide  float32
	busy  bool
	first int // the blocks in sight
	last  int
	built int      // how many blocks were set
	live  []*block // those that are
	round int      // of arranging, to see which of them went out of sight
}

// anchor is what stands at the top of the view: a block, and how much of it is
// above. Heights that become known move nothing that is in sight.
type anchor struct {
	block int
	into  float32
}

// setting is a block as it was laid out: at a width, in an ink.
type setting struct {
	epoch  int
	round  int // when it was in sight last
	rows   []row
	object *fyne.Container
}

// width is how wide lines are.
func (e *Editor) width() float32 { return max(e.wide-2*frameX-barRoom, 40) }

// resized lays out anew when the width has changed.
func (e *Editor) resized() {
	if wide := e.scroll.Size().Width; wide != e.wide {
		e.wide = wide
		e.epoch++
	}
	e.arrange()
}

// scrolled takes over where a person scrolled to.
func (e *Editor) scrolled() {
	if e.busy {
		return
	}
	e.stack()
	e.top = e.anchorAt(e.scroll.Offset.Y)
	e.arrange()
}

func (e *Editor) anchorAt(y float32) anchor {
	i := e.blockAt(y)
	return anchor{block: i, into: y - e.tops.at(i)}
}

// stack finds where each block stands. A block that was never in sight has a
// guessed height.
func (e *Editor) stack() {
	if !e.stale {
		return
	}
	e.stale = false
	blocks := e.buf.doc.blocks
	e.tops = build(len(blocks), func(i int) float32 { return e.heightOf(blocks[i]) })
}

func (e *Editor) heightOf(b *block) float32 {
	if b.height == 0 {
		b.height = e.guess(b)
	}
	return b.height
}

func (e *Editor) guess(b *block) float32 {
	perLine := max(int(e.width()/max(e.ink.size*0.5, 1)), 10)
	return float32(max(b.lines, 1)+len(b.text)/perLine/2) * e.ink.pitch()
}

// blockAt is the block that covers a height.
func (e *Editor) blockAt(y float32) int { return e.tops.find(y) }

// height is that of the whole page: the text, the row behind its last line end,
// and the room around.
func (e *Editor) height() float32 {
	height := e.tops.end() + 2*frameY
	if e.tailed() {
		height += e.ink.pitch()
	}
	return height
}

// tailed says whether an empty row follows the last block: the text ends with a
// line end.
func (e *Editor) tailed() bool {
	blocks := e.buf.doc.blocks
	last := blocks[len(blocks)-1].text
	return last != "" && last[len(last)-1] == '\n'
}

func (e *Editor) clamp(y float32) float32 {
	return min(max(y, 0), max(e.height()-e.scroll.Size().Height, 0))
}

// arrange sets the blocks in sight and puts the others away.
func (e *Editor) arrange() {
	view := e.scroll.Size().Height
	if e.busy || e.wide <= 0 || view <= 0 || e.ink.size == 0 {
		return
	}
	e.busy = true
	defer func() { e.busy = false }()
	// Setting a block may show another height than was guessed, which moves the
	// ones below. It settles at once but for the first look at a place.
	for range 8 {
		e.stack()
		e.top.block = min(max(e.top.block, 0), len(e.buf.doc.blocks)-1)
		y := e.clamp(e.tops.at(e.top.block) + e.top.into)
		e.scroll.Offset.Y = y
		e.top = e.anchorAt(y)
		e.first, e.last = e.blockAt(y-beyond), e.blockAt(y+view+beyond)
		if !e.ready(e.first, e.last) {
			break
		}
	}
	e.drop()
	e.search()
	e.surface.place()
}

// drop puts away what went out of sight. Its height stays known.
func (e *Editor) drop() {
	e.round++
	for _, b := range e.buf.doc.blocks[e.first : e.last+1] {
		b.set.round = e.round
	}
	e.live = slices.DeleteFunc(e.live, func(b *block) bool {
		if b.set != nil && b.set.round == e.round {
			return false
		}
		b.set = nil
		return true
	})
}

// ready sets the blocks that are not, and reports whether one turned out to have
// another height.
func (e *Editor) ready(first, last int) bool {
	moved := false
	for i := first; i <= last; i++ {
		moved = e.set(i) || moved
	}
	return moved
}

// set lays one block out and reports whether its height is another now.
func (e *Editor) set(i int) bool {
	b := e.buf.doc.blocks[i]
	if b.set != nil && b.set.epoch == e.epoch {
		return false
	}
	e.built++
	if b.set == nil {
		e.live = append(e.live, b)
	}
	rows := rowsOf(b, e.width(), e.ink.width, e.note)
	y := float32(0)
	objects := make([]fyne.CanvasObject, 0, len(rows))
	for n := range rows {
		r := &rows[n]
		r.y = y
		object, pitch := e.rowObject(b, *r)
		object.Move(fyne.NewPos(frameX, y+(pitch-object.MinSize().Height)/2))
		objects = append(objects, object)
		y += pitch
	}
	b.set = &setting{epoch: e.epoch, rows: rows, object: container.NewWithoutLayout(objects...)}
	b.set.object.Resize(fyne.NewSize(e.wide, y))
	changed := b.height != y
	b.height = y
	if changed && !e.stale {
		e.tops.splice(i, 1, y)
	}
	return changed
}

func (e *Editor) rowObject(b *block, r row) (object *canvas.Text, pitch float32) {
	if r.note != "" {
		text := canvas.NewText(e.cut("= "+r.note, e.ink.small), e.ink.muted)
		text.TextSize = e.ink.small
		return text, e.ink.notePitch()
	}
	text := canvas.NewText(shown(b.text[r.from:r.to]), e.ink.text)
	text.TextSize, text.TextStyle = e.ink.size, e.ink.style(r.face)
	return text, e.ink.pitch()
}

// cut keeps a text on one row.
func (e *Editor) cut(text string, size float32) string {
	text = shown(text)
	width := func(s string, _ face) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width }
	if text == "" || width(text, body) <= e.width() {
		return text
	}
	room := e.width() - width("…", body)
	return strings.TrimRight(text[:fitting(text, room, body, width)], " ") + "…"
}

// spot is a place on the page: a block, a row of it, and where on the row.
type spot struct {
	block, row int
	x          float32
	tail       bool // the row behind the last line end
}

// spotOf finds a place of the text on the page. A place between two rows of one
// line is at the beginning of the second, or with behind at the end of the
// first.
func (e *Editor) spotOf(place int, behind bool) spot {
	d := e.buf.doc
	if place == d.size() && e.tailed() {
		return spot{block: len(d.blocks) - 1, tail: true}
	}
	i := d.at(place)
	b := d.blocks[i]
	e.set(i)
	at := place - d.start(i)
	rows := b.set.rows
	n := sort.Search(len(rows), func(n int) bool { return rows[n].next > at })
	n = min(n, len(rows)-1)
	if behind && n > 0 && rows[n].from == at && rows[n].note == "" && rows[n-1].note == "" {
		n--
	}
	for n > 0 && rows[n].note != "" {
		n--
	}
	r := rows[n]
	return spot{block: i, row: n, x: e.ink.width(shown(b.text[r.from:min(max(at, r.from), r.to)]), r.face)}
}

// yOf is how far below the top of the text a spot is.
func (e *Editor) yOf(s spot) float32 {
	e.stack()
	if s.tail {
		return e.tops.end()
	}
	return e.tops.at(s.block) + e.buf.doc.blocks[s.block].set.rows[s.row].y
}

// placeOn is the place of the text nearest to x on a row, and whether it is at
// the end of a row that goes on below.
func (e *Editor) placeOn(block, n int, x float32) (place int, behind bool) {
	d := e.buf.doc
	b := d.blocks[block]
	r := b.set.rows[n]
	at, left := r.from, float32(0)
	for at < r.to {
		next := at + letter(b.text[at:r.to])
		right := e.ink.width(shown(b.text[r.from:next]), r.face)
		if x < (left+right)/2 {
			break
		}
		at, left = next, right
	}
	behind = at == r.next && at < len(b.text) && n+1 < len(b.set.rows)
	return d.start(block) + at, behind
}

// placeAt is the place of the text nearest to a point on the page.
func (e *Editor) placeAt(p fyne.Position) (place int, behind bool) {
	d := e.buf.doc
	y := p.Y - frameY
	e.stack()
	if y >= e.tops.end() && e.tailed() {
		return d.size(), false
	}
	i := e.blockAt(y)
	e.set(i)
	rows := d.blocks[i].set.rows
	n := max(sort.Search(len(rows), func(n int) bool { return e.tops.at(i)+rows[n].y > y })-1, 0)
	for n > 0 && rows[n].note != "" {
		n--
	}
	return e.placeOn(i, n, p.X-frameX)
}

// reveal scrolls as little as is needed to show the caret.
func (e *Editor) reveal() {
	view := e.scroll.Size().Height
	if e.wide > 0 && view > 0 && e.ink.size > 0 {
		for range 4 { // the way there may be of guessed heights
			y := e.yOf(e.spotOf(e.buf.caret, e.behind)) + frameY
			e.stack()
			now := e.clamp(e.tops.at(min(e.top.block, e.tops.len()-1)) + e.top.into)
			switch pitch := e.ink.pitch(); {
			case y-frameY < now:
				now = y - frameY
			case y+pitch+frameY > now+view:
				now = y + pitch + frameY - view
			default:
				e.arrange()
				return
			}
			e.top = e.anchorAt(e.clamp(now))
			e.arrange()
		}
		return
	}
	e.arrange()
}
