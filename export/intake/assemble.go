package intake

import (
	"strings"

	"firebreak/workflow"
)

// assembler walks over the lines of a timeline and puts its entries together.
type assembler struct {
	d       *document
	at      int // the part that is read
	noTable int // the part, from 1, in which no table in HTML ends any more
	day     *dayLine
	dayPart int
	zone    *zoneHint
	open    *holder
	last    int  // the last line of this part that begins an entry
	timed   bool // lines of this part begin with a time
	trails  bool // the stamps of this part stand below what they are of
	listed  bool // this part is a list of lines with times: there are many, or nothing else
}

// assemble finds the entries of a document.
func (d *document) assemble() {
	a := assembler{d: d, dayPart: -1}
	named := d.namedTimeline()
	for i := range d.parts {
		p := &d.parts[i]
		if !d.eligible(p, named) {
			a.open = nil
			continue
		}
		a.part(i, p, named)
	}
	for _, e := range d.drafts {
		if n := len(e.lines); n > 0 {
			e.lines[n-1] = lastBreakOff(strings.TrimRight(e.lines[n-1], " "))
		}
	}
}

// namedTimeline says whether some part that is called a timeline has entries.
// Then nothing else has: a chat log in an appendix and the times of the
// detection are told again, and not entries of their own.
func (d *document) namedTimeline() bool {
	a := assembler{d: d}
	for at := range d.parts {
		p := &d.parts[at]
		if p.kind != timelinePart {
			continue
		}
		a.at, a.last = at, p.first-1
		if p.times+p.odd > 0 || p.time != nil || p.day != nil && p.day.rest == "" && a.dayOfProse(p) {
			return true
		}
		for i := p.first; i < p.last; i++ {
			if h := d.heads[i]; h != nil && h.mark.template == "" && (a.accepts(h, true) || h.text == "" && h.mark.day.kind == wholeDay && (a.saysBelow(i) || a.proseBelow(i, p))) {
				return true
			}
			if hasPrefixFold(d.lines[i].body, "<td>") || strings.Contains(d.lines[i].body, "<tr><td>") {
				return true
			}
		}
	}
	return false
}

func (d *document) eligible(p *part, named bool) bool {
	if named {
		return p.kind == timelinePart
	}
	return p.kind != recordPart && p.kind != titlePart && p.section != workflow.ActionsSection && p.section != workflow.RelatedSection ||
		p.kind == titlePart && p.time == nil
}

// part reads the entries of one part.
func (a *assembler) part(at int, p *part, named bool) {
	a.at = at
	a.dates(at)
	a.listed, a.timed = p.times > 2 || a.d.onlyTimes(p), p.times > 0
	a.trails = a.stampsTrail(p, named)
	a.last = a.lastEntry(p, named)
	if p.head >= 0 {
		a.heading(p, named)
	}
	for i := p.first; i < p.last; i++ {
		i = a.line(i, p, named)
	}
	if a.open != nil && a.open.kind != headShape {
		a.open = nil
	}
}

// dates finds the date that stands over a part.
func (a *assembler) dates(at int) {
	p, from := a.d.parts[at], at
	for from > 0 && a.d.parts[from].day == nil {
		from = a.d.parts[from].above
	}
	if from == a.dayPart || a.d.parts[from].kind == titlePart {
		return
	}
	if from == 0 && !p.named {
		return
	}
	a.dayPart, a.day = from, a.d.parts[from].day
}

// lastEntry is the last line of a part that begins an entry.
func (a *assembler) lastEntry(p *part, named bool) int {
	for i := p.last - 1; i >= p.first; i-- {
		if h := a.d.heads[i]; h != nil && a.accepts(h, named) {
			return i
		}
	}
	return p.first - 1
}

// heading reads the heading of a part: an entry, a date, or words about what
// follows.
func (a *assembler) heading(p *part, named bool) {
	d, l := a.d, &a.d.lines[p.head]
	switch {
	case p.time != nil && p.time.mark.template != "":
		a.open = nil
		d.leave(p.head, "left over from a template")
	case p.time != nil && (p.kind == timelinePart || p.time.mark.clock.told()):
		a.begin(p.head, *p.time, headShape, 0, 0)
		a.open.level = p.level
	case p.day != nil && p.kind == timelinePart && p.day.rest != "" && p.times == 0 && a.childless(p) && p.level < labelLevel:
		if h, ok := readHead(p.title, d.wide()); ok && h.mark.day.kind != weekdayDay {
			a.begin(p.head, h, headShape, 0, 0)
			a.open.level = p.level
			return
		}
		a.aside(p)
	case p.day != nil && p.day.rest == "" && named && a.dayOfProse(p):
		h, _ := readHead(p.title, d.wide())
		a.begin(p.head, h, headShape, 0, 0)
		a.open.level = p.level
	case p.day != nil && p.day.rest == "":
		a.open = nil
		d.frame(p.head)
	case a.open != nil && a.open.kind == headShape && p.level > a.open.level && p.kind == timelinePart:
		a.keep(p.head)
	default:
		a.aside(p)
	}
	if l.spent && p.day != nil && p.day.zone != nil {
		a.zone = p.day.zone
	}
}

