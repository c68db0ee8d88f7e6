package workflow

import (
	"fmt"
	"maps"
	"strings"
)

// Unsure is the answer that takes the most severe of a question's answers.
const Unsure = "unsure"

// Proposal is the level that the triage answers lead to, and why. The person
// decides.
type Proposal struct {
	Level   string
	Reason  string // "everyone is hit; money is at risk"
	Unsures int    // questions answered with unsure
	Open    int    // questions not answered
}

// Propose answers the level for triage answers (question id → answer id or
// "unsure"). While no answer names a level there is no proposal: Level is "".
func (p Playbook) Propose(answers map[string]string) Proposal {
	var out Proposal
	rank, floor, raise, lower := len(p.Levels)-1, len(p.Levels)-1, false, false
	var because []string
	named := false // some answer names a level; "no workaround" alone says nothing
	for _, q := range p.Questions {
		given, ok := answers[q.ID]
		if !ok || given == "" {
			out.Open++
			continue
		}
		a, found := p.answer(q, given)
		if !found {
			out.Open++
			continue
		}
		if given == Unsure {
			out.Unsures++
			because = append(because, fmt.Sprintf("unsure about “%s”, so the higher counts", q.Ask))
		} else if a.Because != "" {
			because = append(because, a.Because)
		}
		if a.AtLeast != "" {
			rank = min(rank, p.Rank(a.AtLeast))
		}
		if a.Floor != "" {
			floor = min(floor, p.Rank(a.Floor))
		}
		named = named || a.AtLeast != "" || a.Floor != ""
		raise, lower = raise || a.Raise, lower || a.Lower
	}
	if !named || len(p.Levels) == 0 {
		return out
	}
	if lower && rank > 0 && rank < len(p.Levels)-1 {
		rank++
	}
	rank = min(rank, floor)
	if raise && rank > 0 {
		rank--
	}
	out.Level, out.Reason = p.Levels[rank].ID, strings.Join(because, "; ")
	return out
}

// answer finds the answer given; unsure takes the most severe one.
func (p Playbook) answer(q Question, id string) (Answer, bool) {
	var worst Answer
	for i, a := range q.Answers {
		if a.ID == id {
			return a, true
		}
		if i == 0 || p.weight(a) < p.weight(worst) {
			worst = a
		}
	}
	return worst, id == Unsure && len(q.Answers) > 0
}

// weight orders answers from the most severe: a level counts by its rank, a
// raise is worse than nothing, nothing is worse than a workaround.
func (p Playbook) weight(a Answer) int {
	w := 10 * len(p.Levels)
	if a.AtLeast != "" {
		w = min(w, 10*p.Rank(a.AtLeast))
	}
	if a.Floor != "" {
		w = min(w, 10*p.Rank(a.Floor))
	}
	if a.Raise {
		w -= 5
	}
	if a.Lower {
		w += 5
	}
	return w
}

func proposalReason(p Playbook, answers map[string]string, level string) string {
	if prop := p.Propose(answers); prop.Level == level {
		return prop.Reason
	}
	return ""
}

// Effective is the level whose rules hold: an undecided severity behaves as
// the most severe one until it is decided.
func (in Incident) Effective() Level {
	if l, ok := in.Playbook.Level(in.Triage.Severity.Get()); ok {
		return l
	}
	if len(in.Playbook.Levels) > 0 {
		return in.Playbook.Levels[0]
	}
	return Level{}
}

// Undecided says whether nobody has decided the severity yet.
func (in Incident) Undecided() bool { return in.Triage.Severity.Get() == "" }

// SetSeverity decides or changes the severity. Lowering it needs a reason:
// that is how outages get forgotten.
type SetSeverity struct {
	Level   string // "" takes the decision back: undecided
	Reason  string
	Answers map[string]string
}

func (s SetSeverity) decide(in Incident, _ Env) ([]Body, error) {
	old := in.Triage.Severity.Get()
	if _, known := in.Playbook.Level(s.Level); !known && s.Level != "" {
		return nil, refuseField("severity.unknown", "severity", "The playbook knows no level %q. It has %s.", s.Level, levelNames(in.Playbook))
	}
	if s.Level == old && !in.Triage.Severity.Clashes() {
		return nil, refuse("severity.same", "The severity is %s already.", SeverityWord(old))
	}
	reason := strings.TrimSpace(s.Reason)
	if reason == "" && old != "" && in.Playbook.Rank(s.Level) > in.Playbook.Rank(old) {
		return nil, refuseField("severity.reason-missing", "reason", "Say why the severity goes down.")
	}
	if reason == "" {
		reason = proposalReason(in.Playbook, s.Answers, s.Level)
	}
	return []Body{SeveritySet{Level: s.Level, Was: old, Reason: reason, Answers: maps.Clone(s.Answers)}}, nil
}

// SeveritySet is a decision about the severity.
type SeveritySet struct {
	Level   string            `json:"level"`
	Was     string            `json:"was,omitempty"`
	Reason  string            `json:"reason,omitempty"`
	Answers map[string]string `json:"answers,omitempty"`
}

// Kind is "severity.set@1".
func (SeveritySet) Kind() Kind { return "severity.set@1" }

func (s SeveritySet) apply(in *Incident, e Event) {
	in.Triage.Severity.set(in, e, s.Level)
	if len(s.Answers) > 0 {
		in.Triage.Answers.set(in, e, s.Answers)
	}
	text := "Severity set to " + SeverityWord(s.Level)
	if s.Was != "" {
		text = fmt.Sprintf("Severity changed from %s to %s", s.Was, SeverityWord(s.Level))
	}
	if s.Reason != "" {
		text += ": " + s.Reason
	}
	in.record(e, DecisionEntry, text)
}

// SeverityWord is how a level is spoken of; undecided has a word too.
func SeverityWord(level string) string {
	if level == "" {
		return "undecided"
	}
	return level
}
