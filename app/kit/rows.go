package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Item is one row of Rows. Rows knows rows by their ID, never by their place, so a
// row that comes in above moves nothing that the person had chosen.
type Item struct {
	ID string
	// Header rows (a date, a phase) are shown but cannot be selected.
	Header bool
}

// Rows is a list of any length that builds only what is in view. Rows may have
// different heights: each is measured when it first comes into view. The list takes
// the focus as a whole; the ring is around the selected row.
type Rows struct {
	widget.BaseWidget
	RowEvents

	create  func() fyne.CanvasObject
	update  func(id string, row fyne.CanvasObject)
	header  func() fyne.CanvasObject
	heading func(id string, row fyne.CanvasObject)

	items    []Item
	index    map[string]int
	selected string
	focused  bool
	quiet    bool

	scroll *container.Scroll
	strip  *rowStrip
}

// RowEvents are what Rows tells; any of them may be left out.
type RowEvents struct {
	// OnSelect hears that another row was selected.
	OnSelect func(id string)
	// OnActivate hears Enter, or a tap on the row that is selected already.
	OnActivate func(id string)
	// OnKey sees keys without a meaning of their own (Delete, Insert, F2 …) and
	// reports whether it used one.
	OnKey func(id string, key fyne.KeyName) bool
	// OnRune sees letters and reports whether it used one; see SetSingleKeys.
	OnRune func(id string, r rune) bool
}

// NewRows makes a list. Create builds an empty row; update must set every part of
// it, since rows are used again for other items.
func NewRows(create func() fyne.CanvasObject, update func(id string, row fyne.CanvasObject)) *Rows {
	r := &Rows{create: create, update: update, index: map[string]int{}}
	r.header = func() fyne.CanvasObject { return Inset(look.Space2, look.Space1, NewCaption("").Bold().Cut()) }
	r.heading = func(id string, row fyne.CanvasObject) { row.(*fyne.Container).Objects[0].(*Text).SetText(id) }
	r.strip = newRowStrip(r)
	r.scroll = container.NewVScroll(r.strip)
	r.scroll.OnScrolled = func(fyne.Position) { r.strip.arrange() }
	r.ExtendBaseWidget(r)
	return r
}

// Headers sets how header rows look; without it a header shows its ID as a caption.
func (r *Rows) Headers(create func() fyne.CanvasObject, update func(id string, row fyne.CanvasObject)) *Rows {
	r.header, r.heading = create, update
	return r
}

// SetItems shows other items. The selection and the row at the top of the view stay
// where they are, if they are still in the list; the focus is not touched.
func (r *Rows) SetItems(items []Item) {
	r.strip.anchor()
	before := r.index
	r.items = items
	r.index = make(map[string]int, len(items))
	for i, item := range items {
		r.index[item.ID] = i
	}
	if i, ok := r.index[r.selected]; !ok || items[i].Header {
		r.selected = ""
	}
	r.strip.replace(before)
	r.Refresh()
}

// Len is the number of rows, headers included.
func (r *Rows) Len() int { return len(r.items) }

// Update draws one row again, if it is in view, and measures it again.
func (r *Rows) Update(id string) {
	if i, ok := r.index[id]; ok {
		r.strip.remeasure(i)
	}
}

// Selected is the ID of the selected row; empty when there is none.
func (r *Rows) Selected() string { return r.selected }

// Select selects a row and scrolls it into view. An unknown ID selects nothing.
func (r *Rows) Select(id string) {
	i, ok := r.index[id]
	if !ok || r.items[i].Header {
		id = ""
	}
	changed := id != r.selected
	r.selected = id
	if ok {
		r.strip.reveal(i)
	}
	r.strip.arrange()
	r.strip.mark()
	if changed && id != "" && r.OnSelect != nil {
		r.OnSelect(id)
	}
}

// ScrollToEnd shows the last rows; of a last one that is higher than the list, its
// end.
func (r *Rows) ScrollToEnd() {
	if len(r.items) > 0 {
		r.strip.reveal(len(r.items) - 1)
		r.strip.scrollTo(r.strip.furthest())
	}
}

// AtEnd says whether the last row is in sight.
func (r *Rows) AtEnd() bool { return r.Offset() >= r.strip.furthest()-1 }

// Offset is how far down the list is scrolled, to be given back to SetOffset.
func (r *Rows) Offset() float32 { return r.scroll.Offset.Y }

// SetOffset scrolls to where the list was.
func (r *Rows) SetOffset(offset float32) { r.strip.scrollTo(offset) }

// SetSingleKeys switches the single-letter keys on or off (WCAG 2.1.4).
func (r *Rows) SetSingleKeys(on bool) { r.quiet = !on }

// Focus gives the list the focus.
func (r *Rows) Focus() bool { return Focus(r) }

// FocusGained shows the ring; a list without a selection selects its first row.
func (r *Rows) FocusGained() {
	r.focused = true
	if r.selected == "" {
		r.step(-1, 1)
	}
	r.strip.mark()
	reveal(r)
}

// FocusLost hides the ring; the selection stays.
func (r *Rows) FocusLost() {
	r.focused = false
	r.strip.mark()
}

// TypedRune offers letters to OnRune.
func (r *Rows) TypedRune(letter rune) {
	if !r.quiet && r.OnRune != nil {
		r.OnRune(r.selected, letter)
	}
}

// TypedKey moves the selection and activates rows.
func (r *Rows) TypedKey(key *fyne.KeyEvent) {
	at, selected := r.index[r.selected]
	if !selected {
		at = -1
	}
	switch key.Name {
	case fyne.KeyDown:
		r.step(at, 1)
	case fyne.KeyUp:
		r.step(at, -1)
	case fyne.KeyHome:
		r.step(-1, 1)
	case fyne.KeyEnd:
		r.step(len(r.items), -1)
	case fyne.KeyPageDown:
		r.step(r.strip.pageFrom(at, 1)-1, 1)
	case fyne.KeyPageUp:
		r.step(r.strip.pageFrom(at, -1)+1, -1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if selected && r.OnActivate != nil {
			r.OnActivate(r.selected)
			return
		}
		passKey(r, key)
	default:
		if r.OnKey == nil || !r.OnKey(r.selected, key.Name) {
			passKey(r, key)
		}
	}
}

// step selects the nearest row beyond from that is no header; without one the
// selection stays.
func (r *Rows) step(from, by int) {
	for i := from + by; i >= 0 && i < len(r.items); i += by {
		if !r.items[i].Header {
			r.Select(r.items[i].ID)
			return
		}
	}
}

func (r *Rows) tapped(id string) {
	again := id == r.selected
	Focus(r)
	r.Select(id)
	if again && r.OnActivate != nil {
		r.OnActivate(id)
	}
}

// Children are the rows in view, for the focus to find buttons in them.
func (r *Rows) Children() []fyne.CanvasObject { return r.strip.Children() }

// CreateRenderer is Fyne's way to ask for the drawing side.
func (r *Rows) CreateRenderer() fyne.WidgetRenderer { return &rowsRenderer{rows: r} }

type rowsRenderer struct{ rows *Rows }

func (r *rowsRenderer) Destroy()                     {}
func (r *rowsRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rows.scroll} }

func (r *rowsRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 3*look.RowHeight) }

func (r *rowsRenderer) Layout(size fyne.Size) {
	r.rows.strip.setWidth(size.Width)
	r.rows.scroll.Resize(size)
	r.rows.strip.arrange()
}

func (r *rowsRenderer) Refresh() {
	r.rows.strip.redraw()
	r.rows.scroll.Refresh()
	canvas.Refresh(r.rows)
}
