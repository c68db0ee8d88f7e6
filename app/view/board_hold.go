package view

import (
	"fyne.io/fyne/v2"

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
