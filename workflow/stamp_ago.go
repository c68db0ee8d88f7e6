package workflow

import "time"

var stampUnits = map[string]time.Duration{
	"s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
	"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hour": time.Hour, "hours": time.Hour,
	"d": 24 * time.Hour, "day": 24 * time.Hour, "days": 24 * time.Hour,
}

// longestAgo bounds a time that is counted from now.
const longestAgo = 20 * 365 * 24 * time.Hour

// scanAgo reads a time counted from now: "-5m", "1h 30m ago", "in 10 min". It
// gives false when the text is not of that form.
func (r *stampReader) scanAgo() (Stamp, bool, error) {
	m := stampMoment{}
	for r.scanAbout(&m) {
	}
	direction := 0
	switch token := r.peek(0); {
	case token.is("-"), token.is("–"):
		direction = -1
	case token.is("+"), token.is("in"):
		direction = 1
	}
	if direction != 0 {
		r.at++
	}
	for r.scanAbout(&m) {
	}
	length, found, err := r.span()
	if err == nil && direction != 0 && r.peek(0).digits(1, 3) && r.peek(1).kind == stampEnd {
		err = unreadable("The %s in %s has no unit. Type s, m, h or d after it, such as -5m or -1h30m.", r.peek(0).raw, quoted(r.typed))
	}
	if !found || err != nil {
		return Stamp{}, found || err != nil, err
	}
	if direction == 0 && (r.peek(0).is("ago") || r.peek(0).is("earlier")) {
		direction = -1
		r.at++
	}
	if !r.done() {
		return Stamp{}, false, nil
	}
	if direction == 0 && r.peek(-2).digits(4, 4) {
		return Stamp{}, false, nil // "1432 hrs" is a clock time
	}
	if direction == 0 {
		return Stamp{}, true, r.lengthOnly(length)
	}
	stamp := r.now()
	stamp = StampAt(stamp.Time.Add(time.Duration(direction)*length), r.ref.Zone)
	if m.about {
		stamp.Sure = About
	}
	return stamp, true, nil
}

// lengthOnly refuses "5m": an instant needs to know before or after what.
func (r *stampReader) lengthOnly(length time.Duration) error {
	text := r.between(0, len(r.tokens))
	if length < 24*time.Hour && length%time.Hour == 0 {
		return unreadable("%s can be a length of time or an hour. Type -%s for before now, or %s for the time.", quoted(text), text, clockText(length))
	}
	return unreadable("%s is a length of time. Type -%s or %s ago for before now.", quoted(text), text, text)
}

// span reads a length of time: numbers, each with its unit.
func (r *stampReader) span() (length time.Duration, found bool, err error) {
	for !r.done() {
		count, unit := r.peek(0), stampUnits[r.peek(1).text]
		single := count.is("a") || count.is("an")
		if unit == 0 || !single && !count.digits(1, longestStamp) {
			break
		}
		n := 1
		if !single {
			n = number(count)
		}
		if len(count.text) > 9 || time.Duration(n) > longestAgo/unit || length > longestAgo {
			return 0, true, impossible("%s is more than 20 years from now. Type a date, such as 2024-11-25 14:32.", quoted(r.typed))
		}
		length += time.Duration(n) * unit
		found = true
		r.at += 2
		if and := r.peek(0); and.is("and") || and.is(",") {
			r.at++
		}
	}
	return length, found, nil
}
