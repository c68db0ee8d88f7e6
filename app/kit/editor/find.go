package editor

// searchedWhole is up to which length all of a text is searched at once. Of a
// longer one, what is or was in sight is.
const searchedWhole = 64 << 10

// finding is what the finder found in a block.
type finding struct {
	from, to int // in the block
	is       bool
}

// search looks into the blocks that were not looked into.
func (e *Editor) search() {
	if e.finder == nil {
		return
	}
	first, last := e.first, e.last
	if e.Len() <= searchedWhole {
		first, last = 0, len(e.buf.doc.blocks)-1
	}
	for i, b := range e.buf.doc.blocks[first : last+1] {
		if b.found != nil {
			continue
		}
		from, to, is := e.finder(b.text)
		b.found = &finding{from, to, is}
		if at := first + i; is && (e.foundAt < 0 || at < e.foundAt) {
			e.foundAt = at
		}
	}
}

// Research forgets what was found, and looks again.
func (e *Editor) Research() {
	for _, b := range e.buf.doc.blocks {
		b.found = nil
	}
	e.foundAt = -1
	e.arrange()
}

// refind looks for the first finding from a block on.
func (e *Editor) refind(from int) {
	e.foundAt = -1
	for i, b := range e.buf.doc.blocks[from:] {
		if b.found != nil && b.found.is {
			e.foundAt = from + i
			return
		}
	}
}

// follow keeps the first finding right after a change of the blocks.
func (e *Editor) follow(s splice) {
	switch {
	case e.foundAt < s.first:
	case e.foundAt >= s.first+s.gone:
		e.foundAt += s.come - s.gone
	default:
		e.refind(s.first)
	}
}

// Found is the first place that the finder found, in bytes of the text; ok is
// false when there is none.
func (e *Editor) Found() (from, to int, ok bool) {
	if e.foundAt < 0 {
		return 0, 0, false
	}
	d := e.buf.doc
	at, found := d.start(e.foundAt), d.blocks[e.foundAt].found
	return at + found.from, at + found.to, true
}
