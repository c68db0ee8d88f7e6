package workflow

import (
	"fmt"
	"reflect"
	"strings"
)

// RecordScope puts on record what the guard says of the fix, so that the gate
// can ask for it. Where there is no repository, a person looks at the diff and
// says so; like a test, that counts for one commit.
type RecordScope struct {
	Judgement ScopeJudgement
	ByHand    string // what the person looked at: "read the diff on GitHub, one line"
}

func (r RecordScope) decide(in Incident, _ Env) ([]Body, error) {
	looked := ScopeJudged{ScopeJudgement: r.Judgement.short(), ByHand: strings.TrimSpace(r.ByHand)}
	switch {
	case looked.Tip == "" && looked.ByHand == "" && looked.empty():
		return nil, refuseField("scope.by-hand", "by-hand", "Say what you looked at and found: the guard sees no repository, so your word is what counts.")
	case looked.Tip == "" && looked.ByHand == "":
		return nil, refuse("scope.no-commit", "The change has no commit yet, so nothing can be recorded for it. Commit it first.")
	case looked.ByHand != "" && !in.Fix.Change.Set():
		return nil, refuse("scope.nothing", "There is no fix to look at yet. Record the fix first.")
	case looked.ByHand != "" && looked.Tip == "":
		looked.Tip = in.Fix.Change.Get().Commit
	}
	if !in.ScopeNews(looked.ScopeJudgement) && looked.ByHand == "" {
		return nil, refuse("scope.same", "That is on record already.")
	}
	return []Body{looked}, nil
}

func (j ScopeJudgement) empty() bool { return j.Files == 0 && len(j.Findings) == 0 }

// ScopeNews says whether a judgement tells something that is not on record yet.
func (in Incident) ScopeNews(j ScopeJudgement) bool {
	was, ok := in.ScopeLooked()
	return !ok || was.ByHand != "" || !reflect.DeepEqual(was.ScopeJudgement, j.short())
}

// ScopeJudged is a judgement on record.
type ScopeJudged struct {
	ScopeJudgement
	ByHand string `json:"by_hand,omitempty"`
	By     string `json:"-"`
	At     Stamp  `json:"-"`
}

// Kind is "scope.judged@1".
func (ScopeJudged) Kind() Kind { return "scope.judged@1" }

func (s ScopeJudged) apply(in *Incident, e Event) {
	s.By, s.At = e.Actor, e.At
	in.Proof.Scopes = append(in.Proof.Scopes, s)
	in.record(e, FactEntry, s.words())
}

func (s ScopeJudged) words() string {
	on := ""
	if s.Tip != "" {
		on = " on " + ShortCommit(s.Tip)
	}
	if s.ByHand != "" {
		return "Scope of the fix looked at by hand" + on + ": " + firstLine(s.ByHand)
	}
	found := "nothing to settle"
	if n := s.toSettle(); n > 0 {
		found = count(n, "finding")
	}
	return fmt.Sprintf("Scope of the fix%s: %s, %s", on, s.Size(), found)
}

// toSettle counts the findings that are more than a remark.
func (j ScopeJudgement) toSettle() int {
	n := 0
	for _, f := range j.Findings {
		if !f.Mild {
			n++
		}
	}
	return n
}

// SettleFinding answers a finding: it is accepted with a reason, or it becomes a
// ticket among the action items and is left for later.
type SettleFinding struct {
	ID     string
	Accept bool
	Reason string
	Ticket string // what is to be done later; for one that is not accepted
	Owner  string // of the ticket
	Due    string
	// Of is the judgement that the person has before them, which goes on record
	// with the answer; nil: the one on record.
	Of *ScopeJudgement
}

