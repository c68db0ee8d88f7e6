package intake

import "strings"

// clock is the time of day of a stamp.
type clock struct {
	text  string // as workflow.ParseStamp reads it: "14:32:05.250", "2:54 PM", "14:??"
	at    int    // seconds after midnight, at the earliest
	half  bool   // AM or PM is told
	bare  bool   // from 1 to 12, and neither AM nor PM is told
	open  bool   // not all of it is known
	bad   bool   // no clock shows it
	loose bool   // "14h", which can be a time that something took
}

// plain says whether it is a whole time of day that every day has.
func (c clock) plain() bool {
	return c.told() && !c.open && !c.bad && !strings.Contains(c.text, ".")
}

func (c clock) told() bool { return c.text != "" }

// readClock reads a time of day. One that no clock shows is still one: it is
// kept, and said to be impossible.
func (s *scan) readClock() (clock, bool) {
	from := s.at
	var c clock
	if s.colonClock(&c) {
		return c, true
	}
	s.at, c = from, clock{}
	if s.halfClock(&c) {
		return c, true
	}
	s.at, c = from, clock{}
	if s.letterClock(&c) {
		return c, true
	}
	s.at = from
	return clock{}, false
}

// colonClock reads 14:32, 14:32:05.250, 2:54 PM, 14:?? and ??:??.
func (s *scan) colonClock(c *clock) bool {
	hour, ok := s.holes(1, 2)
	if !ok || !s.take(":") {
		return false
	}
	minute, ok := s.holes(2, 2)
	if !ok {
		return false
	}
	c.text = hour + ":" + minute
	second := "00"
	s.try(func() bool {
		figures := ""
		if !s.take(":") {
			return false
		}
		if figures, ok = s.figures(2, 2); ok {
			second = figures
			c.text += ":" + figures
		}
		return ok
	})
	if second != "00" || strings.Count(c.text, ":") == 2 {
		s.try(func() bool {
			if s.takeAny(".", ",") == "" {
				return false
			}
			fraction, ok := s.figures(1, 9)
			if ok {
				c.text += "." + fraction
			}
			return ok
		})
	}
	if strings.Contains(c.text, "?") {
		c.open = true
		hour, minute = strings.ReplaceAll(hour, "?", "0"), strings.ReplaceAll(minute, "?", "0")
	}
	c.set(value(hour), value(minute), value(second))
	c.bare = len(hour) == 1 && value(hour) > 0
	s.halfOf(c, value(hour))
	s.try(func() bool { return s.blanks() && s.takeWord("uhr", "hrs", "hours") })
	return true
}

// set keeps when it is, and whether a clock can show it. 24:00 is left to
// whoever reads it: it is the end of one day and the start of the next.
func (c *clock) set(hour, minute, second int) {
	c.at = hour*3600 + minute*60 + second
	c.bad = hour > 23 || minute > 59 || second > 59
}

// halfOf takes "AM", "p.m." and the like, which make 12 hours of 24.
func (s *scan) halfOf(c *clock, hour int) {
	s.try(func() bool {
		s.blanks()
		letter := s.peek(0) | 0x20
		if letter != 'a' && letter != 'p' {
			return false
		}
		s.at++
		s.take(".")
		if s.peek(0)|0x20 != 'm' {
			return false
		}
		s.at++
		if isLetter(s.peek(0)) || isDigit(s.peek(0)) {
			return false
		}
		if s.peek(0) == '.' && s.text[s.at-2] == '.' {
			s.at++
		}
		c.half, c.bare = true, false
		c.bad = c.bad || !c.open && (hour < 1 || hour > 12)
		c.at = c.at % (12 * 3600)
		if letter == 'p' {
			c.at += 12 * 3600
		}
		c.text += " " + string(letter&^0x20) + "M"
		return true
	})
}

// halfClock reads 2 PM and 2pm.
func (s *scan) halfClock(c *clock) bool {
	hour, ok := s.figures(1, 2)
	if !ok || value(hour) < 1 || value(hour) > 12 {
		return false
	}
	c.text = hour + ":00"
	c.set(value(hour), 0, 0)
	s.halfOf(c, value(hour))
	return c.half
}

// letterClock reads 14h32, 14h, 1432h, 1432Z and 14.32 Uhr.
func (s *scan) letterClock(c *clock) bool {
	figures, ok := s.figures(1, 4)
	if !ok || len(figures) == 3 {
		return false
	}
	hour, minute := figures, "00"
	if len(figures) == 4 {
		hour, minute = figures[:2], figures[2:]
	}
	switch {
	case len(figures) < 3 && (s.peek(0) == 'h' || s.peek(0) == 'H'):
		s.at++
		text, whole := s.figures(2, 2)
		if c.loose = !whole; whole {
			minute = text
		}
	case len(figures) < 3 && s.take("."):
		if minute, ok = s.figures(2, 2); !ok || !s.blanks() || !s.takeWord("uhr", "h") {
			return false
		}
	case len(figures) == 4 && s.try(func() bool { s.blanks(); return s.takeWord("h", "hr", "hrs", "hours", "uhr") }):
	case len(figures) == 4 && s.zoneAhead():
	default:
		return false
	}
	c.text = hour + ":" + minute
	c.set(value(hour), value(minute), 0)
	return !c.bad
}

// dottedClock reads the 15.26 of "2023-09-18 15.26 text".
func (s *scan) dottedClock() (clock, bool) {
	from := s.at
	hour, ok := s.figures(1, 2)
	point := s.take(".")
	minute, whole := s.figures(2, 2)
	c := clock{text: hour + ":" + minute}
	if c.set(value(hour), value(minute), 0); !ok || !point || !whole || c.bad || !s.done() && s.peek(0) != ' ' && s.peek(0) != ':' {
		s.at = from
		return clock{}, false
	}
	return c, true
}

// zoneAhead says whether a zone without doubt stands behind four figures.
func (s *scan) zoneAhead() bool {
	ahead := *s
	ahead.blanks()
	switch word := ahead.word(); word {
	case "Z", "UTC", "GMT", "CET", "CEST", "EET", "EEST", "PST", "PDT", "EST", "EDT", "JST", "AEST", "AEDT":
		return true
	default:
		return false
	}
}

// packedClock reads 1432 and 143205, where the surroundings say that it is one.
func (s *scan) packedClock() (clock, bool) {
	from := s.at
	figures, ok := s.figures(4, 6)
	if !ok || len(figures) == 5 {
		s.at = from
		return clock{}, false
	}
	c := clock{text: figures[:2] + ":" + figures[2:4]}
	second := "00"
	if len(figures) == 6 {
		second = figures[4:]
		c.text += ":" + second
	}
	if c.set(value(figures[:2]), value(figures[2:4]), value(second)); c.bad {
		s.at = from
		return clock{}, false
	}
	s.try(func() bool {
		if s.takeAny(".", ",") == "" {
			return false
		}
		fraction, ok := s.figures(1, 9)
		if ok {
			c.text += "." + fraction
		}
		return ok && len(figures) == 6
	})
	return c, true
}
