package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Column stacks objects from top to bottom with a gap between them, each as wide
// as the column and as high as that width makes it. What is wrapped in Grow
// shares the rest of the height; what is hidden takes no room.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: gap}, objects...)
}

type columnLayout struct{ gap, lastWidth float32 }

func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.lastWidth = size.Width
	shown := visible(objects)
	heights := make([]float32, len(shown))
	used, growing := l.gap*float32(max(0, len(shown)-1)), 0
	for i, o := range shown {
		if grows(o) {
			growing++
			continue
		}
		heights[i] = HeightFor(o, size.Width)
		used += heights[i]
	}
	y := float32(0)
	for i, o := range shown {
		if grows(o) {
			heights[i] = max(0, (size.Height-used)/float32(growing))
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, heights[i]))
		y += heights[i] + l.gap
	}
}

func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return leastSize(l, objects, l.lastWidth)
}

func (l *columnLayout) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (l *columnLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	shown := visible(objects)
	height := l.gap * float32(max(0, len(shown)-1))
	for _, o := range shown {
		height += HeightFor(o, width)
	}
	return height
}
