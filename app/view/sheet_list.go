package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
)

// steer lets a search field move the selection of the list under it, so that
// the hands stay where the typing is.
func steer(list *kit.Rows, key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown:
		list.TypedKey(key)
		return true
	}
	return false
}

// atLeast gives a list the height that it asks for itself in vain, times the
// text scale.
func atLeast(height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&leastLayout{height}, o)
}

type leastLayout struct{ height float32 }

func (l *leastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (l *leastLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, o := range objects {
		width = max(width, kit.LeastWidth(o))
	}
	return fyne.NewSize(width, l.HeightForWidth(objects, width))
}

// HeightForWidth is the height asked for, whatever the width.
func (l *leastLayout) HeightForWidth([]fyne.CanvasObject, float32) float32 {
	return l.height * textScale()
}
