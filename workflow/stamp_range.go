package workflow

import "time"

// stampDash is what stands between the two ends of a range.
type stampDash struct {
	within bool // "…" or "between … and": once, somewhere between the ends
	joined bool // a hyphen without spaces, which could be the sign of an offset
}

// twoEnds reads the rest of a range and places both ends.
func (r *stampReader) twoEnds(start stampMoment, between bool) (Stamp, error) {
	dash, ok := r.scanDash(between)
	if !ok {
		return Stamp{}, r.stuck()
	}
	end, err := r.moment()
	if err != nil {
		return Stamp{}, err
	}
	if !r.done() {
		return Stamp{}, r.stuck()
	}
	if err := r.shareEnds(&start, &end, dash); err != nil {
		return Stamp{}, err
	}
	return r.placeEnds(start, end, dash)
}

func (r *stampReader) scanDash(between bool) (stampDash, bool) {
	token := r.peek(0)
	dash := stampDash{within: between}
	switch token.text {
	case "–", "to", "until", "till":
	case "-":
		dash.joined = !token.spaced && !r.peek(1).spaced
	case "…":
		dash.within = true
	case "and":
		if !between {
			return dash, false
		}
	default:
		return dash, false
	}
	r.at++
	return dash, true
}

// shareEnds gives each end what was typed once for both, "17:00-18:00 PST",
// and refuses what then has more than one reading.
func (r *stampReader) shareEnds(start, end *stampMoment, dash stampDash) error {
	switch {
	case end.empty() || !start.hasClock && !end.hasClock && !dash.within:
		return unreadable("%s has no end time. Type both ends, such as 17:00-18:00, or the start alone and the end once it is known.", quoted(r.typed))
	case !dash.within && (!start.hasClock || !end.hasClock || start.clock.unknown() || end.clock.unknown()):
		return unreadable("A range needs a time at both ends, and %s leaves one open. Type 17:00-18:00, or between 14:10 and 14:25 for something that happened once in between.", quoted(r.typed))
	case start.hasClock && start.clock.midnight:
		return impossible("A range cannot start at 24:00. Type 00:00 with the date of the day that begins.")
	case end.hasClock && end.clock.midnight && end.day.kind != dayUntold:
		return impossible("24:00 is the end of one day and the start of the next. Type 00:00 with the date of the day that begins.")
	case start.hasClock && end.hasClock && (start.clock.half && end.clock.twelve || start.clock.twelve && end.clock.half):
		return ambiguous("Only one end of %s says AM or PM. Type it at both, such as 11:30 AM-1:15 PM, or use 24 hours.", quoted(r.typed))
	case dash.joined && maybeOffset(*start, *end):
		offset := clockText(end.clock.first)
		return ambiguous("The -%s in %s can be a time zone offset or the end of a range. Type a space before it for the offset, or %s to %s for the range.",
			offset, quoted(r.typed), clockText(start.clock.first), offset)
	}
	if err := r.shareDay(start, end); err != nil {
		return err
	}
	if end.zone.place == nil {
		end.zone = start.zone
	}
	if start.zone.place == nil {
		start.zone = end.zone
	}
	return nil
}

// shareDay moves a date typed behind the range, "17:00-18:00 yesterday", to
// its start.
func (r *stampReader) shareDay(start, end *stampMoment) error {
	if start.day.kind != dayUntold || end.day.kind == dayUntold {
		return nil
	}
	if !end.day.late || end.clock.midnight || end.clock.last <= start.clock.first {
		return ambiguous("%s has a date at its end only. Type the date at the start too, such as 2024-11-25 23:50 - 2024-11-26 00:10.", quoted(r.typed))
	}
	start.day, end.day = end.day, stampDay{}
	return nil
}

// maybeOffset says whether the end of a hyphened range reads as an offset just
// as well: "2024-11-25 04:32-08:00" looks like the ISO form, and "14:32-08:00"
// would be a range through the whole night.
func maybeOffset(start, end stampMoment) bool {
	if start.zone.place != nil || end.zone.place != nil || end.day.kind != dayUntold || !start.hasClock || !end.hasClock {
		return false
	}
	c := end.clock
	if c.seconds || c.half || c.unknown() || c.midnight || !offsetInUse(c.first) {
		return false
	}
	night := c.first <= start.clock.first && c.first+24*time.Hour-start.clock.first > 6*time.Hour
	return start.clock.seconds || start.day.kind == dayDate || night
}

// offsetInUse says whether some zone west of Greenwich is that far from UTC.
func offsetInUse(c time.Duration) bool {
	minutes := int(c / time.Minute)
	half := minutes == 150 || minutes == 210 || minutes == 270 || minutes == 570
	return half || minutes%60 == 0 && minutes > 0 && minutes <= 12*60
}

// placeEnds finds both ends in the world. The end without a date is the first
// such time after the start.
func (r *stampReader) placeEnds(start, end stampMoment, dash stampDash) (Stamp, error) {
	for _, m := range []*stampMoment{&start, &end} {
		if !m.hasClock {
			m.clock = stampClock{last: wholeDay}
		}
	}
	from, err := r.place(start)
	if err != nil {
		return Stamp{}, err
	}
	// "Between 14:10 and 14:25" goes to the last second of 14:25.
	slack := time.Duration(0)
	if dash.within && !end.clock.seconds && !end.clock.unknown() {
		slack = time.Minute - time.Second
	}
	to, err := r.placeAfter(end, from.first.Add(-slack))
	if err != nil {
		return Stamp{}, err
	}
	last := to.last.Add(slack)
	if !last.After(from.first) {
		return Stamp{}, impossible("%s ends before it starts. Put the earlier time first, or type the date at both ends.", quoted(r.typed))
	}
	stamp := r.stamp(start, from.first)
	stamp.End = last.UTC()
	switch {
	case dash.within:
		stamp.Sure = Unknown
	case start.about || end.about:
		stamp.Sure = About
	}
	return stamp, nil
}
