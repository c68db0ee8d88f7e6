package intake

import (
	"fmt"
	"strings"
	"time"
)

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

// seasonalPair is the place of "PST/PDT", which names its winter and its summer.
func seasonalPair(upper string) string {
	winter, summer, ok := strings.Cut(upper, "/")
	if !ok || len(winter) > 4 || len(summer) > 4 {
		return ""
	}
	switch winter + summer {
	case "CSTCDT", "CDTCST":
		return "America/Chicago"
	case "MSTMDT", "MDTMST":
		return "America/Denver"
	case "GMTBST", "BSTGMT":
		return "Europe/London"
	}
	if place := seasonalPlaces[winter]; place == seasonalPlaces[summer] && winter != summer {
		return place
	}
	return ""
}

// meansOneOf says what a vague zone can be, for a sentence.
func (z zone) meansOneOf() string {
	names := make([]string, len(z.vague))
	for i, m := range z.vague {
		names[i] = m.Name + " (" + offsetText(m.Shift) + ")"
	}
	return strings.Join(names, " or ")
}

func offsetText(shift int) string {
	sign := "+"
	if shift < 0 {
		sign, shift = "-", -shift
	}
	return fmt.Sprintf("UTC%s%02d:%02d", sign, shift/3600, shift/60%60)
}
