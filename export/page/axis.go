package page

import "time"

// steps are the distances of the marks under the bar that people count in.
func steps() []time.Duration {
	const day = 24 * time.Hour
	return []time.Duration{
		time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second,
		time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
		time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
		day, 2 * day, 5 * day, 10 * day, 20 * day, 50 * day, 100 * day, 200 * day, 500 * day, 1000 * day,
	}
}

// mostMarks is how many times fit under the bar without touching.
const mostMarks = 8

// marks are the round times between two others, in UTC, and how far they are
// apart in seconds.
func marks(from, to time.Time) (at []time.Time, apart int64) {
	whole := to.Unix() - from.Unix()
	for _, step := range steps() {
		if apart = int64(step / time.Second); whole/apart < mostMarks {
			break
		}
	}
	for whole/apart >= mostMarks { // longer than twenty years: somebody's stamp has a wrong year
		apart *= 10
	}
	first := from.Unix() - mod(from.Unix(), apart)
	if first < from.Unix() {
		first += apart
	}
	for t := first; t <= to.Unix(); t += apart {
		at = append(at, time.Unix(t, 0).UTC())
	}
	return at, apart
}

// mod is the rest of a division that is never negative.
func mod(n, by int64) int64 { return ((n % by) + by) % by }

// drawAxis draws the marks, with the time of day under each and the date under
// the first of each day.
func (d *drawing) drawAxis() {
	at, apart := marks(d.from, d.to)
	top := d.bar + barHigh + ticksHigh
	format := "15:04"
	switch {
	case apart >= 24*60*60:
		format = time.DateOnly
	case apart < 60:
		format = time.TimeOnly
	}
	day := ""
	for _, t := range at {
		x := d.x(t)
		anchor := "middle"
		if x < 32 {
			anchor = "start"
		} else if x > d.wide+edge-32 {
			anchor = "end"
		}
		d.put(`<path class="mark" d="M`, number(x), " ", number(d.bar+barHigh), "V", number(top+3), `"/>`,
			`<text class="time" text-anchor="`, anchor, `" x="`, number(x), `" y="`, number(top+14), `">`, t.Format(format), "</text>")
		if date := t.Format(time.DateOnly); format != time.DateOnly && date != day {
			day = date
			d.put(`<text class="time" text-anchor="`, anchor, `" x="`, number(x), `" y="`, number(top+28), `">`, date, "</text>")
		}
		d.put("\n")
	}
}
