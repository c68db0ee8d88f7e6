package intake

import (
	"time"

	"firebreak/workflow"
)

// grace is how far into the future a text can reach that was written just now:
// clocks differ.
const grace = 10 * time.Minute

// noZone is said of the whole, and of the first line that it concerns.
const noZone = "Nothing names a zone; UTC is assumed."

// place gives every entry its stamp, with where its day and its zone are from.
func (d *document) place() []workflow.ReadLine {
	start := d.assumedDay()
	r, lines := d.placeFrom(start)
	for n := 0; n < 3 && r.late() > 0; n++ { // once, unless the clocks changed in between
		start = start.plus(-r.late())
		r, lines = d.placeFrom(start)
	}
	if i := d.zoneless(); i >= 0 {
		lines[i].Notes = append([]string{noZone}, lines[i].Notes...)
	}
	if r.newest && d.undated() {
		d.notes = append(d.notes, "The newest entry stands first; the times are read from the last line up.")
	}
	return lines
}

// placeFrom places the entries with a day to assume where nothing tells one.
func (d *document) placeFrom(start date) (*resolver, []workflow.ReadLine) {
	r := &resolver{d: d, start: start, stamped: d.zoneInStamps(), prose: d.zoneInProse()}
	r.newest, r.proven, r.whole = r.newestFirst(), d.provenOrder(), d.firstWhole()
	lines := make([]workflow.ReadLine, len(d.drafts))
	for n := range d.drafts {
		i := n
		if r.newest {
			i = len(d.drafts) - 1 - n
		}
		e := d.drafts[i]
		notes, doubt := e.notes, e.doubt
		lines[i] = r.line(i)
		e.notes, e.doubt = notes[:len(notes):len(notes)], doubt // for another start
	}
	return r, lines
}

// assumedDay is the first day to try where nothing tells one: no clock on earth
// is further ahead. What says "yesterday" counts from today.
func (d *document) assumedDay() date {
	today := dateOf(d.now.UTC())
	for _, e := range d.drafts {
		if e.mark.day.kind == nearDay {
			return today
		}
	}
	if d.now.IsZero() {
		return today
	}
	return today.plus(1)
}

// lasts keeps how far what rests on the assumed day reaches.
func (r *resolver) lasts(at workflow.Stamp) {
	last := at.Time
	if at.Known() && at.End.After(last) {
		last = at.End
	}
	if r.rests && last.After(r.latest) {
		r.latest = last
	}
}

// late is how many days the assumed day is too late for all of the text to be
// past.
func (r *resolver) late() int {
	over := r.latest.Sub(r.d.now.Add(grace))
	if r.d.now.IsZero() || r.latest.IsZero() || over <= 0 {
		return 0
	}
	return int((over + 24*time.Hour - 1) / (24 * time.Hour))
}

// zoneless is the first entry of which nothing tells the zone, or -1.
func (d *document) zoneless() int {
	for i, e := range d.drafts {
		if e.noZone {
			return i
		}
	}
	return -1
}
