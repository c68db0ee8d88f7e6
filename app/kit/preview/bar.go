package preview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

const (
	// barHeight is the room below wide code or a wide table for its bar.
	barHeight float32 = 12
	barThick  float32 = 5
)

// bar shows how far wide content is scrolled, and is dragged. It is our own:
// the one of a Fyne scroll lies on the last line and throws a shadow on it.
type bar struct {
	widget.BaseWidget
	shared  *shift
	content float32
	thumb   *canvas.Rectangle
}

var _ fyne.Draggable = (*bar)(nil)

func newBar(shared *shift, content float32, colour color.Color) *bar {
	b := &bar{shared: shared, content: content, thumb: canvas.NewRectangle(colour)}
	b.thumb.CornerRadius = barThick / 2
	b.ExtendBaseWidget(b)
	shared.bars[b] = true
	return b
}

// CreateRenderer is how Fyne draws the bar.
func (b *bar) CreateRenderer() fyne.WidgetRenderer { return &barRenderer{b} }

// Dragged moves the content as far as the thumb goes in proportion.
func (b *bar) Dragged(e *fyne.DragEvent) {
	if width := b.Size().Width; width > 0 {
		b.shared.by(e.Dragged.DX * b.content / width)
	}
}

// DragEnd does nothing: the content stays where it was dragged to.
func (b *bar) DragEnd() {}

func (b *bar) show() {
	width := b.Size().Width
	if b.content <= 0 || width <= 0 {
		return
	}
	length := max(width*width/b.content, 2*barHeight)
	x := b.shared.x / max(b.content-width, 1) * (width - length)
	b.thumb.Move(fyne.NewPos(x, (barHeight-barThick)/2))
	b.thumb.Resize(fyne.NewSize(length, barThick))
}

type barRenderer struct{ bar *bar }

func (r *barRenderer) Layout(fyne.Size) { r.bar.show() }

func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(2*barHeight, barHeight) }

func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.bar.thumb} }

func (r *barRenderer) Refresh() { r.bar.show(); canvas.Refresh(r.bar) }

func (r *barRenderer) Destroy() {}
