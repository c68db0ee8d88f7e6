package workflow

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The codes of a time that is refused. All belong under the field "at".
const (
	timeUnreadable = "time.unreadable" // not a time, as far as the grammar goes
	timeImpossible = "time.impossible" // a time that no clock or calendar ever shows
	timeAmbiguous  = "time.ambiguous"  // two or more readings, and nothing to choose by
)

func unreadable(format string, args ...any) error {
	return refuseField(timeUnreadable, "at", format, args...)
}

func impossible(format string, args ...any) error {
	return refuseField(timeImpossible, "at", format, args...)
}

func ambiguous(format string, args ...any) error {
	return refuseField(timeAmbiguous, "at", format, args...)
}

// notATime is the refusal when nothing better can be said.
func notATime(typed string) error {
	return unreadable("%s is not a time that can be read. Type 14:32, -5m, yesterday 23:50, 2024-11-25 14:32, ~13:30 or 14:??.", quoted(typed))
}

// wordNotATime names the one piece that does not belong.
func wordNotATime(token stampToken, typed string) error {
	if token.raw == typed || token.kind != stampWord {
		return notATime(typed)
	}
	text := quoted(token.raw)
	if len(token.text) >= 2 && len(token.text) <= 5 {
		return unreadable("%s in %s is not understood. If it is a time zone, type its offset instead, such as 14:32 +01:00; other text goes into the entry itself.", text, quoted(typed))
	}
	return unreadable("%s in %s is not understood. Keep only the time here, such as yesterday 23:50 or 2024-11-25 14:32; other text goes into the entry itself.", text, quoted(typed))
}

// quoted is a short, printable form of typed text for a sentence.
func quoted(text string) string {
	const most = 40
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > most {
		runes = append(runes[:most:most], '…')
	}
	return strconv.Quote(string(runes))
}

// noSuchDay says why a date does not exist and which ones do.
func noSuchDay(date stampDate) error {
	if date.month < time.January || date.month > time.December {
		return impossible("There is no month %d. Type the date as year-month-day, such as 2024-11-25.", int(date.month))
	}
	name := date.month.String()
	year, last := date.year, date.monthLength()
	if year == 0 {
		return impossible("%s has %d days, so there is no %d %s. Type a date that exists, such as %d %s.", name, last, date.day, name, last, name[:3])
	}
	return impossible("%s %d has %d days, so there is no %d %s. Type a date that exists, such as %s.", name, year, last, date.day, name, stampDate{year, date.month, last})
}

func yearOutOfReach(year int) error {
	return impossible("The year %d is outside %d to %d, where incidents happen. Type the date as year-month-day, such as 2024-11-25.", year, firstStampYear, lastStampYear)
}

// dotted says what to type for two numbers with a dot between, which some
// countries read as a date and others as a time.
func dotted(text string, date stampDate) error {
	one, two := date.day, int(date.month)
	switch clock := one < 24 && two < 60; {
	case clock && date.exists():
		return ambiguous("%s can be a time or a date. Type %02d:%02d or %d %s.", quoted(text), one, two, one, date.month.String()[:3])
	case clock:
		return unreadable("%s has a dot where a time has a colon. Type %02d:%02d.", quoted(text), one, two)
	}
	return unreadable("%s is not read as a date. Name the month, such as 25 Nov 14:32.", quoted(text))
}

// twoDates says that a date of numbers alone can be read both ways.
func twoDates(text string, dayFirst, monthFirst stampDate) error {
	if dayFirst.year == 0 {
		return ambiguous("%s can be %d %s or %d %s. Name the month, such as %d %s.", quoted(text),
			dayFirst.day, dayFirst.month, monthFirst.day, monthFirst.month, dayFirst.day, dayFirst.month.String()[:3])
	}
	return ambiguous("%s can be %d %s or %d %s. Type %s or %s.", quoted(text),
		dayFirst.day, dayFirst.month, monthFirst.day, monthFirst.month, dayFirst, monthFirst)
}

// skippedTime says that clocks jumped over a time when summer time began.
func skippedTime(date stampDate, clock time.Duration, zone *time.Location, jump time.Time) error {
	before, after := jump.Add(-time.Second).In(zone), jump.In(zone)
	_, old := before.Zone()
	_, now := after.Zone()
	gone := clockText(clock)
	return impossible("%s did not exist on %s in %s: clocks went from %s straight to %s. Add %s or %s after the time, whichever the clock was set to.",
		gone, date, zoneName(zone, now), jump.In(time.FixedZone("", old)).Format("15:04"), after.Format("15:04"),
		offsetText(old), offsetText(now))
}

// repeatedTime says that clocks showed a time twice when summer time ended.
func repeatedTime(date stampDate, clock time.Duration, zone *time.Location, first, second time.Time) error {
	_, early := first.In(zone).Zone()
	_, late := second.In(zone).Zone()
	return ambiguous("%s came twice on %s in %s, because clocks went back. Add %s after the time for the first, or %s for the second.",
		clockText(clock), date, zoneName(zone, late), offsetText(early), offsetText(late))
}

// clockText is a time of day for a sentence.
func clockText(clock time.Duration) string {
	seconds := int(clock / time.Second)
	text := fmt.Sprintf("%02d:%02d", seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf(":%02d", seconds%60)
	}
	return text
}

func wrongWeekday(date stampDate, told time.Weekday) error {
	return impossible("%s is a %s, not a %s. Type the date alone, such as %s 14:32, or the weekday alone.", date, date.weekday(), told, date)
}
