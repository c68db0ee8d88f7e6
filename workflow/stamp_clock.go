package workflow

import (
	"slices"
	"strings"
	"time"
)

// stampClock is the clock part of a typed time: how long after midnight, at
// the earliest and at the latest. The two differ only where a ? stood.
type stampClock struct {
	first, last time.Duration
	seconds     bool // seconds were typed
	nothing     bool // "??:??": no digit at all
	midnight    bool // "24:00": the end of its day
	twelve      bool // hour 1 to 12 without AM or PM
	half        bool // AM or PM was typed
}

func (c stampClock) unknown() bool { return c.first != c.last }

// clockDigits are the typed pieces of a clock time, with their ? in place.
type clockDigits struct {
	hour, minute, second, fraction string
	half                           string // "am", "pm" or empty
}

var stampHalves = map[string]string{"am": "am", "a": "am", "pm": "pm", "p": "pm"}

// scanClock reads a time of day in any of its forms.
func (r *stampReader) scanClock(m *stampMoment) (bool, error) {
	if m.hasClock {
		return false, nil
	}
	if r.scanNamedClock(m) {
		return true, nil
	}
	if r.peek(0).kind != stampNumber {
		return false, nil
	}
	from := r.at
	parts, err := r.clockParts(m)
	if err != nil {
		return false, err
	}
	m.doubt(&parts)
	if half, ok := stampHalves[r.peek(0).text]; ok {
		parts.half = half
		r.at++
	} else if slices.Contains([]string{"h", "hrs", "hours", "uhr"}, r.peek(0).text) {
		r.at++
	}
	clock, err := parts.clock(strings.TrimSpace(r.between(from, r.at)))
	if err != nil {
		return false, err
	}
	m.clock, m.hasClock = clock, true
	return true, nil
}

// scanNamedClock reads the clock times that have a name or are a lone "?".
func (r *stampReader) scanNamedClock(m *stampMoment) bool {
	whole := stampClock{last: wholeDay, nothing: true}
	switch text := r.peek(0).text; {
	case text == "unknown" || text == "?" || text == "??":
		if r.peek(1).follows(":") {
			return false
		}
		m.clock = whole
	case text == "noon":
		m.clock = stampClock{first: 12 * time.Hour, last: 12 * time.Hour}
	case text == "midnight" && m.day.kind == dayUntold:
		m.clock = stampClock{}
	default:
		return false
	}
	m.hasClock = true
	r.at++
	return true
}

// wholeDay is the last second of a day.
const wholeDay = 24*time.Hour - time.Second

// clockParts takes the digits of the clock time at the cursor.
func (r *stampReader) clockParts(m *stampMoment) (clockDigits, error) {
	hour := r.peek(0)
	switch next := r.peek(1); {
	case next.follows(":") && r.peek(2).kind == stampNumber && !r.peek(2).spaced:
		r.at += 3
		return r.clockSeconds(clockDigits{hour: hour.text, minute: r.peek(-1).text})
	case next.follows("h") && r.peek(2).kind == stampNumber && !r.peek(2).spaced:
		r.at += 3
		return clockDigits{hour: hour.text, minute: r.peek(-1).text}, nil
	case next.follows("h") && m.day.kind != dayUntold, stampHalves[next.text] != "" && len(hour.text) <= 2:
		r.at++
		return clockDigits{hour: hour.text, minute: "00"}, nil
	}
	packed := strings.TrimSuffix(hour.text, "?")
	if len(packed) != 4 && len(packed) != 6 {
		packed = hour.text
	}
	rest := hour.text[len(packed):]
	switch len(packed) {
	case 4:
		r.at++
		return clockDigits{hour: packed[:2], minute: packed[2:] + rest}, nil
	case 6:
		r.at++
		return clockDigits{hour: packed[:2], minute: packed[2:4], second: packed[4:] + rest}, nil
	}
	return clockDigits{}, r.loneNumber(hour)
}

// clockSeconds takes ":05" and ":05.123" after hours and minutes.
func (r *stampReader) clockSeconds(parts clockDigits) (clockDigits, error) {
	if !r.peek(0).follows(":") || r.peek(1).kind != stampNumber || r.peek(1).spaced {
		return parts, nil
	}
	parts.second = r.peek(1).text
	r.at += 2
	point := r.peek(0)
	if !point.follows(".") && !point.follows(",") || r.peek(1).kind != stampNumber || r.peek(1).spaced {
		return parts, nil
	}
	if !r.peek(1).digits(1, 9) {
		return parts, unreadable("%s has more digits after the seconds than any clock. Leave them off, or type at most nine.", quoted(r.typed))
	}
	parts.fraction = r.peek(1).text
	r.at += 2
	return parts, nil
}

// loneNumber says what a number may have been meant to be.
func (r *stampReader) loneNumber(token stampToken) error {
	text := token.text
	switch {
	case token.digits(1, 2) && number(token) < 24:
		hour := twoDigits(number(token))
		return unreadable("%s is not a whole time. Type %s:00, %s:?? if the minutes are not known, or -%sm for minutes ago.", quoted(text), hour, hour, text)
	case token.digits(3, 3):
		return unreadable("%s is short of one digit. Type four, such as 0%s, or use a colon, such as %s:%s.", quoted(text), text, text[:1], text[1:])
	}
	return notATime(r.typed)
}

