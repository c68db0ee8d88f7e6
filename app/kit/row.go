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

// TopRow is a Row whose objects stand with their first lines of text on one line,
// whatever their sizes; what has no text hangs from the top.
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
		widths[i] = LeastWidth(o)
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
	drops := l.drops(shown)
	x := float32(0)
	for i, o := range shown {
		y, height := drops[i], size.Height
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
	return leastSize(l, objects, l.lastWidth)
}

func (l *rowLayout) leastWidth(objects []fyne.CanvasObject) float32 {
	shown := visible(objects)
	width := l.gap * float32(max(0, len(shown)-1))
	for _, o := range shown {
		width += LeastWidth(o)
	}
	return width
}

func (l *rowLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	shown := visible(objects)
	height, drops := float32(0), l.drops(shown)
	for i, w := range l.widths(shown, width) {
		height = max(height, drops[i]+HeightFor(shown[i], w))
	}
	return height
}

// drops says how far each object of a TopRow hangs down, so that the first lines
// of all texts stand on one baseline.
func (l *rowLayout) drops(shown []fyne.CanvasObject) []float32 {
	drops := make([]float32, len(shown))
	if l.align != alignTop {
		return drops
	}
	lowest := float32(0)
	for i, o := range shown {
		drops[i] = baselineOf(o)
		lowest = max(lowest, drops[i])
	}
	for i := range drops {
		if drops[i] > 0 {
			drops[i] = lowest - drops[i]
		}
	}
	return drops
}

// baselineOf is where the first line of an object stands; 0 when it has no text.
func baselineOf(o fyne.CanvasObject) float32 {
	if b, ok := o.(interface{ Baseline() float32 }); ok {
		return b.Baseline()
	}
	if c, ok := o.(*fyne.Container); ok && len(c.Objects) > 0 {
		switch l := c.Layout.(type) {
		case *growLayout, *fixedLayout, *columnLayout, *rowLayout, *wrapLayout:
			return baselineOf(c.Objects[0])
		case *insetLayout:
			if inner := baselineOf(c.Objects[0]); inner > 0 {
				return inner + l.y
			}
		}
	}
	return 0
}
