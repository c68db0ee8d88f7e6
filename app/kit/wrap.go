package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Wrap sets objects side by side at their least width and goes to a new line
// where the width ends, for chips and rows of small buttons.
func Wrap(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{gap: gap}, objects...)
}

type wrapLayout struct{ gap, lastWidth float32 }

// place calls put for each object and returns the height that was used.
func (l *wrapLayout) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	shown := visible(objects)
	y := float32(0)
	for start := 0; start < len(shown); {
		end, x, line := start, float32(0), float32(0)
		for end < len(shown) {
			least := shown[end].MinSize()
			if end > start && x+least.Width > width {
				break
			}
			x += least.Width + l.gap
			line = max(line, least.Height)
			end++
		}
		x = 0
		for _, o := range shown[start:end] {
			least := o.MinSize()
			put(o, fyne.NewPos(x, y+(line-least.Height)/2), fyne.NewSize(min(least.Width, max(width, 0)), least.Height))
			x += least.Width + l.gap
		}
		y += line + l.gap
		start = end
	}
	return max(0, y-l.gap)
}

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.lastWidth = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Move(at)
		o.Resize(size)
	})
}

func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return leastSize(l, objects, l.lastWidth)
}

func (l *wrapLayout) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (l *wrapLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	return l.place(objects, width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}
