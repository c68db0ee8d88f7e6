package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Responsive shows one arrangement where there is room and another where there is
// not. Both may hold the same widgets: only one is in the window at a time, so text
// and focus stay when it changes. Room is width divided by the text scale.
type Responsive struct {
	widget.BaseWidget

	from         float32
	wide, narrow fyne.CanvasObject
	isWide       bool
	// OnChange hears which arrangement is shown now.
	OnChange func(wide bool)
}

// NewResponsive shows wide from a width on, and narrow below it.
func NewResponsive(from float32, wide, narrow fyne.CanvasObject) *Responsive {
	r := &Responsive{from: from, wide: wide, narrow: narrow}
	r.ExtendBaseWidget(r)
	return r
}

// IsWide says which arrangement is shown.
func (r *Responsive) IsWide() bool { return r.isWide }

// Children lets the focus find its way in.
func (r *Responsive) Children() []fyne.CanvasObject { return []fyne.CanvasObject{r.shown()} }

// LeastWidth is that of the narrow arrangement: the window may always become narrow.
func (r *Responsive) LeastWidth() float32 { return LeastWidth(r.narrow) }

// HeightForWidth is that of the arrangement that the width would show.
func (r *Responsive) HeightForWidth(width float32) float32 {
	if r.fits(width) {
		return HeightFor(r.wide, width)
	}
	return HeightFor(r.narrow, width)
}

func (r *Responsive) fits(width float32) bool {
	return width/look.SizeFor(r, look.SizeScale) >= r.from
}

func (r *Responsive) shown() fyne.CanvasObject {
	if r.isWide {
		return r.wide
	}
	return r.narrow
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *Responsive) CreateRenderer() fyne.WidgetRenderer { return &responsiveRenderer{r} }

type responsiveRenderer struct{ responsive *Responsive }

func (r *responsiveRenderer) Destroy() {}

func (r *responsiveRenderer) Objects() []fyne.CanvasObject { return r.responsive.Children() }

func (r *responsiveRenderer) MinSize() fyne.Size {
	s := r.responsive
	width := s.LeastWidth()
	return fyne.NewSize(width, s.HeightForWidth(max(width, s.Size().Width)))
}

func (r *responsiveRenderer) Layout(size fyne.Size) {
	s := r.responsive
	before := s.isWide
	s.isWide = s.fits(size.Width)
	s.shown().Resize(size)
	if s.isWide != before {
		// The shared widgets were placed by the other arrangement, in the same sizes
		// maybe, so every container has to place its children again.
		s.shown().Refresh()
		canvas.Refresh(s)
		if s.OnChange != nil {
			s.OnChange(s.isWide)
		}
	}
}

func (r *responsiveRenderer) Refresh() {
	r.responsive.shown().Refresh()
	r.Layout(r.responsive.Size())
	canvas.Refresh(r.responsive)
}

// Fixed gives an object a width, times the text scale.
func Fixed(width float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&fixedLayout{width: width}, object)
}

type fixedLayout struct {
	growLayout
	width float32
}

func (l *fixedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return leastSize(l, objects, l.lastWidth)
}

func (l *fixedLayout) leastWidth([]fyne.CanvasObject) float32 { return l.width * currentScale() }

// currentScale is the text scale for layouts, which stand in no widget.
func currentScale() float32 {
	if t, ok := fyne.CurrentApp().Settings().Theme().(*look.Theme); ok {
		return t.Scale()
	}
	return 1
}

// SideWidth is the width of the side part of Columns.
const SideWidth float32 = 320

// NewColumns sets a side part of 320 pixels beside the main part, or below it where
// there is no room for both. From is the width from which both fit.
func NewColumns(from float32, main, side fyne.CanvasObject) *Responsive {
	wide := FullRow(look.Space4, Grow(main), Fixed(SideWidth, side))
	narrow := Column(look.Space4, Grow(main), side)
	return NewResponsive(from, wide, narrow)
}
