package editor

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// Editor is a text of any length to write in, with a line beneath for what is
// wrong. It takes the focus as a whole; the ring is around it.
type Editor struct {
	widget.BaseWidget
	Events

	buf    *buffer
	note   func(line string) string
	finder func(text string) (from, to int, found bool)

	hint    string // what stands in an empty text
	problem string
	fixed   bool // read only
	focused bool
	foundAt int // the first block that something was found in; -1: none

	aiming
	sight

	scroll  *container.Scroll
	surface *surface
	wrong   *kit.Text
	sign    *kit.Icon
}

// New makes an empty editor.
func New() *Editor {
	e := &Editor{buf: newBuffer(""), foundAt: -1, sight: sight{stale: true}}
	e.note = func(string) string { return "" }
	e.buf.edited = e.edited
	e.surface = newSurface(e)
	e.scroll = container.NewVScroll(e.surface)
	e.scroll.OnScrolled = func(fyne.Position) { e.scrolled() }
	e.wrong = kit.NewCaption("").In(look.ErrorText).Wrapped()
	e.sign = kit.NewIcon("error").Edge(16).In(look.ErrorText)
	e.ExtendBaseWidget(e)
	return e
}

// Placeholder shows a muted line while the text is empty.
func (e *Editor) Placeholder(text string) *Editor { e.hint = text; return e }

// Notes sets what stands below a line in a row of its own, as what a reference
// in it means; empty for nothing. It must follow from the line alone until
// Renote is called.
func (e *Editor) Notes(note func(line string) string) *Editor { e.note = note; return e }

// Finder sets what is underlined: the first thing that it finds in a block.
func (e *Editor) Finder(find func(text string) (from, to int, found bool)) *Editor {
	e.finder = find
	return e
}

// Text is the whole text, byte by byte as it was set and typed.
func (e *Editor) Text() string { return e.buf.text() }

// Len is how many bytes the text has.
func (e *Editor) Len() int { return e.buf.doc.size() }

// Words counts what stands between white space.
func (e *Editor) Words() int { return e.buf.doc.words }

// SetText shows another text, with the caret at its beginning and nothing to
// undo. The same text changes nothing.
func (e *Editor) SetText(text string) {
	if text == e.Text() {
		return
	}
	e.Restore(Memory{buf: newBuffer(text)})
}

// Renote asks again what stands below the lines in sight.
func (e *Editor) Renote() {
	e.epoch++
	e.arrange()
}

// Insert puts a text in the place of what is selected, as one step of undo.
func (e *Editor) Insert(text string) {
	if e.fixed {
		return
	}
	e.do(func() { e.buf.insert(text, whole) })
}

// InsertLine puts a text on a line of its own at the caret.
func (e *Editor) InsertLine(text string) {
	if e.fixed {
		return
	}
	e.do(func() {
		b := e.buf
		from, to := b.selection()
		end := b.newline()
		if from > 0 && b.lineStart(from) != from {
			text = end + text
		}
		if b.lineEnd(to) != to || to == b.doc.size() {
			text += end
		}
		b.insert(text, whole)
	})
}

// Caret is where the caret is, in bytes.
func (e *Editor) Caret() int { return e.buf.caret }

// Selection is the selected part of the text, in bytes; both ends are the caret
// when there is none.
func (e *Editor) Selection() (from, to int) { return e.buf.selection() }

// Part is the text between two bytes.
func (e *Editor) Part(from, to int) string { return e.buf.doc.slice(from, to) }

// Selected is the selected text.
func (e *Editor) Selected() string { return e.buf.selected() }

// Select selects a part of the text and brings it into sight.
func (e *Editor) Select(from, to int) {
	e.buf.place(from, false)
	e.buf.place(to, true)
	e.aimed, e.behind = false, false
	e.reveal()
}

// Line is the number of the line that a byte is on, from 1.
func (e *Editor) Line(at int) int { return e.buf.doc.line(min(max(at, 0), e.Len())) }

// LineAt is the line that a byte is on, without its line end, and where it
// begins.
func (e *Editor) LineAt(at int) (line string, from int) {
	at = min(max(at, 0), e.Len())
	from = e.buf.lineStart(at)
	return e.buf.doc.slice(from, e.buf.lineEnd(at)), from
}

// SetReadOnly lets the text be read, selected and copied, but not changed.
func (e *Editor) SetReadOnly(fixed bool) {
	if fixed != e.fixed {
		e.fixed = fixed
		e.Refresh()
	}
}

// ReadOnly says whether the text cannot be changed.
func (e *Editor) ReadOnly() bool { return e.fixed }

// SetError says what is wrong and what to do; an empty text takes it away.
func (e *Editor) SetError(text string) {
	if text != e.problem {
		e.problem = text
		e.wrong.SetText(text)
		e.Refresh()
	}
}

// Error is what is said to be wrong.
func (e *Editor) Error() string { return e.problem }

// UndoText takes the last step back and reports whether there was one: a word,
// a paste, a deletion.
func (e *Editor) UndoText() bool { return e.step((*buffer).undo) }

// RedoText does the last undone step again and reports whether there was one.
func (e *Editor) RedoText() bool { return e.step((*buffer).redo) }

func (e *Editor) step(by func(*buffer) bool) bool {
	if e.fixed {
		return false
	}
	done := false
	e.do(func() { done = by(e.buf) })
	return done
}

// Submit tells OnSubmit and reports whether anybody listens.
func (e *Editor) Submit() bool {
	if e.OnSubmit == nil {
		return false
	}
	e.OnSubmit()
	return true
}

// Focus gives the editor the focus; it reports whether it has it.
func (e *Editor) Focus() bool { return kit.Focus(e) }

// Focused says whether the editor has the focus.
func (e *Editor) Focused() bool { return e.focused }

// FocusGained shows ring and caret.
func (e *Editor) FocusGained() { e.setFocused(true); kit.Reveal(e) }

// FocusLost hides ring and caret; text and selection stay.
func (e *Editor) FocusLost() { e.held = false; e.setFocused(false) }

func (e *Editor) setFocused(focused bool) {
	if focused == e.focused {
		return
	}
	e.focused = focused
	e.BaseWidget.Refresh()
	e.surface.mark()
	if e.OnFocus != nil {
		e.OnFocus(focused)
	}
}

// AccessibilityLabel is the beginning of the text, and what is wrong with it.
func (e *Editor) AccessibilityLabel() string {
	says := e.buf.doc.slice(0, mostBlock)
	if e.problem != "" {
		says += ". " + e.problem
	}
	return says
}

// AccessibilityRole says that this is text; Fyne has no role for fields.
func (e *Editor) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
