package preview

// put adds a block with the frames it stands in and the space above it.
func (w *walk) put(b Block) {
	b.Marker, w.marker = w.marker, Marker{}
	b.Frames = make([]Frame, len(w.frames))
	for i, f := range w.frames {
		b.Frames[i] = f.Frame
	}
	b.Joined = w.joined()
	b.Lead = w.lead(b)
	w.last = append(w.last[:0], w.frames...)
	w.blocks = append(w.blocks, b)
}

// joined counts the frames shared with the block above.
func (w *walk) joined() int {
	n := 0
	for n < len(w.frames) && n < len(w.last) && w.frames[n].node == w.last[n].node {
		n++
	}
	return n
}

// lead is the space above b: nothing at the top of the page or of a quote,
// little inside a list whose items are not set apart by empty lines.
func (w *walk) lead(b Block) float32 {
	if len(w.blocks) == 0 || b.Lead == leadNone && b.Kind != Rule {
		return leadNone
	}
	above := w.blocks[len(w.blocks)-1]
	switch {
	case b.Kind == Rule:
		return leadHeading
	case above.Kind == Rule:
		return leadHeading
	case above.Kind == Heading && b.Kind == Heading:
		return leadParagraph
	case above.Kind == Heading:
		return leadParagraph * 0.6
	case b.Kind == Heading || b.Kind == Code || above.Kind == Code || b.Kind == Row || above.Kind == Row:
		return b.Lead
	case w.tight():
		return leadTight
	}
	return b.Lead
}

// tight reports whether a block goes on with the list of the block above, and
// stands in a list whose items no empty lines set apart.
func (w *walk) tight() bool {
	if len(w.frames) == 0 || !w.frames[len(w.frames)-1].tight {
		return false
	}
	for i := 0; i < len(w.frames) && i < len(w.last); i++ {
		f, l := w.frames[i], w.last[i]
		if f.Kind == Item && l.Kind == Item && f.node.Parent() == l.node.Parent() {
			return true
		}
	}
	return false
}
