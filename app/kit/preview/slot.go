package preview

import "fyne.io/fyne/v2"

// slot is the place of one piece of a document on the page. It outlives edits
// of its text, and keeps what was laid out of the blocks that did not change.
type slot struct {
	doc     *Document
	text    *chunk
	version int // of the text, for which the rest holds; 0 is none
	lead    float32
	blocks  []Block
	inner   geometry // of the blocks
	pieces  []*piece // of the blocks in sight, nil elsewhere
	shifts  map[uint64]*shift
	round   int // when it was in sight last
}

// piece is a block that was laid out at the present width.
type piece struct {
	object *fyne.Container
	height float32
	sides  []*sideways
	bars   []*bar
}

// leave takes a piece out of sight out of what scrolls together.
func (p *piece) leave() {
	for _, side := range p.sides {
		delete(side.shared.pieces, side)
	}
	for _, b := range p.bars {
		delete(b.shared.bars, b)
	}
}

// sync brings the slot in line with its text. An index of a block from before
// becomes the one where that block stands now.
func (s *slot) sync(lead float32, guess func(*Block) float32, index *int) {
	blocks := s.doc.blocksOf(s.text)
	if s.version == s.text.version && s.version != 0 {
		s.setLead(lead, guess)
		return
	}
	head, tail := 0, 0
	for head < min(len(s.blocks), len(blocks)) && s.blocks[head].ID == blocks[head].ID {
		head++
	}
	for tail < min(len(s.blocks), len(blocks))-head && s.blocks[len(s.blocks)-1-tail].ID == blocks[len(blocks)-1-tail].ID {
		tail++
	}
	oldTail, newTail := len(s.blocks)-tail, len(blocks)-tail
	var inner geometry
	inner.reset(len(blocks), func(i int) float32 { return guess(&blocks[i]) })
	pieces := make([]*piece, len(blocks))
	for i, p := range s.pieces {
		to := i
		switch {
		case i >= oldTail:
			to += newTail - oldTail
		case i >= head:
			if p != nil {
				p.leave()
			}
			continue
		}
		// The space above is no part of what makes two blocks the same, and the
		// first block has its own.
		if (i == 0) == (to == 0) && (to == 0 || s.blocks[i].Lead == blocks[to].Lead) {
			pieces[to], inner.heights[to], inner.known[to] = p, s.inner.heights[i], s.inner.known[i]
		} else if p != nil {
			p.leave()
		}
	}
	if *index >= oldTail {
		*index += newTail - oldTail
	}
	*index = max(min(*index, len(blocks)-1), 0)
	s.blocks, s.inner, s.pieces, s.version = blocks, inner, pieces, s.text.version
	s.setLead(lead, guess)
	s.inner.stack(0)
}

// setLead gives the first block the space above it.
func (s *slot) setLead(lead float32, guess func(*Block) float32) {
	if s.lead == lead || len(s.blocks) == 0 {
		s.lead = lead
		return
	}
	s.lead = lead
	if s.pieces[0] != nil {
		s.pieces[0].leave()
		s.pieces[0] = nil
	}
	first := s.block(0)
	s.inner.heights[0], s.inner.known[0] = guess(&first), false
	s.inner.stack(0)
}

// block is a block with the space that it has on the page.
func (s *slot) block(j int) Block {
	b := s.blocks[j]
	if j == 0 {
		b.Lead = s.lead
	}
	return b
}

// put away drops what was laid out of the blocks outside of a range.
func (s *slot) putAway(from, to int) {
	for j, p := range s.pieces {
		if p != nil && (j < from || j >= to) {
			p.leave()
			s.pieces[j] = nil
		}
	}
}

// forget drops everything that was laid out, but not the text.
func (s *slot) forget() {
	s.putAway(0, 0)
	s.version, s.blocks, s.pieces, s.inner, s.shifts, s.lead = 0, nil, nil, geometry{}, nil, 0
}

func (s *slot) shiftOf(group uint64) *shift {
	if s.shifts == nil {
		s.shifts = map[uint64]*shift{}
	}
	if s.shifts[group] == nil {
		s.shifts[group] = newShift()
	}
	return s.shifts[group]
}
