package preview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// shift is how far the pieces of one code or table are scrolled to the side.
type shift struct {
	x      float32
	pieces map[*sideways]bool
}

// sideways scrolls what is wider than the page, and hands every turn of the
// wheel that goes up or down to the page. A Fyne scroll keeps them for itself.
type sideways struct {
	container.Scroll
	shared *shift
	wheel  func(*fyne.ScrollEvent)
}

// newSideways makes the scroll for one piece. Only the last piece has a bar.
func newSideways(content fyne.CanvasObject, size fyne.Size, part Part, shared *shift, wheel func(*fyne.ScrollEvent)) *sideways {
	s := &sideways{shared: shared, wheel: wheel}
	s.Direction = container.ScrollNone
	if part&Last != 0 {
		s.Direction = container.ScrollHorizontalOnly
	}
	s.Content = container.New(&fixedSize{size}, content)
	s.Offset = fyne.NewPos(shared.x, 0)
	s.OnScrolled = func(at fyne.Position) { shared.to(at.X) }
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
	furthest := max(s.Content.MinSize().Width-s.Size().Width, 0)
	s.shared.to(min(max(s.Offset.X-across, 0), furthest))
}

// to moves all pieces.
func (s *shift) to(x float32) {
	if s.x == x {
		return
	}
	s.x = x
	for piece := range s.pieces {
		piece.ScrollToOffset(fyne.NewPos(x, 0))
	}
}

// fixedSize lets a scroll know how wide a drawing without layout is.
type fixedSize struct{ size fyne.Size }

func (f *fixedSize) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Resize(f.size)
	}
}

func (f *fixedSize) MinSize([]fyne.CanvasObject) fyne.Size { return f.size }
