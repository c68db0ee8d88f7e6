package intake

import (
	"fmt"
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

func realDate(year int, month time.Month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// monthNames holds the months as the languages that we have met write them.
var monthNames = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"januar": 1, "jänner": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "okt": 10, "dezember": 12, "dez": 12,
	"janvier": 1, "janv": 1, "février": 2, "févr": 2, "fév": 2, "mars": 3, "avril": 4, "avr": 4, "juin": 6, "juillet": 7, "juil": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "déc": 12,
	"enero": 1, "ene": 1, "febrero": 2, "marzo": 3, "abril": 4, "abr": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "ago": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12, "dic": 12,
}

var weekdayNames = map[string]time.Weekday{
	"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "tues": 2, "weds": 3, "thur": 4, "thurs": 4,
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
}

var nearDays = map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}

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
	separator := s.takeAny("-", "/", ".")
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

// figureDay reads 25.11.2024, 11/25/2024, 24/07/25, 11/25 and 12-05. Of the
// two figures one must be able to be a month.
func (s *scan) figureDay(d *day) bool {
	first, ok := s.figures(1, 2)
	separator := s.takeAny("/", ".", "-")
	if !ok || separator == "" {
		return false
	}
	second, ok := s.figures(1, 2)
	if !ok {
		return false
	}
	d.kind, d.first, d.second = figureDay, value(first), value(second)
	d.figures = true
	withYear := s.try(func() bool {
		if !s.take(separator) {
			return false
		}
		year, ok := s.figures(2, 4)
		if !ok || len(year) == 3 || len(year) == 4 && !isYear(year) {
			return false
		}
		if d.year = value(year); len(year) == 2 {
			d.year += 2000
		}
		d.figures = false
		return true
	})
	switch {
	case !withYear && (separator == "." && !s.take(".") || len(first) != 2 || len(second) != 2) && separator != "/":
		return false
	case separator == ".":
		d.kind, d.month, d.day = wholeDay, time.Month(d.second), d.first
		if !withYear {
			d.kind = yearlessDay
		}
		return d.exists()
	case separator == "-" && !withYear: // 12-05 is the ISO form without its year
		d.kind, d.month, d.day = yearlessDay, time.Month(d.first), d.second
		return d.exists()
	}
	d.settle()
	return d.kind != figureDay || realDate(2024, time.Month(d.second), d.first) || realDate(2024, time.Month(d.first), d.second)
}

// settle makes a date of figures plain where only one reading is possible.
func (d *day) settle() {
	dayFirst := realDate(2024, time.Month(d.second), d.first)
	monthFirst := realDate(2024, time.Month(d.first), d.second)
	switch {
	case dayFirst && d.first == d.second:
		*d = d.read(true)
	case dayFirst && !monthFirst:
		*d = d.read(true)
		d.order = workflow.DayFirst
	case monthFirst && !dayFirst:
		*d = d.read(false)
		d.order = workflow.MonthFirst
	}
}

// read is a date of figures in one of the orders.
func (d day) read(dayFirst bool) day {
	if d.kind != figureDay {
		return d
	}
	d.month, d.day = time.Month(d.first), d.second
	if dayFirst {
		d.month, d.day = time.Month(d.second), d.first
	}
	d.kind = wholeDay
	if d.year == 0 {
		d.kind = yearlessDay
	}
	return d
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

// isYear keeps other numbers of four digits from being years.
func isYear(figures string) bool { return figures >= "1970" && figures < "2200" }

// date is a day of the calendar; the zero value is none.
type date struct {
	year  int
	month time.Month
	day   int
}

func (d date) isZero() bool { return d == date{} }

func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, int(d.month), d.day) }

func (d date) noon() time.Time { return time.Date(d.year, d.month, d.day, 12, 0, 0, 0, time.UTC) }

func (d date) plus(days int) date {
	if days == 0 {
		return d
	}
	return dateOf(d.noon().AddDate(0, 0, days))
}

// daysTo counts from d to another day, negative when that is earlier.
func (d date) daysTo(other date) int { return int(other.noon().Sub(d.noon()) / (24 * time.Hour)) }

func dateOf(t time.Time) date {
	year, month, day := t.Date()
	return date{year, month, day}
}
