package preview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// link is pressable text. It tells where it leads and opens nothing.
type link struct {
	widget.BaseWidget
	address string
	reads   string // all of it, when it is broken over lines
	rest    bool   // it goes on from the line above, which has the focus for both
	press   func(address string)
	text    *canvas.Text
	under   *canvas.Rectangle
	ring    *canvas.Rectangle
	hovered bool
	focused bool
}

var (
	_ fyne.Tappable      = (*link)(nil)
	_ fyne.Focusable     = (*link)(nil)
	_ fyne.Accessible    = (*link)(nil)
	_ fyne.Disableable   = (*link)(nil)
	_ desktop.Hoverable  = (*link)(nil)
	_ desktop.Cursorable = (*link)(nil)
)

func newLink(text, address string, f face, k ink, press func(string)) *link {
	l := &link{
		address: address, reads: text, press: press,
		text:  canvas.NewText(text, k.link),
		under: canvas.NewRectangle(k.link),
		ring:  canvas.NewRectangle(color.Transparent),
	}
	l.text.TextSize, l.text.TextStyle = f.size, f.style
	l.ring.StrokeColor, l.ring.StrokeWidth, l.ring.CornerRadius = k.link, 2, 3
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is how Fyne draws the link.
func (l *link) CreateRenderer() fyne.WidgetRenderer {
	l.show()
	return &linkRenderer{link: l}
}

// show makes the underline stronger under the pointer, and the ring visible
// while the keyboard is on the link.
func (l *link) show() {
	thick := float32(1)
	if l.hovered {
		thick = 2
	}
	height := l.text.MinSize().Height
	l.under.Move(fyne.NewPos(0, height*0.86))
	l.under.Resize(fyne.NewSize(l.Size().Width, thick))
	l.ring.Hidden = !l.focused
	canvas.Refresh(l)
}

func (l *link) act() {
	if l.press != nil {
		l.press(l.address)
	}
}

// Tapped tells that the link was pressed.
func (l *link) Tapped(*fyne.PointEvent) { l.act() }

// Cursor is the hand.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn marks the link under the pointer.
func (l *link) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.show() }

// MouseMoved does nothing: the whole link is one target.
func (l *link) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (l *link) MouseOut() { l.hovered = false; l.show() }

// FocusGained shows where the keyboard is.
func (l *link) FocusGained() { l.focused = true; l.show() }

// FocusLost hides the ring.
func (l *link) FocusLost() { l.focused = false; l.show() }

// TypedRune does nothing: a link takes no text.
func (l *link) TypedRune(rune) {}

// TypedKey presses the link with Enter or Space.
func (l *link) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.act()
	}
}

// Disabled keeps the keyboard from stopping at each line of one link.
func (l *link) Disabled() bool { return l.rest }

// Enable does nothing: a link can always be pressed.
func (l *link) Enable() {}

// Disable does nothing: a link can always be pressed.
func (l *link) Disable() {}

// AccessibilityLabel says what the link reads.
func (l *link) AccessibilityLabel() string { return l.reads }

// AccessibilityRole says that it leads somewhere.
func (l *link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

type linkRenderer struct{ link *link }

func (r *linkRenderer) Layout(size fyne.Size) {
	r.link.text.Resize(size)
	r.link.ring.Move(fyne.NewPos(-3, -1))
	r.link.ring.Resize(size.AddWidthHeight(6, 2))
	r.link.show()
}

func (r *linkRenderer) MinSize() fyne.Size { return r.link.text.MinSize() }

func (r *linkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.link.text, r.link.under, r.link.ring}
}

func (r *linkRenderer) Refresh() { r.link.show() }

func (r *linkRenderer) Destroy() {}
