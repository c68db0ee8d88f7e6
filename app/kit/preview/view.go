package preview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// View is the preview on a screen. It holds widgets only for the blocks in
// sight, so a document of a megabyte is as light as a page.
type View struct {
	widget.BaseWidget

	// OnLink is told the http, https or mailto address of a pressed link. The
	// preview never opens one itself: the owner asks the person first.
	OnLink func(address string)

	source string
	doc    Document
	parsed bool // source is what doc was parsed from

	ink    ink
	live   map[uint64]*piece
	shifts map[uint64]*shift
	places geometry

	scroll  *container.Scroll
	column  *fyne.Container
	ring    *canvas.Rectangle
	placing bool
	built   int // how many blocks were set since the View was made
}

// piece is a block that was laid out at the present width.
type piece struct {
	object *fyne.Container
	height float32
	sides  []*sideways
	bars   []*bar
}

// New makes an empty preview.
func New() *View {
	v := &View{live: map[uint64]*piece{}, shifts: map[uint64]*shift{}}
	v.column = container.New(&columnLayout{view: v})
	v.scroll = container.NewVScroll(v.column)
	v.scroll.OnScrolled = func(fyne.Position) { v.arrange() }
	v.ring = canvas.NewRectangle(color.Transparent)
	v.ring.Hide()
	v.ExtendBaseWidget(v)
	return v
}

// SetMarkdown parses markdown and shows it. The text that stood at the top of
// the view stays there, wherever the edit was. Above some 100 KB parse on a
// worker and use SetDocument.
func (v *View) SetMarkdown(markdown string) {
	if v.parsed && v.source == markdown {
		return
	}
	v.source, v.parsed = markdown, true
	v.set(Parse(markdown))
}

// SetDocument shows what Parse made elsewhere.
func (v *View) SetDocument(doc Document) {
	v.source, v.parsed = "", false
	v.set(doc)
}

// Document is what is on show.
func (v *View) Document() Document { return v.doc }

func (v *View) set(doc Document) {
	keep := v.anchor()
	heights := make(map[uint64]float32, len(v.doc.Blocks))
	for i, b := range v.doc.Blocks {
		if i < len(v.places.known) && v.places.known[i] {
			heights[b.ID] = v.places.heights[i]
		}
	}
	v.doc = doc
	for group, shared := range v.shifts {
		if len(shared.pieces) == 0 {
			delete(v.shifts, group)
		}
	}
	v.places.reset(doc.Blocks, heights, v.guess)
	v.scroll.Offset.Y = v.found(keep)
	v.arrange()
}

// CreateRenderer is how Fyne draws the view.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return widget.NewSimpleRenderer(container.NewStack(v.scroll, v.ring))
}

// MinSize is small: the preview takes what room there is.
func (v *View) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(80, 48)
}

// Resize lays the text out anew when the width changes.
func (v *View) Resize(size fyne.Size) {
	narrower := size.Width != v.Size().Width
	keep := v.anchor()
	v.BaseWidget.Resize(size)
	if narrower {
		v.forget()
		v.scroll.Offset.Y = v.found(keep)
	}
	v.arrange()
}

// Refresh follows a change of theme.
func (v *View) Refresh() {
	if now := inkFor(v); now != v.ink {
		keep := v.anchor()
		v.ink = now
		v.forget()
		v.scroll.Offset.Y = v.found(keep)
		v.arrange()
	}
	v.ring.StrokeColor, v.ring.StrokeWidth = look.For(v, look.Ring), 2
	v.ring.CornerRadius = look.Corner
	v.BaseWidget.Refresh()
}

// forget drops everything that was laid out, but not the text.
func (v *View) forget() {
	clear(v.live)
	clear(v.shifts)
	v.places.reset(v.doc.Blocks, nil, v.guess)
}

// Tapped takes the keyboard, so that the arrow keys scroll.
func (v *View) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// FocusGained shows where the keyboard is.
func (v *View) FocusGained() { v.ring.Show(); v.Refresh() }

// FocusLost hides the ring.
func (v *View) FocusLost() { v.ring.Hide(); v.Refresh() }

// TypedRune does nothing: a preview takes no text.
func (v *View) TypedRune(rune) {}

// TypedKey scrolls.
func (v *View) TypedKey(e *fyne.KeyEvent) {
	line, page := v.ink.pitch()*3, max(v.scroll.Size().Height-v.ink.pitch()*2, v.ink.pitch())
	switch e.Name {
	case fyne.KeyUp:
		v.scrollTo(v.scroll.Offset.Y - line)
	case fyne.KeyDown:
		v.scrollTo(v.scroll.Offset.Y + line)
	case fyne.KeyPageUp:
		v.scrollTo(v.scroll.Offset.Y - page)
	case fyne.KeyPageDown, fyne.KeySpace:
		v.scrollTo(v.scroll.Offset.Y + page)
	case fyne.KeyHome:
		v.scrollTo(0)
	case fyne.KeyEnd:
		// The end moves while the last blocks learn their true heights.
		for range 4 {
			v.scrollTo(v.height())
		}
	}
}
