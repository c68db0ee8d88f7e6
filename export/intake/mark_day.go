package intake

import (
	"strings"
	"time"

	"firebreak/workflow"
)

// dayKind is how a day is told.
type dayKind int

const (
	untoldDay   dayKind = iota
	wholeDay            // 2024-11-25
	yearlessDay         // 25 Nov
	figureDay           // 04/05/2025 or 04/05: which is the month is not told
	weekdayDay          // Mon
	nearDay             // today, yesterday
	monthOnly           // April 2026
)

// day is the day part of a stamp.
type day struct {
	kind       dayKind
	year       int // 0: left open
	month      time.Month
	day        int
	first      int // of a figureDay, in its order
	second     int
	weekday    time.Weekday
	hasWeekday bool
	ahead      int               // of a nearDay
	figures    bool              // told in figures without a year
	order      workflow.DayOrder // that its own figures prove
}

// exists says whether the calendar has the day. With its year left open it may
// be in a leap year.
func (d day) exists() bool {
	year := d.year
	if year == 0 {
		year = 2024
	}
	return realDate(year, d.month, d.day)
}

// readDay reads a day, and a weekday beside it on either side.
func (s *scan) readDay() (day, bool) {
	from := s.at
	var d day
	if weekday, ok := s.weekday(); ok {
		d.hasWeekday, d.weekday, d.kind = true, weekday, weekdayDay
	}
	if s.date(&d) {
		s.weekdayAfter(&d)
		return d, true
	}
	if d.kind == weekdayDay {
		return d, true
	}
	s.at = from
	return day{}, false
}

// date reads a date in the first form that fits.
func (s *scan) date(d *day) bool {
	from, before := s.at, *d
	var ok bool
	for form := range 4 {
		s.at, *d = from, before
		switch {
		case isDigit(s.peek(0)) && form == 0:
			ok = s.isoDay(d)
		case isDigit(s.peek(0)) && form == 1:
			ok = s.packedDay(d)
		case isDigit(s.peek(0)) && form == 2:
			ok = s.dayMonth(d)
		case isDigit(s.peek(0)):
			ok = s.figureDay(d)
		case form == 0:
			ok = s.monthDay(d)
		case form == 1:
			ok = s.nearDay(d)
		}
		if ok {
			return true
		}
	}
	s.at, *d = from, before
	return false
}

// weekday takes "Mon", "Monday," and what stands between it and the date.
func (s *scan) weekday() (time.Weekday, bool) {
	word := s.word()
	if len(word) < 3 || len(word) > 9 {
		return 0, false
	}
	weekday, ok := weekdayNames[strings.ToLower(word)]
	if !ok {
		return 0, false
	}
	s.at += len(word)
	s.takeAny(".", ",")
	s.blanks()
	s.try(func() bool { return s.takeWord("the") && s.blanks() })
	return weekday, true
}

// weekdayAfter takes "(Saturday)" or " Saturday" behind the date.
func (s *scan) weekdayAfter(d *day) {
	s.try(func() bool {
		s.take(",")
		if !s.blanks() {
			return false
		}
		bracket := s.take("(")
		word := s.word()
		weekday, ok := weekdayNames[strings.ToLower(word)]
		if !ok || d.hasWeekday {
			return false
		}
		s.at += len(word)
		if bracket && !s.take(")") {
			return false
		}
		d.hasWeekday, d.weekday = true, weekday
		return true
	})
}

// isoDay reads 2024-11-25, 2024/11/25 and 2024.11.25.
func (s *scan) isoDay(d *day) bool {
	year, ok := s.figures(4, 4)
	separator := s.takeAny("-", "/", ".", "\u2011", "\u2010")
	if separator == "" && s.spacedDay() {
		separator = s.takeAny(" ")
	}
	if !ok || separator == "" || !isYear(year) {
		return false
	}
	month, ok := s.figures(1, 2)
	if !ok || !s.take(separator) {
		return false
	}
	figures, ok := s.figures(1, 2)
	if !ok {
		return false
	}
	d.kind, d.year, d.month, d.day = wholeDay, value(year), time.Month(value(month)), value(figures)
	return true
}

