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
	blocks := e.buf.doc.blocks
	first, last := e.first, e.last
	if e.Len() <= searchedWhole {
		first, last = 0, len(blocks)-1
	}
	for _, b := range blocks[first : last+1] {
		if b.found == nil {
			from, to, is := e.finder(b.text)
			b.found = &finding{from, to, is}
		}
	}
}

// Found is the first place that the finder found, in bytes of the text; ok is
// false when there is none.
func (e *Editor) Found() (from, to int, ok bool) {
	d := e.buf.doc
	for i, b := range d.blocks {
		if b.found != nil && b.found.is {
			return d.start(i) + b.found.from, d.start(i) + b.found.to, true
		}
	}
	return 0, 0, false
}
