package intake

import (
	"strings"
	"time"

	"firebreak/workflow"
)

// dayOf finds the day of an entry. Two days come back where a date of figures
// can be either, and none where there is no such day.
func (r *resolver) dayOf(i int, e *draft, z zone) ([]date, workflow.Origin) {
	stamp := workflow.Origin{From: workflow.FromStamp, Says: "it stands in the stamp"}
	told := e.mark.day
	switch told.kind {
	case untoldDay:
		day, from := r.standing(e)
		return []date{day}, from
	case weekdayDay, nearDay:
		return []date{r.relative(e, told)}, workflow.Origin{From: workflow.FromStamp, Says: "“" + cut(e.mark.typed) + "”, counted from the day of the document"}
	}
	days, note, sure := r.calendar(told)
	if note != "" {
		e.doubts(sure, note)
	}
	if len(days) == 0 {
		e.doubts(workflow.DoubtfulLine, "There is no such day as in “"+cut(e.mark.typed)+"”; it is kept as text.")
		return nil, stamp
	}
	if told.hasWeekday && len(days) == 1 && days[0].noon().Weekday() != told.weekday {
		e.doubts(workflow.DoubtfulLine, days[0].String()+" is a "+days[0].noon().Weekday().String()+", and not a "+told.weekday.String()+".")
	}
	r.day, r.dayFrom, r.dayNote, r.base = days[0], workflow.FromNeighbor, "carried on from line "+itoa(e.line), e.day
	r.rests = false
	return days, stamp
}

// standing is the day that stands over an entry without one of its own: the
// date line above, the day of the entry before, the document's.
func (r *resolver) standing(e *draft) (date, workflow.Origin) {
	if e.day != nil && (e.day != r.base || r.day.isZero()) && !r.startsElsewhere() {
		rested := r.rests
		r.rests = rested && e.day.day.kind == weekdayDay
		day, note, sure := r.lineDay(e.day)
		if note != "" {
			e.doubts(sure, note)
		}
		if !day.isZero() {
			r.base, r.day, r.dayFrom = e.day, day, workflow.FromHeading
			r.dayNote = "“" + cut(strings.Trim(e.day.says, "#*_ ")) + "” in line " + itoa(e.day.line)
		} else {
			r.rests = rested
		}
	}
	if !r.day.isZero() {
		if r.dayFrom == workflow.FromNowhere {
			e.doubts(workflow.DoubtfulLine, "Nothing tells the day; that of the entry before is taken.")
		}
		return r.day, workflow.Origin{From: r.dayFrom, Says: r.dayNote}
	}
	r.base = e.day
	r.day, r.dayFrom, r.dayNote = r.origin(e)
	return r.day, workflow.Origin{From: r.dayFrom, Says: r.dayNote}
}

// startsElsewhere says whether a person chose the day of the first entry: then
// that holds for it, whatever stands above.
func (r *resolver) startsElsewhere() bool { return !r.began && r.d.chosenDay().year != 0 }

func (d *document) chosenDay() date {
	if t, err := time.Parse(time.DateOnly, d.as.Day); err == nil {
		return dateOf(t)
	}
	return date{}
}

// origin is the day of the first entry where nothing stands over it.
func (r *resolver) origin(e *draft) (date, workflow.OriginKind, string) {
	if day := r.d.chosenDay(); day.year != 0 {
		return day, workflow.FromChoice, "chosen for this import"
	}
	if at := r.d.origin; !at.date.isZero() {
		if !at.sure {
			e.doubts(workflow.LikelyLine, "No date stands over it; "+at.says+".")
		}
		return at.date, at.from, at.says
	}
	r.rests = true
	e.doubts(workflow.DoubtfulLine, "Nothing tells the day; the latest on which all of it is past is taken. Choose the day of the first entry to settle it.")
	return r.start, workflow.FromNowhere, "nothing tells the day: the latest on which all of it is past"
}

// lineDay is the day of a date line.
func (r *resolver) lineDay(at *dayLine) (day date, note string, sure workflow.Confidence) {
	switch {
	case at.count > 0:
		first := r.d.origin.date
		if day := r.d.chosenDay(); day.year != 0 {
			first = day
		}
		if first.isZero() {
			first, r.rests = r.start, true
		}
		return first.plus(at.count - 1), "“" + cut(at.says) + "” is counted from " + first.String() + ".", workflow.LikelyLine
	case at.day.kind == weekdayDay:
		day := r.near(at.day.weekday)
		if r.rests {
			return day, "“" + cut(at.says) + "” names no date; " + day.String() + " is the latest on which all of it is past.", workflow.DoubtfulLine
		}
		return day, "“" + cut(at.says) + "” names no date; " + day.String() + " is the nearest.", workflow.LikelyLine
	}
	days, note, sure := r.calendar(at.day)
	if len(days) == 0 {
		return date{}, "There is no such day as in “" + cut(at.says) + "”.", workflow.DoubtfulLine
	}
	if at.day.hasWeekday && days[0].noon().Weekday() != at.day.weekday && note == "" {
		note, sure = days[0].String()+" is a "+days[0].noon().Weekday().String()+", and not a "+at.day.weekday.String()+".", workflow.LikelyLine
	}
	return days[0], note, sure
}

