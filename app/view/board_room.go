package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// leastList is the least height of the list under the card, times the text
// scale, and leastPart that of the tasks or the roles in its place; leastForm
// is that of the card's form, which scrolls when it needs more.
const (
	leastList float32 = 96
	leastPart float32 = 220
	leastForm float32 = 104
)

// room shares the height of the board's main part: what stands at the top gets
// what it needs, as long as the list under it keeps its least; then the card's
// form scrolls. Where even that does not fit, the whole part scrolls.
type room struct {
	top   fyne.CanvasObject   // as high as it needs, the form inside it apart
	form  *kit.Scroller       // the part of the top that may become lower
	rest  []fyne.CanvasObject // under it, such as tabs
	list  fyne.CanvasObject   // takes what is left
	least func() float32      // how high that is at least
	view  float32             // the height of the view
}

// newRoom makes the scrolling part; its content always fills the view.
func newRoom(top fyne.CanvasObject, form *kit.Scroller, list fyne.CanvasObject, leastOf func() float32, rest ...fyne.CanvasObject) *fyne.Container {
	r := &room{top: top, form: form, rest: rest, list: list, least: leastOf}
	page := container.New(r, append(append([]fyne.CanvasObject{top}, rest...), list)...)
	return container.New(&viewLayout{room: r}, kit.NewScroller(page))
}

// textScale is the text scale of the theme that is worn.
func textScale() float32 { return fyne.CurrentApp().Settings().Theme().Size(look.SizeScale) }

// viewLayout tells the room how high the view is before the scroller asks.
type viewLayout struct{ room *room }

func (l *viewLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.room.view = size.Height - 2*ringRoom
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (l *viewLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// heights are the height of the top, the least one of it, and that of the rest.
func (r *room) heights(width float32) (top, least, rest float32) {
	top = kit.HeightFor(r.top, width)
	form := kit.HeightFor(r.form, width)
	least = top
	if r.form.Visible() {
		least = top - form + min(form, leastForm*textScale())
	}
	rest = look.Space3
	for _, o := range r.rest {
		if o.Visible() {
			rest += kit.HeightFor(o, width) + look.Space2
		}
	}
	return top, least, rest
}

// HeightForWidth fills the view, and is more where the parts need more.
func (r *room) HeightForWidth(_ []fyne.CanvasObject, width float32) float32 {
	_, least, rest := r.heights(width)
	return max(r.view, least+rest+r.least()*textScale())
}

func (r *room) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top, least, rest := r.heights(size.Width)
	list := r.least() * textScale()
	top = max(least, min(top, size.Height-rest-list))
	r.top.Move(fyne.Position{})
	r.top.Resize(fyne.NewSize(size.Width, top))
	y := top + look.Space3
	for _, o := range r.rest {
		if o.Visible() {
			height := kit.HeightFor(o, size.Width)
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(size.Width, height))
			y += height + look.Space2
		}
	}
	r.list.Move(fyne.NewPos(0, y))
	r.list.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
}

func (r *room) MinSize([]fyne.CanvasObject) fyne.Size {
	width := max(kit.LeastWidth(r.top), kit.LeastWidth(r.list))
	for _, o := range r.rest {
		width = max(width, kit.LeastWidth(o))
	}
	return fyne.NewSize(width, leastList)
}
