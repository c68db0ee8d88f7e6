package workflow

import (
	"fmt"
	"slices"
	"time"
)

// Sample is what one look of a probe showed: a fact from outside.
type Sample struct {
	Probe    ProbeID
	At       time.Time // when the answer was there
	Outcome  Outcome   // of a metric: whether it could be read; what it means is judged here
	Value    float64   // of a metric, or the milliseconds that the answer took
	HasValue bool
	Counter  bool   // the value only ever grows: its rate is judged
	Answer   string // in a word or two: "500", "exit 1"; of a metric it is made here
	Took     time.Duration
	Says     string // a sentence: why it failed, or why nobody can tell
}

// Look is a sample as it was judged among the others of its probe.
type Look struct {
	Sample
	Verdict     Outcome
	Measured    float64 // what was judged of a metric: its value, or its rate per second
	HasMeasured bool
	Words       string // the value in words: "500", "12.5", "0.2/s"
	Why         string // of a verdict that is not passed
}

// fewLooks is how many intervals may lie between two looks for the time between
// them to count. A laptop that slept earns nothing.
const fewLooks = 3

// keptLooks is how many looks a series remembers: half an hour at five seconds.
const keptLooks = 360

// usualEvery is the time between two looks where the playbook says none.
const usualEvery = 5 * time.Second

// Every is the time between two looks of a probe.
func (v VerifyPolicy) every() time.Duration {
	if v.Every > 0 {
		return v.Every
	}
	return usualEvery
}

// LookEvery is the time between two looks of a probe of this incident.
func (in Incident) LookEvery() time.Duration { return in.Playbook.Verify.every() }

// Series is the looks of one probe, judged. It is a value: With answers a new
// one. The soak is the time that the probe was seen green since the newest
// deploy. It begins with the first green look; a failure sets it back to
// nothing; a look that says nothing neither fails nor counts. The time between
// two looks counts when both are green and no more than a few intervals lie
// between them.
type Series struct {
	probe  Probe
	every  time.Duration
	target time.Duration
	since  time.Time // of the newest deploy; zero before one
	looks  []Look
	soak   soak
}

// soak is what the looks since the deploy add up to.
type soak struct {
	green  time.Duration
	begun  time.Time // of the first green look of this soak; zero: there is none
	run    int       // green looks in a row
	again  int       // how often a failure set it back
	failed time.Time // of the newest failure since the deploy
	first  *float64  // the first measure since the deploy
	low    *float64  // the lowest since then; before a deploy, the newest
}

// NewSeries begins the series of a probe: a look is made each so often, and it
// must stay green for the target.
func NewSeries(p Probe, every, target time.Duration) Series {
	if every <= 0 {
		every = usualEvery
	}
	return Series{probe: p, every: every, target: target}
}

// SeriesFor begins the series of a probe of this incident, since its newest
// deploy.
func (in Incident) SeriesFor(p Probe) Series {
	return NewSeries(p, in.LookEvery(), in.Playbook.Work.SoakFor).Since(in.DeployedAt())
}

// DeployedAt is when the newest deploy took place: as the person says, but
// never later than it was written down. Zero before the first.
func (in Incident) DeployedAt() time.Time {
	d, ok := in.LastDeploy()
	if !ok {
		return time.Time{}
	}
	recorded := d.clock.Time()
	if d.At.Time.IsZero() || d.At.Time.After(recorded) {
		return recorded
	}
	return d.At.Time
}

// Since is the series judged anew for a deploy at a moment; zero is before any.
func (s Series) Since(deploy time.Time) Series {
	if deploy.Equal(s.since) {
		return s
	}
	samples := s.looks
	s.since, s.looks, s.soak = deploy, nil, soak{}
	for _, l := range samples {
		s = s.With(l.Sample)
	}
	return s
}

// For is the series of the same probe under what the incident says of it now.
// Another way of looking begins anew.
func (s Series) For(in Incident, p Probe) Series {
	if !sameLook(s.probe, p) || s.every != in.LookEvery() || s.target != in.Playbook.Work.SoakFor {
		return in.SeriesFor(p)
	}
	s.probe = p
	return s.Since(in.DeployedAt())
}

