package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"firebreak/app/look"
)

// Field is a place to type: a label above, the text, and a line beneath that helps
// or says what is wrong. It never holds more than PasteLimit to edit; see OnBigPaste.
type Field struct {
	widget.BaseWidget
	FieldEvents

	label   *Text
	help    *Text
	sign    *Icon
	entry   *entry
	hint    string
	problem string
	least   int
	most    int
	focused bool
	long    string
}

// FieldEvents are what a Field tells; any of them may be left out.
type FieldEvents struct {
	// OnChanged hears every change, also one by SetText.
	OnChanged func(text string)
	// OnSubmit hears Enter (in one line) and Ctrl+Enter.
	OnSubmit func(text string)
	// OnFirstKey hears the key or paste that begins an empty text, before the text has it.
	OnFirstKey func()
	// OnBigPaste takes a paste that would make the text longer than PasteLimit.
	// Without it the field says that the text was not pasted.
	OnBigPaste func(text string)
	// OnPaste hears what was pasted, once the text has it. An empty text means that
	// the clipboard holds something else, an image perhaps.
	OnPaste func(text string)
	// OnEscape reports whether it used the key; otherwise the window gets it.
	OnEscape func() bool
	// OnKey sees every key before the text does and reports whether it used it.
	OnKey func(*fyne.KeyEvent) bool
	// OnFocus hears that the field gained or lost the focus.
	OnFocus func(focused bool)
}

// NewField makes a field of one line. An empty label leaves its line out.
func NewField(label string) *Field { return newField(label, false) }

// NewLongField makes a field that grows with its text from least to most lines.
func NewLongField(label string, least, most int) *Field {
	f := newField(label, true)
	f.least, f.most = max(1, least), max(least, most)
	f.entry.SetMinRowsVisible(f.least)
	return f
}

func newField(label string, multiLine bool) *Field {
	f := &Field{
		label: NewText(label).Bold().Cut(),
		help:  NewCaption("").Wrapped(),
		sign:  NewIcon("error").Edge(16).In(look.ErrorText),
	}
	f.entry = newEntry(f, multiLine)
	f.entry.OnChanged = f.changed
	f.ExtendBaseWidget(f)
	return f
}

// Placeholder shows a muted example while the field is empty.
func (f *Field) Placeholder(text string) *Field { f.entry.SetPlaceHolder(text); return f }

// Help shows a muted line beneath the field.
func (f *Field) Help(text string) *Field { f.SetHelp(text); return f }

// Mono shows the text in a fixed width, for commands and times.
func (f *Field) Mono() *Field { f.entry.TextStyle.Monospace = true; return f }

// SetHelp changes the line beneath the field; an error hides it.
func (f *Field) SetHelp(text string) {
	if text != f.hint {
		f.hint = text
		f.Refresh()
	}
}

// SetError says what is wrong and what to do; an empty text takes it away.
func (f *Field) SetError(text string) {
	if text != f.problem {
		f.problem = text
		f.Refresh()
	}
}

// Error is what the field says is wrong.
func (f *Field) Error() string { return f.problem }

// SetLabel changes the label.
func (f *Field) SetLabel(label string) { f.label.SetText(label); f.Refresh() }

// Text is the whole text, also one that is too long to edit here.
func (f *Field) Text() string {
	if f.long != "" {
		return f.long
	}
	return f.entry.Text
}

// SetText shows a text. One beyond PasteLimit is kept, shown by its beginning, and
// cannot be edited here, so that no part of it is ever lost.
func (f *Field) SetText(text string) {
	if text == f.Text() {
		return
	}
	if len(text) > PasteLimit {
		f.long = text
		f.entry.Disable()
		f.entry.SetText(firstBytes(clean(text), 1024) + ellipsis)
		f.SetHelp("This text is too long to edit in this field. All of it is kept.")
		return
	}
	if f.long != "" {
		f.long = ""
		f.entry.Enable()
		f.SetHelp("")
	}
	f.entry.SetText(clean(text))
}

// firstBytes cuts at a rune, at most n bytes in.
func firstBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && text[n]&0xc0 == 0x80 {
		n--
	}
	return text[:n]
}

// SetReadOnly lets the text be read and copied but not changed.
func (f *Field) SetReadOnly(readOnly bool) {
	if readOnly {
		f.entry.Disable()
	} else {
		f.entry.Enable()
	}
}

// Focus gives the field the focus; it reports whether it has it.
func (f *Field) Focus() bool { return Focus(f.entry) }

// Focused says whether the field has the focus.
func (f *Field) Focused() bool { return f.focused }

// Target is the part that takes keys, for Canvas.Focus and for tests.
func (f *Field) Target() fyne.Focusable { return f.entry }

// CursorToEnd sets the cursor behind the last letter. Only Fyne knows where that
// is: its rows are the lines as they were wrapped.
func (f *Field) CursorToEnd() {
	f.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
}

// Submit does what Enter does and reports whether anybody listens.
func (f *Field) Submit() bool {
	if f.OnSubmit == nil {
		return false
	}
	f.OnSubmit(f.Text())
	return true
}

// AccessibilityLabel is the label, the text, and what is wrong with it.
func (f *Field) AccessibilityLabel() string {
	says := f.label.Text() + ": " + f.Text()
	if f.problem != "" {
		says += ". " + f.problem
	}
	return says
}

// AccessibilityRole says that this is text; Fyne has no role for fields.
func (f *Field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// Children lets the focus find its way in.
func (f *Field) Children() []fyne.CanvasObject { return []fyne.CanvasObject{f.entry} }

func (f *Field) changed(text string) {
	f.fitRows()
	if f.OnChanged != nil && f.long == "" {
		f.OnChanged(text)
	}
}

func (f *Field) firstKey() {
	if f.entry.Text == "" && f.OnFirstKey != nil {
		f.OnFirstKey()
	}
}

func (f *Field) full(more int) bool {
	if len(f.entry.Text)+more <= PasteLimit {
		return false
	}
	f.SetError("This field is full (16 KB). Attach the rest as a file.")
	return true
}

func (f *Field) bigPaste(text string) {
	if f.OnBigPaste != nil {
		f.OnBigPaste(text)
		return
	}
	f.SetError(tooLong(len(text)))
}

func (f *Field) setFocused(focused bool) {
	if focused == f.focused {
		return
	}
	f.focused = focused
	f.Refresh()
	if f.OnFocus != nil {
		f.OnFocus(focused)
	}
}
