package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// tallFrom is the height of a window, by text scale, from which the choices
// stand above the list. Below it they are a page of their own.
const tallFrom float32 = 700

// importPages are what the sheet can show. Those of a document share their
// widgets; one is in the window at a time.
type importPages struct {
	choose  fyne.CanvasObject // which document
	tall    fyne.CanvasObject // all of it
	list    fyne.CanvasObject // low: the list
	choices fyne.CanvasObject // low: the choices
	turned  bool              // low: the choices are shown
}

// arrange makes the arrangements.
func (i *importSheet) arrange() importPages {
	head := func() *fyne.Container { return kit.Column(2, i.head, i.notes, i.wrong) }
	ticks := func(more ...fyne.CanvasObject) *fyne.Container {
		return kit.Row(look.Space2, append([]fyne.CanvasObject{i.all, i.none, i.sure, kit.Grow(i.amount)}, more...)...)
	}
	keys := kit.NewCaption("Space ticks a row   M changes what it becomes   A all, N none, S only the sure ones").Cut()
	return importPages{
		choose: kit.Grow(i.choose),
		tall:   kit.Grow(kit.Column(look.Space3, head(), i.choices.content, ticks(), kit.Grow(container.New(i.room, i.list.rows)), i.picked.content, i.says, keys)),
		list:   kit.Grow(kit.Column(look.Space2, kit.Column(2, i.head, i.wrong), ticks(i.fold), kit.Grow(atLeast(240, i.list.rows)), i.picked.content)),
		choices: kit.Grow(kit.Column(look.Space2, kit.Row(look.Space2, kit.Grow(i.head), i.fold),
			kit.Grow(kit.NewScroller(kit.Column(look.Space3, i.notes, i.wrong, i.choices.content, kit.Row(0, i.leave))).Fitted()))),
	}
}

// The heights of the list above the fold: what it needs at least, and what the
// rest of the sheet takes of a window.
const (
	listLeast  float32 = 270
	aroundList float32 = 525
)

// lowWindow says whether there is little room.
func (i *importSheet) lowWindow() bool { return i.s.root.Size().Height/textScale() < tallFrom }

// turn goes to the choices, or back to the list.
func (i *importSheet) turn() {
	i.pages.turned = !i.pages.turned
	i.page(i.lowWindow())
	if i.pages.turned {
		i.choices.zone.Focus()
	} else {
		i.list.rows.Focus()
	}
}

// page puts the arrangement into the window that fits it.
func (i *importSheet) page(low bool) {
	page, word := i.pages.tall, "Times and place…"
	switch {
	case i.stage != looking:
		page = i.pages.choose
	case low && i.pages.turned:
		page, word = i.pages.choices, "Back to the list"
	case low:
		page = i.pages.list
	}
	i.fold.SetWord(word)
	i.room.height = max(listLeast, i.s.root.Size().Height/textScale()-aroundList)
	show(i.other, i.stage == looking && !low)
	if i.body.Objects[0] != page {
		i.body.Objects = []fyne.CanvasObject{page}
		i.body.Refresh()
	}
	i.s.layers.Refresh()
}
