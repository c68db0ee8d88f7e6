package editor

import (
	"runtime"

	"fyne.io/fyne/v2"
)

// aiming is what the next key of a move needs to know of those before.
type aiming struct {
	held   bool // Shift is down
	goal   float32
	aimed  bool // goal is where Up and Down stay in line with
	behind bool // the caret is at the end of a row, not at the beginning of the next
}

// move carries the caret, and reports whether the key does that.
func (e *Editor) move(key fyne.KeyName, held bool) bool {
	b := e.buf
	from, to := b.selection()
	switch key {
	case fyne.KeyLeft:
		if from != to && !held {
			e.goTo(from, false)
		} else {
			e.goTo(b.left(), held)
		}
	case fyne.KeyRight:
		if from != to && !held {
			e.goTo(to, false)
		} else {
			e.goTo(b.right(), held)
		}
	case fyne.KeyUp:
		e.line(-1, held)
	case fyne.KeyDown:
		e.line(1, held)
	case fyne.KeyHome:
		e.edge(false, held)
	case fyne.KeyEnd:
		e.edge(true, held)
	case fyne.KeyPageUp:
		e.page(-1, held)
	case fyne.KeyPageDown:
		e.page(1, held)
	default:
		return false
	}
	return true
}

func (e *Editor) goTo(at int, held bool) {
	e.aimed, e.behind = false, false
	e.buf.place(at, held)
	e.reveal()
}

// aim is how far from the left Up and Down stay.
func (e *Editor) aim(s spot) float32 {
	if !e.aimed {
		e.goal, e.aimed = s.x, true
	}
	return e.goal
}

// line moves one row up or down, into the next block where this one ends. From
// the first row it goes to the beginning of the text, from the last to its end.
func (e *Editor) line(by int, held bool) {
	s := e.spotOf(e.buf.caret, e.behind)
	x := e.aim(s)
	block, n, ok := e.rowBeside(s, by)
	switch {
	case ok && n < 0: // the row behind the last line end
		e.buf.place(e.buf.doc.size(), held)
		e.behind = false
	case ok:
		at, behind := e.placeOn(block, n, x)
		e.buf.place(at, held)
		e.behind = behind
	case by < 0:
		e.buf.place(0, held)
		e.behind = false
	default:
		e.buf.place(e.buf.doc.size(), held)
		e.behind = false
	}
	e.reveal()
}

// rowBeside is the row above or below a spot; a row of -1 is the one behind the
// last line end.
func (e *Editor) rowBeside(s spot, by int) (block, n int, ok bool) {
	blocks := e.buf.doc.blocks
	block, n = s.block, s.row+by
	if s.tail {
		if by > 0 {
			return 0, 0, false
		}
		n = len(e.rows(block)) - 1
	}
	for {
		for n >= 0 && n < len(e.rows(block)) {
			if e.rows(block)[n].note == "" {
				return block, n, true
			}
			n += by
		}
		if block += by; block < 0 {
			return 0, 0, false
		}
		if block >= len(blocks) {
			return 0, -1, e.tailed()
		}
		n = 0
		if by < 0 {
			n = len(e.rows(block)) - 1
		}
	}
}

func (e *Editor) rows(block int) []row {
	e.set(block)
	return e.buf.doc.blocks[block].set.rows
}

// edge goes to the beginning or the end of the row; from there to that of the
// line.
func (e *Editor) edge(end, held bool) {
	b, s := e.buf, e.spotOf(e.buf.caret, e.behind)
	e.aimed = false
	at, behind := b.doc.size(), false
	if !s.tail {
		r := e.rows(s.block)[s.row]
		start := b.doc.start(s.block)
		switch {
		case end && b.caret != start+r.to:
			at, behind = start+r.to, r.to == r.next && start+r.to < b.doc.size()
		case end:
			at = b.lineEnd(b.caret)
		case b.caret != start+r.from:
			at = start + r.from
		default:
			at = b.lineStart(b.caret)
		}
	}
	b.place(at, held)
	e.behind = behind
	e.reveal()
}

// paragraph is the beginning of the block, or of the one before or behind. On a
// Mac the keys that ask for it go to the ends of the text.
func (e *Editor) paragraph(by int) int {
	d, caret := e.buf.doc, e.buf.caret
	i := d.at(caret)
	switch {
	case runtime.GOOS == "darwin" && by < 0:
		return 0
	case runtime.GOOS == "darwin" || by > 0 && i+1 == len(d.blocks):
		return d.size()
	case by > 0:
		return d.start(i + 1)
	case caret == d.start(i) && i > 0:
		return d.start(i - 1)
	default:
		return d.start(i)
	}
}

// page goes as far as is in sight, and scrolls along.
func (e *Editor) page(by float32, held bool) {
	s := e.spotOf(e.buf.caret, e.behind)
	x := e.aim(s)
	step := max(e.scroll.Size().Height-2*e.ink.pitch(), e.ink.pitch())
	y := e.yOf(s) + by*step + e.ink.pitch()/2
	at, behind := 0, false
	switch {
	case y < 0:
	case y >= e.height()-2*frameY:
		at = e.buf.doc.size()
	default:
		at, behind = e.placeAt(fyne.NewPos(x+frameX, y+frameY))
	}
	e.top.into += by * step
	e.buf.place(at, held)
	e.behind = behind
	e.reveal()
}
