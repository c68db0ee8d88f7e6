package intake

import (
	"strings"
)

// yearBehind reads the year, and the zone, of "Nov 25 14:32:05 2024 +0100".
func (s *scan) yearBehind(m *mark) {
	s.try(func() bool {
		if m.day.kind != yearlessDay || !s.blanks() {
			return false
		}
		year, ok := s.figures(4, 4)
		if !ok || !isYear(year) {
			return false
		}
		m.day.kind, m.day.year = wholeDay, value(year)
		if z, ok := s.readZone(true); ok && !m.zone.told() {
			m.zone = z
		}
		return true
	})
}

// dayBehind reads the date of "14:32 UTC, 25 Nov 2024" and "22:30 UTC (Oct 29)".
func (s *scan) dayBehind(m *mark) {
	s.try(func() bool {
		s.take(",")
		if !s.blanks() {
			return false
		}
		open := s.take("(")
		s.try(func() bool { return s.takeWord("on", "of") && s.blanks() })
		d, ok := s.readDay()
		if !ok || d.kind == weekdayDay || d.kind == nearDay && !open || d.kind == figureDay && d.year == 0 {
			return false
		}
		if isDigit(s.peek(0)) || isLetter(s.peek(0)) || s.peek(0) == ':' && isDigit(s.peek(1)) || open && !s.take(")") {
			return false
		}
		m.day = d
		return true
	})
}

// span reads the end of "14:20-14:40 UTC" and "23:50 to 00:10".
func (s *scan) span(m *mark, how manner) {
	s.try(func() bool {
		if !m.clock.told() && !m.within {
			return false
		}
		spaced := s.blanks()
		dash := s.takeAny("–", "—", "-", "→", "->", "…", "..")
		if dash == "" {
			if !spaced || !s.takeWord("to", "until", "till", "and", "through") {
				return false
			}
		}
		s.blanks()
		end := mark{}
		s.abouts(&end)
		start := s.at
		if !s.moment(&end, manner{packed: how.packed && !s.colonAhead(m)}) || !end.clock.told() || end.clock.bad {
			return false
		}
		if isDigit(s.peek(0)) || isLetter(s.peek(0)) {
			return false
		}
		end.typed = strings.TrimSpace(s.text[start:s.at])
		m.end = &end
		m.about = m.about || end.about
		if !m.zone.told() && end.zone.told() {
			m.zone = end.zone
		}
		return true
	})
}

// colonAhead says whether the start of a range was written with a colon: then
// its end is, too, and "14:32 - 1500 pods" is no range.
func (s *scan) colonAhead(m *mark) bool {
	return strings.Contains(s.text[:s.at], ":") && m.clock.told()
}

// others reads what the same moment is elsewhere: "13:14 EDT (17:14 UTC)",
// "10:00 PDT / 17:00 UTC".
func (s *scan) others(m *mark) {
	for len(m.also) < 4 && m.clock.told() && m.end == nil {
		if !s.try(func() bool {
			s.blanks()
			sign := s.takeAny("(", "/", "|", ",", "=", "[")
			if sign == "" {
				return false
			}
			s.blanks()
			also := mark{}
			from := s.at
			if !s.moment(&also, manner{}) || !also.clock.told() || !also.zone.told() || also.clock.bad {
				return false
			}
			also.typed = s.text[from:s.at]
			if sign == "(" && !s.take(")") || sign == "[" && !s.take("]") {
				return false
			}
			m.also = append(m.also, also)
			return true
		}) {
			return
		}
	}
}

// abouts takes the marks of an approximate time.
func (s *scan) abouts(m *mark) {
	for {
		if s.takeAny("~", "≈", "±", "c.") == "" && !s.takeWord("about", "around", "approx", "approximately", "ca", "circa", "roughly", "gegen", "etwa", "vers") {
			return
		}
		s.take(".")
		s.blanks()
		m.about = true
	}
}
