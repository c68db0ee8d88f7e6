package intake

import "strings"

// stampsTrail says whether the stamps of a part stand alone below what they
// are of, as on status pages: a word, a sentence, and then its time.
func (a *assembler) stampsTrail(p *part, named bool) bool {
	first, last := -1, -1
	for i := p.first; i < p.last; i++ {
		if a.d.lines[i].kind != textLine {
			continue
		}
		if h := a.d.heads[i]; h != nil && !a.stampAlone(i) && a.accepts(h, named) {
			return false
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	return first >= 0 && !a.stampAlone(first) && a.stampAlone(last)
}

// stampAlone says whether a line is nothing but a date with a time.
func (a *assembler) stampAlone(i int) bool {
	h := a.d.heads[i]
	return h != nil && h.text == "" && h.mark.clock.told() && !h.mark.clock.bad && h.mark.day.kind != untoldDay && !h.item
}

// trailing reads a paragraph whose last line is its stamp.
func (a *assembler) trailing(i int, p *part) (end int, ok bool) {
	if !a.trails || a.d.lines[i].spent {
		return i, false
	}
	for end = i; end < p.last && a.d.lines[end].kind == textLine && !a.stampAlone(end); end++ {
	}
	if end == i || end == p.last || !a.stampAlone(end) {
		return i, false
	}
	a.begin(end, *a.d.heads[end], paraShape, 0, 0)
	e := a.open.draft
	a.open = nil
	for ; i < end; i++ {
		e.lines = append(e.lines, strings.TrimSpace(a.d.lines[i].raw))
		a.d.spend(i)
	}
	return end, true
}
