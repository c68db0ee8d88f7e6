package intake

import (
	"strings"
)

// holder is the entry that following lines can belong to.
type holder struct {
	draft  *draft
	kind   lineShape
	indent int // of its text, in columns
	bullet int // of its list marker
	level  int // of its heading
	quote  int
	blank  bool // a blank line has been since
	text   bool // the line before was one of text
	bare   bool // it is a list item that is a stamp alone
}

// lineShape is how an entry stands in the text.
type lineShape int

const (
	itemShape lineShape = iota
	paraShape
	headShape
)

// wraps says whether a line that begins with a time only goes on with the
// entry before it: "restarted at" and on the next line "14:40 by hand".
func (a *assembler) wraps(i int) bool {
	l, o := &a.d.lines[i], a.open
	if o == nil || o.kind == headShape {
		return false
	}
	if l.quote > o.quote {
		return true
	}
	if a.d.heads[i].mark.clock.told() && l.bullet() == 0 && !o.blank && o.kind == itemShape {
		return l.indent > 0 || !a.d.heads[i].set
	}
	return false
}

// follow gives a line to the entry that it belongs to, or leaves it.
func (a *assembler) follow(i int, p *part, named bool) {
	if a.open != nil && a.belongs(i, p) {
		a.keep(i)
		return
	}
	a.open = nil
	if p.kind == timelinePart && named {
		a.d.leaveTimeless(i)
	}
}

// belongs says whether a line is part of the open entry.
func (a *assembler) belongs(i int, p *part) bool {
	o, l := a.open, &a.d.lines[i]
	item := l.kind == textLine && l.bullet() > 0
	switch o.kind {
	case headShape:
		return true
	case itemShape:
		if item { // below "- 14:32" alone the next item is what it says
			return l.indent > o.bullet || l.indent == o.bullet && !o.blank && o.bare
		}
		return !o.blank || l.indent > o.bullet
	}
	if !o.blank || item || l.kind == codeLine || l.indent > o.indent {
		return true
	}
	return i < a.last || len(o.draft.lines) == 0 && p.kind == timelinePart
}

// keep adds a line to the open entry, without the indent of the entry.
func (a *assembler) keep(i int) {
	o, l := a.open, &a.d.lines[i]
	after := o.blank
	if o.blank && len(o.draft.lines) > 0 {
		o.draft.lines = append(o.draft.lines, "")
	}
	o.blank = false
	text := l.raw
	if l.kind != headLine {
		text = dedent(l, o.indent)
		if l.quote > o.quote {
			text = strings.Repeat("> ", l.quote-o.quote) + text
		}
		if o.text && !after && l.kind == textLine && l.bullet() == 0 {
			text = strings.TrimLeft(text, " ") // the line before goes on
		}
	}
	o.text = l.kind == textLine
	o.draft.lines = append(o.draft.lines, text)
	a.d.spend(i)
}

// dedent is a line without its quote marks and at most so many columns of its
// indent.
func dedent(l *line, columns int) string {
	keep := max(0, l.indent-columns)
	body := strings.TrimRight(l.body, " \t")
	if strings.HasSuffix(l.raw, "  ") { // a hard line break
		body += "  "
	}
	return strings.Repeat(" ", keep) + body
}

// leaveQuiet leaves a comment in a timeline; a rule is no text.
func (d *document) leaveQuiet(i int) {
	if isRule(d.lines[i].body) {
		d.frame(i)
		return
	}
	d.leave(i, "a comment in the timeline")
}

// leaveTimeless leaves a line of a timeline that has no time of its own.
func (d *document) leaveTimeless(i int) {
	why := "stands in the timeline without a time"
	if d.lines[i].no == d.hintLine {
		why = "tells the zone of the times"
	}
	d.leave(i, why)
}

// lastBreakOff takes off the end of a text what only broke its line in the
// document: a backslash, or <br>.
func lastBreakOff(text string) string {
	for _, tag := range []string{"<br>", "<br/>", "<br />"} {
		text = strings.TrimRight(strings.TrimSuffix(text, tag), " ")
	}
	if strings.HasSuffix(text, "\\") && !strings.HasSuffix(text, "\\\\") && strings.Count(text, "`")%2 == 0 {
		return strings.TrimRight(text[:len(text)-1], " ")
	}
	return text
}
