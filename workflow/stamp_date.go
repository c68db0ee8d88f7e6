package workflow

import (
	"fmt"
	"strings"
	"time"
)

// stampDate is a day of the calendar, in no zone. Year 0 means that no year
// was typed.
type stampDate struct {
	year  int
	month time.Month
	day   int
}

func dateOf(t time.Time) stampDate {
	year, month, day := t.Date()
	return stampDate{year, month, day}
}

func (d stampDate) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.year, int(d.month), d.day)
}

// noon is a fixed instant of the day, for counting days.
func (d stampDate) noon() time.Time {
	return time.Date(d.year, d.month, d.day, 12, 0, 0, 0, time.UTC)
}

func (d stampDate) plus(days int) stampDate { return dateOf(d.noon().AddDate(0, 0, days)) }

func (d stampDate) weekday() time.Weekday { return d.noon().Weekday() }

// monthLength takes a leap year when no year was typed: 29 Feb exists then.
func (d stampDate) monthLength() int {
	year := d.year
	if year == 0 {
		year = 2024
	}
	return time.Date(year, d.month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (d stampDate) exists() bool {
	return d.month >= time.January && d.month <= time.December && d.day >= 1 && d.day <= d.monthLength()
}

// stampDayKind is how a day was told.
type stampDayKind int

const (
	dayUntold  stampDayKind = iota
	dayDate                 // 2024-11-25
	dayOfYear               // 25 Nov, the year left open
	dayOfWeek               // mon
	dayFromNow              // yesterday
)

// stampDay is the day part of a typed time.
type stampDay struct {
	kind       stampDayKind
	date       stampDate
	weekday    time.Weekday
	hasWeekday bool
	last       bool   // "last mon": before today
	fromNow    int    // days
	late       bool   // told after the clock time
	perhaps    string // "20:24", when the year typed could be that clock time
}

var stampMonths = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7,
	"aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7,
	"august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}

var stampWeekdays = map[string]time.Weekday{
	"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6,
	"tues": 2, "weds": 3, "thur": 4, "thurs": 4,
	"sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4,
	"friday": 5, "saturday": 6,
}

var stampDayWords = map[string]int{"today": 0, "yesterday": -1, "tomorrow": 1}

// scanDay reads one day: a date, a weekday or a word. A weekday may stand
// beside a date, as in e-mail headers.
func (r *stampReader) scanDay(m *stampMoment) (bool, error) {
	if r.scanWeekday(m) {
		return true, nil
	}
	if m.day.kind != dayUntold && m.day.kind != dayOfWeek {
		return r.scanLateYear(m)
	}
	for _, scan := range []func(*stampMoment) (bool, error){
		r.scanDayWord, r.scanISODate, r.scanPackedDate, r.scanDayMonth, r.scanMonthDay, r.scanNumericDate,
	} {
		if found, err := scan(m); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

func (r *stampReader) scanWeekday(m *stampMoment) bool {
	last := 0
	if r.peek(0).is("last") {
		last = 1
	}
	weekday, ok := stampWeekdays[r.peek(last).text]
	if !ok || m.day.hasWeekday || m.day.kind == dayFromNow {
		return false
	}
	m.day.hasWeekday, m.day.weekday, m.day.last = true, weekday, last == 1
	if m.day.kind == dayUntold {
		m.day.kind, m.day.late = dayOfWeek, m.hasClock
	}
	r.at += last + 1
	return true
}

func (r *stampReader) scanDayWord(m *stampMoment) (bool, error) {
	days, ok := stampDayWords[r.peek(0).text]
	if !ok || m.day.hasWeekday {
		return false, nil
	}
	r.at++
	m.day.kind, m.day.fromNow, m.day.late = dayFromNow, days, m.hasClock
	return true, nil
}

// scanISODate reads 2024-11-25, and 2024/11/25, which is never anything else.
func (r *stampReader) scanISODate(m *stampMoment) (bool, error) {
	separator := r.peek(1)
	if !r.peek(0).digits(4, 4) || !r.peek(2).digits(1, 2) || !r.peek(4).digits(1, 2) {
		return false, nil
	}
	if !separator.follows("-") && !separator.follows("/") || !r.peek(3).follows(separator.text) {
		return false, nil
	}
	date := stampDate{number(r.peek(0)), time.Month(number(r.peek(2))), number(r.peek(4))}
	r.at += 5
	return true, m.setFullDate(date)
}

// scanPackedDate reads 20241125.
func (r *stampReader) scanPackedDate(m *stampMoment) (bool, error) {
	token := r.peek(0)
	if !token.digits(8, 8) {
		return false, nil
	}
	n := number(token)
	r.at++
	return true, m.setFullDate(stampDate{n / 10000, time.Month(n / 100 % 100), n % 100})
}

// scanDayMonth reads "25 Nov", "25th of November 2024", "25-Nov-2024" and the
// "25/Nov/2024:" of web server logs.
func (r *stampReader) scanDayMonth(m *stampMoment) (bool, error) {
	if !r.peek(0).digits(1, 2) {
		return false, nil
	}
	n := 1
	for r.peek(n).is("-") || r.peek(n).is("/") || r.peek(n).is(".") || isOrdinal(r.peek(n)) || r.peek(n).is("of") {
		n++
	}
	month, ok := stampMonths[r.peek(n).text]
	if !ok {
		return false, nil
	}
	date := stampDate{0, month, number(r.peek(0))}
	r.at += n + 1
	r.scanYear(m, &date)
	return true, m.setDate(date)
}

// scanMonthDay reads "Nov 25", "Nov 25th, 2024".
func (r *stampReader) scanMonthDay(m *stampMoment) (bool, error) {
	month, ok := stampMonths[r.peek(0).text]
	if !ok || !r.peek(1).digits(1, 2) || r.peek(2).follows(":") {
		return false, nil
	}
	date := stampDate{0, month, number(r.peek(1))}
	r.at += 2
	if isOrdinal(r.peek(0)) {
		r.at++
	}
	r.scanYear(m, &date)
	return true, m.setDate(date)
}

// scanYear takes the year after a day and month. Four digits that are no year
// of our time are left to be a clock time: "25 Nov 1432".
func (r *stampReader) scanYear(m *stampMoment, date *stampDate) {
	n := 0
	if r.peek(0).is(",") || r.peek(0).follows("-") || r.peek(0).follows("/") {
		n = 1
	}
	token := r.peek(n)
	year := number(token)
	if !token.digits(4, 4) || year < firstStampYear || year > lastStampYear || r.peek(n+1).follows(":") && n == 0 {
		return
	}
	date.year = year
	r.at += n + 1
	if r.peek(0).follows(":") { // the web server's date, joined to its time
		r.at++
	}
	if year%100 < 60 && year/100 < 24 && !m.hasClock {
		m.day.perhaps = fmt.Sprintf("%02d:%02d", year/100, year%100)
	}
}

// scanLateYear takes the year where date(1) and git write it, after the clock.
func (r *stampReader) scanLateYear(m *stampMoment) (bool, error) {
	if m.day.kind != dayOfYear || !m.hasClock || !r.peek(0).digits(4, 4) {
		return false, nil
	}
	date := m.day.date
	date.year = number(r.peek(0))
	r.at++
	return true, m.setFullDate(date)
}

// scanNumericDate reads 25.11.2024, day first wherever it is written so, and
// 11/25/2024 when only one reading exists.
func (r *stampReader) scanNumericDate(m *stampMoment) (bool, error) {
	if !r.peek(0).digits(1, 2) || !r.peek(2).digits(1, 2) {
		return false, nil
	}
	separator := r.peek(1)
	if !separator.follows("/") && !separator.follows(".") {
		return false, nil
	}
	one, two, size := number(r.peek(0)), number(r.peek(2)), 3
	year := 0
	if r.peek(3).follows(separator.text) && r.peek(4).digits(4, 4) {
		year, size = number(r.peek(4)), 5
	}
	dayFirst := stampDate{year, time.Month(two), one}
	if separator.is(".") {
		if year == 0 {
			return false, dotted(r.text(size), dayFirst)
		}
		r.at += size
		return true, m.setDate(dayFirst)
	}
	monthFirst := stampDate{year, time.Month(one), two}
	switch {
	case dayFirst.exists() && monthFirst.exists() && one != two:
		return false, twoDates(r.text(size), dayFirst, monthFirst)
	case monthFirst.exists():
		dayFirst = monthFirst
	}
	r.at += size
	return true, m.setDate(dayFirst)
}

// setDate keeps a date if the calendar has it. Year 0 is a year left open.
func (m *stampMoment) setDate(date stampDate) error {
	if !date.exists() {
		return noSuchDay(date)
	}
	m.day.kind, m.day.date, m.day.late = dayOfYear, date, m.day.late || m.hasClock
	if date.year != 0 {
		m.day.kind = dayDate
	}
	return nil
}

// setFullDate keeps a date whose year was typed. New Year's Eve of one zone is
// the next year in UTC, so a year to either side is left for the instant.
func (m *stampMoment) setFullDate(date stampDate) error {
	if date.year < firstStampYear-1 || date.year > lastStampYear+1 {
		return yearOutOfReach(date.year)
	}
	return m.setDate(date)
}

func isOrdinal(t stampToken) bool {
	return !t.spaced && t.kind == stampWord && strings.Contains(" st nd rd th ", " "+t.text+" ")
}