func (s SettleFinding) decide(in Incident, env Env) ([]Body, error) {
	var out []Body
	looked, _ := in.ScopeLooked()
	of := looked.ScopeJudgement
	if s.Of != nil {
		if of = s.Of.short(); in.ScopeNews(of) && of.Tip != "" {
			out = append(out, ScopeJudged{ScopeJudgement: of})
		}
	}
	found, ok := of.Finding(s.ID)
	if !ok {
		return nil, refuse("scope.gone", "That finding is not there any more: the fix has changed meanwhile. Look at the list again.")
	}
	answer := FindingSettled{ID: s.ID, Rule: found.Rule, Path: found.Path, Says: found.Says, Reason: strings.TrimSpace(s.Reason)}
	if !s.Accept {
		answer.Ticket = onOneLine(s.Ticket)
	}
	switch {
	case s.Accept && answer.Reason == "":
		return nil, refuseField("scope.reason-missing", "reason", "Say why it belongs in this hotfix. It stands in the post-mortem under your name.")
	case !s.Accept && answer.Ticket == "":
		return nil, refuseField("scope.ticket-missing", "ticket", "Say what is to be done later, such as: refactor the token validation.")
	}
	if was, settled := in.ScopeSettlement(s.ID); settled && was.Reason == answer.Reason && was.Ticket == answer.Ticket {
		return nil, refuse("scope.same", "Nothing was changed: that finding is settled so already.")
	}
	out = append(out, answer)
	if s.Accept {
		return out, nil
	}
	ticket, err := AddAction{Text: s.Ticket, Kind: "process", Owner: s.Owner, Due: s.Due}.decide(in, env)
	if err == nil { // one that is there already need not be there twice
		out = append(out, ticket...)
	}
	return out, nil
}

// FindingSettled is somebody's answer to a finding.
type FindingSettled struct {
	ID     string    `json:"id"`
	Rule   ScopeRule `json:"rule"`
	Path   string    `json:"path,omitempty"`
	Says   string    `json:"says"`             // what was found
	Reason string    `json:"reason,omitempty"` // why it belongs in the hotfix
	Ticket string    `json:"ticket,omitempty"` // what is left for later; empty: it was accepted
	By     string    `json:"-"`
	At     Stamp     `json:"-"`
}

// Kind is "scope.settled@1".
func (FindingSettled) Kind() Kind { return "scope.settled@1" }

func (s FindingSettled) apply(in *Incident, e Event) {
	if in.Proof.settled == nil {
		in.Proof.settled = map[string]FindingSettled{}
	}
	s.By, s.At = e.Actor, e.At
	in.Proof.settled[s.ID] = s
	in.record(e, DecisionEntry, s.words())
}

// Accepted says whether the finding stays in the hotfix.
func (s FindingSettled) Accepted() bool { return s.Ticket == "" }

func (s FindingSettled) words() string {
	if s.Accepted() {
		return "Accepted in the hotfix: " + s.what() + ", because " + firstLine(s.Reason)
	}
	text := "Left for a ticket: " + s.what() + ": " + firstLine(s.Ticket)
	if s.Reason != "" {
		text += " (" + firstLine(s.Reason) + ")"
	}
	return text
}

// what was found, and where.
func (s FindingSettled) what() string {
	what := strings.TrimRight(s.Says, ".")
	if s.Path != "" && !strings.Contains(what, ShownPath(s.Path)) {
		what += " (" + ShownPath(s.Path) + ")"
	}
	return what
}

// proveScope holds when the newest look is at the fix as it is now, and nothing
// of what it found waits for an answer.
func proveScope(in Incident) Finding {
	looked, ok := in.ScopeLooked()
	fix := in.Fix.Change.Get().Commit
	switch {
	case !ok:
		return Finding{Missing: "Look at the scope of the fix: only what ends the incident belongs in it"}
	case !in.onFix(looked.Tip):
		return Finding{Missing: fmt.Sprintf("Look at the scope again: the last look was at %s, the fix is %s", orNone(ShortCommit(looked.Tip)), orNone(ShortCommit(fix)))}
	case looked.ByHand != "":
		return Finding{Holds: true, Says: "scope looked at by " + orSomebody(looked.By), At: looked.At}
	}
	all := looked.toSettle()
	if open := len(in.ScopeOpen(looked.ScopeJudgement)); open > 0 {
		return Finding{Missing: fmt.Sprintf("Settle %s of the scope guard: accept each with a reason, or make it a ticket", count(open, "finding"))}
	}
	says := "scope judged: " + looked.Size()
	if all > 0 {
		says += ", " + count(all, "finding") + " settled"
	}
	return Finding{Holds: true, Says: says, At: looked.At}
}

// regressionInDiff recognises the regression test in the change itself: it adds
// or changes a test, and the critical tests passed on it.
func (in Incident) regressionInDiff() (Finding, bool) {
	looked, ok := in.ScopeLooked()
	if !ok || looked.ByHand != "" || len(looked.Tests) == 0 || !in.onFix(looked.Tip) {
		return Finding{}, false
	}
	passed := proveTests(in)
	if !passed.Holds {
		return Finding{}, false
	}
	return Finding{Holds: true, Says: "regression test in " + ShownPath(looked.Tests[0]) + "; " + passed.Says, At: passed.At}, true
}
