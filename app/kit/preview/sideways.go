package preview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// shift is how far the pieces of one code or table are scrolled to the side.
type shift struct {
	x      float32
	pieces map[*sideways]bool
	bars   map[*bar]bool
}

func newShift() *shift {
	return &shift{pieces: map[*sideways]bool{}, bars: map[*bar]bool{}}
}

// by moves all pieces and bars together, as far as there is something to see.
func (s *shift) by(distance float32) {
	var furthest float32
	for piece := range s.pieces {
		furthest = max(furthest, piece.Content.MinSize().Width-piece.Size().Width)
	}
	s.x = min(max(s.x+distance, 0), furthest)
	for piece := range s.pieces {
		piece.ScrollToOffset(fyne.NewPos(s.x, 0))
	}
	for b := range s.bars {
		b.Refresh()
	}
}

// sideways scrolls what is wider than the page, and hands every turn of the
// wheel that goes up or down to the page. A Fyne scroll keeps them for itself.
type sideways struct {
	container.Scroll
	shared *shift
	wheel  func(*fyne.ScrollEvent)
}

func newSideways(content fyne.CanvasObject, size fyne.Size, shared *shift, wheel func(*fyne.ScrollEvent)) *sideways {
	s := &sideways{shared: shared, wheel: wheel}
	s.Direction = container.ScrollNone // it still moves and clips, without a bar
	s.Content = container.New(&fixedSize{size}, content)
	s.Offset = fyne.NewPos(shared.x, 0)
	s.ExtendBaseWidget(s)
	shared.pieces[s] = true
	return s
}

// Scrolled moves to the side only for a movement that is mostly to the side.
func (s *sideways) Scrolled(e *fyne.ScrollEvent) {
	across, along := e.Scrolled.DX, e.Scrolled.DY
	if across*across <= along*along {
		s.wheel(e)
		return
	}
	s.shared.by(-across)
}

// scrolls places content that is wider than its room, and a bar below the last
// piece. It gives the y below.
func (p *page) scrolls(group uint64, content fyne.CanvasObject, size fyne.Size, x, y, width float32) float32 {
	shared := p.shiftOf(group)
	side := newSideways(content, size, shared, p.wheel)
	p.sides = append(p.sides, side)
	p.place(side, x, y, width, size.Height)
	y += size.Height
	if p.block.Part&Last != 0 {
		b := newBar(shared, size.Width, p.border)
		p.bars = append(p.bars, b)
		p.place(b, x, y, width, barHeight)
		y += barHeight
	}
	return y
}

// fixedSize lets a scroll know how wide a drawing without layout is.
type fixedSize struct{ size fyne.Size }

func (f *fixedSize) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Resize(f.size)
	}
}

func (f *fixedSize) MinSize([]fyne.CanvasObject) fyne.Size { return f.size }
