package workflow

import (
	"fmt"
	"slices"
	"time"
)

// MetricID names a duration between two milestones.
type MetricID string

// The metrics. The phases add up to the time to resolve.
const (
	TimeToDetect      MetricID = "time-to-detect"
	TimeToAcknowledge MetricID = "time-to-acknowledge"
	TimeToIdentify    MetricID = "time-to-identify"
	TimeToDeploy      MetricID = "time-to-deploy"
	TimeToMitigate    MetricID = "time-to-mitigate"
	TimeToVerify      MetricID = "time-to-verify"
	TimeToResolve     MetricID = "time-to-resolve"
	LongestSilence    MetricID = "longest-silence"
)

// MetricState says what a metric's number is worth.
type MetricState string

// The four states.
const (
	Recorded      MetricState = "recorded"
	Pending       MetricState = "pending"        // a stamp is still missing and can still come
	NotApplicable MetricState = "not applicable" // it will not come any more
	Invalid       MetricState = "invalid"        // the two stamps contradict each other
)

// Metric is a number with its formula beside it.
type Metric struct {
	ID      MetricID
	Name    string
	Formula string // "All-clear minus Detected"
	State   MetricState
	Value   time.Duration // only when recorded
	Approx  bool          // one of the stamps is approximate: shown with ≈
	Why     string        // what is missing, or which two stamps contradict each other
}

type span struct {
	id       MetricID
	name     string
	from, to Milestone
}

func spans() []span {
	return []span{
		{TimeToDetect, "Time to detect", ImpactStarted, Detected},
		{TimeToAcknowledge, "Time to acknowledge", Detected, Acknowledged},
		{TimeToIdentify, "Time to identify", Detected, Identified},
		{TimeToMitigate, "Time to mitigate", Detected, Mitigated},
		{TimeToDeploy, "Time to deploy the fix", Detected, FixDeployed},
		{TimeToVerify, "Time to verify", FixDeployed, FixProven},
		{TimeToResolve, "Time to resolve", Detected, AllClear},
	}
}

// Metrics lists every metric. They are computed from the milestones as they
// stand, so a correction is at once in every number.
func (in Incident) Metrics() []Metric {
	out := make([]Metric, 0, len(spans())+1)
	for _, s := range spans() {
		out = append(out, in.measure(s))
	}
	return append(out, in.longestSilence())
}

// Metric is one metric by its id.
func (in Incident) Metric(id MetricID) Metric {
	if id == LongestSilence {
		return in.longestSilence()
	}
	for _, s := range spans() {
		if s.id == id {
			return in.measure(s)
		}
	}
	return Metric{ID: id, State: NotApplicable, Why: "no such metric"}
}

// PhaseTimes are the stretches between the milestones that were reached, from
// detection to all-clear, in the order in which they happened: a rollback often
// goes out before the cause is found. They add up to the time to resolve.
func (in Incident) PhaseTimes() []Metric {
	began, ok := in.MilestoneAt(Detected)
	if !ok || !began.Known() {
		return nil
	}
	end, resolved := in.MilestoneAt(AllClear)
	type moment struct {
		id Milestone
		at Stamp
	}
	var reached []moment
	for _, m := range []Milestone{Acknowledged, Identified, FixDeployed, FixProven, AllClear} {
		at, ok := in.MilestoneAt(m)
		if !ok || !at.Known() || at.Time.Before(began.Time) || resolved && end.Known() && at.Time.After(end.Time) {
			continue
		}
		reached = append(reached, moment{m, at})
	}
	slices.SortStableFunc(reached, func(a, b moment) int { return a.at.Order(b.at) })
	var out []Metric
	from := Detected
	for _, to := range reached {
		out = append(out, in.measure(span{MetricID(string(from) + ".." + string(to.id)), in.name(from) + " to " + in.name(to.id), from, to.id}))
		from = to.id
	}
	return out
}

func (in Incident) name(m Milestone) string {
	if p, ok := in.Playbook.Moment(m); ok {
		return p.Name
	}
	return string(m)
}

