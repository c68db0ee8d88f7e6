package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// A wrapped text is as high as its width makes it, and Fyne asks for a height
// before it gives a width. The layouts of this file ask the other way round: they
// know the width first, so a window is right after one pass.

// tall is a widget whose height follows from its width.
type tall interface {
	HeightForWidth(width float32) float32
}

// tallLayout is a layout whose height follows from its width.
type tallLayout interface {
	HeightForWidth(objects []fyne.CanvasObject, width float32) float32
}

// narrow is a widget that knows its least width without asking for its height.
type narrow interface {
	LeastWidth() float32
}

// flowLayout is what every layout of ours is. Asking for width and height apart
// keeps a deep tree cheap: were each level to ask its children for both, every
// level would double the work.
type flowLayout interface {
	tallLayout
	leastWidth(objects []fyne.CanvasObject) float32
}

// LeastWidth says how narrow an object can become.
func LeastWidth(object fyne.CanvasObject) float32 {
	switch o := object.(type) {
	case narrow:
		return o.LeastWidth()
	case *fyne.Container:
		if l, ok := o.Layout.(flowLayout); ok {
			return l.leastWidth(o.Objects)
		}
	}
	return object.MinSize().Width
}

// usualWidth is taken for an object that was not laid out yet.
const usualWidth float32 = 800

// leastSize is what Fyne asks a layout for: the least width, and the height at the
// width that the layout had last.
func leastSize(l flowLayout, objects []fyne.CanvasObject, lastWidth float32) fyne.Size {
	width := l.leastWidth(objects)
	if lastWidth <= 0 {
		lastWidth = max(width, usualWidth)
	}
	return fyne.NewSize(width, l.HeightForWidth(objects, lastWidth))
}

func widest(objects []fyne.CanvasObject) float32 {
	width := float32(0)
	for _, o := range objects {
		if o.Visible() {
			width = max(width, LeastWidth(o))
		}
	}
	return width
}

// HeightFor says how high an object has to be at a width.
func HeightFor(object fyne.CanvasObject, width float32) float32 {
	switch o := object.(type) {
	case tall:
		return o.HeightForWidth(width)
	case *fyne.Container:
		if l, ok := o.Layout.(tallLayout); ok {
			return l.HeightForWidth(o.Objects, width)
		}
	}
	return object.MinSize().Height
}

// Grow makes an object take the room that its neighbours in a Row or a Column
// leave over. Several grown objects share it.
func Grow(object fyne.CanvasObject) *fyne.Container {
	return container.New(&growLayout{}, object)
}

func grows(object fyne.CanvasObject) bool {
	c, ok := object.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(*growLayout)
	return ok
}

type growLayout struct{ lastWidth float32 }

func (l *growLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.lastWidth = size.Width
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (l *growLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return leastSize(l, objects, l.lastWidth)
}

func (*growLayout) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (*growLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, HeightFor(o, width))
	}
	return height
}

// Inset puts room around an object.
func Inset(x, y float32, object fyne.CanvasObject) *fyne.Container {
	return container.New(&insetLayout{x: x, y: y}, object)
}

type insetLayout struct{ x, y, lastWidth float32 }

func (l *insetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.lastWidth = size.Width
	for _, o := range objects {
		o.Move(fyne.NewPos(l.x, l.y))
		o.Resize(size.SubtractWidthHeight(2*l.x, 2*l.y))
	}
}

func (l *insetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return leastSize(l, objects, l.lastWidth)
}

func (l *insetLayout) leastWidth(objects []fyne.CanvasObject) float32 {
	return widest(objects) + 2*l.x
}

func (l *insetLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, HeightFor(o, width-2*l.x))
	}
	return height + 2*l.y
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}
