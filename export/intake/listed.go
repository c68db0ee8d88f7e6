package intake

// onlyTimes says whether a text begins with a time and has hardly anything but
// lines that do, below its title at most: then every such line is an entry, and
// be it the only one.
func (d *document) onlyTimes(p *part) bool {
	if p.kind != introPart && p.kind != titlePart {
		return false
	}
	times, filled := 0, 0
	for i := p.first; i < p.last; i++ {
		l, h := &d.lines[i], d.heads[i]
		if l.kind != textLine {
			continue
		}
		stamped := h != nil && !h.said && (h.mark.clock.told() || h.mark.unknown)
		if filled++; stamped {
			times++
		} else if filled == 1 && (h == nil || h.text != "" || h.mark.day.kind == untoldDay) {
			return false
		}
	}
	return p.times > 0 && times*2 >= filled
}
