package intake

import (
	"strings"

	"firebreak/workflow"
)

// part is a heading and the text below it, up to the next heading.
type part struct {
	head        int // the line of its heading; -1 above the first
	first, last int // its lines, without the heading and without the last
	level       int
	title       string
	kind        partKind
	section     workflow.Section
	above       int      // the part that it stands below; 0 when none
	joined      bool     // belongs to the one above: its heading names nothing of its own
	named       bool     // a timeline by its name
	day         *dayLine // its heading is a date
	time        *head    // its heading is a stamp
	times       int      // lines in it that begin with a time
	odd         int      // rows in it with something else where a time should stand
}

// outline cuts a document into parts and sorts them.
func (d *document) outline() {
	d.findLabels()
	d.parts = []part{{head: -1, last: len(d.lines), kind: introPart}}
	for i := d.start; i < len(d.lines); i++ {
		if l := d.lines[i]; l.kind == headLine {
			d.parts[len(d.parts)-1].last = i
			d.parts = append(d.parts, part{head: i, first: i + 1, last: len(d.lines), level: l.level, title: l.title})
		}
	}
	d.parts[0].first = min(d.start, d.parts[0].last)
	for i := range d.parts {
		d.count(&d.parts[i])
	}
	d.findTitle()
	if d.front.title != "" {
		if d.title == d.front.title {
			d.frame(d.front.line)
		}
		d.leave(d.front.line, "front matter")
	}
	d.sortParts()
}

// count looks for stamps at the beginnings of the lines, once for all.
func (d *document) count(p *part) {
	for i := p.first; i < p.last; i++ {
		l := &d.lines[i]
		if l.kind != textLine {
			continue
		}
		if h, ok := d.headAt(l); ok {
			d.heads[i] = &h
			if h.mark.clock.told() && !h.said {
				p.times++
			}
		}
	}
	for i := p.first; i+1 < p.last; i++ { // the rows of a table begin with their cells
		if d.isTable(i) {
			times, odd := d.timesInTable(i, p.last)
			p.times, p.odd = p.times+times, p.odd+odd
			for i+1 < p.last && d.lines[i+1].kind == textLine && strings.Contains(d.lines[i+1].body, "|") {
				i++
			}
		}
	}
}

// wide is what a stamp can be anywhere; where it stands decides afterwards
// whether that is enough.
func (d *document) wide() manner {
	return manner{sentence: true, dayAlone: true, odd: true, zones: d.zones}
}

func (d *document) headAt(l *line) (head, bool) {
	text := l.body
	for n := range 4 {
		if h, ok := readHead(text, d.wide()); ok {
			h.item = n > 0
			return h, true
		}
		size := bulletOf(text)
		if size == 0 {
			return readHead(unboxed(text), d.wide())
		}
		text = text[size:]
	}
	return head{}, false
}

// findTitle makes the first heading the title, unless it names a section.
func (d *document) findTitle() {
	if len(d.parts) < 2 {
		return
	}
	first := &d.parts[1]
	kind, _ := nameOf(first.title)
	above := strings.TrimSpace(d.between(d.parts[0].first, d.parts[0].last))
	lone := first.level == 1
	for _, p := range d.parts[2:] {
		lone = lone && p.level > 1
	}
	if first.level > 1 && (kind != otherPart || above != "") || first.level == labelLevel || first.level == 1 && kind == sectionPart && !lone {
		return
	}
	if kind == timelinePart && !lone {
		return
	}
	if first.level > 1 {
		for _, p := range d.parts[2:] {
			if p.level == first.level { // a section like the others
				return
			}
		}
	}
	first.kind, d.titled = titlePart, 1
	d.title, d.titleLine = first.title, d.lines[first.head].no
	if at, ok := d.dayLineIn(first.title, d.lines[first.head].no); ok {
		first.day = &at
	}
}

// sortParts says of every part what it is, by its name, by what it stands
// below, and by what it goes on with.
func (d *document) sortParts() {
	var stack []int
	for i := 1; i < len(d.parts); i++ {
		p := &d.parts[i]
		beside := -1
		for len(stack) > 0 && d.parts[stack[len(stack)-1]].level >= p.level {
			if top := stack[len(stack)-1]; d.parts[top].level == p.level {
				beside = top
			}
			stack = stack[:len(stack)-1]
		}
		above := 0
		if len(stack) > 0 {
			above = stack[len(stack)-1]
		}
		stack = append(stack, i)
		p.above = above
		if p.kind != titlePart {
			d.sortPart(p, d.parts[above], beside)
		}
	}
}

