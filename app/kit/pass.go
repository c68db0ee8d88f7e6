package kit

import "fyne.io/fyne/v2"

// The three below are for widgets in packages of their own.

// PassKey hands a key that a focused widget has no use for to the window.
func PassKey(w fyne.CanvasObject, key *fyne.KeyEvent) { passKey(w, key) }

// PassShortcut hands a shortcut that a focused widget has no use for to the window.
func PassShortcut(w fyne.CanvasObject, shortcut fyne.Shortcut) { passShortcut(w, shortcut) }

// Reveal scrolls a widget that gained the focus into view.
func Reveal(w fyne.CanvasObject) { reveal(w) }
