package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Outcome is what a check in production showed.
type Outcome string

// The outcomes. A network that is down is unknown, not failed.
const (
	CheckPassed  Outcome = "passed"
	CheckFailed  Outcome = "failed"
	CheckUnknown Outcome = "unknown"
)

// Check is one look at production.
type Check struct {
	What    string        `json:"what"` // "POST /api/auth/login answers 200"
	Outcome Outcome       `json:"outcome"`
	Before  string        `json:"before,omitempty"` // the value before the fix: "31% errors"
	After   string        `json:"after,omitempty"`
	Probe   ProbeID       `json:"probe,omitempty"`  // whose look it was; empty: a person's own
	Soaked  time.Duration `json:"soaked,omitempty"` // how long the probe had stayed green
	Entry   EventID       `json:"-"`
	By      string        `json:"-"`
	At      Stamp         `json:"-"`
	clock   Clock
}

// key is what the last word counts of: a probe, or what a person looked at.
func (c Check) key() string {
	if c.Probe != "" {
		return "probe " + string(c.Probe)
	}
	return c.What
}

// RecordCheck records a check in production.
type RecordCheck struct {
	Check Check
	At    Stamp
}

func (r RecordCheck) when() Stamp { return r.At }

func (r RecordCheck) decide(in Incident, _ Env) ([]Body, error) {
	c := r.Check
	c.What = strings.TrimSpace(c.What)
	if c.What == "" {
		return nil, refuseField("check.what-missing", "what", "Say what was checked in production.")
	}
	switch c.Outcome {
	case CheckPassed, CheckFailed, CheckUnknown:
	default:
		return nil, refuseField("check.outcome", "outcome", "A check passed, failed, or is unknown.")
	}
	for _, p := range in.Probes() {
		if p.Kind == PersonProbe && c.Probe == "" && strings.EqualFold(p.Name, c.What) {
			c.Probe = ProbeID(p.ID)
		}
	}
	if c.Probe != "" {
		if err := in.refuseWord(&c); err != nil {
			return nil, err
		}
		return []Body{Checked{c}}, nil
	}
	if _, deployed := in.LastDeploy(); !deployed && c.Outcome == CheckPassed {
		return nil, refuse("check.too-early", "Nothing is deployed yet, so nothing can be verified. Record the deploy first; until then write it as a note.")
	}
	return []Body{Checked{c}}, nil
}

// refuseWord says why a probe's word is not put on record: two desks can look
// at the same time, and what one of them wrote the other need not.
func (in Incident) refuseWord(c *Check) error {
	p, there := in.Probe(c.Probe)
	if !there {
		return refuse("probe.gone", "That probe is not in this incident any more. Nothing was changed.")
	}
	_, deployed := in.LastDeploy()
	if p.Kind == PersonProbe {
		c.What, c.Soaked = p.Name, 0
		if !deployed && c.Outcome == CheckPassed {
			return refuse("check.too-early", "Nothing is deployed yet, so nothing can be verified. Record the deploy first; until then write it as a note.")
		}
		return nil
	}
	last, told := in.lastOf(c.Probe)
	if told && last.Outcome == c.Outcome && in.proves(last) == in.proves(*c) {
		return refuse("check.same", "That is on record already.")
	}
	return nil
}

// Checked is a check on record.
type Checked struct{ Check }

// Kind is "check.recorded@1".
func (Checked) Kind() Kind { return "check.recorded@1" }

func (c Checked) apply(in *Incident, e Event) {
	wasVerified := in.Holds(FixVerified)
	check := c.Check
	check.Entry, check.By, check.At, check.clock = e.ID, e.Actor, e.At, e.Clock
	in.Proof.Checks = append(in.Proof.Checks, check)
	if check.Outcome == CheckPassed && !wasVerified && in.Holds(FixVerified) {
		in.record(e, FactEntry, in.line(FixProven, "Fix verified"), marking(in, e, FixProven))
		return
	}
	text := fmt.Sprintf("Check %s: %s", check.Outcome, check.What)
	if check.Soaked > 0 {
		text += ", green for " + lasting(check.Soaked)
	}
	if check.Before != "" || check.After != "" {
		text += fmt.Sprintf(" (before %s, after %s)", orDash(check.Before), orDash(check.After))
	}
	in.record(e, FactEntry, text)
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// lasting is a length of a soak in words, also of a short one.
func lasting(d time.Duration) string {
	if d < time.Minute {
		return count(int(d/time.Second), "second")
	}
	return Words(d.Truncate(time.Minute))
}

// proveVerified looks at the checks since the newest deploy: each probe must
// have stayed green for long enough, and the last word of what people looked at
// must be that it passed. Without either nothing is proven.
func proveVerified(in Incident) Finding {
	missing := Finding{Missing: "Verify the fix in production and record what you checked"}
	deploy, deployed := in.LastDeploy()
	if !deployed {
		return missing
	}
	last := map[string]Check{}
	var order []string
	for _, c := range in.Proof.Checks {
		if c.clock > deploy.clock {
			last[c.key()] = c
			order = append(slices.DeleteFunc(order, func(w string) bool { return w == c.key() }), c.key())
		}
	}
	probes := in.Probes()
	for _, p := range probes {
		if c, told := last[Check{Probe: ProbeID(p.ID)}.key()]; !told || !in.proves(c) {
			return Finding{Missing: in.missingOf(p)}
		}
	}
	var newest Check
	for _, key := range order {
		c := last[key]
		if c.Probe != "" {
			if _, there := in.Probe(c.Probe); !there {
				continue // it was dropped
			}
		} else if c.Outcome != CheckPassed {
			return Finding{Missing: fmt.Sprintf("Check again: %s (%s)", c.What, c.Outcome)}
		}
		newest = c
	}
	if newest.What == "" {
		return missing
	}
	if newest.Probe != "" && len(probes) > 1 {
		return Finding{Holds: true, Says: fmt.Sprintf("all %d probes are green, seen by %s", len(probes), newest.By), At: newest.At}
	}
	if newest.Soaked > 0 {
		return Finding{Holds: true, Says: fmt.Sprintf("%s, green for %s, seen by %s", newest.What, lasting(newest.Soaked), newest.By), At: newest.At}
	}
	return Finding{Holds: true, Says: fmt.Sprintf("%s, checked by %s", newest.What, newest.By), At: newest.At}
}

// GiveAllClear declares the fire out. It stands behind its gate.
type GiveAllClear struct {
	Text string
	At   Stamp
}

func (a GiveAllClear) when() Stamp { return a.At }

func (a GiveAllClear) decide(in Incident, _ Env) ([]Body, error) {
	if !in.Open() {
		return nil, refuse("all-clear.over", "The incident is over already: %s.", strings.ToLower(string(in.Stage())))
	}
	if err := in.pass(AllClearGate); err != nil {
		return nil, err
	}
	text := strings.TrimSpace(a.Text)
	if text == "" {
		text = in.line(AllClear, "All-clear declared")
	}
	return []Body{AllClearGiven{Text: text}}, nil
}

// AllClearGiven is the end of the fire.
type AllClearGiven struct {
	Text string `json:"text"`
}

// Kind is "all-clear.given@1".
func (AllClearGiven) Kind() Kind { return "all-clear.given@1" }

func (a AllClearGiven) apply(in *Incident, e Event) {
	in.Fix.followIncident(in, e)
	in.record(e, SystemEntry, a.Text, marking(in, e, AllClear))
}