// dayOfProse says whether a heading with a date and nothing else stands over
// sentences without a time: then these are an entry of that day.
func (a *assembler) dayOfProse(p *part) bool {
	if p.kind != timelinePart || p.times+p.odd > 0 || a.last >= p.first || a.trails || !a.childless(p) {
		return false
	}
	if h, ok := readHead(p.title, a.d.wide()); !ok || h.mark.day.kind == weekdayDay || h.mark.day.kind == untoldDay {
		return false
	}
	prose := false
	for i := p.first; i < p.last; i++ {
		l := &a.d.lines[i]
		if l.kind != textLine {
			continue
		}
		if strings.HasPrefix(l.body, "<") || strings.HasPrefix(l.body, "|") || a.d.isTable(i) {
			return false
		}
		prose = true
	}
	return prose
}

// childless says whether no part below this one has times.
func (a *assembler) childless(p *part) bool {
	for i := a.at + 1; i < len(a.d.parts); i++ {
		below := &a.d.parts[i]
		if below.level <= p.level {
			return true
		}
		if below.times > 0 || below.time != nil {
			return false
		}
	}
	return true
}

// aside keeps a heading within a timeline that is no entry.
func (a *assembler) aside(p *part) {
	a.open = nil
	switch {
	case p.kind != timelinePart: // the heading of a section, kept with it
	case p.named:
		a.d.frame(p.head)
	default:
		a.d.leave(p.head, "a heading within the timeline")
	}
}

// line reads one line, and gives the last one that it took.
func (a *assembler) line(i int, p *part, named bool) int {
	d, l := a.d, &a.d.lines[i]
	switch {
	case l.kind == blankLine:
		if a.open != nil && l.quote > a.open.quote && !a.open.blank && len(a.open.draft.lines) > 0 {
			a.open.draft.lines = append(a.open.draft.lines, strings.TrimSpace(strings.Repeat("> ", l.quote-a.open.quote)))
		} else if a.open != nil {
			a.open.blank = true
		}
		return i
	case l.kind == codeLine:
		a.follow(i, p, named)
		return i
	case l.kind == quietLine:
		if isRule(l.body) && a.open != nil && a.open.kind == paraShape {
			a.open = nil
		}
		if p.kind == timelinePart {
			d.leaveQuiet(i)
		}
		return i
	case d.isTable(i):
		return a.table(i, p, named)
	}
	if end, ok := a.htmlTable(i, p, named); ok {
		return end
	}
	if end, ok := a.trailing(i, p); ok {
		return end
	}
	if a.isDate(i, named, p) {
		return i
	}
	if h := d.heads[i]; h != nil && a.accepts(h, named) && !a.wraps(i) {
		a.entry(i, *h)
		return i
	}
	a.follow(i, p, named)
	return i
}

// accepts says whether a stamp at the beginning of a line makes it an entry.
// Outside of what is called a timeline only what is plain does.
func (a *assembler) accepts(h *head, named bool) bool {
	m := h.mark
	switch {
	case m.template != "":
		return named
	case m.unknown, m.clock.bad:
		return (named || a.listed) && (h.set || h.text == "" || m.clock.half || m.unknown && h.item)
	case !m.clock.told():
		return named && (h.set || m.day.kind == wholeDay) && (!h.said || h.item) && h.text != ""
	case h.said && !h.item && !h.set:
		return named && !a.timed
	case h.said:
		return named
	}
	return (named || h.set || a.listed || h.item) && (h.set || !m.clock.loose)
}

// entry begins an entry at a line.
func (a *assembler) entry(i int, h head) {
	d, l := a.d, &a.d.lines[i]
	if h.mark.template != "" {
		a.open = nil
		d.leave(i, "left over from a template")
		return
	}
	size := l.bullet()
	if size == 0 || strings.HasPrefix(l.body, h.mark.typed) {
		a.begin(i, h, paraShape, l.indent, l.indent)
		return
	}
	a.begin(i, h, itemShape, l.indent, l.indent+size)
}

// begin opens an entry; the lines behind it are looked at with it in mind.
func (a *assembler) begin(i int, h head, shape lineShape, bullet, indent int) {
	d, l := a.d, &a.d.lines[i]
	e := &draft{line: l.no, mark: h.mark, day: a.day, zone: a.zone}
	if text := strings.TrimSpace(h.wrap + h.text); text != "" {
		e.lines = append(e.lines, text)
	}
	if h.mark.link != "" {
		e.links = append(e.links, h.mark.link)
	}
	d.drafts = append(d.drafts, e)
	d.spend(i)
	a.open = &holder{draft: e, kind: shape, bullet: bullet, indent: indent, quote: l.quote, text: true}
	a.open.bare = shape == itemShape && len(e.lines) == 0
}
