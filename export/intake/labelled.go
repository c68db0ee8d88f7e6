package intake

import "strings"

// longestLabel is how many bytes a label before a time has at most.
const longestLabel = 60

// labelled finds the timelines whose times stand behind labels, "Detected:
// 14:32 UTC", and makes entries of their lines. A timeline that has times at
// the beginnings of its lines is not looked at.
func (d *document) labelled() {
	a := assembler{d: d}
	for _, p := range d.parts {
		if p.kind != timelinePart || p.times+p.odd > 0 || p.time != nil {
			continue
		}
		found := map[int]*head{}
		begins := false
		for i := p.first; i < p.last; i++ {
			if h := d.heads[i]; h != nil && a.accepts(h, true) {
				begins = true
				break
			}
			if d.lines[i].kind == textLine && d.lines[i].quote == 0 {
				if h, ok := d.labelledAt(&d.lines[i]); ok {
					found[i] = &h
				}
			}
		}
		if begins || len(found) < 2 {
			continue
		}
		for i, h := range found {
			d.heads[i] = h
		}
	}
}

// labelledAt reads "- **Detected at:** 14:32 UTC by a probe".
func (d *document) labelledAt(l *line) (head, bool) {
	text := l.afterBullet()
	for from := 0; from < len(text) && from < longestLabel; {
		sign := strings.IndexAny(text[from:], ":–—-")
		if sign < 0 {
			break
		}
		from += sign
		size := 1
		if text[from] >= 0x80 {
			size = 3
		}
		label := strings.Trim(text[:from], "*_ ")
		rest := strings.TrimLeft(text[min(from+size, len(text)):], "*_: ")
		h, ok := readHead(rest, manner{zones: d.zones})
		if ok && h.mark.clock.told() && label != "" && isLetter(label[0]) {
			if h.text != "" {
				label += ": " + h.text
			}
			h.text, h.wrap, h.set, h.item = label, "", true, true
			return h, true
		}
		from += size
	}
	return head{}, false
}
