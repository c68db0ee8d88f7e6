package workflow

import (
	"fmt"
	"strings"
)

// The gates that rules speak of.
const (
	DeployGate   = "deploy"
	RollbackGate = "rollback"
	AllClearGate = "all-clear"
)

// Gate is what must hold before something happens, and what is missing.
type Gate struct {
	GatePolicy
	Findings   []Finding // one per need, in the policy's order
	Overridden *Overridden
	void       bool // the override was given for another commit
}

// Missing lists the needs that do not hold.
func (g Gate) Missing() []Finding {
	var out []Finding
	for _, f := range g.Findings {
		if !f.Holds {
			out = append(out, f)
		}
	}
	return out
}

// Open says whether the gate lets through: everything holds, or a named person
// has overridden what is missing.
func (g Gate) Open() bool {
	missing := g.Missing()
	return len(missing) == 0 || g.Overridden != nil && !g.void && g.Overridden.covers(missing)
}

// Gate finds a gate by its id; a playbook without it has nothing to guard.
func (in Incident) Gate(id string) Gate {
	for _, policy := range in.Playbook.Gates {
		if policy.ID != id {
			continue
		}
		g := Gate{GatePolicy: policy}
		for _, need := range policy.Needs {
			g.Findings = append(g.Findings, in.Find(need))
		}
		if o, ok := in.Gates[id]; ok {
			g.Overridden, g.void = &o, id != RollbackGate && !in.onFix(o.Commit) // going back is about no fix
		}
		return g
	}
	return Gate{GatePolicy: GatePolicy{ID: id, Name: id}}
}

// AllGates lists the playbook's gates as they stand.
func (in Incident) AllGates() []Gate {
	out := make([]Gate, len(in.Playbook.Gates))
	for i, policy := range in.Playbook.Gates {
		out[i] = in.Gate(policy.ID)
	}
	return out
}

// pass refuses while a gate is closed, and names what is missing.
func (in Incident) pass(id string) error {
	g := in.Gate(id)
	if g.Open() {
		return nil
	}
	var todo []string
	for _, f := range g.Missing() {
		todo = append(todo, f.Missing)
	}
	return refuse("gate.closed", "%s: the gate is closed. Missing: %s. Do that, or override the gate by name with a reason.", g.Name, strings.Join(todo, "; "))
}

// Override opens a gate in spite of what is missing, under a person's name and
// with a reason. It covers what is missing now, not what goes missing later,
// and like an approval it is void for another commit.
type Override struct {
	Gate   string
	By     string // "": the person at the keyboard
	Reason string
}

func (o Override) decide(in Incident, env Env) ([]Body, error) {
	g := in.Gate(o.Gate)
	missing := g.Missing()
	by := strings.TrimSpace(o.By)
	if by == "" {
		by = env.Actor
	}
	switch {
	case len(g.Needs) == 0:
		return nil, refuseField("gate.unknown", "gate", "The playbook has no gate %q.", o.Gate)
	case len(missing) == 0:
		return nil, refuse("gate.open", "The gate is open; there is nothing to override.")
	case strings.TrimSpace(o.Reason) == "":
		return nil, refuseField("gate.reason-missing", "reason", "Say why the gate is overridden. It goes into the timeline and the post-mortem under your name.")
	case by == "":
		return nil, refuseField("gate.by-missing", "by", "An override needs a name.")
	}
	body := Overridden{Gate: o.Gate, Name: g.Name, By: by, Reason: strings.TrimSpace(o.Reason), Commit: in.Fix.Change.Get().Commit}
	for _, f := range missing {
		body.Missing = append(body.Missing, f.Fact)
	}
	return []Body{body}, nil
}

// Overridden is a gate opened by a named person.
type Overridden struct {
	Gate    string `json:"gate"`
	Name    string `json:"name"`
	By      string `json:"by"`
	Reason  string `json:"reason"`
	Missing []Fact `json:"missing"`          // what was missing then
	Commit  string `json:"commit,omitempty"` // the fix that it was given for
	At      Stamp  `json:"-"`
}

// Kind is "gate.overridden@1".
func (Overridden) Kind() Kind { return "gate.overridden@1" }

func (o Overridden) apply(in *Incident, e Event) {
	if in.Gates == nil {
		in.Gates = map[string]Overridden{}
	}
	o.At = e.At
	in.Gates[o.Gate] = o
	in.record(e, DecisionEntry, fmt.Sprintf("Gate overridden by %s (%s): %s", o.By, o.Name, o.Reason))
}

func (o Overridden) covers(missing []Finding) bool {
	for _, f := range missing {
		covered := false
		for _, m := range o.Missing {
			covered = covered || m == f.Fact
		}
		if !covered {
			return false
		}
	}
	return true
}
