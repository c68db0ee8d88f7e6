package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// pressable is the part that all buttons share: pointer, keys, focus. The widget
// that embeds it sets press and draws the rest.
type pressable struct {
	widget.BaseWidget

	press   func()
	onKey   func(*fyne.KeyEvent) bool
	hovered bool
	held    bool
	focused bool
}

// Tapped activates; it leaves the focus where it is, as the pointer needs none.
func (p *pressable) Tapped(*fyne.PointEvent) { p.activate() }

func (p *pressable) activate() {
	if p.press != nil {
		p.press()
	}
}

// MouseIn lays a veil over the fill.
func (p *pressable) MouseIn(*desktop.MouseEvent) { p.hovered = true; p.Refresh() }

// MouseMoved is part of being hoverable; nothing changes.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the veil away.
func (p *pressable) MouseOut() { p.hovered, p.held = false, false; p.Refresh() }

// MouseDown shows that the press was felt.
func (p *pressable) MouseDown(*desktop.MouseEvent) { p.held = true; p.Refresh() }

// MouseUp ends the press.
func (p *pressable) MouseUp(*desktop.MouseEvent) { p.held = false; p.Refresh() }

// Cursor is the hand over everything that can be pressed.
func (p *pressable) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusLost hides the ring.
func (p *pressable) FocusLost() { p.focused, p.held = false, false; p.Refresh() }

// TypedRune: keys without a meaning here are dropped.
func (p *pressable) TypedRune(rune) {}

// focusGained and typedKey need the widget itself, which the embedding widget
// hands in from FocusGained and TypedKey.
func (p *pressable) focusGained(self fyne.CanvasObject) {
	p.focused = true
	p.Refresh()
	reveal(self)
}

func (p *pressable) typedKey(self fyne.CanvasObject, key *fyne.KeyEvent) {
	if p.onKey != nil && p.onKey(key) {
		return
	}
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.activate()
	default:
		passKey(self, key)
	}
}

// veil says which veil lies over the fill now; none when neither hovered nor held.
func (p *pressable) veil() fyne.ThemeColorName {
	switch {
	case p.held:
		return look.VeilPressed
	case p.hovered:
		return look.Veil
	default:
		return ""
	}
}
