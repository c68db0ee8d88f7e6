package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// surface is the body of a layer: a raised card that keeps taps, the pointer and
// the wheel from what lies under it.
type surface struct {
	widget.BaseWidget

	content fyne.CanvasObject
}

func newSurface(content fyne.CanvasObject) *surface {
	s := &surface{content: content}
	s.ExtendBaseWidget(s)
	return s
}

func (s *surface) Tapped(*fyne.PointEvent)          {}
func (s *surface) Scrolled(*fyne.ScrollEvent)       {}
func (s *surface) MouseIn(*desktop.MouseEvent)      {}
func (s *surface) MouseMoved(*desktop.MouseEvent)   {}
func (s *surface) MouseOut()                        {}
func (s *surface) Children() []fyne.CanvasObject    { return []fyne.CanvasObject{s.content} }
func (s *surface) HeightForWidth(w float32) float32 { return HeightFor(s.content, w) }

func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{surface: s, box: canvas.NewRectangle(color.Transparent)}
	r.colour()
	return r
}

type surfaceRenderer struct {
	surface *surface
	box     *canvas.Rectangle
}

func (r *surfaceRenderer) Destroy() {}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.surface.content}
}

func (r *surfaceRenderer) MinSize() fyne.Size { return r.surface.content.MinSize() }

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.box.Resize(size)
	r.surface.content.Resize(size)
}

func (r *surfaceRenderer) colour() {
	s := r.surface
	r.box.FillColor, r.box.StrokeColor = look.For(s, look.Panel), look.For(s, look.Border)
	r.box.StrokeWidth, r.box.CornerRadius = 1, look.Corner+4
	if look.IsContrast(s) {
		r.box.StrokeWidth = 2
	}
	r.box.Shadow = canvas.Shadow{Color: look.For(s, theme.ColorNameShadow), BlurRadius: 24, Offset: fyne.NewPos(0, 8)}
}

func (r *surfaceRenderer) Refresh() {
	r.colour()
	r.box.Refresh()
	r.surface.content.Refresh()
	r.Layout(r.surface.Size())
	canvas.Refresh(r.surface)
}