// sameLook says whether two probes look in the same way, whatever their names.
func sameLook(a, b Probe) bool {
	a.Name, b.Name = "", ""
	return sameProbe(a, b)
}

// Probe is whose looks these are.
func (s Series) Probe() Probe { return s.probe }

// Looks lists the newest looks, the oldest first.
func (s Series) Looks() []Look { return slices.Clip(s.looks) }

// Last is the newest look; ok is false before the first.
func (s Series) Last() (l Look, ok bool) {
	if len(s.looks) == 0 {
		return l, false
	}
	return s.looks[len(s.looks)-1], true
}

// Deployed is the moment since which looks count; zero before a deploy.
func (s Series) Deployed() time.Time { return s.since }

// Soaked is how long the probe has been seen green, as far as it counts.
func (s Series) Soaked() time.Duration { return s.soak.green }

// Target is how long the probe must stay green.
func (s Series) Target() time.Duration { return s.target }

// Left is how long it still has to stay green.
func (s Series) Left() time.Duration { return max(0, s.target-s.soak.green) }

// Again is how often a failure has set the soak back since the deploy.
func (s Series) Again() int { return s.soak.again }

// FailedAt is when a look failed last since the deploy; zero when none did.
func (s Series) FailedAt() time.Time { return s.soak.failed }

// Proven says whether the probe stayed green for as long as it must.
func (s Series) Proven() bool { return s.soak.run > 0 && s.soak.green >= s.target }

// Before is the value before the deploy in words, as seen here; empty when
// nobody looked then.
func (s Series) Before() string {
	for _, l := range slices.Backward(s.looks) {
		if !s.counts(l.At) && l.tells() {
			return l.Words
		}
	}
	return ""
}

// Now is the newest value in words; since a deploy, of a look after it.
func (s Series) Now() string {
	for _, l := range slices.Backward(s.looks) {
		if !s.since.IsZero() && !s.counts(l.At) {
			return ""
		}
		if l.tells() {
			return l.Words
		}
	}
	return ""
}

// tells says whether a look shows a value.
func (l Look) tells() bool { return l.Words != "" && (l.Verdict != CheckUnknown || l.HasValue) }

// counts says whether a moment lies after the deploy.
func (s Series) counts(at time.Time) bool { return !s.since.IsZero() && !at.Before(s.since) }

// With is the series after one more look.
func (s Series) With(sample Sample) Series {
	last, more := s.Last()
	if more && s.counts(sample.At) != s.counts(last.At) {
		s.soak = soak{} // the deploy lies between the two
	}
	look := s.judge(sample)
	s.looks = append(slices.Clip(s.looks[max(0, len(s.looks)-keptLooks+1):]), look) // older versions keep theirs
	if look.HasMeasured {
		measured := look.Measured
		if s.soak.low == nil || measured < *s.soak.low || look.Verdict == CheckFailed || !s.counts(sample.At) {
			s.soak.low = &measured
		}
		if s.soak.first == nil {
			s.soak.first = &measured
		}
	}
	if s.counts(sample.At) {
		s.count(last, look)
	}
	return s
}

// count adds a look since the deploy to the soak.
func (s *Series) count(last, look Look) {
	switch look.Verdict {
	case CheckFailed:
		if s.soak.run > 0 || s.soak.green > 0 {
			s.soak.again++
		}
		s.soak.green, s.soak.run, s.soak.begun, s.soak.failed = 0, 0, time.Time{}, look.At
	case CheckPassed:
		between := look.At.Sub(last.At)
		if s.soak.run > 0 && last.Verdict == CheckPassed && between > 0 && between-look.Took <= fewLooks*s.every {
			s.soak.green += between
		}
		if s.soak.begun.IsZero() {
			s.soak.begun = look.At
		}
		s.soak.run++
	}
}

// SoakWords says how far a soak is: "green for 2 min of 5".
func SoakWords(green, target time.Duration) string {
	green = min(green, target)
	if target >= time.Minute && target%time.Minute == 0 {
		return fmt.Sprintf("green for %d min of %d", green/time.Minute, target/time.Minute)
	}
	return fmt.Sprintf("green for %d s of %d", green/time.Second, target/time.Second)
}
