package editor

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"firebreak/app/kit"
)

var (
	_ desktop.Keyable   = (*Editor)(nil)
	_ fyne.Shortcutable = (*Editor)(nil)
	_ fyne.Tabbable     = (*Editor)(nil)
	_ kit.TextUndoer    = (*Editor)(nil)
	_ kit.Submitter     = (*Editor)(nil)
)

// AcceptsTab is false: Tab goes on to the next widget.
func (e *Editor) AcceptsTab() bool { return false }

// KeyDown notices Shift: Fyne tells a typed key without it.
func (e *Editor) KeyDown(key *fyne.KeyEvent) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		e.held = true
	}
}

// KeyUp notices that Shift was let go.
func (e *Editor) KeyUp(key *fyne.KeyEvent) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		e.held = false
	}
}

// TypedRune takes a letter.
func (e *Editor) TypedRune(r rune) {
	if !e.fixed {
		e.do(func() { e.buf.insert(string(r), typed) })
	}
}

// TypedKey moves the caret and deletes; what it has no use for goes to the
// window.
func (e *Editor) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyEscape:
		if e.OnEscape == nil || !e.OnEscape() {
			kit.PassKey(e, key)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		e.change((*buffer).enter)
	case fyne.KeyBackspace:
		e.change((*buffer).backspace)
	case fyne.KeyDelete:
		e.change((*buffer).delete)
	case fyne.KeyTab, desktop.KeyShiftLeft, desktop.KeyShiftRight:
	default:
		if !e.move(key.Name, e.held) && strings.HasPrefix(string(key.Name), "F") && len(key.Name) > 1 {
			kit.PassKey(e, key)
		}
	}
}

func (e *Editor) change(by func(*buffer)) {
	if !e.fixed {
		e.do(func() { by(e.buf) })
	}
}

// TypedShortcut does what edits a text and hands the rest on.
func (e *Editor) TypedShortcut(shortcut fyne.Shortcut) {
	switch s := shortcut.(type) {
	case *fyne.ShortcutUndo:
		e.UndoText()
	case *fyne.ShortcutRedo:
		e.RedoText()
	case *fyne.ShortcutCopy:
		e.copy(s.Clipboard)
	case *fyne.ShortcutCut:
		if e.copy(s.Clipboard) && !e.fixed {
			e.do(func() { e.buf.insert("", whole) })
		}
	case *fyne.ShortcutPaste:
		e.paste(s.Clipboard.Content())
	case *fyne.ShortcutSelectAll:
		e.buf.place(0, false)
		e.buf.place(e.Len(), true)
		e.aimed, e.behind = false, false
		e.arrange() // what is in sight stays
	case *desktop.CustomShortcut:
		if !e.custom(s) {
			kit.PassShortcut(e, shortcut)
		}
	default:
		kit.PassShortcut(e, shortcut)
	}
}

// copy puts the selection on the clipboard, and reports whether there was one.
func (e *Editor) copy(board fyne.Clipboard) bool {
	text := e.Selected()
	if text != "" {
		board.SetContent(text)
	}
	return text != ""
}

func (e *Editor) paste(text string) {
	if e.fixed || e.OnPaste != nil && e.OnPaste(text) || text == "" {
		return
	}
	e.do(func() { e.buf.insert(text, whole) })
}

// custom does the keys with Ctrl (on a Mac Alt for words).
func (e *Editor) custom(s *desktop.CustomShortcut) bool {
	b := e.buf
	held := s.Modifier&fyne.KeyModifierShift != 0
	bare := s.Modifier &^ fyne.KeyModifierShift
	words := fyne.KeyModifierControl
	if runtime.GOOS == "darwin" {
		words = fyne.KeyModifierAlt
	}
	if bare == words {
		switch s.KeyName {
		case fyne.KeyLeft:
			e.goTo(b.wordLeft(), held)
			return true
		case fyne.KeyRight:
			e.goTo(b.wordRight(), held)
			return true
		case fyne.KeyBackspace:
			e.change(func(b *buffer) { b.erase(b.wordLeft, whole) })
			return true
		case fyne.KeyDelete:
			e.change(func(b *buffer) { b.erase(b.wordRight, whole) })
			return true
		}
	}
	if bare != fyne.KeyModifierShortcutDefault {
		return false
	}
	switch s.KeyName {
	case fyne.KeyHome:
		e.goTo(0, held)
	case fyne.KeyEnd:
		e.goTo(e.Len(), held)
	case fyne.KeyUp:
		e.goTo(e.paragraph(-1), held)
	case fyne.KeyDown:
		e.goTo(e.paragraph(1), held)
	case fyne.KeyLeft: // a Mac's Home and End
		e.edge(false, held)
	case fyne.KeyRight:
		e.edge(true, held)
	case fyne.KeyRightBracket:
		e.change(func(b *buffer) { b.shift(true) })
	case fyne.KeyLeftBracket:
		e.change(func(b *buffer) { b.shift(false) })
	case fyne.KeyReturn, fyne.KeyEnter:
		return e.Submit()
	default:
		return false
	}
	return true
}
