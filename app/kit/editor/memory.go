package editor

// Memory is a text with its caret, its history and what was in sight, put aside
// for another.
type Memory struct {
	buf *buffer
	top anchor
}

// Text is the text that was put aside.
func (m Memory) Text() string {
	if m.buf == nil {
		return ""
	}
	return m.buf.text()
}

// Memory puts the text aside; Restore brings it back as it was.
func (e *Editor) Memory() Memory { return Memory{buf: e.buf, top: e.top} }

// Restore shows a text that was put aside.
func (e *Editor) Restore(m Memory) {
	if m.buf == nil {
		m.buf = newBuffer("")
	}
	e.buf.edited = func(change, splice) {}
	e.buf, e.top = m.buf, m.top
	e.buf.edited = e.edited
	e.buf.past.close()
	e.stale, e.aimed, e.behind = true, false, false
	e.epoch++
	e.refind(0)
	e.arrange()
}

// Is says whether the text that was put aside is the one in an editor.
func (m Memory) Is(e *Editor) bool { return m.buf == e.buf }
