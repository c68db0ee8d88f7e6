package intake

import "strings"

// longestDayLine is how long a line that only names a day can be, in bytes.
const longestDayLine = 100

// isDate takes a line that only names a day: the entries below are of it.
func (a *assembler) isDate(i int, named bool, p *part) bool {
	d, l := a.d, &a.d.lines[i]
	if h := d.heads[i]; len(l.body) > longestDayLine || h != nil && h.mark.clock.told() || !l.mayBeDay() {
		return false
	}
	if o := a.open; o != nil && o.kind == itemShape && l.indent > o.bullet {
		return false
	}
	at, ok := d.dayLineIn(l.body, l.no)
	if !ok || at.rest != "" || p.kind == introPart && named {
		return false
	}
	if h := d.heads[i]; h != nil && a.saysBelow(i) {
		a.entry(i, *h)
		return true
	}
	if h := d.heads[i]; h != nil && named && a.proseBelow(i, p) {
		a.begin(i, *h, headShape, 0, 0)
		a.open.level = labelLevel
		return true
	}
	a.day, a.open = &at, nil
	if at.zone != nil {
		a.zone = at.zone
	}
	d.frame(i)
	return true
}

// saysBelow says whether a list item that is a date alone goes on with its text
// in the next line: "- 2024-06-21:" and below it what happened.
func (a *assembler) saysBelow(i int) bool {
	l, h := &a.d.lines[i], a.d.heads[i]
	if i+1 >= len(a.d.lines) || l.bullet() == 0 || h.mark.unknown || h.mark.template != "" || h.mark.day.kind == weekdayDay {
		return false
	}
	next := &a.d.lines[i+1]
	return next.kind == textLine && next.indent > l.indent && next.bullet() == 0 && next.quote == l.quote && a.d.heads[i+1] == nil
}

// proseBelow says whether a line that is a date alone stands over sentences
// without a time, up to the next such line: then these are an entry of that day.
func (a *assembler) proseBelow(i int, p *part) bool {
	if l := &a.d.lines[i]; p.kind != timelinePart || l.bullet() > 0 || a.trails {
		return false
	}
	prose := false
	for j := i + 1; j < p.last; j++ {
		l, h := &a.d.lines[j], a.d.heads[j]
		switch {
		case l.kind != textLine:
			continue
		case h != nil && h.text == "" && !h.mark.clock.told() && h.mark.day.kind != untoldDay:
			return prose
		case h != nil && a.accepts(h, true), strings.HasPrefix(l.body, "<"), strings.HasPrefix(l.body, "|"), a.d.isTable(j):
			return false
		}
		prose = true
	}
	return prose && a.childless(p)
}

// mayBeDay turns most lines away without reading them.
func (l *line) mayBeDay() bool {
	return canBegin(afterBullet(l.body), manner{}) || canBegin(l.body, manner{})
}

// dayLineIn reads a text that begins with a day: "2019-01-22", "**May 12th**",
// "Day 2 (14 May):", "24/07/25", "Saturday, 26 July (all times UTC)".
func (d *document) dayLineIn(text string, no int) (dayLine, bool) {
	at, ok := d.dayLineOf(text, no)
	if !ok {
		if after := afterBullet(text); len(after) < len(text) {
			at, ok = d.dayLineOf(after, no)
		}
	}
	return at, ok
}

func (d *document) dayLineOf(text string, no int) (dayLine, bool) {
	if text == "" || len(text) > 300 {
		return dayLine{}, false
	}
	s := scan{text: text, zones: d.zones}
	s.picture()
	open := s.wraps(manner{})
	at := dayLine{line: no, says: text}
	counted := s.try(func() bool {
		if !s.takeWord("day") || !s.blanks() && s.takeAny("-", "#") == "" {
			return false
		}
		figures, ok := s.figures(1, 2)
		at.count = value(figures)
		return ok && at.count > 0
	})
	if counted {
		for s.blanks() || s.takeAny(":", "-", "–", "—", ",", "(", "*", "_") != "" {
		}
	}
	s.try(func() bool { return s.takeWord("on", "date") && (s.take(":") || true) && s.blanks() })
	found, ok := s.readDay()
	switch {
	case ok && (isDigit(s.peek(0)) || isLetter(s.peek(0))):
		return dayLine{}, false
	case ok && (found.kind == nearDay || found.kind == monthOnly || found.figures && !strings.Contains(text[:s.at], "/")):
		return dayLine{}, false
	case !ok && !counted:
		return dayLine{}, false
	case ok:
		at.day = found
		at.count = 0
	}
	s.unwraps(open)
	at.rest = strings.Trim(s.rest(), " \t*_`'\"()[]{}:.,;–—-=#|/~")
	if c, told := s.readClock(); told && c.told() {
		return dayLine{}, false
	}
	if z, ok := d.zoneInName(at.rest); ok && strings.Count(at.rest, " ") < 5 {
		z.says = "“" + cut(text) + "”"
		at.zone, at.rest = z, ""
	}
	if found.kind == weekdayDay && at.rest != "" {
		return dayLine{}, false
	}
	return at, true
}

// dayWithin finds a whole date, or one in words, anywhere in a text.
func (d *document) dayWithin(text string, no int) (dayLine, bool) {
	found, ok := daysIn(text, 1)
	if !ok {
		return dayLine{}, false
	}
	return dayLine{line: no, day: found[0], says: text, rest: text}, true
}

// daysIn finds dates in a text: whole ones, and those in words.
func daysIn(text string, most int) (found []day, ok bool) {
	s := scan{text: text}
	for !s.done() && len(found) < most {
		before := s.peek(-1)
		if c := s.peek(0); isDigit(c) || isLetter(c) && !isLetter(before) {
			if isDigit(before) || before == '/' && !strings.HasPrefix(s.rest(), "20") || before == '.' || before == '-' && isDigit(c) && s.at > 1 && isDigit(s.peek(-2)) {
				s.at++
				continue
			}
			if d, ok := s.readDay(); ok && (d.kind == wholeDay || d.kind == yearlessDay && !d.figures || d.kind == figureDay && d.year != 0) && d.possible() && !isDigit(s.peek(0)) {
				found = append(found, d)
				continue
			}
			if isLetter(c) {
				s.at += len(s.word())
				continue
			}
		}
		s.at++
	}
	return found, len(found) > 0
}

func (d day) possible() bool { return d.kind == figureDay || d.exists() }
