package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Grid sets objects in equal columns, at most columns of them. Where a cell would
// become narrower than its content it halves the number of columns, so that a row
// of four becomes two by two, then one above the other.
func Grid(gap float32, columns int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&gridLayout{gap: gap, columns: max(1, columns)}, objects...)
}

type gridLayout struct {
	gap, lastWidth float32
	columns        int
}

func (l *gridLayout) fit(shown []fyne.CanvasObject, width float32) int {
	least := widest(shown)
	n := min(l.columns, max(1, len(shown)))
	for n > 1 && l.cell(n, width) < least {
		n = (n + 1) / 2
	}
	return n
}

func (l *gridLayout) cell(columns int, width float32) float32 {
	return max(0, (width-l.gap*float32(columns-1))/float32(columns))
}

func (l *gridLayout) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	shown := visible(objects)
	n := l.fit(shown, width)
	cell := l.cell(n, width)
	y := float32(0)
	for start := 0; start < len(shown); start += n {
		line := shown[start:min(start+n, len(shown))]
		height := float32(0)
		for _, o := range line {
			height = max(height, HeightFor(o, cell))
		}
		for i, o := range line {
			put(o, fyne.NewPos(float32(i)*(cell+l.gap), y), fyne.NewSize(cell, height))
		}
		y += height + l.gap
	}
	return max(0, y-l.gap)
}

func (l *gridLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.lastWidth = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Move(at)
		o.Resize(size)
	})
}

func (l *gridLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return leastSize(l, objects, l.lastWidth)
}

func (l *gridLayout) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (l *gridLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	return l.place(objects, width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}
