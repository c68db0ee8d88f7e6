package editor

// Events are what an Editor tells; any of them may be left out.
type Events struct {
	// OnChanged hears that a person changed the text. It is called with every
	// key: ask for Text only when it is needed.
	OnChanged func()
	// OnEdit hears each change before OnChanged does: at a byte, removed bytes
	// were replaced by a text. An undo is the same in reverse. SetText is none.
	OnEdit func(at, removed int, inserted string)
	// OnSubmit hears Ctrl+Enter.
	OnSubmit func()
	// OnEscape reports whether it used the key; otherwise the window gets it.
	OnEscape func() bool
	// OnPaste sees what is on the clipboard before the text does and reports
	// whether it used it. An empty text means that there is something else on
	// it, an image perhaps.
	OnPaste func(text string) bool
	// OnFocus hears that the editor gained or lost the focus.
	OnFocus func(focused bool)
}

// do changes the text, follows the caret, and tells what happened.
func (e *Editor) do(edit func()) {
	before := e.buf.caret
	touched := false
	e.buf.edited = func(c change, s splice) { touched = true; e.edited(c, s) }
	edit()
	e.buf.edited = e.edited
	if !touched && before == e.buf.caret {
		return
	}
	e.aimed, e.behind = false, false
	e.reveal()
	if touched && e.OnChanged != nil {
		e.OnChanged()
	}
}

// edited follows a change of the text: what stands at the top of the view stays
// there wherever the change was.
func (e *Editor) edited(c change, s splice) {
	if !e.stale {
		heights := make([]float32, s.come)
		for i := range heights {
			heights[i] = e.heightOf(e.buf.doc.blocks[s.first+i])
		}
		e.tops.splice(s.first, s.gone, heights...)
	}
	if e.top.block >= s.first+s.gone {
		e.top.block += s.come - s.gone
	} else if e.top.block > s.first {
		e.top.block = min(e.top.block, s.first+max(s.come-1, 0))
	}
	e.follow(s)
	if e.OnEdit != nil {
		e.OnEdit(c.at, len(c.removed), c.inserted)
	}
}
