package workflow

import (
	"cmp"
	"slices"
	"time"
)

// stampGrace is how far ahead of now a time without a date may lie and still
// be today: two clocks seldom agree, and a hurried finger slips a minute.
const stampGrace = 10 * time.Minute

// The years that a stamp can lie in. A year outside them is a slip of the
// finger, and the log can hold every instant between.
const (
	firstStampYear = 1970
	lastStampYear  = 2199
)

// place finds the instants that a typed time means: equal ones for an exact
// time, the bounds for an unknown one. Of several days it takes the first on
// which the time is not in the future.
func (r *stampReader) place(m stampMoment) (stampBounds, error) {
	limit := r.ref.Now.Add(stampGrace)
	spot := stampSpot{clock: m.clock, zone: r.zoneOf(m), before: limit}
	return spot.findOn(r.days(m), m.day, func(found stampBounds) bool { return !found.first.After(limit) })
}

// placeAfter finds the end of a range: the first such time after its start.
func (r *stampReader) placeAfter(m stampMoment, start time.Time) (stampBounds, error) {
	spot := stampSpot{clock: m.clock, zone: r.zoneOf(m), after: start}
	days := r.days(m)
	slices.SortFunc(days, func(a, b stampDate) int { return a.noon().Compare(b.noon()) })
	if m.day.kind == dayUntold {
		day := dateOf(start.In(spot.zone))
		days = []stampDate{day, day.plus(1)}
	}
	return spot.findOn(days, m.day, func(found stampBounds) bool { return found.last.After(start) })
}

// stampBounds are the earliest and the latest instant that a time can be.
type stampBounds struct{ first, last time.Time }

// zoneOf is the zone that a typed time is in.
func (r *stampReader) zoneOf(m stampMoment) *time.Location {
	if m.zone.place != nil {
		return m.zone.place
	}
	return r.ref.Zone
}

// days lists the days that a typed time can belong to, the preferred ones
// first. More than one means: the first on which it is not in the future.
func (r *stampReader) days(m stampMoment) []stampDate {
	today := dateOf(r.ref.Now.In(r.zoneOf(m)))
	switch m.day.kind {
	case dayDate:
		return []stampDate{m.day.date}
	case dayFromNow:
		return []stampDate{today.plus(m.day.fromNow)}
	case dayOfWeek:
		return r.daysOfWeek(m, today)
	case dayOfYear:
		return r.daysOfYear(m, today)
	}
	if r.ref.Day.IsZero() {
		return []stampDate{today.plus(1), today, today.plus(-1)}
	}
	return []stampDate{r.dayInside(m)}
}

// dayInside is the date, in the zone as told, that keeps a time without a date
// inside the day it belongs to. The day is one of the display zone.
func (r *stampReader) dayInside(m stampMoment) stampDate {
	day := dateOf(r.ref.Day.In(r.ref.Zone))
	for _, days := range []int{0, -1, 1} {
		spot := stampSpot{date: day.plus(days), clock: m.clock, zone: r.zoneOf(m)}
		if found, _ := spot.find(); dateOf(found.first.In(r.ref.Zone)) == day {
			return spot.date
		}
	}
	return day
}

// daysOfWeek are the days of that name around now, or around ref.Day.
func (r *stampReader) daysOfWeek(m stampMoment, today stampDate) []stampDate {
	newest := 1
	switch {
	case !r.ref.Day.IsZero():
		today, newest = dateOf(r.ref.Day.In(r.ref.Zone)), 3
	case m.day.last:
		newest = -1
	}
	var days []stampDate
	for n := newest; n >= -7; n-- {
		if day := today.plus(n); day.weekday() == m.day.weekday {
			days = append(days, day)
		}
	}
	return r.nearestFirst(days)
}

// daysOfYear are that day of the years around now, or around ref.Day; enough
// of them that a 29 February is among them.
func (r *stampReader) daysOfYear(m stampMoment, today stampDate) []stampDate {
	if !r.ref.Day.IsZero() {
		today = dateOf(r.ref.Day.In(r.ref.Zone))
	}
	var days []stampDate
	for n := 1; n >= -8; n-- {
		day := m.day.date
		day.year = today.year + n
		if day.exists() {
			days = append(days, day)
		}
	}
	return r.nearestFirst(days)
}

