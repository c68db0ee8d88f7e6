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
// the wheel from what lies under it. The wheel is kept by a sponge of its own, since
// Fyne clips whatever can be scrolled, and the shadow lies outside.
type surface struct {
	widget.BaseWidget

	content fyne.CanvasObject
	sponge  *sponge
}

// sponge soaks up the wheel.
type sponge struct{ widget.BaseWidget }

func (s *sponge) Scrolled(*fyne.ScrollEvent) {}

func (s *sponge) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

func newSurface(content fyne.CanvasObject) *surface {
	s := &surface{content: content, sponge: &sponge{}}
	s.sponge.ExtendBaseWidget(s.sponge)
	s.ExtendBaseWidget(s)
	return s
}

func (s *surface) Tapped(*fyne.PointEvent)          {}
func (s *surface) MouseIn(*desktop.MouseEvent)      {}
func (s *surface) MouseMoved(*desktop.MouseEvent)   {}
func (s *surface) MouseOut()                        {}
func (s *surface) Children() []fyne.CanvasObject    { return []fyne.CanvasObject{s.content} }
func (s *surface) HeightForWidth(w float32) float32 { return HeightFor(s.content, w) }

func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{surface: s, shade: canvas.NewRectangle(color.Transparent), box: canvas.NewRectangle(color.Transparent)}
	r.colour()
	return r
}

type surfaceRenderer struct {
	surface    *surface
	shade, box *canvas.Rectangle
}

func (r *surfaceRenderer) Destroy() {}

func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.box, r.surface.sponge, r.surface.content}
}

func (s *surface) LeastWidth() float32 { return LeastWidth(s.content) }

func (r *surfaceRenderer) MinSize() fyne.Size { return r.surface.content.MinSize() }

func (r *surfaceRenderer) Layout(size fyne.Size) {
	r.shade.Resize(size)
	r.box.Resize(size)
	r.surface.sponge.Resize(size)
	r.surface.content.Resize(size)
}

func (r *surfaceRenderer) colour() {
	s := r.surface
	r.box.FillColor, r.box.StrokeColor = look.For(s, look.Panel), look.For(s, look.Border)
	r.box.StrokeWidth, r.box.CornerRadius = 1, look.Corner+4
	if look.IsContrast(s) {
		r.box.StrokeWidth = 2
	}
	// The shadow has a rectangle of its own: Fyne draws a stroke with a shadow askew.
	r.shade.FillColor, r.shade.CornerRadius = look.For(s, look.Panel), r.box.CornerRadius
	r.shade.Shadow = canvas.Shadow{Color: look.For(s, theme.ColorNameShadow), BlurRadius: 24, Offset: fyne.NewPos(0, 8)}
}

func (r *surfaceRenderer) Refresh() {
	r.colour()
	r.shade.Refresh()
	r.box.Refresh()
	r.surface.content.Refresh()
	r.Layout(r.surface.Size())
	canvas.Refresh(r.surface)
}
