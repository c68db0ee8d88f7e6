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

// lead is the space above b inside its piece. The first block keeps its wish.
func (w *walk) lead(b Block) float32 {
	if len(w.blocks) == 0 {
		w.opens = len(w.frames) > 0 && w.frames[len(w.frames)-1].tight
		return b.Lead
	}
	return leadBetween(w.blocks[len(w.blocks)-1].Kind, &b, w.tight())
}

// leadBetween is the space between two blocks: little inside a list whose items
// are not set apart by empty lines.
func leadBetween(above Kind, b *Block, tight bool) float32 {
	if b.Lead == leadNone && b.Kind != Rule {
		return leadNone
	}
	switch {
	case b.Kind == Rule:
		return leadHeading
	case above == Rule:
		return leadHeading
	case above == Heading && b.Kind == Heading:
		return leadParagraph
	case above == Heading:
		return leadParagraph * 0.6
	case standsApart(b.Kind) || standsApart(above):
		return b.Lead
	case tight:
		return leadTight
	}
	return b.Lead
}

// standsApart reports blocks that keep their distance even in a list.
func standsApart(kind Kind) bool {
	return kind == Heading || kind == Code || kind == Row || kind == Picture
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
