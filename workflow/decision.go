package workflow

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The two options of step "rollback or hotfix".
const (
	RollbackOption = "rollback"
	HotfixOption   = "hotfix"
)

// The answers to a criterion.
const (
	Yes = "yes"
	No  = "no"
)

// Advice is what the answered criteria speak for, and why. The person decides.
type Advice struct {
	Option string   // "" when nothing is answered yet
	For    []string // criteria that speak for it
	Other  []string // criteria that speak for the other one
	Open   int      // criteria not answered, or unsure
	Reason string
	Change string // what would change it
}

// Advise weighs the user's criteria (criterion id → "yes", "no" or "unsure").
// A decisive one settles it alone; otherwise the side with more reasons, and
// rollback when it is a draw, because it brings a known state back.
func (p Playbook) Advise(answers map[string]string) Advice { return p.AdviseOn(answers, nil) }

// AdviseOn is Advise in the words of the facts, where there are any.
func (p Playbook) AdviseOn(answers map[string]string, facts map[string]Weighed) Advice {
	rollback := said(p.Decision.Rollback, answers, facts)
	hotfix := said(p.Decision.Hotfix, answers, facts)
	a := Advice{Open: rollback.open + hotfix.open}
	if len(rollback.yes)+len(hotfix.yes) == 0 {
		return a
	}
	switch {
	case hotfix.decisive != "":
		a.Option, a.For, a.Other = HotfixOption, hotfix.yes, rollback.yes
		a.Reason = hotfix.decisive
		a.Change = cmp.Or(hotfix.turns, "a safe way back past it")
	case len(hotfix.yes) > len(rollback.yes):
		a.Option, a.For, a.Other = HotfixOption, hotfix.yes, rollback.yes
		a.Reason = strings.Join(hotfix.yes, "; ")
		a.Change = cmp.Or(hotfix.turns, "the fix turning out larger than thought")
	default:
		a.Option, a.For, a.Other = RollbackOption, rollback.yes, hotfix.yes
		a.Reason = strings.Join(rollback.yes, "; ")
		a.Change = cmp.Or(hotfix.barred, "a data migration since the last good version")
	}
	return a
}

// side is what the answers to the criteria of one option add up to.
type side struct {
	yes      []string // the criteria that speak for it, with what the facts name
	open     int
	decisive string // the first that settles it alone
	turns    string // what would change a decision for it
	barred   string // what would make a criterion decisive that does not hold
}

func said(criteria []Criterion, answers map[string]string, facts map[string]Weighed) side {
	var s side
	for _, c := range criteria {
		fact, text := facts[c.ID], c.Text
		if fact.Answer != answers[c.ID] { // the person knows better: the facts give no words to their answer
			fact = Weighed{}
		}
		switch answers[c.ID] {
		case Yes:
			if fact.Named != "" {
				text += ": " + fact.Named
			}
			s.yes = append(s.yes, text)
			if c.Decisive && s.decisive == "" {
				s.decisive, s.turns = text, fact.Turns
			}
			s.turns = cmp.Or(s.turns, fact.Turns)
		case No:
			if c.Decisive {
				s.barred = cmp.Or(s.barred, fact.Turns)
			}
		default:
			s.open++
		}
	}
	return s
}

// Decided is the decision record: what was chosen, from which answers, why,
// and what would change it.
type Decided struct {
	Option      string            `json:"option"`
	Reason      string            `json:"reason"`
	Answers     map[string]string `json:"answers,omitempty"`
	Proposed    string            `json:"proposed,omitempty"`
	WouldChange string            `json:"would_change,omitempty"`
	Evidence    []Evidence        `json:"evidence,omitempty"` // what stood beside the answers
	BackTo      string            `json:"back_to,omitempty"`  // the version that a rollback would go to
	Good        string            `json:"good,omitempty"`     // the last good version, when a person named it
	Suspect     string            `json:"suspect,omitempty"`  // the commit that a person takes for the cause
}

// Choice is the decision that stands; its option is empty before there is one.
func (in Fix) Choice() Decided { return in.choice.Get() }

// ChoiceRegister is the decision with its author, time and clashes.
func (in Fix) ChoiceRegister() Register[Decided] { return in.choice }

// Choose decides between rollback and hotfix.
type Choose struct {
	Option      string
	Reason      string
	Answers     map[string]string
	Facts       map[string]Weighed // what stood beside the answers; nil: nobody looked
	BackTo      string             // the version that a rollback would go to
	Good        string             // the last good version, when a person named it
	Suspect     string             // the commit that a person takes for the cause
	WouldChange string
	At          Stamp
}

func (c Choose) when() Stamp { return c.At }

func (c Choose) decide(in Incident, _ Env) ([]Body, error) {
	if c.Option != RollbackOption && c.Option != HotfixOption {
		return nil, refuseField("decision.option", "option", "Decide for rollback or hotfix, not %q.", c.Option)
	}
	advice := in.Playbook.AdviseOn(c.Answers, c.Facts)
	reason := strings.TrimSpace(c.Reason)
	if reason == "" && advice.Option == c.Option {
		reason = advice.Reason
	}
	if reason == "" {
		return nil, refuseField("decision.reason-missing", "reason", "Say why, or answer the criteria: the next one on shift will ask.")
	}
	change := strings.TrimSpace(c.WouldChange)
	if change == "" && advice.Option == c.Option {
		change = advice.Change
	}
	return []Body{Decided{
		Option: c.Option, Reason: reason, Answers: maps.Clone(c.Answers), Proposed: advice.Option, WouldChange: change,
		Evidence: in.Playbook.kept(c.Facts), BackTo: strings.TrimSpace(c.BackTo), Good: strings.TrimSpace(c.Good), Suspect: strings.TrimSpace(c.Suspect),
	}}, nil
}

// Kind is "decision.made@1".
func (Decided) Kind() Kind { return "decision.made@1" }

func (d Decided) apply(in *Incident, e Event) {
	in.Fix.choice.set(in, e, d)
	text := fmt.Sprintf("Decided: %s, because %s", d.Option, d.Reason)
	if d.WouldChange != "" {
		text += ". Would change it: " + d.WouldChange
	}
	in.record(e, DecisionEntry, text)
}

func proveDecision(in Incident) Finding {
	h, ok := in.Fix.choice.Head()
	if !ok {
		return Finding{Missing: "Decide: rollback or hotfix"}
	}
	return Finding{Holds: true, Says: fmt.Sprintf("%s decided for %s", h.By, h.Value.Option), At: h.At}
}

func proveRollbackChosen(in Incident) Finding {
	found := proveDecision(in)
	if in.Fix.Choice().Option != RollbackOption {
		return Finding{Missing: "Decide for the rollback, with the reason"}
	}
	return found
}

// Decisions lists the entries of the timeline that are decisions, the newest
// last; the hand-off sheet shows the last five.
func (in Incident) Decisions() []Entry {
	return slices.DeleteFunc(in.Timeline.All(), func(e Entry) bool {
		return e.Kind.Get() != DecisionEntry || e.Hidden.Get()
	})
}
