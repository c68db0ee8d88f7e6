package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Row sets objects side by side with a gap between them, centred on one line.
// What is wrapped in Grow shares the rest of the width; what is hidden takes no room.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, align: alignCentre}, objects...)
}

// TopRow is a Row whose objects hang from the top, for columns of text.
func TopRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, align: alignTop}, objects...)
}

// FullRow is a Row whose objects all take the full height, for panels.
func FullRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, align: alignFill}, objects...)
}

type rowAlign int

const (
	alignCentre rowAlign = iota
	alignTop
	alignFill
)

type rowLayout struct {
	gap, lastWidth float32
	align          rowAlign
}

// widths gives each object its least width and shares the rest among the grown
// ones. When there is not enough room, the objects keep their least width.
func (l *rowLayout) widths(shown []fyne.CanvasObject, total float32) []float32 {
	widths := make([]float32, len(shown))
	used, growing := l.gap*float32(max(0, len(shown)-1)), 0
	for i, o := range shown {
		if grows(o) {
			growing++
			continue
		}
		widths[i] = o.MinSize().Width
		used += widths[i]
	}
	for i, o := range shown {
		if grows(o) {
			widths[i] = max(0, (total-used)/float32(growing))
		}
	}
	return widths
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.lastWidth = size.Width
	shown := visible(objects)
	widths := l.widths(shown, size.Width)
	x := float32(0)
	for i, o := range shown {
		y, height := float32(0), size.Height
		if l.align != alignFill {
			height = min(size.Height, HeightFor(o, widths[i]))
			if l.align == alignCentre {
				y = (size.Height - height) / 2
			}
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(widths[i], height))
		x += widths[i] + l.gap
	}
}

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	shown := visible(objects)
	for _, o := range shown {
		least := o.MinSize()
		size.Width += least.Width
		size.Height = max(size.Height, least.Height)
	}
	size.Width += l.gap * float32(max(0, len(shown)-1))
	if l.lastWidth > 0 {
		size.Height = l.HeightForWidth(objects, l.lastWidth)
	}
	return size
}

func (l *rowLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	shown := visible(objects)
	height := float32(0)
	for i, w := range l.widths(shown, width) {
		height = max(height, HeightFor(shown[i], w))
	}
	return height
}