func (d *document) sortPart(p *part, above part, beside int) {
	h, timed := readHead(p.title, d.wide())
	timed = timed && (h.mark.clock.told() || h.mark.unknown || h.mark.template != "") && p.level < labelLevel
	day, dated := d.dayLineIn(p.title, d.lines[p.head].no)
	if timed {
		p.time = &h
	} else if dated {
		p.day = &day
	}
	kind, section := nameOf(p.title)
	switch {
	case timed || dated:
		goesOn := beside >= 0 && d.parts[beside].kind == timelinePart && (d.parts[beside].named || d.parts[beside].day != nil || d.parts[beside].time != nil)
		if kind == timelinePart && !timed {
			p.kind, p.named = timelinePart, true
		} else if above.kind == timelinePart || goesOn {
			p.kind = timelinePart
		}
	case kind == timelinePart:
		p.kind, p.named = timelinePart, true
	case kind == sectionPart && above.kind == timelinePart && p.times > 0: // a phase of it
		p.kind = timelinePart
	case kind != otherPart && (above.kind != sectionPart || ownsName(p.title, section)):
		p.kind, p.section = kind, section
	case above.kind == timelinePart, above.kind == recordPart:
		p.kind = above.kind
	case above.kind == sectionPart || above.kind == otherPart && above.head >= 0:
		p.kind, p.section, p.joined = above.kind, above.section, true
	}
	if p.kind == timelinePart && !timed && !dated {
		if day, ok := d.dayWithin(p.title, d.lines[p.head].no); ok {
			p.day = &day
		}
	}
}

// ownsName says whether a heading below a section is one of its own, and not
// a sentence of that section with such a word in it.
func ownsName(title string, section workflow.Section) bool {
	switch section {
	case workflow.WentWellSection, workflow.WentWrongSection, workflow.LuckySection, workflow.ActionsSection, workflow.RootCauseSection:
		return strings.Count(bareTitle(title), " ") < 5 && !strings.Contains(bareTitle(title), "prevention")
	default:
		return strings.Count(bareTitle(title), " ") < 2
	}
}

// findLabels makes headings of the lines that are used as such.
func (d *document) findLabels() {
	plain := true
	for i := d.start; i < len(d.lines); i++ {
		plain = plain && d.lines[i].kind != headLine
	}
	top, known := true, false // no heading but the title yet; a label has named a section
	for i := d.start; i < len(d.lines); i++ {
		l := &d.lines[i]
		if l.kind == headLine {
			top, known = top && l.level == 1, false
		}
		if l.kind != textLine || l.quote > 0 || l.indent > 1 {
			continue
		}
		alone := i == d.start || d.lines[i-1].kind != textLine
		if title, ok := label(l.body, alone, plain); ok {
			l.kind, l.level, l.title = headLine, labelLevel, title
			continue
		}
		if title, tail, ok := labelWithText(l.body); ok && top {
			kind, _ := nameOf(title)
			if known = known || kind == sectionPart; known {
				l.kind, l.level, l.title, l.tail = headLine, labelLevel, title, tail
			}
		}
	}
}

// labelWithText reads "**Impact:** nobody could log in", as it stands at the
// top of many documents.
func labelWithText(body string) (title, tail string, ok bool) {
	text := body[bulletOf(body):]
	for _, mark := range []string{"**", "__"} {
		inner, found := strings.CutPrefix(text, mark)
		title, tail, closed := strings.Cut(inner, mark)
		if !found || !closed || len(title) > 40 {
			continue
		}
		bare, colon := strings.CutSuffix(title, ":")
		rest, after := strings.CutPrefix(tail, ":")
		if rest = strings.TrimSpace(rest); bare != "" && rest != "" && (colon || after) {
			return strings.TrimSpace(bare), rest, true
		}
	}
	return "", "", false
}

// label knows the lines that are headings to people and not to markdown:
// "**Timeline**", "- **Context**:", "Timeline:".
func label(body string, alone, plain bool) (string, bool) {
	if len(body) > 90 || len(body) < 4 || strings.IndexByte("*_':", body[len(body)-1]) < 0 && !plain {
		return "", false
	}
	size := bulletOf(body)
	text := strings.TrimSpace(body[size:])
	if len(text) > 80 || len(text) < 4 {
		return "", false
	}
	inner, colon := strings.CutSuffix(text, ":")
	bold := false
	for _, mark := range []string{"**", "__", "'''"} {
		if in, ok := strings.CutPrefix(inner, mark); ok {
			in, ok = strings.CutSuffix(in, mark)
			if bold = ok && !strings.Contains(in, mark) && in != ""; bold {
				inner = in
				break
			}
		}
	}
	if in, ok := strings.CutSuffix(inner, ":"); ok {
		inner, colon = in, true
	}
	inner = strings.TrimSpace(inner)
	if inner == "" || strings.ContainsAny(inner[len(inner)-1:], ".!?,;") {
		return "", false
	}
	if h, ok := readHead(inner, manner{dayAlone: true, odd: true}); ok && (h.mark.clock.told() || h.mark.unknown || h.text == "" || size > 0) {
		return "", false
	}
	kind, _ := nameOf(inner)
	known := kind == timelinePart || kind == sectionPart
	switch {
	case bold && size > 0:
		return inner, colon || known
	case bold:
		return inner, alone
	case size > 0 || !alone && !(plain && colon) || !known || strings.Contains(inner, "\t") || strings.Count(bareTitle(inner), " ") > 3:
		return "", false
	}
	return inner, colon || plain && strings.Count(bareTitle(inner), " ") < 3
}
