package preview

import "fyne.io/fyne/v2"

// Tapped takes the keyboard, so that the arrow keys scroll, and chooses the block
// under the pointer.
func (v *View) Tapped(e *fyne.PointEvent) {
	if e != nil {
		v.chooseAt(e.Position.Y)
	}
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
	case fyne.KeyLeft:
		v.chooseNext(-1)
	case fyne.KeyRight:
		v.chooseNext(1)
	case fyne.KeyEscape:
		v.choose(choice{})
	case fyne.KeyHome:
		v.scrollTo(0)
	case fyne.KeyEnd:
		// The end moves while the last blocks learn their true heights.
		for range 4 {
			v.scrollTo(v.height())
		}
	}
}
