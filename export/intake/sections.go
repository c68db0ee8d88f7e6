package intake

import (
	"strings"

	"firebreak/workflow"
)

// sections gives what is not the timeline: every part under its heading, with
// those below it whose headings name nothing of their own.
func (d *document) sections() []workflow.ReadSection {
	var out []workflow.ReadSection
	at := make([]int, len(d.parts)) // the section of a part, from 1
	for i := range d.parts {
		p := &d.parts[i]
		if p.kind == timelinePart {
			d.leaveRest(p)
			continue
		}
		took := p.head >= 0 && d.lines[p.head].spent
		text := d.unspent(p)
		if p.head >= 0 && d.lines[p.head].tail != "" {
			text = strings.TrimRight(clean(d.lines[p.head].tail)+"\n"+dedentAll(text), "\n")
		}
		if text == "" && (took || p.head < 0 || d.emptied(p)) {
			if p.head >= 0 {
				d.frame(p.head)
			}
			continue
		}
		if into := at[p.above]; p.joined && into > 0 {
			at[i] = into
			s := &out[into-1]
			s.Text = strings.TrimLeft(s.Text+"\n\n"+strings.TrimSpace(clean(d.lines[p.head].raw))+"\n\n"+text, "\n")
			s.Text = strings.TrimRight(s.Text, "\n")
			d.spend(p.head)
			continue
		}
		section := workflow.ReadSection{Line: d.firstText(p), Section: p.section, Text: text}
		if p.head >= 0 {
			d.spend(p.head)
			section.Line = d.lines[p.head].no
			if p.kind != titlePart {
				section.Heading = clean(p.title)
			} else {
				section.Line = d.firstText(p)
			}
		}
		if p.kind == titlePart && text == "" {
			continue
		}
		out = append(out, section)
		at[i] = len(out)
	}
	return out
}

// leaveRest leaves what is left of a timeline.
func (d *document) leaveRest(p *part) {
	if p.head >= 0 && p.named {
		d.frame(p.head)
	} else if p.head >= 0 {
		d.leave(p.head, "a heading within the timeline")
	}
	for i := p.first; i < p.last; i++ {
		if d.lines[i].kind == quietLine {
			d.leaveQuiet(i)
		}
		d.leaveTimeless(i)
	}
}

// dedentAll takes the indent that all lines of a text share off them: what
// stands below a label in a list is a text of its own here.
func dedentAll(text string) string {
	lines := strings.Split(text, "\n")
	indent := -1
	for _, l := range lines {
		if n := len(l) - len(strings.TrimLeft(l, " ")); strings.TrimSpace(l) != "" && (indent < 0 || n < indent) {
			indent = n
		}
	}
	for i, l := range lines {
		lines[i] = l[min(max(indent, 0), len(l)):]
	}
	return strings.Join(lines, "\n")
}

// unspent is what is left of a part, as it stands in the source.
func (d *document) unspent(p *part) string {
	first, last := p.first, p.last
	for first < last && (d.lines[first].spent || d.lines[first].kind == blankLine) {
		first++
	}
	for last > first && (d.lines[last-1].spent || d.lines[last-1].kind == blankLine) {
		last--
	}
	var out strings.Builder
	blank := false
	for i := first; i < last; i++ {
		l := &d.lines[i]
		if l.spent {
			blank = true
			continue
		}
		if blank && l.kind != blankLine {
			out.WriteByte('\n')
		}
		blank = false
		out.WriteString(strings.TrimRight(l.raw, "\r"))
		out.WriteByte('\n')
		d.spend(i)
	}
	return strings.TrimRight(clean(out.String()), "\n")
}

// emptied says whether entries have taken all that a part said.
func (d *document) emptied(p *part) bool {
	for i := p.first; i < p.last; i++ {
		if d.lines[i].spent && d.lines[i].kind != blankLine {
			return true
		}
	}
	return false
}

// firstText is the number of the first line of a part that says something.
func (d *document) firstText(p *part) int {
	for i := p.first; i < p.last; i++ {
		if d.lines[i].kind != blankLine {
			return d.lines[i].no
		}
	}
	return d.lines[max(0, min(p.first, len(d.lines)-1))].no
}

// severity is the level as the document names it.
func (d *document) severity() string {
	if d.front.severity != "" {
		return clean(d.front.severity)
	}
	if found := severityIn(d.title); found != "" {
		return found
	}
	for i := d.start; i < len(d.lines) && i < d.start+lookedAt; i++ {
		l := &d.lines[i]
		if !l.says() || len(l.body) > 200 {
			continue
		}
		text := strings.TrimLeft(l.afterBullet(), "*_| ")
		if len(text) < 10 || !strings.EqualFold(text[:8], "severity") {
			continue
		}
		if sign := strings.TrimPrefix(strings.ToLower(text[8:]), " level"); !strings.ContainsAny(sign[:min(len(sign), 5)], ":|") {
			continue
		}
		value := strings.Trim(text[8:], "*_|: ")
		if value == "" || strings.HasPrefix(strings.ToLower(value), "level") {
			value = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(value, "level"), "Level"), "*_|: ")
		}
		if found := severityIn(value); found != "" {
			return found
		}
		if words := strings.Fields(value); len(words) > 0 && len(words) < 4 {
			return clean(value)
		}
	}
	return ""
}

// severityIn finds SEV1, SEV-2, Sev 3 and P1 in a text.
func severityIn(text string) string {
	s := scan{text: text}
	for !s.done() {
		word := s.word()
		from := s.at
		if word == "" {
			s.at++
			continue
		}
		s.at += len(word)
		if isLetter(s.peek(-len(word)-1)) || isDigit(s.peek(-len(word)-1)) {
			continue
		}
		sev := strings.EqualFold(word, "sev")
		if !sev && word != "P" && !strings.EqualFold(word, "severity") {
			continue
		}
		if word != "P" {
			s.takeAny("-", " ")
		}
		if figures, ok := s.figures(1, 1); ok && value(figures) < 6 {
			return text[from:s.at]
		}
	}
	return ""
}