func (in Incident) measure(s span) Metric {
	m := Metric{ID: s.id, Name: s.name, Formula: fmt.Sprintf("%s minus %s", in.name(s.to), in.name(s.from))}
	from, haveFrom := in.MilestoneAt(s.from)
	to, haveTo := in.MilestoneAt(s.to)
	switch {
	case !haveFrom && s.from == ImpactStarted:
		m.State, m.Why = NotApplicable, "nobody has said when the impact started"
		if in.Open() {
			m.State = Pending
		}
	case !haveFrom || !haveTo:
		missing := s.to
		if !haveFrom {
			missing = s.from
		}
		m.State, m.Why = Pending, in.name(missing)+" is not recorded yet"
		if !in.Open() {
			m.State, m.Why = NotApplicable, in.name(missing)+" was never recorded"
		}
	case !from.Known() || !to.Known():
		m.State, m.Why = NotApplicable, "one of the times is unknown"
	case to.Time.Before(from.Time):
		m.State = Invalid
		m.Why = in.contradiction(s.from, from, s.to, to)
	default:
		m.State, m.Value = Recorded, to.Time.Sub(from.Time)
		m.Approx = from.Sure == About || to.Sure == About
	}
	return m
}

// contradiction names the two stamps that cannot both be right.
func (in Incident) contradiction(from Milestone, began Stamp, to Milestone, ended Stamp) string {
	return fmt.Sprintf("%s (%s) is before %s (%s)", in.name(to), ended.Full(time.UTC), in.name(from), began.Full(time.UTC))
}

// longestSilence is the longest stretch in which stakeholders heard nothing,
// from detection over the updates to all-clear.
func (in Incident) longestSilence() Metric {
	m := Metric{ID: LongestSilence, Name: "Longest silence", Formula: "longest time between detection, updates and all-clear"}
	last, ok := in.MilestoneAt(Detected)
	end, resolved := in.MilestoneAt(AllClear)
	switch {
	case !ok || !last.Known():
		m.State, m.Why = NotApplicable, "no time of detection"
		return m
	case !resolved && in.Open():
		m.State, m.Why = Pending, in.name(AllClear)+" is not recorded yet"
		return m
	case !resolved:
		m.State, m.Why = NotApplicable, in.name(AllClear)+" was never recorded"
		return m
	case !end.Known():
		m.State, m.Why = NotApplicable, "one of the times is unknown"
		return m
	case end.Time.Before(last.Time):
		m.State, m.Why = Invalid, in.contradiction(Detected, last, AllClear, end)
		return m
	}
	m.State = Recorded
	for _, s := range append(in.toldAt(), end) {
		if s.Time.Before(last.Time) || s.Time.After(end.Time) {
			continue
		}
		if gap := s.Time.Sub(last.Time); gap > m.Value {
			m.Value, m.Approx = gap, s.Sure == About || last.Sure == About
		}
		last = s
	}
	return m
}

// toldAt is when stakeholders heard something; calling the on-call is not that.
func (in Incident) toldAt() []Stamp {
	var out []Stamp
	for _, u := range in.SentUpdates() {
		if u.Channel != OnCallChannel && u.At.Known() {
			out = append(out, u.At)
		}
	}
	return out
}

// String is the value as people say it: "47 minutes", "≈1 hour 5 minutes", or
// the state's word when there is no number.
func (m Metric) String() string {
	if m.State != Recorded {
		return string(m.State)
	}
	if m.Approx {
		return "≈" + Words(m.Value)
	}
	return Words(m.Value)
}

// Words says a duration in whole minutes the way people do: "47 minutes",
// "1 hour 5 minutes", "2 days 3 hours", "less than a minute".
func Words(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	days, hours, rest := minutes/(24*60), minutes/60%24, minutes%60
	switch {
	case d < time.Minute:
		return "less than a minute"
	case days > 0 && hours > 0:
		return count(days, "day") + " " + count(hours, "hour")
	case days > 0:
		return count(days, "day")
	case hours > 0 && rest > 0:
		return count(hours, "hour") + " " + count(rest, "minute")
	case hours > 0:
		return count(hours, "hour")
	default:
		return count(rest, "minute")
	}
}

func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