// nearestFirst keeps the newest day in front, or the one nearest to ref.Day.
func (r *stampReader) nearestFirst(days []stampDate) []stampDate {
	if r.ref.Day.IsZero() {
		return days
	}
	from := dateOf(r.ref.Day.In(r.ref.Zone)).noon()
	slices.SortStableFunc(days, func(a, b stampDate) int {
		return cmp.Compare(a.noon().Sub(from).Abs(), b.noon().Sub(from).Abs())
	})
	return days
}

// stampSpot is a clock time on a date in a zone, to be found in the world.
type stampSpot struct {
	date   stampDate
	clock  stampClock
	zone   *time.Location
	after  time.Time // when set, of two readings the one after it
	before time.Time // when set, of two readings the one not past it
}

// findOn finds the spot on the first day that fits, or else on the last.
func (s stampSpot) findOn(days []stampDate, told stampDay, fits func(stampBounds) bool) (found stampBounds, err error) {
	if len(days) == 0 {
		return found, noSuchDay(told.date)
	}
	for _, s.date = range days {
		if found, err = s.find(); fits(found) {
			break
		}
	}
	if err == nil && told.hasWeekday && s.date.weekday() != told.weekday {
		err = wrongWeekday(s.date, told.weekday)
	}
	return found, err
}

// find gives the bounds even with an error, so that the day can be chosen
// before the time on it is refused.
func (s stampSpot) find() (stampBounds, error) {
	if !s.clock.unknown() {
		t, err := s.exact()
		return stampBounds{t, t}, err
	}
	first, _ := s.edges(s.clock.first)
	_, last := s.edges(s.clock.last)
	if last.Before(first) {
		return stampBounds{first, first}, skippedTime(s.date, s.clock.first, s.zone, first)
	}
	return stampBounds{first, last}, nil
}

// edges are the instants of a bound. A bound that clocks jumped over stands at
// the jump: what is unknown lies on either side of it.
func (s stampSpot) edges(clock time.Duration) (first, last time.Time) {
	found, jump := instantsOf(s.date, clock, s.zone)
	if len(found) == 0 {
		return jump, jump.Add(-time.Second)
	}
	return found[0], found[len(found)-1]
}

func (s stampSpot) exact() (time.Time, error) {
	found, jump := instantsOf(s.date, s.clock.first, s.zone)
	switch {
	case len(found) == 0:
		return jump, skippedTime(s.date, s.clock.first, s.zone, jump)
	case len(found) == 1:
		return found[0], nil
	case !s.after.IsZero() && !found[0].After(s.after):
		return found[1], nil
	case !s.before.IsZero() && found[1].After(s.before):
		return found[0], nil
	}
	return found[0], repeatedTime(s.date, s.clock.first, s.zone, found[0], found[1])
}

// instantsOf finds every instant at which clocks in the zone show that time on
// that date, in order: one as a rule, two when clocks went back, none when they
// jumped over it, and then when they jumped.
func instantsOf(date stampDate, clock time.Duration, zone *time.Location) (found []time.Time, jump time.Time) {
	wall := time.Date(date.year, date.month, date.day, 0, 0, 0, 0, time.UTC).Add(clock)
	guess := time.Date(date.year, date.month, date.day, 0, 0, 0, 0, zone).Add(clock)
	jump = guess.UTC()
	// The readings that a change of the clocks can touch lie within a day of
	// it, and every offset in force near the guess is tried.
	for t := guess.Add(-26 * time.Hour); ; {
		_, shift := t.In(zone).Zone()
		candidate := wall.Add(-time.Duration(shift) * time.Second)
		if _, at := candidate.In(zone).Zone(); at == shift && !slices.Contains(found, candidate) {
			found = append(found, candidate)
		}
		_, next := t.In(zone).ZoneBounds()
		if next.IsZero() || next.After(guess.Add(26*time.Hour)) {
			slices.SortFunc(found, time.Time.Compare)
			return found, jump
		}
		if skips(wall, next, zone) {
			jump = next.UTC()
		}
		t = next
	}
}

// skips says whether the change of the clocks at an instant jumped over a
// reading, both as if in UTC.
func skips(wall, change time.Time, zone *time.Location) bool {
	_, before := change.Add(-time.Second).In(zone).Zone()
	_, after := change.In(zone).Zone()
	from := change.Add(time.Duration(before) * time.Second)
	to := change.Add(time.Duration(after) * time.Second)
	return !wall.Before(from) && wall.Before(to)
}
