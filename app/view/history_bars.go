package view

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// shareBar draws a share of a whole. The number stands beside it in words: the
// bar alone says nothing that cannot be read.
type shareBar struct {
	widget.BaseWidget

	from, to float32 // of the whole, 0 to 1
}

const shareBarHeight float32 = 8

func newShareBar(from, to float32) *shareBar {
	b := &shareBar{}
	b.ExtendBaseWidget(b)
	b.Set(from, to)
	return b
}

// Set shows the stretch between two shares of the whole.
func (b *shareBar) Set(from, to float32) {
	from, to = min(max(from, 0), 1), min(max(to, 0), 1)
	if from != b.from || to != b.to {
		b.from, b.to = from, max(from, to)
		b.Refresh()
	}
}

// CreateRenderer is Fyne's way to ask for the drawing side.
func (b *shareBar) CreateRenderer() fyne.WidgetRenderer {
	r := &shareBarRenderer{bar: b, track: canvas.NewRectangle(color.Transparent), fill: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type shareBarRenderer struct {
	bar         *shareBar
	track, fill *canvas.Rectangle
}

func (r *shareBarRenderer) Destroy() {}

func (r *shareBarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.fill}
}

func (r *shareBarRenderer) MinSize() fyne.Size { return fyne.NewSize(40, shareBarHeight) }

func (r *shareBarRenderer) Layout(size fyne.Size) {
	y := (size.Height - shareBarHeight) / 2
	r.track.Move(fyne.NewPos(0, y))
	r.track.Resize(fyne.NewSize(size.Width, shareBarHeight))
	left, right := size.Width*r.bar.from, size.Width*r.bar.to
	if r.bar.to > r.bar.from { // a short stretch is still seen
		right = max(right, left+3)
	}
	r.fill.Move(fyne.NewPos(left, y))
	r.fill.Resize(fyne.NewSize(max(0, right-left), shareBarHeight))
}

func (r *shareBarRenderer) Refresh() {
	b := r.bar
	r.track.FillColor, r.track.CornerRadius = look.For(b, look.Raised), shareBarHeight/2
	r.fill.FillColor, r.fill.CornerRadius = look.For(b, look.Primary), shareBarHeight/2
	if look.IsContrast(b) {
		r.track.StrokeColor, r.track.StrokeWidth = look.For(b, look.Border), 1
	} else {
		r.track.StrokeWidth = 0
	}
	r.track.Refresh()
	r.fill.Refresh()
	r.Layout(b.Size())
	canvas.Refresh(b)
}
