package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// settledLooks is how many green looks in a row end a failure that is on record:
// an answer that flickers is told once.
const settledLooks = 3

// WordOf is what of a probe's looks belongs on record now, if anything does.
// Not every look is an event: the first value before the deploy, the first after
// it, a change between passed and failed, and the end of the soak are. What
// nobody can tell is shown and not recorded.
func (in Incident) WordOf(s Series) (Check, bool) {
	look, some := s.Last()
	first := some && s.since.IsZero() && look.HasMeasured // a value to compare with later, whatever it means
	if !some || look.Verdict == CheckUnknown && !first {
		return Check{}, false
	}
	c := Check{What: s.probe.Name, Probe: ProbeID(s.probe.ID), Outcome: look.Verdict}
	if s.since.IsZero() {
		c.Before = look.Words
		_, told := in.firstOf(c.Probe)
		return c, !told
	}
	if !s.counts(look.At) {
		return Check{}, false
	}
	c.Before, c.After = in.BeforeOf(s), look.Words
	last, told := in.lastOf(c.Probe)
	if look.Verdict == CheckFailed {
		return c, !told || last.Outcome != CheckFailed
	}
	if s.Proven() {
		c.Soaked = s.Soaked().Truncate(time.Second)
		if s.target == 0 {
			c.Soaked = 0
		}
		return c, !told || !in.proves(last)
	}
	return c, !told || last.Outcome == CheckFailed && s.soak.run >= settledLooks
}

// BeforeOf is a probe's value before the deploy in words: as it was seen here,
// or else as it is on record.
func (in Incident) BeforeOf(s Series) string {
	if before := s.Before(); before != "" {
		return before
	}
	for _, c := range slices.Backward(in.Proof.Checks) {
		if c.Probe == ProbeID(s.probe.ID) && c.Before != "" {
			return c.Before
		}
	}
	return ""
}

// firstOf is the first word of a probe.
func (in Incident) firstOf(id ProbeID) (Check, bool) {
	for _, c := range in.Proof.Checks {
		if c.Probe == id {
			return c, true
		}
	}
	return Check{}, false
}

// lastOf is the last word of a probe since the newest deploy.
func (in Incident) lastOf(id ProbeID) (Check, bool) {
	deploy, _ := in.LastDeploy()
	for _, c := range slices.Backward(in.Proof.Checks) {
		if c.Probe == id && c.clock > deploy.clock {
			return c, true
		}
	}
	return Check{}, false
}

// proves says whether a probe's word is that it stayed green for long enough.
// Of what a person looks at, the word alone does.
func (in Incident) proves(c Check) bool {
	if c.Outcome != CheckPassed {
		return false
	}
	p, there := in.Probe(c.Probe)
	return c.Soaked >= in.Playbook.Work.SoakFor || there && p.Kind == PersonProbe
}

// Proven says whether a probe's last word since the newest deploy is that it is
// well, and stayed so for long enough.
func (in Incident) Proven(id ProbeID) bool {
	c, told := in.lastOf(id)
	return told && in.proves(c)
}

// Soaking is how far a probe is at this moment, as it is seen here. It is no
// part of the log and proves nothing: it only lets what is missing say how much
// of it is.
type Soaking struct {
	Outcome Outcome // of the newest look; empty before it
	Green   time.Duration
	Says    string // why it failed, or why nobody can tell
}

// Watched is the incident as it is shown while its probes are looked at.
func (in Incident) Watched(now map[ProbeID]Soaking) Incident {
	in.soaking, in.soakingWords = maps.Clone(now), ""
	for _, id := range slices.Sorted(maps.Keys(now)) {
		in.soakingWords += fmt.Sprintln(now[id].Outcome, SoakWords(now[id].Green, in.Playbook.Work.SoakFor), now[id].Says)
	}
	return in
}

// missingOf says what is missing until a probe proves the fix.
func (in Incident) missingOf(p Probe) string {
	target := in.Playbook.Work.SoakFor
	now, watched := in.soaking[ProbeID(p.ID)]
	last, told := in.lastOf(ProbeID(p.ID))
	switch {
	case p.Kind == PersonProbe && told:
		return fmt.Sprintf("Check again: %s (%s)", p.Name, last.Outcome)
	case p.Kind == PersonProbe:
		return "Look at production yourself and say how it is: " + p.Name
	case watched && now.Outcome == CheckFailed:
		return p.Name + ": failed" + butSays(now.Says)
	case watched && now.Outcome == CheckUnknown:
		return p.Name + ": nobody can tell" + butSays(now.Says)
	case watched && now.Outcome == CheckPassed:
		return p.Name + ": " + SoakWords(now.Green, target)
	case told && last.Outcome == CheckFailed:
		return fmt.Sprintf("Watch production again: %s (failed%s)", p.Name, afterWord(last.After))
	case target > 0:
		return fmt.Sprintf("Watch production: %s must stay green for %s", p.Name, Words(target))
	default:
		return "Look at production: " + p.Name
	}
}

func butSays(says string) string {
	if says == "" {
		return ""
	}
	return ", " + lowerFirst(trimStop(says))
}

func afterWord(after string) string {
	if after == "" {
		return ""
	}
	return ": " + after
}

// lowerFirst is a sentence as the part of another.
func lowerFirst(says string) string {
	for i, r := range says {
		if i > 0 {
			if unicode.IsUpper(r) {
				return says // a name in capitals
			}
			break
		}
	}
	r, size := utf8.DecodeRuneInString(says)
	return string(unicode.ToLower(r)) + says[size:]
}

func trimStop(says string) string { return strings.TrimSuffix(strings.TrimSpace(says), ".") }
