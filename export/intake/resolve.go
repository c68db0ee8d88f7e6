package intake

import (
	"errors"
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// resolver places the stamps of a document in time, one behind the other.
type resolver struct {
	d       *document
	stamped *zoneHint         // the one zone that other stamps name
	prose   *zoneHint         // the one zone that the text names
	newest  bool              // the newest entry stands first
	proven  workflow.DayOrder // that other dates prove
	whole   date              // the first date with its year that a stamp tells

	prev    time.Time // of the entry before
	prevAt  *draft
	base    *dayLine // the date that the running day comes from
	day     date     // the running day
	dayFrom workflow.OriginKind
	dayNote string
	carried *zoneHint // from the last stamp that named one
	guessed bool      // nothing in the document tells the year
	began   bool

	start  date      // the day that is assumed where nothing tells one
	rests  bool      // the running day rests on it
	latest time.Time // of what rests on it
}

// undated says whether some entry has a time and no date of its own.
func (d *document) undated() bool {
	return slices.ContainsFunc(d.drafts, func(e *draft) bool { return e.stamp == nil && e.mark.day.kind == untoldDay })
}

// line places one entry.
func (r *resolver) line(i int) workflow.ReadLine {
	e := r.d.drafts[i]
	out := workflow.ReadLine{
		Line: e.line, Text: strings.Join(e.lines, "\n"), Who: e.who,
		Kind: e.kind, Milestone: e.mile, Links: e.links,
	}
	if !e.own {
		out.Text, out.Who = clean(strings.TrimSpace(out.Text)), clean(out.Who)
	}
	switch {
	case e.stamp != nil:
		out.At = *e.stamp
		out.Day = workflow.Origin{From: workflow.FromStamp, Says: "it stands in the stamp"}
		out.Zone = out.Day
	case e.mark.unknown || e.mark.clock.bad:
		r.unknown(e, &out)
	default:
		r.known(i, e, &out)
	}
	if len(e.beside) > 0 {
		out.Zone.Says += "; beside it " + strings.Join(e.beside, ", ")
	}
	out.Sure, out.Notes = workflow.SureLine, e.notes
	if e.doubt != "" {
		out.Sure = e.doubt
	}
	return out
}

// unknown keeps a stamp that no time can be made of, word for word.
func (r *resolver) unknown(e *draft, out *workflow.ReadLine) {
	out.At = workflow.UnknownStamp(e.mark.typed)
	out.Day = workflow.Origin{From: workflow.FromNowhere, Says: "the time is not known"}
	out.Zone = out.Day
	if e.day != nil {
		out.Day.Says += "; the day is that of " + strings.Trim(e.day.says, "#*_ ")
	}
	switch {
	case e.mark.clock.bad && e.mark.clock.half:
		e.doubts(workflow.DoubtfulLine, "“"+cut(e.mark.typed)+"” mixes a 24-hour time with AM or PM; it is kept as text, and not as a time.")
	case e.mark.clock.bad:
		e.doubts(workflow.DoubtfulLine, "No clock shows “"+cut(e.mark.typed)+"”; it is kept as text, and not as a time.")
	case e.mark.counted:
		e.doubts(workflow.DoubtfulLine, "“"+cut(e.mark.typed)+"” counts from a moment that is told elsewhere; it is kept as text.")
	default:
		e.doubts(workflow.DoubtfulLine, "“"+cut(e.mark.typed)+"” is no time that can be read; the entry comes in with its time unknown.")
	}
}

// known places a stamp that says at least part of a time.
func (r *resolver) known(i int, e *draft, out *workflow.ReadLine) {
	z, zoneFrom := r.zoneOf(e)
	out.Zone = zoneFrom
	days, dayFrom := r.dayOf(i, e, z)
	out.Day = dayFrom
	if len(days) == 0 {
		out.At = workflow.UnknownStamp(e.mark.typed)
		return
	}
	at := r.build(e, days, z)
	if len(days) == 1 && e.mark.clock.told() && !at.Time.IsZero() {
		at = r.roll(i, e, z, days[0], at, out)
	}
	if e.mark.clock.open {
		e.doubts(workflow.LikelyLine, "“"+cut(e.mark.typed)+"” leaves part of the time open; it is somewhere between.")
	}
	r.span(e, z, &at)
	r.lasts(at)
	r.season(e, z, at)
	r.agree(e, z, at)
	at.Typed = e.mark.typed
	out.At = at
	r.remember(e, at)
}

// remember makes an entry the one that the next is read against.
func (r *resolver) remember(e *draft, at workflow.Stamp) {
	r.began = true
	if e.mark.zone.sure() {
		r.carried = &zoneHint{zone: e.mark.zone, from: workflow.FromNeighbor, says: "carried on from line " + itoa(e.line)}
	}
	if e.mark.clock.told() && !at.Time.IsZero() {
		r.prev, r.prevAt = at.Time, e
	}
}

// zoneOf finds the zone of an entry: what its stamp says, then what stands
// over it, then what a person chose, then what its neighbours say.
func (r *resolver) zoneOf(e *draft) (zone, workflow.Origin) {
	if e.mark.zone.told() {
		z := e.mark.zone
		if isAmerican(z) {
			e.doubts(workflow.LikelyLine, z.word+" does not say whether summer time holds; it is read as that place had it on that day.")
		}
		return z, workflow.Origin{From: workflow.FromStamp, Says: "it stands in the stamp"}
	}
	for _, hint := range []*zoneHint{e.zone, dayZone(e.day), r.d.hint} {
		if hint != nil {
			return hint.zone, workflow.Origin{From: hint.from, Says: hint.says}
		}
	}
	if r.d.choice.told() {
		return r.d.choice, workflow.Origin{From: workflow.FromChoice, Says: "chosen for this import"}
	}
	for _, hint := range []*zoneHint{r.carried, r.stamped, r.prose} {
		if hint != nil {
			e.doubts(workflow.LikelyLine, "It names no zone; "+hint.zone.word+" is taken: "+hint.says+".")
			return hint.zone, workflow.Origin{From: hint.from, Says: hint.says}
		}
	}
	e.lowers(workflow.LikelyLine)
	e.noZone = true
	return zone{word: "UTC", text: "UTC"}, workflow.Origin{From: workflow.FromNowhere, Says: "nothing names a zone: UTC is assumed"}
}

func isAmerican(z zone) bool { return z.place != nil && !strings.Contains(z.word, "/") }

func dayZone(at *dayLine) *zoneHint {
	if at == nil {
		return nil
	}
	return at.zone
}

// build is the stamp of an entry on a day; with two days that it may be, it is
// somewhere between them.
func (r *resolver) build(e *draft, days []date, z zone) workflow.Stamp {
	var all []workflow.Stamp
	for _, day := range days {
		all = append(all, r.stamps(e, day, z)...)
	}
	if len(all) == 0 {
		return workflow.UnknownStamp(e.mark.typed)
	}
	slices.SortStableFunc(all, func(a, b workflow.Stamp) int { return a.Time.Compare(b.Time) })
	first, last := all[0], all[len(all)-1]
	if !e.mark.clock.told() && len(days) == 1 {
		e.doubts(workflow.LikelyLine, "It tells the day and no time.")
	}
	if len(all) > 1 {
		first.End = last.Time
		if last.End.After(last.Time) {
			first.End = last.End
		}
		first.Sure = workflow.Unknown
		if first.Zone != last.Zone {
			first.Zone = z.word
		}
	}
	if first.Sure == workflow.Exact && (e.mark.about || r.d.approx != "") {
		first.Sure = workflow.About
	}
	return first
}

// stamps are the readings of an entry on one day: one, unless the zone means
// several or the clocks showed the time twice.
func (r *resolver) stamps(e *draft, day date, z zone) []workflow.Stamp {
	if z.vague == nil {
		return r.stamp(e, day, e.mark.clock, z)
	}
	var all []workflow.Stamp
	for _, m := range z.vague {
		one := zone{word: z.word, text: m.Name, shift: m.Shift}
		one.place = time.FixedZone(z.word, m.Shift)
		for _, s := range r.stamp(e, day, e.mark.clock, one) {
			s.Zone = z.word
			all = append(all, s)
		}
	}
	if chosen := r.chosen(all, day, e, z); chosen != nil {
		return chosen
	}
	e.doubts(workflow.DoubtfulLine, z.word+" can be "+z.meansOneOf()+"; the first is taken. Choose the zone for this import to settle it.")
	return all[:min(1, len(all))]
}

// chosen keeps the reading that the zone which a person chose agrees with.
func (r *resolver) chosen(all []workflow.Stamp, day date, e *draft, z zone) []workflow.Stamp {
	if !r.d.choice.sure() {
		return nil
	}
	told := r.stamp(&draft{mark: mark{typed: e.mark.typed}}, day, e.mark.clock, r.d.choice)
	if len(told) != 1 {
		return nil
	}
	for _, s := range all {
		if s.Time.Equal(told[0].Time) {
			e.doubts(workflow.LikelyLine, z.word+" is read as "+r.d.choice.word+", as chosen for this import.")
			return told
		}
	}
	return nil
}

// stamp reads a clock on a day in a zone by the rules of the workflow's own
// grammar: it refuses the hour that the clocks jumped over, and the one that
// they showed twice comes back as both.
func (r *resolver) stamp(e *draft, day date, c clock, z zone) []workflow.Stamp {
	if c.plain() && z.place == nil && day.year > 1970 && day.year < 2199 {
		if z.fixed == nil {
			z.fixed = z.location()
		}
		return []workflow.Stamp{workflow.StampAt(time.Date(day.year, day.month, day.day, 0, 0, c.at, 0, z.fixed), z.fixed)}
	}
	text := day.String()
	if c.told() {
		text += " " + c.text
	}
	if z.place == nil && z.text != "" && c.told() {
		text += " " + z.text
	}
	at, err := workflow.ParseStamp(text, workflow.StampRef{Now: r.d.now, Zone: z.location()})
	if err == nil {
		return []workflow.Stamp{at}
	}
	var rule *workflow.RuleError
	if errors.As(err, &rule) && rule.Code == "time.ambiguous" && z.place != nil {
		e.doubts(workflow.DoubtfulLine, "The clocks of "+z.place.String()+" showed "+c.text+" twice on "+day.String()+"; it is one of the two.")
		return bothReadings(day, c, z.place)
	}
	e.doubts(workflow.DoubtfulLine, "It is kept as text: "+err.Error())
	return nil
}

// bothReadings are the two moments of a time that the clocks showed twice.
func bothReadings(day date, c clock, place *time.Location) []workflow.Stamp {
	guess := time.Date(day.year, day.month, day.day, 0, 0, c.at, 0, place)
	var all []workflow.Stamp
	for _, shift := range []time.Duration{-time.Hour, 0, time.Hour} {
		if t := guess.Add(shift); t.Hour()*3600+t.Minute()*60+t.Second() == c.at && t.Day() == day.day {
			all = append(all, workflow.StampAt(t, place))
		}
	}
	return all
}
