package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"firebreak/app/look"
)

// Ring is the focus ring: three pixels, two pixels outside of the widget.
//
// Each focusable widget draws its own ring as the last of its objects. Fyne has no
// event for "the focus moved", but it calls FocusGained and FocusLost on the widget
// itself; and what a widget draws moves with it when a list scrolls or the window
// is resized. So there is nothing to follow: no overlay, no timer, no goroutine.
// The price is five pixels of room around each focusable widget: rows and columns
// keep a gap of eight, and Scroller pads its content, so that nothing is clipped.
type Ring struct {
	rect *canvas.Rectangle
}

// NewRing makes a hidden ring for the renderer of a focusable widget.
func NewRing() Ring {
	rect := canvas.NewRectangle(color.Transparent)
	rect.StrokeWidth = look.RingWidth
	rect.Hide()
	return Ring{rect: rect}
}

// Object is what the renderer adds to its objects, last.
func (r Ring) Object() fyne.CanvasObject { return r.rect }

// Around lays the ring around a part of the widget that draws it.
func (r Ring) Around(at fyne.Position, size fyne.Size) {
	out := look.RingGap + look.RingWidth // a window draws the stroke inside of the edge
	r.rect.Move(at.SubtractXY(out, out))
	r.rect.Resize(size.AddWidthHeight(2*out, 2*out))
}

// Inside lays the ring within the edge, for items that lie side by side.
func (r Ring) Inside(at fyne.Position, size fyne.Size) {
	r.rect.Move(at.AddXY(1, 1))
	r.rect.Resize(size.SubtractWidthHeight(2, 2))
}

// Show draws the ring when the widget has the focus, in the colours of its theme.
func (r Ring) Show(w fyne.Widget, focused bool) {
	r.rect.StrokeColor = look.For(w, look.Ring)
	r.rect.CornerRadius = look.Corner + look.RingGap
	r.rect.Hidden = !focused
	r.rect.Refresh()
}
