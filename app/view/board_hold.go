package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
)

// holding is the drawing side of a widget that only holds an object. Fyne's
// own would paint the object again on Refresh, but not lay it out.
func holding(o fyne.CanvasObject) fyne.WidgetRenderer { return &holdingRenderer{o} }

type holdingRenderer struct{ held fyne.CanvasObject }

func (r *holdingRenderer) Destroy()                     {}
func (r *holdingRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.held} }
func (r *holdingRenderer) MinSize() fyne.Size           { return r.held.MinSize() }
func (r *holdingRenderer) Layout(size fyne.Size)        { r.held.Resize(size) }

func (r *holdingRenderer) Refresh() { r.held.Refresh() }

// centred keeps an object in the middle of its line, at its own size.
func centred(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Row(0, kit.Grow(kit.NewText("")), o, kit.Grow(kit.NewText("")))
}

// bleeding lets a scroller reach into the insets of its panel by the room that
// it keeps for focus rings and the scroll bar, so that its content stands in
// line with what is above and beneath it.
func bleeding(s *kit.Scroller) fyne.CanvasObject { return container.New(bleedLayout{}, s) }

type bleedLayout struct{}

const (
	ringRoom float32 = 6
	barRoom  float32 = 12
)

func (bleedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(-ringRoom, 0))
	objects[0].Resize(fyne.NewSize(size.Width+ringRoom+barRoom, size.Height))
}

func (bleedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(max(0, kit.LeastWidth(objects[0])-ringRoom-barRoom), objects[0].MinSize().Height)
}

func (bleedLayout) HeightForWidth(objects []fyne.CanvasObject, width float32) float32 {
	return kit.HeightFor(objects[0], width+ringRoom+barRoom)
}
