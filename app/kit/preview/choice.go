package preview

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// choice is the block that was chosen to be copied.
type choice struct {
	slot, block int
	set         bool
}

// moved brings a choice in line with an edit of the slots.
func (c *choice) moved(by change, slots int) {
	if c.slot >= by.from && c.slot < by.from+by.removed {
		c.set = c.set && c.slot-by.from < by.added
	} else if c.slot >= by.from+by.removed {
		c.slot += by.added - by.removed
	}
	c.set = c.set && c.slot < slots
}

func (v *View) choose(c choice) {
	v.chosen = c
	v.arrange()
}

// chooseAt chooses the block at a height of the view.
func (v *View) chooseAt(y float32) {
	y += v.scroll.Offset.Y - margin
	if len(v.slots) == 0 || y < 0 || y > v.places.end() {
		v.choose(choice{})
		return
	}
	c := choice{slot: v.places.at(y), set: true}
	s := v.slots[c.slot]
	if len(s.blocks) == 0 {
		return
	}
	c.block = s.inner.at(y - v.places.tops[c.slot])
	v.choose(c)
}

// chooseNext goes to the next block that has something to copy, or to the one
// before; from none to the first one in sight.
func (v *View) chooseNext(step int) {
	c := v.chosen
	if !c.set {
		if len(v.shown) == 0 {
			return
		}
		c = choice{slot: v.places.at(max(v.scroll.Offset.Y-margin, 0)), set: true}
		v.sync(c.slot)
		step, c.block = 1, -1
	}
	for {
		c.block += step
		for c.block < 0 || c.block >= len(v.slots[c.slot].blocks) {
			if c.slot += step; c.slot < 0 || c.slot >= len(v.slots) {
				return
			}
			v.sync(c.slot)
			c.block = 0
			if step < 0 {
				c.block = len(v.slots[c.slot].blocks) - 1
			}
		}
		if text, _ := v.slots[c.slot].copied(c.block); text != "" {
			break
		}
	}
	v.chosen = c
	v.showChosen()
}

// showChosen scrolls as far as needed to see the chosen block.
func (v *View) showChosen() {
	for range 3 { // heights on the way are learnt
		v.arrange()
		s := v.slots[v.chosen.slot]
		top := margin + v.places.tops[v.chosen.slot] + s.inner.tops[v.chosen.block]
		end := top + s.inner.heights[v.chosen.block] + v.ink.pitch()
		switch y := v.scroll.Offset.Y; {
		case top < y:
			v.scroll.Offset.Y = top - v.ink.pitch()
		case end > y+v.Size().Height:
			v.scroll.Offset.Y = min(end-v.Size().Height, top)
		default:
			return
		}
	}
	v.arrange()
}

// chosenObjects draw the frame around the chosen block, and the word that copies.
func (v *View) chosenObjects() []fyne.CanvasObject {
	if !v.chosen.set || v.chosen.slot >= len(v.slots) {
		return nil
	}
	s := v.slots[v.chosen.slot]
	if v.chosen.block >= len(s.blocks) || s.pieces[v.chosen.block] == nil {
		return nil
	}
	b := s.block(v.chosen.block)
	y := margin + v.places.tops[v.chosen.slot] + s.inner.tops[v.chosen.block] + b.Lead*v.ink.pitch()
	frame := canvas.NewRectangle(color.Transparent)
	frame.StrokeColor, frame.StrokeWidth, frame.CornerRadius = v.ink.border, 1, 4
	const room = 5
	frame.Move(fyne.NewPos(margin-room, y-room))
	frame.Resize(fyne.NewSize(v.textWidth()+2*room, s.inner.heights[v.chosen.block]-b.Lead*v.ink.pitch()+2*room))
	word := newLink("Copy", "", face{size: v.ink.mono}, v.ink, func(string) { v.Copy() })
	size := word.MinSize()
	ground := canvas.NewRectangle(v.ink.ground)
	at := fyne.NewPos(margin+v.textWidth()-size.Width-room, y-size.Height/2-room)
	ground.Move(at.SubtractXY(room, 0))
	ground.Resize(size.AddWidthHeight(2*room, 0))
	word.Move(at)
	word.Resize(size)
	return []fyne.CanvasObject{frame, ground, word}
}

// Copy gives the text of the chosen block to OnCopy, and says whether there was
// one.
func (v *View) Copy() bool {
	if !v.chosen.set || v.chosen.slot >= len(v.slots) || v.OnCopy == nil {
		return false
	}
	text, what := v.slots[v.chosen.slot].copied(v.chosen.block)
	if text == "" {
		return false
	}
	v.OnCopy(text, what)
	return true
}

// TypedShortcut copies the chosen block.
func (v *View) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		v.Copy()
	}
}

// copied is the text of a block, and what it is. Code and tables are copied
// whole, not by the pieces in which they are drawn.
func (s *slot) copied(j int) (text, what string) {
	if j < 0 || j >= len(s.blocks) {
		return "", ""
	}
	switch b := s.blocks[j]; b.Kind {
	case Code, Plain, Front:
		return s.joined(j, "\n", func(b Block) string { return b.Code.Text }), "code"
	case Row:
		return s.joined(j, "\n", func(b Block) string {
			cells := make([]string, len(b.Cells))
			for i, cell := range b.Cells {
				cells[i] = wordsOf(cell)
			}
			return strings.Join(cells, "\t")
		}), "table"
	case Picture:
		return b.Image.Alt, "text"
	case Note:
		return "", ""
	default:
		return wordsOf(b.Spans), "text"
	}
}

// joined reads all pieces of the code or table that a block is a piece of.
func (s *slot) joined(j int, by string, text func(Block) string) string {
	from, to := j, j
	for from > 0 && s.blocks[from].Part&First == 0 {
		from--
	}
	for to < len(s.blocks)-1 && s.blocks[to].Part&Last == 0 {
		to++
	}
	parts := make([]string, 0, to-from+1)
	for _, b := range s.blocks[from : to+1] {
		parts = append(parts, text(b))
	}
	return strings.Join(parts, by)
}

func wordsOf(spans []Span) string {
	var out strings.Builder
	for _, span := range spans {
		out.WriteString(span.Text)
	}
	return out.String()
}
