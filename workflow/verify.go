package workflow

import (
	"fmt"
	"slices"
	"strings"
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
	What    string  `json:"what"` // "POST /api/auth/login answers 200"
	Outcome Outcome `json:"outcome"`
	Before  string  `json:"before,omitempty"` // the value before the fix: "31% errors"
	After   string  `json:"after,omitempty"`
	Entry   EventID `json:"-"`
	By      string  `json:"-"`
	At      Stamp   `json:"-"`
	clock   Clock
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
	if _, deployed := in.LastDeploy(); !deployed && c.Outcome == CheckPassed {
		return nil, refuse("check.too-early", "Nothing is deployed yet, so nothing can be verified. Record the deploy first; until then write it as a note.")
	}
	return []Body{Checked{c}}, nil
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

// proveVerified looks at the checks since the newest deploy: the last word of
// each kind of check must be that it passed.
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
			last[c.What] = c
			order = append(slices.DeleteFunc(order, func(w string) bool { return w == c.What }), c.What)
		}
	}
	for _, what := range order {
		if last[what].Outcome != CheckPassed {
			return Finding{Missing: fmt.Sprintf("Check again: %s (%s)", what, last[what].Outcome)}
		}
	}
	if len(order) == 0 {
		return missing
	}
	c := last[order[len(order)-1]]
	return Finding{Holds: true, Says: fmt.Sprintf("%s, checked by %s", c.What, c.By), At: c.At}
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
