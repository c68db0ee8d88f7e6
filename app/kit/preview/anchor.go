package preview

// mark is a place in the text: a block, and how far above the view it starts.
type mark struct {
	slot, block int
	offset      float32
	top         bool
}

// anchor remembers what stands at the top of the view.
func (v *View) anchor() mark {
	y := v.scroll.Offset.Y - margin
	if y <= 0 || len(v.slots) == 0 {
		return mark{top: true, offset: v.scroll.Offset.Y}
	}
	m := mark{slot: v.places.at(y)}
	m.offset = y - v.places.tops[m.slot]
	if s := v.slots[m.slot]; len(s.inner.heights) > 0 {
		m.block = s.inner.at(m.offset)
		m.offset -= s.inner.tops[m.block]
	}
	return m
}

// found gives the scroll offset that brings a mark back to where it was.
func (v *View) found(m mark) float32 {
	if m.top {
		return m.offset
	}
	if len(v.slots) == 0 {
		return 0
	}
	y := margin + v.places.tops[m.slot] + m.offset
	if s := v.slots[m.slot]; m.block < len(s.inner.heights) {
		y += s.inner.tops[m.block]
	}
	return y
}

// moved brings a mark in line with an edit of the slots.
func (m *mark) moved(by change, slots int) {
	switch {
	case m.top || m.slot < by.from:
	case m.slot >= by.from+by.removed:
		m.slot += by.added - by.removed
	default:
		at := m.slot - by.from
		if at >= by.added {
			m.block, m.offset = 0, 0
		}
		m.slot = by.from + max(min(at, by.added-1), 0)
	}
	m.slot = max(min(m.slot, slots-1), 0)
}
