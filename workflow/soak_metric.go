package workflow

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How a metric is judged.
//
// What is measured of a gauge is its value. A counter only ever grows, so that
// of it is its rate: the increase per second over the last minute, of looks on
// the same side of the deploy; a value that is lower than the one before means
// that the counter began again at nothing. A first look at a counter measures
// nothing yet.
//
// "below" holds when the measure is below the number. "falling" holds, after
// the deploy, when the measure is lower than the first one then and has not
// risen from its lowest; zero is as low as it goes, and always holds. What is
// less than a twentieth of the first is noise: it is neither a fall nor a rise.
// A measure that is the first, or that is still about as high, says nothing
// yet. One that rose fails, and is what the next ones must not rise above.
// Before a deploy, falling holds when the measure is lower than the one before.

// noisePart is the part of the first value that is noise.
const noisePart = 0.05

// rateOver is the time that the rate of a counter is taken over.
const rateOver = time.Minute

// judge says what a sample means among the looks before it.
func (s Series) judge(sample Sample) Look {
	look := Look{Sample: sample, Verdict: sample.Outcome, Words: sample.Answer, Why: sample.Says}
	if s.probe.Kind != MetricProbe || !sample.HasValue {
		return look
	}
	look.Measured, look.HasMeasured = sample.Value, true
	if sample.Counter {
		look.Measured, look.HasMeasured = s.rate(sample)
	}
	look.Words = measureWords(look)
	if sample.Outcome == CheckPassed {
		look.Verdict, look.Why = s.judgeMeasure(look)
	}
	return look
}

// beforeDeploy is why a falling metric says nothing yet: it falls because of
// what was deployed, or it does not.
const beforeDeploy = "This is what it was before the deploy."

func (s Series) judgeMeasure(look Look) (Outcome, string) {
	if !look.HasMeasured {
		return CheckUnknown, "A counter shows its rate from the second look on."
	}
	if math.IsNaN(look.Measured) {
		return CheckUnknown, "The page says that the value is no number."
	}
	now := numberWords(look.Measured)
	if s.probe.Below != "" {
		below, err := strconv.ParseFloat(s.probe.Below, 64)
		if err != nil || !(look.Measured < below) {
			return CheckFailed, fmt.Sprintf("%s is not below %s.", now, s.probe.Below)
		}
	}
	switch {
	case !s.probe.Falling:
		return CheckPassed, ""
	case !s.counts(look.At):
		return CheckUnknown, beforeDeploy
	case look.Measured == 0:
		return CheckPassed, ""
	}
	low, first := s.soak.low, s.soak.first
	if low == nil || first == nil {
		return CheckUnknown, "The next look tells whether it falls."
	}
	noise := math.Abs(*first) * noisePart
	switch {
	case look.Measured > *low+noise:
		return CheckFailed, fmt.Sprintf("It rose from %s to %s.", numberWords(*low), now)
	case look.Measured > *first+noise:
		return CheckFailed, fmt.Sprintf("%s is above the first value after the deploy, %s.", now, numberWords(*first))
	case look.Measured >= *first-noise:
		return CheckUnknown, "It has not fallen since the deploy yet."
	}
	return CheckPassed, ""
}

// rate is the increase per second of a counter up to a sample.
func (s Series) rate(sample Sample) (perSecond float64, ok bool) {
	later, grown, from := sample, 0.0, sample.At
	for _, l := range slices.Backward(s.looks) {
		if !l.HasValue {
			continue
		}
		if s.counts(l.At) != s.counts(sample.At) || !l.At.Before(later.At) || ok && sample.At.Sub(l.At) > rateOver {
			break
		}
		if l.Value <= later.Value {
			grown += later.Value - l.Value
		} else {
			grown += later.Value // it began again at nothing
		}
		later, from, ok = l.Sample, l.At, true
	}
	if !ok {
		return 0, false
	}
	return grown / sample.At.Sub(from).Seconds(), true
}

func measureWords(look Look) string {
	switch {
	case !look.Counter:
		return numberWords(look.Value)
	case look.HasMeasured:
		return numberWords(look.Measured) + "/s"
	default:
		return ""
	}
}

// InAll is how far a counter has counted, in words; empty of what is no counter.
func (l Look) InAll() string {
	if !l.Counter {
		return ""
	}
	return numberWords(l.Value) + " in all"
}

// numberWords writes a number as people read it: three figures are enough of a
// fraction, and large whole ones are grouped.
func numberWords(v float64) string {
	if math.Abs(v) >= 1e15 || math.IsNaN(v) || math.IsInf(v, 0) {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	if v != math.Trunc(v) && math.Abs(v) < 1000 {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	whole := strconv.FormatFloat(math.Abs(math.Round(v)), 'f', 0, 64)
	var parts []string
	for len(whole) > 3 {
		parts = append([]string{whole[len(whole)-3:]}, parts...)
		whole = whole[:len(whole)-3]
	}
	whole = strings.Join(append([]string{whole}, parts...), ",")
	if v < 0 {
		return "-" + whole
	}
	return whole
}
