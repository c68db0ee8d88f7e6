package workflow

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Certainty says how sure a Stamp is.
type Certainty string

// The three certainties of a time.
const (
	Exact   Certainty = "exact"
	About   Certainty = "about"   // "~13:30": shown and counted with a ≈
	Unknown Certainty = "unknown" // "14:??": ordered by what is known, never counted
)

// Stamp is when something happened in the world: an instant, the zone it was
// told in, how sure it is, and the text as typed, which is never thrown away.
type Stamp struct {
	Time  time.Time `json:"time,omitzero"`   // UTC; zero when nothing at all is known
	End   time.Time `json:"end,omitzero"`    // UTC; the end of a range, or the latest that an unknown time can be
	Zone  string    `json:"zone,omitempty"`  // as told: "UTC", "PST", "+01:00", "Europe/Berlin"; empty means the display zone of its day
	Shift int       `json:"shift,omitempty"` // seconds east of UTC at that instant in that zone
	Sure  Certainty `json:"sure"`
	Typed string    `json:"typed,omitempty"` // exactly what the person typed; empty when a clock gave it
}

// StampAt is an exact stamp that a clock gave, told in zone (nil is UTC).
// It keeps whole seconds: that is what people read and type, so a time that is
// opened for correction and saved untouched stays the same.
func StampAt(t time.Time, zone *time.Location) Stamp {
	if zone == nil {
		zone = time.UTC
	}
	return stampIn(t.Truncate(time.Second), zone)
}

// UnknownStamp keeps text that is not a time (or not a possible one) as a time
// of which nothing is known, so that what was typed is never lost. Bytes that
// are not text at all are kept as \x escapes: a log line can hold only text.
func UnknownStamp(typed string) Stamp {
	return Stamp{Sure: Unknown, Typed: onlyText(typed)}
}

// Known says whether the time can be counted with: exact or about.
func (s Stamp) Known() bool {
	return s.Sure != Unknown && !s.Time.IsZero()
}

// IsRange says whether the stamp is a known start with a known end. The bounds
// of an unknown time are not a range: the thing happened once, somewhere
// between them.
func (s Stamp) IsRange() bool {
	return s.Known() && s.End.After(s.Time)
}

// Order compares for a timeline: negative when s belongs before o, positive
// after, zero when time alone does not tell. An unknown time stands at the
// earliest that it can be; one of which nothing is known stands last.
func (s Stamp) Order(o Stamp) int {
	switch {
	case s.Time.IsZero() && o.Time.IsZero():
		return 0
	case s.Time.IsZero():
		return 1
	case o.Time.IsZero():
		return -1
	}
	return s.Time.Compare(o.Time)
}

// stampIn is the exact stamp of an instant as the zone tells it.
func stampIn(t time.Time, zone *time.Location) Stamp {
	local := t.In(zone)
	_, shift := local.Zone()
	return Stamp{Time: local.Round(0).UTC(), Zone: zoneName(zone, shift), Shift: shift, Sure: Exact}
}

// zoneName is the name to keep for a zone. "Local" and an empty name mean
// something else on the next machine, so their offset stands in.
func zoneName(zone *time.Location, shift int) string {
	name := zone.String()
	if name == "" || name == "Local" {
		return offsetText(shift)
	}
	return onlyText(name)
}

// offsetText writes seconds east of UTC as "UTC", "+01:00" or "-00:44:30".
func offsetText(shift int) string {
	if shift == 0 {
		return "UTC"
	}
	sign := "+"
	if shift < 0 {
		sign, shift = "-", -shift
	}
	text := sign + twoDigits(shift/3600) + ":" + twoDigits(shift/60%60)
	if shift%60 != 0 {
		text += ":" + twoDigits(shift%60)
	}
	return text
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// onlyText writes the bytes that are not valid text as \x escapes. Valid text
// comes back as it is.
func onlyText(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for len(text) > 0 {
		_, size := utf8.DecodeRuneInString(text)
		if size == 1 && text[0] >= utf8.RuneSelf {
			out.WriteString(`\x` + strconv.FormatInt(int64(text[0]), 16))
		} else {
			out.WriteString(text[:size])
		}
		text = text[size:]
	}
	return out.String()
}
