package editor

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// CreateRenderer is how Fyne draws the editor.
func (e *Editor) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{editor: e, ring: kit.NewRing(), back: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type renderer struct {
	editor *Editor
	ring   kit.Ring
	back   *canvas.Rectangle
}

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject {
	e := r.editor
	return []fyne.CanvasObject{r.back, e.scroll, e.sign, e.wrong, r.ring.Object()}
}

// MinSize leaves room for five rows.
func (r *renderer) MinSize() fyne.Size {
	return fyne.NewSize(120, 5*inkFor(r.editor).pitch()+2*frameY)
}

func (r *renderer) Layout(size fyne.Size) {
	e := r.editor
	beneath := float32(0)
	if e.problem != "" {
		indent := e.sign.MinSize().Width + look.Space1
		height := e.wrong.HeightForWidth(size.Width - indent)
		beneath = height + look.Space1 + 2
		e.wrong.Move(fyne.NewPos(indent, size.Height-height))
		e.wrong.Resize(fyne.NewSize(size.Width-indent, height))
		e.sign.Move(fyne.NewPos(0, size.Height-height))
		e.sign.Resize(e.sign.MinSize())
	}
	page := fyne.NewSize(size.Width, max(size.Height-beneath, 0))
	r.back.Resize(page)
	r.ring.Around(fyne.Position{}, page)
	e.scroll.Move(fyne.NewPos(0, 1))
	e.scroll.Resize(fyne.NewSize(size.Width, max(page.Height-2, 0)))
	e.resized()
}

func (r *renderer) Refresh() {
	e := r.editor
	r.back.FillColor, r.back.StrokeColor = look.For(e, theme.ColorNameInputBackground), look.For(e, look.Border)
	if e.fixed {
		r.back.FillColor = color.Transparent
	}
	r.back.StrokeWidth, r.back.CornerRadius = 1, look.Corner
	r.back.Refresh()
	e.sign.Hidden, e.wrong.Hidden = e.problem == "", e.problem == ""
	e.wrong.Refresh()
	e.sign.Refresh()
	if now := inkFor(e); now != e.ink {
		e.ink = now
		e.epoch++
	}
	r.ring.Show(e, e.focused)
	r.Layout(e.Size())
	canvas.Refresh(e)
}