// calendar makes a told day one of the calendar, or says what it can be.
func (r *resolver) calendar(told day) (days []date, note string, sure workflow.Confidence) {
	ref, known := r.reference()
	switch told.kind {
	case figureDay:
		return r.figures(told, ref, known)
	case monthOnly:
		first := date{told.year, told.month, 1}
		last := dateOf(time.Date(told.year, told.month+1, 0, 12, 0, 0, 0, time.UTC))
		return []date{first, last}, "It tells the month and no day.", workflow.LikelyLine
	}
	if !told.exists() {
		return nil, "", ""
	}
	if told.kind == wholeDay {
		return []date{{told.year, told.month, told.day}}, "", ""
	}
	day := nearestYear(date{0, told.month, told.day}, ref)
	if known {
		return []date{day}, "", ""
	}
	r.guessed = true
	if day.daysTo(ref) < -1 && realDate(day.year-1, day.month, day.day) { // what is written about has happened
		day.year--
	}
	return []date{day}, "No year is told anywhere; " + itoa(day.year) + " is the newest that is not in the future.", workflow.DoubtfulLine
}

// figures reads 04/05/2025 in the order that was chosen, that other dates of
// the document prove, or that its day agrees with. Otherwise it is both.
func (r *resolver) figures(told day, ref date, known bool) (days []date, note string, sure workflow.Confidence) {
	at := func(dayFirst bool) date {
		d := told.read(dayFirst)
		if d.kind == yearlessDay {
			return nearestYear(date{0, d.month, d.day}, ref)
		}
		return date{d.year, d.month, d.day}
	}
	typed := itoa(told.first) + "/" + itoa(told.second)
	order := r.d.as.DayOrder
	if order == workflow.DayOrderUntold {
		if order = r.proven; order != workflow.DayOrderUntold {
			note, sure = typed+" is read "+string(order)+", as other dates of the document are written.", workflow.LikelyLine
		}
	}
	if order != workflow.DayOrderUntold {
		return []date{at(order == workflow.DayFirst)}, note, sure
	}
	one, two := at(true), at(false)
	if known {
		a, b := abs(one.daysTo(ref)), abs(two.daysTo(ref))
		if a <= 3 && b > 7 {
			return []date{one}, typed + " is read day first, which is near the day of the document.", workflow.LikelyLine
		}
		if b <= 3 && a > 7 {
			return []date{two}, typed + " is read month first, which is near the day of the document.", workflow.LikelyLine
		}
	}
	return []date{one, two}, typed + " can be " + one.String() + " or " + two.String() + ". Choose the order of dates to settle it.", workflow.DoubtfulLine
}

// provenOrder is the order that dates of the document prove, which can be read
// in one way only: 24/07/25.
func (d *document) provenOrder() workflow.DayOrder {
	order := workflow.DayOrderUntold
	for _, e := range d.drafts {
		found := e.mark.day.order
		if found == workflow.DayOrderUntold && e.day != nil {
			found = e.day.day.order
		}
		switch {
		case found == workflow.DayOrderUntold:
		case order == workflow.DayOrderUntold:
			order = found
		case order != found:
			return workflow.DayOrderUntold
		}
	}
	return order
}

// reference is the day that dates without a year are near to, and whether the
// document tells it.
func (r *resolver) reference() (date, bool) {
	if day := r.d.chosenDay(); day.year != 0 {
		return day, true
	}
	if !r.d.origin.date.isZero() {
		return r.d.origin.date, true
	}
	if !r.day.isZero() && r.dayFrom != workflow.FromNowhere && !r.guessed {
		return r.day, true
	}
	if !r.whole.isZero() {
		return r.whole, true
	}
	return dateOf(r.d.now.UTC()), false
}

// firstWhole is the first date with its year that a stamp tells.
func (d *document) firstWhole() date {
	for _, e := range d.drafts {
		if told := e.mark.day; told.kind == wholeDay && told.exists() {
			return date{told.year, told.month, told.day}
		}
	}
	return date{}
}

// relative is the day of "Yesterday at 14:32" and "Mon 14:32".
func (r *resolver) relative(e *draft, told day) date {
	ref := r.day
	if ref.isZero() || told.kind == nearDay {
		ref, _, _ = r.origin(&draft{})
	}
	day := ref.plus(told.ahead)
	if told.kind == weekdayDay {
		day = r.near(told.weekday)
	}
	e.doubts(workflow.LikelyLine, "“"+cut(e.mark.typed)+"” names no date; "+day.String()+" is taken.")
	r.day, r.dayFrom, r.dayNote, r.base = day, workflow.FromNeighbor, "carried on from line "+itoa(e.line), e.day
	return day
}

// near is the day of that name nearest to the running day, not before it.
func (r *resolver) near(weekday time.Weekday) date {
	ref := r.day
	if ref.isZero() {
		ref, _, _ = r.origin(&draft{})
		most := 4
		if r.rests { // what is written about has happened
			most = 7
		}
		for n := range most {
			if back := ref.plus(-n); back.noon().Weekday() == weekday {
				return back
			}
		}
	}
	for ref.noon().Weekday() != weekday {
		ref = ref.plus(1)
	}
	return ref
}
