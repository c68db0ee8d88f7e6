package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/look"
)

// NewEmpty says what belongs in an empty place and offers one button to begin; the
// button may be nil. It stands in the middle of the room that it gets.
func NewEmpty(icon, sentence string, button *Button) *fyne.Container {
	parts := []fyne.CanvasObject{
		container.New(&middleLayout{}, NewIcon(icon).Edge(40).In(look.Border)),
		NewText(sentence).In(look.Muted).Wrapped().Aligned(fyne.TextAlignCenter),
	}
	if button != nil {
		parts = append(parts, container.New(&middleLayout{}, button))
	}
	return container.New(&middleLayout{width: 420}, Column(look.Space4, parts...))
}

// middleLayout keeps an object in the middle at its own size, or at most at a width.
type middleLayout struct{ width, lastWidth float32 }

func (l *middleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.lastWidth = size.Width
	for _, o := range objects {
		width := l.fit(o, size.Width)
		height := min(size.Height, HeightFor(o, width))
		o.Move(fyne.NewPos((size.Width-width)/2, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
}

func (l *middleLayout) fit(o fyne.CanvasObject, room float32) float32 {
	if l.width > 0 {
		return min(l.width, room)
	}
	return min(LeastWidth(o), room)
}

func (l *middleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return leastSize(l, objects, l.lastWidth)
}

func (l *middleLayout) leastWidth(objects []fyne.CanvasObject) float32 { return widest(objects) }

func (l *middleLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, HeightFor(o, l.fit(o, width)))
	}
	return height
}
