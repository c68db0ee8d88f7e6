package workflow

import (
	"time"
)

// Clock is the time of day in a zone, to the minute: "14:32", "≈13:30",
// "17:00–18:00", "14:??", "14:10…14:25" (somewhere between), "??:??". A nil
// zone shows the time as it was told.
func (s Stamp) Clock(zone *time.Location) string {
	return s.clock(zone, clockMinutes)
}

// ClockSeconds is Clock with seconds for exact times. An approximate or
// unknown one shows seconds only where it has any: "≈13:30:00" would promise
// what nobody knows.
func (s Stamp) ClockSeconds(zone *time.Location) string {
	if s.Known() && s.Sure == Exact {
		return s.clock(zone, clockSeconds)
	}
	return s.clock(zone, clockAll)
}

// Date is the ISO date of the time in a zone, "2024-11-25"; empty when nothing
// is known. A nil zone is the zone as told.
func (s Stamp) Date(zone *time.Location) string {
	if s.Time.IsZero() {
		return ""
	}
	return s.Time.In(s.shownIn(zone)).Format(time.DateOnly)
}

// Full is the whole stamp in a zone, without loss: "2024-11-25 14:32 UTC",
// "2024-11-25 ≈13:30 +01:00", "unknown". ParseStamp reads it back to the same
// time, end and certainty. Zones appear as offsets, because names and
// abbreviations mean different things on different machines.
func (s Stamp) Full(zone *time.Location) string {
	if s.Time.IsZero() {
		return "unknown"
	}
	zone = s.shownIn(zone)
	start := s.Time.In(zone)
	day := start.Format(time.DateOnly)
	if !s.End.After(s.Time) {
		return day + " " + s.single(start, clockAll) + " " + zoneText(start)
	}
	end := s.End.In(zone)
	if sameDate(start, end) && zoneText(start) == zoneText(end) {
		return day + " " + s.span(start, end, clockAll) + " " + zoneText(start)
	}
	return s.mark() + day + " " + s.edge(start, false, clockAll) + " " + zoneText(start) +
		" " + s.dash() + " " +
		end.Format(time.DateOnly) + " " + s.edge(end, true, clockAll) + " " + zoneText(end)
}

// clockDetail is how fine a time of day is written.
type clockDetail int

const (
	clockMinutes clockDetail = iota // 14:32
	clockSeconds                    // 14:32:00
	clockAll                        // 14:32, 14:32:05 or 14:32:05.25: whatever there is
)

func (s Stamp) clock(zone *time.Location, detail clockDetail) string {
	if s.Time.IsZero() {
		return unknownClock
	}
	zone = s.shownIn(zone)
	start := s.Time.In(zone)
	if !s.End.After(s.Time) {
		return s.single(start, detail)
	}
	end := s.End.In(zone)
	if s.Sure == Unknown && !sameDate(start, end) {
		// Clock readings of two days would look like a short span.
		return unknownClock
	}
	return s.span(start, end, detail)
}

const unknownClock = "??:??"

// single writes a time without an end. An unknown time that has no latest
// bound has no clock reading to show.
func (s Stamp) single(start time.Time, detail clockDetail) string {
	if s.Sure == Unknown {
		return unknownClock
	}
	return s.mark() + s.edge(start, false, detail)
}

// span writes both ends on one day, or the placeholder that says the same.
func (s Stamp) span(start, end time.Time, detail clockDetail) string {
	if s.Sure == Unknown {
		if text := placeholder(start, end); text != "" {
			return text
		}
	}
	return s.mark() + s.edge(start, false, detail) + s.dash() + s.edge(end, true, detail)
}

// placeholder is "14:??", "14:3?" or "??:??" when the bounds are just that.
func placeholder(start, end time.Time) string {
	first, last := start.Format("15:04:05"), end.Format("15:04:05")
	switch {
	case start.Nanosecond() != 0 || end.Nanosecond() != 0:
		return ""
	case first == "00:00:00" && last == "23:59:59":
		return unknownClock
	case first[2:] == ":00:00" && last == first[:2]+":59:59":
		return first[:3] + "??"
	case first[4:] == "0:00" && last == first[:4]+"9:59":
		return first[:4] + "?"
	}
	return ""
}

// edge writes one end. The last second of a minute is the minute itself when it
// bounds an unknown time: "14:10…14:25" goes to 14:25:59.
func (s Stamp) edge(t time.Time, last bool, detail clockDetail) string {
	plain := 0
	if last && s.Sure == Unknown {
		plain = 59
	}
	switch {
	case detail == clockSeconds:
		return t.Format("15:04:05")
	case detail == clockAll && t.Nanosecond() != 0:
		return t.Format("15:04:05.999999999")
	case detail == clockAll && t.Second() != plain:
		return t.Format("15:04:05")
	}
	return t.Format("15:04")
}

func (s Stamp) mark() string {
	if s.Sure == About {
		return "≈"
	}
	return ""
}

func (s Stamp) dash() string {
	if s.Sure == Unknown {
		return "…"
	}
	return "–"
}

// shownIn is the zone to show in: the asked one, else the one it was told in.
func (s Stamp) shownIn(zone *time.Location) *time.Location {
	if zone != nil {
		return zone
	}
	return time.FixedZone("", s.Shift)
}

func zoneText(t time.Time) string {
	_, shift := t.Zone()
	return offsetText(shift)
}

func sameDate(a, b time.Time) bool {
	return a.Format(time.DateOnly) == b.Format(time.DateOnly)
}
