package workflow

import (
	"time"
	"unicode/utf8"
)

// StampRef is what a typed time is read against.
type StampRef struct {
	Now  time.Time      // the current instant, or that of the first key of the entry
	Zone *time.Location // the zone that times are shown in; nil is UTC
	Day  time.Time      // zero, or any instant of the day that times without a date belong to
}

// longestStamp is the most text that can be a time, in bytes.
const longestStamp = 200

// ParseStamp reads a time as a scribe types it under stress:
//
//	now, nothing at all            the current time
//	14:32  1432  14h32  14:32:05   a clock time; 14:32:05.250 where a log has it
//	2:32 PM  2pm  noon  midnight
//	14:32Z  14:32 UTC  14:32 PST   in another zone; 14:32 +01:00, 14:32 UTC-8
//	-5m  -1h30m  5 min ago  in 5m  counted from now (a day is 24 hours)
//	yesterday 23:50  today 09:00   days of the zone that the time is in
//	mon 14:30  last monday 14:30
//	25 Nov 14:32  Nov 25, 2024 2pm  25.11.2024 14:32  11/25/2024 14:32
//	2024-11-25 14:32  20241125T143200Z  2024-11-25T14:32:00.5+01:00
//	Mon, 25 Nov 2024 14:32:00 +0000, 25/Nov/2024:14:32:05 +0000, @1732545120
//	17:00-18:00  17:00 to 18:00    a range, End set; over midnight too
//	~13:30  about 13:30  13:30?    Sure is About; ca., around and ≈ too
//	14:??  14:3?  ??:??  ?         Sure is Unknown; Time and End are the bounds
//	between 14:10 and 14:25        the same: once, somewhere between
//	2024-11-25                     a day whose time is unknown
//
// A time without a zone is in ref.Zone. A time without a date belongs to
// ref.Day when that is set, and keeps inside that day of the display zone
// whatever zone it was told in. Otherwise it is the nearest such time that is
// not in the future, with ten minutes of grace: at 00:10, 23:50 is yesterday;
// at 14:00, 14:05 is today. A weekday and a date without a year follow the
// same rule; with ref.Day they mean the one nearest to it that is not in the
// future. A range ends at the
// first such time after its start.
//
// Nothing is repaired. A time that clocks jumped over is refused, and so is
// one that they showed twice, unless only one of the two lies in the past.
// Every refusal is a *RuleError under the field "at", with the code
// "time.unreadable", "time.impossible" or "time.ambiguous", and says what to
// type. UnknownStamp keeps refused text instead.
func ParseStamp(typed string, ref StampRef) (Stamp, error) {
	if ref.Zone == nil {
		ref.Zone = time.UTC
	}
	if len(typed) > longestStamp {
		return Stamp{}, unreadable("A time is short, and this is a text of %d bytes. Put the text into the entry, and only the time here, such as 14:32 or -5m.", len(typed))
	}
	if !utf8.ValidString(typed) {
		return Stamp{}, unreadable("%s holds bytes that are not text. Type the time again, such as 14:32 or -5m.", quoted(typed))
	}
	r := stampReader{typed: typed, ref: ref, tokens: scanStamp(typed)}
	stamp, err := r.read()
	if err != nil {
		return Stamp{}, err
	}
	for _, t := range []time.Time{stamp.Time, stamp.End} {
		if !t.IsZero() && (t.Year() < firstStampYear || t.Year() > lastStampYear) {
			return Stamp{}, yearOutOfReach(t.Year())
		}
	}
	stamp.Typed = typed
	return stamp, nil
}

// read tries the forms of a typed time, the special ones first.
func (r *stampReader) read() (Stamp, error) {
	if stamp, ok := r.scanNow(); ok {
		return stamp, nil
	}
	r.at = 0
	if stamp, found, err := r.scanAgo(); found {
		return stamp, err
	}
	r.at = 0
	if stamp, ok := r.scanEpoch(); ok {
		return stamp, nil
	}
	between := r.peek(0).is("between")
	if between || r.peek(0).is("from") {
		r.at++
	}
	first, err := r.moment()
	if err != nil {
		return Stamp{}, err
	}
	if first.empty() || r.done() && between {
		return Stamp{}, r.stuck()
	}
	if r.done() {
		return r.single(first)
	}
	return r.twoEnds(first, between)
}

// now is what a clock shows, to the second.
func (r *stampReader) now() Stamp { return StampAt(r.ref.Now, r.ref.Zone) }

// scanNow reads an empty text, "now", "just now" and "about now".
func (r *stampReader) scanNow() (Stamp, bool) {
	stamp := r.now()
	var m stampMoment
	for r.scanAbout(&m) {
	}
	if m.about {
		stamp.Sure = About
	}
	if r.peek(0).is("just") {
		r.at++
	}
	if r.peek(0).is("now") {
		r.at++
		return stamp, r.done()
	}
	return stamp, len(r.tokens) == 0
}

// scanEpoch reads "@1732545120", the seconds that logs and git count.
func (r *stampReader) scanEpoch() (Stamp, bool) {
	if len(r.tokens) != 2 || !r.peek(0).is("@") || !r.peek(1).digits(9, 10) {
		return Stamp{}, false
	}
	return StampAt(time.Unix(int64(number(r.peek(1))), 0), time.UTC), true
}

// stuck refuses the token that nothing could read.
func (r *stampReader) stuck() error {
	if r.done() {
		return notATime(r.typed)
	}
	if r.peek(0).kind == stampNumber && r.at > 0 {
		return unreadable("%s holds more than one time. Type one, or a range such as 17:00-18:00.", quoted(r.typed))
	}
	return wordNotATime(r.peek(0), r.typed)
}

// single places one point in time.
func (r *stampReader) single(m stampMoment) (Stamp, error) {
	if m.hasClock && m.clock.midnight {
		return Stamp{}, impossible("24:00 is the end of one day and the start of the next. Type 00:00 with the date of the day that begins.")
	}
	if m.clock.nothing && m.day.kind == dayUntold && r.ref.Day.IsZero() {
		return Stamp{Sure: Unknown}, nil
	}
	if !m.hasClock {
		m.clock = stampClock{last: wholeDay, nothing: true}
	}
	found, err := r.place(m)
	if err != nil {
		return Stamp{}, err
	}
	stamp := r.stamp(m, found.first)
	switch {
	case m.clock.unknown():
		stamp.Sure, stamp.End = Unknown, found.last.UTC()
	case m.about:
		stamp.Sure = About
	}
	return stamp, nil
}

// stamp is the exact stamp of an instant in the zone that it was told in.
func (r *stampReader) stamp(m stampMoment, t time.Time) Stamp {
	stamp := stampIn(t, r.zoneOf(m))
	if m.zone.name != "" {
		stamp.Zone = m.zone.name
	}
	return stamp
}
