package kit

import "fyne.io/fyne/v2"

// Parent is a widget that holds others and says so, which lets the focus find its
// way: into a layer that opens, and into view inside a Scroller. Fyne tells nobody
// the children of a widget, so every widget of ours that wraps content has it.
type Parent interface {
	Children() []fyne.CanvasObject
}

func childrenOf(object fyne.CanvasObject) []fyne.CanvasObject {
	switch o := object.(type) {
	case *fyne.Container:
		return o.Objects
	case Parent:
		return o.Children()
	}
	return nil
}

// FirstFocusable gives the first widget under an object that can take the focus.
func FirstFocusable(object fyne.CanvasObject) fyne.Focusable {
	if object == nil || !object.Visible() {
		return nil
	}
	if f, ok := object.(fyne.Focusable); ok {
		if d, ok := object.(fyne.Disableable); !ok || !d.Disabled() {
			return f
		}
	}
	for _, child := range childrenOf(object) {
		if f := FirstFocusable(child); f != nil {
			return f
		}
	}
	return nil
}

// pathTo lists the objects from root down to target, both included.
func pathTo(root, target fyne.CanvasObject) []fyne.CanvasObject {
	if root == nil || !root.Visible() {
		return nil
	}
	if root == target {
		return []fyne.CanvasObject{root}
	}
	for _, child := range childrenOf(root) {
		if path := pathTo(child, target); path != nil {
			return append([]fyne.CanvasObject{root}, path...)
		}
	}
	return nil
}

func canvasOf(object fyne.CanvasObject) fyne.Canvas {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	return app.Driver().CanvasForObject(object)
}

// Focus gives the focus to a widget, if it is in a window. It reports whether
// the widget has it now.
func Focus(target fyne.Focusable) bool {
	object, ok := target.(fyne.CanvasObject)
	if !ok {
		return false
	}
	if c := canvasOf(object); c != nil {
		c.Focus(target)
		return c.Focused() == target
	}
	return focusUndrawn(target)
}

// focusUndrawn finds the window of a widget that was never drawn: the toolkit
// knows the canvas of an object only after its first frame, and a layer wants
// the focus before.
func focusUndrawn(target fyne.Focusable) bool {
	app := fyne.CurrentApp()
	if app == nil {
		return false
	}
	for _, w := range app.Driver().AllWindows() {
		if pathTo(w.Content(), target.(fyne.CanvasObject)) == nil {
			continue
		}
		w.Canvas().Focus(target)
		revealIn(w.Content(), target.(fyne.CanvasObject))
		return w.Canvas().Focused() == target
	}
	return false
}

// reveal scrolls a widget that gained the focus into view (WCAG 2.4.11).
func reveal(w fyne.CanvasObject) {
	if c := canvasOf(w); c != nil {
		revealIn(c.Content(), w)
	}
}

func revealIn(content, w fyne.CanvasObject) {
	for _, o := range pathTo(content, w) {
		if s, ok := o.(*Scroller); ok {
			s.Reveal(w)
		}
	}
}

// passKey hands a key that a focused widget has no use for to the window: Fyne
// gives it to the focused widget only, so Escape and the F-keys would be lost.
// The window must not hand it back.
func passKey(w fyne.CanvasObject, key *fyne.KeyEvent) {
	if c := canvasOf(w); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(key)
	}
}

// passShortcut hands a shortcut that a focused field has no use for to the window.
func passShortcut(w fyne.CanvasObject, shortcut fyne.Shortcut) {
	if s, ok := canvasOf(w).(fyne.Shortcutable); ok {
		s.TypedShortcut(shortcut)
	}
}