// doubt takes the ? after a whole clock time, "14:30?", for "about".
func (m *stampMoment) doubt(parts *clockDigits) {
	last := &parts.minute
	if parts.second != "" {
		last = &parts.second
	}
	if len(*last) == 3 && strings.HasSuffix(*last, "?") {
		*last = (*last)[:2]
		m.about = true
	}
}

// clock turns the digits into bounds, or says why no clock shows them.
func (p clockDigits) clock(text string) (stampClock, error) {
	if err := p.shape(text); err != nil {
		return stampClock{}, err
	}
	hours := matching(p.hour, 0, 23)
	if p.half != "" {
		hours = p.halfHours()
	}
	minutes := matching(p.minute, 0, 59)
	seconds := []int{0}
	if p.second != "" {
		seconds = matching(p.second, 0, 59)
	}
	if p.hour == "24" && p.half == "" && strings.Trim(p.minute+p.second+p.fraction, "0") == "" {
		return stampClock{midnight: true}, nil
	}
	if len(hours) == 0 || len(minutes) == 0 || len(seconds) == 0 {
		return stampClock{}, p.notOnClock(text, len(hours) > 0, len(minutes) > 0)
	}
	c := stampClock{seconds: p.second != "", half: p.half != ""}
	c.first = clockTime(hours[0], minutes[0], seconds[0])
	c.last = clockTime(hours[len(hours)-1], minutes[len(minutes)-1], seconds[0])
	if c.unknown() {
		c.last += 59 * time.Second
	}
	c.first, c.last = c.first+p.nanoseconds(), c.last+p.nanoseconds()
	c.twelve = p.half == "" && hours[0] >= 1 && hours[0] <= 12
	c.nothing = p.half == "" && strings.Trim(p.hour+p.minute, "?") == ""
	return c, nil
}

// shape refuses pieces that are not written as clocks write them.
func (p clockDigits) shape(text string) error {
	switch {
	case len(p.hour) > 2 || len(p.minute) > 2 || len(p.second) > 2 || len(p.minute) == 1 && p.minute != "?" || len(p.second) == 1:
		return unreadable("%s is not written as a clock shows it. Type hours and two digits of minutes, such as 14:32 or 14:32:05.", quoted(text))
	case strings.Contains(p.second, "?"):
		return unreadable("The seconds in %s can be left off. Type %s:%s, or %s:?? if the minutes are not known.", quoted(text), p.hour, p.minute, p.hour)
	case p.second != "" && strings.Contains(p.hour+p.minute, "?"):
		return unreadable("Seconds do not help %s while hours or minutes are unknown. Type 14:?? or ??:??.", quoted(text))
	}
	return nil
}

// halfHours are the hours on a 24-hour clock that the typed hour can be.
func (p clockDigits) halfHours() []int {
	var hours []int
	for _, hour := range append(matching(p.hour, 12, 12), matching(p.hour, 1, 11)...) {
		hour %= 12
		if p.half == "pm" {
			hour += 12
		}
		hours = append(hours, hour)
	}
	return hours
}

// notOnClock names the part that is out of range and what was likely meant.
func (p clockDigits) notOnClock(text string, hour, minute bool) error {
	all := matching(p.hour, 0, 23)
	switch {
	case !hour && p.half != "" && len(all) > 0 && minute:
		right := all[0]
		twelve, half := (right+11)%12+1, "AM"
		if right >= 12 || p.half == "pm" {
			half = "PM"
		}
		return impossible("%s mixes a 24-hour time with AM or PM. Type %s:%s or %d:%s %s.", quoted(text), twoDigits(right), p.minute, twelve, p.minute, half)
	case !hour:
		return impossible("%s has no hour that a clock shows: hours go from 00 to 23. Type a time such as 14:32, or 00:30 for half past midnight.", quoted(text))
	case !minute:
		return impossible("%s has no minute that a clock shows: minutes go from 00 to 59. Type a time such as 14:32, or 14:?? if the minutes are not known.", quoted(text))
	}
	return impossible("%s has no second that a clock shows: seconds go from 00 to 59. Type a time such as 14:32:05, or leave the seconds off.", quoted(text))
}

// nanoseconds are the digits after the seconds.
func (p clockDigits) nanoseconds() time.Duration {
	total := time.Duration(0)
	for _, digit := range (p.fraction + "000000000")[:9] {
		total = total*10 + time.Duration(digit-'0')
	}
	return total
}

func clockTime(hour, minute, second int) time.Duration {
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
}

// matching lists the numbers from least to most that digits with ? can stand
// for. One digit stands for itself; a lone ? for all.
func matching(digits string, least, most int) []int {
	if digits == "?" {
		digits = "??"
	}
	if len(digits) == 1 {
		digits = "0" + digits
	}
	var fits []int
	for n := least; n <= most; n++ {
		text := twoDigits(n)
		if len(digits) == 2 && (digits[0] == '?' || digits[0] == text[0]) && (digits[1] == '?' || digits[1] == text[1]) {
			fits = append(fits, n)
		}
	}
	return fits
}
