package intake

import (
	"fmt"
	"strings"
	"time"

	"firebreak/workflow"
)

// How far a clock goes back when it went over midnight, and when it may have.
const (
	overMidnight  = 12 * time.Hour
	maybeMidnight = 6 * time.Hour
	longRange     = 6 * time.Hour // beyond midnight; a longer one is not believed
)

// roll compares an entry with the one before it. A clock that goes back by
// more than half a day went over midnight; anything less is kept as it stands,
// and said.
func (r *resolver) roll(i int, e *draft, z zone, day date, at workflow.Stamp, out *workflow.ReadLine) workflow.Stamp {
	untold := e.mark.day.kind == untoldDay
	if e.mark.ahead > 0 && untold {
		out.Day = workflow.Origin{From: workflow.FromStamp, Says: "it says that it is the next day"}
		return r.move(e, z, day.plus(e.mark.ahead), at)
	}
	if r.prev.IsZero() || !at.Time.Before(r.prev) {
		if r.newest && untold && !r.prev.IsZero() && at.Time.Sub(r.prev) > 18*time.Hour {
			e.doubts(workflow.LikelyLine, "It is most of a day after the entry below it.")
		}
		return at
	}
	back := r.prev.Sub(at.Time)
	if at.Sure == workflow.Unknown && !at.End.Before(r.prev) {
		return at
	}
	if !untold || e.day != r.base || e.day != nil && e.day != r.prevAt.day {
		r.outOfOrder(e, back)
		return at
	}
	next := r.move(e, z, day.plus(1), at)
	switch {
	case back > overMidnight:
		e.doubts(workflow.LikelyLine, "The clock goes back over midnight: it is taken to be the next day, "+day.plus(1).String()+".")
	case back >= maybeMidnight && r.staysBack(i):
		e.doubts(workflow.DoubtfulLine, fmt.Sprintf("The clock goes back by %s: the next day is taken, %s; it may be out of order instead.", hours(back), day.plus(1)))
	default:
		r.day = day
		r.outOfOrder(e, back)
		return at
	}
	out.Day = workflow.Origin{From: workflow.FromRoll, Says: "the clock went back over midnight after line " + itoa(r.prevAt.line)}
	r.dayFrom, r.dayNote = workflow.FromRoll, out.Day.Says
	return next
}

// move is the same clock on another day, from which the following ones go on.
func (r *resolver) move(e *draft, z zone, day date, at workflow.Stamp) workflow.Stamp {
	before, doubt := len(e.notes), e.doubt
	moved := r.build(e, []date{day}, z)
	e.notes, e.doubt = e.notes[:before], doubt // said already, for the day before
	if moved.Time.IsZero() {
		return at
	}
	r.day = day
	return moved
}

func (r *resolver) outOfOrder(e *draft, back time.Duration) {
	note := "It is " + hours(back) + " earlier than the entry before it, and is kept so."
	if r.newest {
		note = "It is " + hours(back) + " earlier than the entry below it, and is kept so."
	}
	if e.mark.clock.bare {
		note += " " + e.mark.clock.text + " may be on a 12-hour clock without AM or PM."
	}
	at := workflow.LikelyLine
	if back >= maybeMidnight || e.mark.clock.bare {
		at = workflow.DoubtfulLine
	}
	e.doubts(at, note)
}

// staysBack says whether the entries after one that went back go on from
// there, and not from where the one before it was.
func (r *resolver) staysBack(i int) bool {
	step, clockBefore := 1, r.prevAt.mark.clock.at
	if r.newest {
		step = -1
	}
	e, j := r.d.drafts[i], i+step
	if j < 0 || j >= len(r.d.drafts) {
		return true
	}
	next := r.d.drafts[j]
	return next.day != e.day || next.mark.day.kind != untoldDay || next.mark.clock.at < clockBefore
}

func hours(d time.Duration) string {
	d = d.Round(time.Minute)
	switch h, m := int(d.Hours()), int(d.Minutes())%60; {
	case h >= 48:
		return fmt.Sprintf("%d days", h/24)
	case h == 0:
		return fmt.Sprintf("%d min", m)
	case m == 0:
		return fmt.Sprintf("%d h", h)
	default:
		return fmt.Sprintf("%d h %d min", h, m)
	}
}

