package view

import (
	"strings"
	"time"

	"firebreak/app/session"
	"firebreak/workflow"
)

// clockSeconds is a stamp's time of day, to the second where it has any, with a
// Z where it is shown in UTC: "14:47:05Z", "14:32Z", "~13:30Z", "14:??".
func clockSeconds(s workflow.Stamp, zone *time.Location) string {
	text := s.Clock(zone)
	if s.Time.Second() != 0 || s.IsRange() && s.End.Second() != 0 {
		text = s.ClockSeconds(zone)
	}
	if zone == time.UTC && s.Known() {
		text += "Z"
	}
	return drawn(text)
}

// timeText is what stands in a time field: short enough to change with two
// keys, and read back to the same time. Day is the day that a time without a
// date is read on.
func timeText(s workflow.Stamp, day time.Time, zone *time.Location) string {
	crosses := s.IsRange() && s.Date(zone) != s.End.In(zone).Format(time.DateOnly)
	if s.Time.IsZero() || s.Date(zone) == day.In(zone).Format(time.DateOnly) && !crosses {
		return clockSeconds(s, zone)
	}
	return drawn(s.Full(zone))
}

// readTime reads a typed time as the editor of an entry does: times without a
// date belong to the entry's day, and "-5m" counts from the moment at which
// somebody began to type it.
func readTime(typed string, day, began time.Time, st session.State) (workflow.Stamp, error) {
	ref := workflow.StampRef{Now: st.Now, Zone: st.Shown(), Day: day}
	if !began.IsZero() {
		ref.Now = began
	}
	return workflow.ParseStamp(strings.TrimSpace(typed), ref)
}

// readingOf says a stamp so that a mistake is seen at once: the time itself,
// its day when that is not today, the local time when both are wanted, and how
// long ago that is.
func readingOf(s workflow.Stamp, st session.State) string {
	if s.Time.IsZero() {
		return "Time not known. It stands at the end of the timeline."
	}
	words := []string{clockSeconds(s, st.Shown())}
	if day := s.Date(st.Shown()); day != st.Now.In(st.Shown()).Format(time.DateOnly) {
		words[0] = dayWord(day) + ", " + words[0]
	}
	if st.Prefs.Zones == session.ShowBoth && st.Zone != nil && s.Known() {
		words[0] += " (local " + clockSeconds(s, st.Zone) + ")"
	}
	if !s.Known() {
		return words[0] + ", not known more closely"
	}
	return strings.Join(append(words, distance(s.Time, st.Now)), ", ")
}

// distance is how far a moment is from now, to either side.
func distance(at, now time.Time) string {
	if at.After(now.Add(time.Second)) {
		return "in " + short(at.Sub(now))
	}
	return ago(at, now)
}

// dayWord is a date for reading: "Mon 25 Nov 2024".
func dayWord(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return day.Format("Mon 2 Jan 2006")
}

// moved is a stamp a little earlier or later; one whose time is not known stays.
func moved(s workflow.Stamp, by time.Duration) workflow.Stamp {
	if !s.Known() {
		return s
	}
	s.Time = s.Time.Add(by)
	if !s.End.IsZero() {
		s.End = s.End.Add(by)
	}
	return s
}
