package kit

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// PasteLimit is how many bytes a Field holds. Fyne's Entry needs a time per key
// that grows with the square of its text: 10 ms at 10 KB, minutes at 1 MB.
const PasteLimit = 16 * 1024

// entry is Fyne's Entry with a guard around it: nothing large, no control
// characters, and the keys that it has no use for go on to the window.
type entry struct {
	widget.Entry

	field *Field
}

func newEntry(field *Field, multiLine bool) *entry {
	e := &entry{field: field}
	e.MultiLine = multiLine
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multiLine {
		e.Wrapping = fyne.TextWrapWord
	}
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab is false also with several lines: Tab goes on to the next widget.
func (e *entry) AcceptsTab() bool { return false }

// FocusGained shows the ring and scrolls the field into view.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	e.field.setFocused(true)
	reveal(e.field)
}

// FocusLost hides the ring; the text stays.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.field.setFocused(false)
}

// TypedRune takes a letter, unless the field is full.
func (e *entry) TypedRune(r rune) {
	if e.field.full(len(string(r))) {
		return
	}
	e.field.firstKey()
	e.Entry.TypedRune(r)
}

// TypedKey lets the field decide first, then edits, then hands on.
func (e *entry) TypedKey(key *fyne.KeyEvent) {
	f := e.field
	if f.OnKey != nil && f.OnKey(key) {
		return
	}
	switch key.Name {
	case fyne.KeyEscape:
		if f.OnEscape == nil || !f.OnEscape() {
			passKey(e, key)
		}
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.MultiLine {
			if !f.Submit() {
				passKey(e, key)
			}
			return
		}
		if f.full(1) {
			return
		}
	case fyne.KeyTab:
		return
	case fyne.KeyUp, fyne.KeyDown:
		if !e.MultiLine {
			passKey(e, key)
			return
		}
	}
	if strings.HasPrefix(string(key.Name), "F") && len(key.Name) > 1 {
		passKey(e, key)
		return
	}
	e.Entry.TypedKey(key)
}

// TypedShortcut guards paste, keeps what edits text, and hands the rest on:
// Fyne's Entry would swallow every shortcut of the window.
func (e *entry) TypedShortcut(shortcut fyne.Shortcut) {
	switch s := shortcut.(type) {
	case *fyne.ShortcutPaste:
		e.paste(s)
	case *desktop.CustomShortcut:
		switch s.KeyName {
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
			e.Entry.TypedShortcut(shortcut)
		case fyne.KeyReturn, fyne.KeyEnter:
			if !e.field.Submit() {
				passShortcut(e, shortcut)
			}
		default:
			passShortcut(e, shortcut)
		}
	default:
		e.Entry.TypedShortcut(shortcut)
	}
}

func (e *entry) paste(shortcut *fyne.ShortcutPaste) {
	text := clean(shortcut.Clipboard.Content())
	if len(e.Text)-len(e.SelectedText())+len(text) > PasteLimit {
		e.field.bigPaste(text)
		return
	}
	if text != "" {
		e.field.firstKey()
	}
	e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: cleaned(text)})
	if e.field.OnPaste != nil {
		e.field.OnPaste(text)
	}
}

// UndoText takes the last edit of the text back and reports whether there was one.
func (e *entry) UndoText() bool {
	before := e.Text
	e.Undo()
	return e.Text != before
}

// RedoText does the last undone edit again and reports whether there was one.
func (e *entry) RedoText() bool {
	before := e.Text
	e.Redo()
	return e.Text != before
}

// Submit lets the window's main action reach the field that has the focus.
func (e *entry) Submit() bool { return e.field.Submit() }

// TextUndoer is what a focused field offers to Edit > Undo: the menu's Ctrl+Z is
// served before the field, so the menu asks the field first.
type TextUndoer interface {
	UndoText() bool
	RedoText() bool
}

// Submitter is what a focused widget offers to the window's main action (Ctrl+Enter).
type Submitter interface {
	Submit() bool
}

// cleaned is a clipboard that holds the cleaned text for one paste.
type cleaned string

func (c cleaned) Content() string   { return string(c) }
func (c cleaned) SetContent(string) {}

func tooLong(size int) string {
	return fmt.Sprintf("Not pasted: %d KB is too long for this field (16 KB). The text is still in the clipboard; attach it as a file.", (size+1023)/1024)
}