// newestFirst says whether the entries stand with the newest on top, as on
// status pages.
func (r *resolver) newestFirst() bool {
	up, down := 0, 0
	for i := 1; i < len(r.d.drafts); i++ {
		a, b := r.d.drafts[i-1], r.d.drafts[i]
		before, after := sortKey(a), sortKey(b)
		dated := a.mark.day.kind != untoldDay && b.mark.day.kind != untoldDay
		if !a.mark.clock.told() || !b.mark.clock.told() || !dated && (a.day != b.day || a.mark.day.kind != b.mark.day.kind) {
			continue
		}
		switch {
		case after > before:
			up++
		case after < before:
			down++
		}
	}
	return down >= 2 && down > 3*up || down > 0 && up == 0 && r.d.git
}

// sortKey orders the stamps of one document roughly, to see which way they go.
func sortKey(e *draft) int {
	d := e.mark.day
	return ((d.year*12+int(d.month))*31+d.day)*86400 + e.mark.clock.at
}

// span places the end of a range: the first such time after its start. One
// that would be most of a day away is not believed, and left as text.
func (r *resolver) span(e *draft, z zone, at *workflow.Stamp) {
	end := e.mark.end
	if end == nil {
		end = e.end
	}
	if end == nil || at.Time.IsZero() || !at.Known() {
		return
	}
	if end.zone.told() {
		z = end.zone
	}
	if z.vague != nil {
		return
	}
	day := dateOf(at.Time.In(z.location()))
	if days, _, _ := r.calendar(end.day); end.day.kind != untoldDay && len(days) == 1 {
		day = days[0]
	}
	until := r.stamp(e, day, end.clock, z)
	if len(until) == 1 && !until[0].Time.After(at.Time) && end.day.kind == untoldDay {
		until = r.stamp(e, day.plus(1), end.clock, z)
		if len(until) == 1 && until[0].Time.Sub(at.Time) > longRange {
			e.doubts(workflow.DoubtfulLine, "“"+cut(e.mark.typed)+"” ends before it begins, or on the next day, or on a 12-hour clock; only its beginning is taken as a time.")
			return
		}
	}
	if len(until) != 1 || !until[0].Time.After(at.Time) {
		if len(until) == 1 && !until[0].Time.Equal(at.Time) {
			e.doubts(workflow.DoubtfulLine, "“"+cut(e.mark.typed)+"” ends before it begins; only its beginning is taken as a time.")
		}
		return
	}
	at.End = until[0].Time
	if e.mark.within {
		at.Sure = workflow.Unknown
	}
}

// agree compares a stamp with what the document says the same moment is in
// other zones.
func (r *resolver) agree(e *draft, z zone, at workflow.Stamp) {
	if !at.Known() {
		return
	}
	for _, also := range append(e.mark.also, e.cells...) {
		if !also.zone.sure() {
			continue
		}
		_, shift := at.Time.In(also.zone.location()).Zone()
		local := int(at.Time.Unix()+int64(shift)) % 86400
		off := ((also.clock.at-local)%86400 + 86400) % 86400
		if off > 43200 {
			off -= 86400
		}
		if abs(off) >= 60 {
			e.doubts(workflow.DoubtfulLine, fmt.Sprintf("The document says %s as well, which is %s away from %s; %s is taken.",
				also.typed, hours(time.Duration(abs(off))*time.Second), e.mark.clock.text, e.mark.clock.text))
		}
	}
}

// season says where an abbreviation is of winter time and the day of summer
// time, or the other way round. It is read as it stands: Arizona and
// Queensland are right to say so.
func (r *resolver) season(e *draft, z zone, at workflow.Stamp) {
	name := seasonalPlaces[strings.ToUpper(z.word)]
	if name == "" || at.Time.IsZero() {
		return
	}
	place := r.d.zones.named(name)
	if place.place == nil {
		return
	}
	if _, shift := at.Time.In(place.place).Zone(); shift != at.Shift && at.Shift != 0 {
		e.doubts(workflow.LikelyLine, strings.ToUpper(z.word)+" was not in force on that day in "+name+", which was at "+offsetText(shift)+"; it is read as it stands.")
	}
}