// spacedDay says whether " 03 26" follows, and nothing that makes it something
// else.
func (s *scan) spacedDay() bool {
	if s.peek(0) != ' ' || !isDigit(s.peek(1)) || !isDigit(s.peek(2)) || s.peek(3) != ' ' || !isDigit(s.peek(4)) || !isDigit(s.peek(5)) {
		return false
	}
	after := s.peek(6)
	return after == 0 || after == ' ' || after == ':' && !isDigit(s.peek(7))
}

// packedDay reads the 20241125 of 20241125T143200Z.
func (s *scan) packedDay(d *day) bool {
	text, ok := s.figures(8, 8)
	if !ok || !isYear(text[:4]) || s.peek(0) != 'T' && s.peek(0) != '-' && s.peek(0) != '_' && s.peek(0) != ' ' {
		return false
	}
	d.kind, d.year, d.month, d.day = wholeDay, value(text[:4]), time.Month(value(text[4:6])), value(text[6:])
	return d.exists()
}

// dayMonth reads 25 Nov, 25. November 2024, 25th of November, 25/Nov/2024.
func (s *scan) dayMonth(d *day) bool {
	figures, ok := s.figures(1, 2)
	if !ok {
		return false
	}
	s.ordinal()
	s.try(func() bool {
		if s.takeAny("-", "–") == "" {
			return false
		}
		_, ok := s.figures(1, 2)
		return ok && s.peek(0) == ' '
	})
	s.take(".")
	separator := s.takeAny("-", "/")
	if separator == "" {
		s.blanks()
		s.try(func() bool { return s.takeWord("of", "de") && s.blanks() })
	}
	month, ok := s.month()
	if !ok {
		return false
	}
	d.kind, d.month, d.day = yearlessDay, month, value(figures)
	s.yearAfter(d, separator)
	return d.exists()
}

// monthDay reads Nov 25, November 25th, 2024.
func (s *scan) monthDay(d *day) bool {
	month, ok := s.month()
	if !ok || !s.blanks() && s.takeAny("-", "/") == "" {
		return false
	}
	if year, ok := s.figures(4, 4); ok && isYear(year) {
		d.kind, d.year, d.month = monthOnly, value(year), month
		return true
	}
	s.try(func() bool { return s.takeWord("the") && s.blanks() })
	figures, ok := s.figures(1, 2)
	if !ok || s.peek(0) == ':' && isDigit(s.peek(1)) {
		return false
	}
	s.ordinal()
	s.lastDay()
	d.kind, d.month, d.day = yearlessDay, month, value(figures)
	s.yearAfter(d, "")
	return d.exists()
}

// lastDay takes the "-19" of "January 14-19, 2026": the first day counts.
func (s *scan) lastDay() {
	s.try(func() bool {
		if s.takeAny("-", "–", "—") == "" {
			return false
		}
		_, ok := s.figures(1, 2)
		s.ordinal()
		return ok && s.peek(0) != ':' && s.peek(0) != '-' && !isLetter(s.peek(0))
	})
}

// yearAfter takes the year of a date in words, if there is one.
func (s *scan) yearAfter(d *day, separator string) {
	s.try(func() bool {
		if separator != "" && !s.take(separator) {
			return false
		}
		if separator == "" {
			comma := s.take(",")
			if !s.blanks() && !comma {
				return false
			}
			s.try(func() bool { return s.takeWord("of", "de") && s.blanks() })
		}
		year, ok := s.figures(4, 4)
		if !ok || !isYear(year) || s.peek(0) == ':' && isDigit(s.peek(1)) && separator == "" {
			return false
		}
		d.kind, d.year = wholeDay, value(year)
		return true
	})
}

func (s *scan) nearDay(d *day) bool {
	word := s.word()
	ahead, ok := nearDays[strings.ToLower(word)]
	if !ok {
		return false
	}
	s.at += len(word)
	d.kind, d.ahead = nearDay, ahead
	return true
}

func (s *scan) month() (time.Month, bool) {
	word := s.word()
	if len(word) < 3 || len(word) > 12 {
		return 0, false
	}
	month, ok := monthNames[strings.ToLower(word)]
	if ok {
		s.at += len(word)
		s.take(".")
	}
	return month, ok
}

func (s *scan) ordinal() { s.takeWord("st", "nd", "rd", "th") }
