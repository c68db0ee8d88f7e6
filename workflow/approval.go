package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// Approval is a named person's word for one commit.
type Approval struct {
	Person string `json:"person"`
	Commit string `json:"commit,omitempty"`
	By     string `json:"-"` // who typed it; an approval by chat is typed by somebody else
	At     Stamp  `json:"-"`
}

// Approve records an approval. One approver is enough for a hotfix, but it is
// not the fixer, and it holds for this commit only.
type Approve struct {
	Person string
	Commit string // the one that was looked at; "": that of the fix
	At     Stamp
}

func (a Approve) when() Stamp { return a.At }

func (a Approve) decide(in Incident, env Env) ([]Body, error) {
	person := strings.TrimSpace(a.Person)
	if person == "" {
		person = in.Holder(Approver).Person
	}
	if person == "" {
		person = env.Actor
	}
	if !in.Fix.Change.Set() {
		return nil, refuse("approve.nothing", "There is no fix to approve yet. Record the fix first.")
	}
	commit, named := in.Fix.Change.Get().Commit, strings.TrimSpace(a.Commit)
	if named != "" && !SameCommit(named, commit) {
		return nil, refuseField("approve.other-commit", "commit", "That approval is for %s, and the fix is %s. Nothing was recorded. Let %s look at %s, and approve that.", ShortCommit(named), orNone(commit), person, orNone(commit))
	}
	if wrote, who := in.wroteFix(person); wrote {
		return nil, refuseField("approve.fixer", "person", "%s wrote the fix and cannot approve it. A second pair of eyes finds what the first overlooks. If somebody else wrote it, say who is the fixer.", who)
	}
	return []Body{Approval{Person: person, Commit: commit}}, nil
}

// Kind is "fix.approved@1".
func (Approval) Kind() Kind { return "fix.approved@1" }

func (a Approval) apply(in *Incident, e Event) {
	a.At, a.By = e.At, e.Actor
	in.Proof.Approvals = append(in.Proof.Approvals, a)
	text := "Approved by " + a.Person
	if a.Commit != "" {
		text += " for " + ShortCommit(a.Commit)
	}
	in.record(e, DecisionEntry, text)
}

// FixedBy is who made the fix: the fixer, or while nobody has that role, whoever
// recorded it. "" when there is no fix yet.
func (in Incident) FixedBy() string {
	if fixer := in.Holder(Fixer).Person; fixer != "" {
		return fixer
	}
	h, _ := in.Fix.Change.Head()
	return h.By
}

// wroteFix says whether a person made the fix, and how they are called there.
func (in Incident) wroteFix(person string) (bool, string) {
	for _, who := range in.Authors() {
		if samePerson(who, person) {
			return true, person
		}
	}
	return false, ""
}

// Authors are all who count as having made the fix: who says so, and whom git
// names as the authors of its commits, where somebody looked.
func (in Incident) Authors() []string {
	var who []string
	add := func(name string) {
		if name != "" && !slices.ContainsFunc(who, func(other string) bool { return samePerson(other, name) }) {
			who = append(who, name)
		}
	}
	add(in.FixedBy())
	if looked, ok := in.ScopeLooked(); ok && in.onFix(looked.Tip) {
		for _, author := range looked.Authors {
			add(author)
		}
	}
	return who
}

// samePerson says whether two names are one person's, as people write them:
// capitals and blanks make no difference.
func samePerson(a, b string) bool {
	a, b = strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " ")
	return a != "" && strings.EqualFold(a, b)
}

// ApprovedBy is the approval that counts for the fix as it is now.
func (in Incident) ApprovedBy() (Approval, bool) {
	for _, a := range slices.Backward(in.Proof.Approvals) {
		if wrote, _ := in.wroteFix(a.Person); in.onFix(a.Commit) && !wrote {
			return a, true
		}
	}
	return Approval{}, false
}

func proveApproval(in Incident) Finding {
	if a, ok := in.ApprovedBy(); ok {
		return Finding{Holds: true, Says: "approved by " + a.Person, At: a.At}
	}
	if len(in.Proof.Approvals) == 0 {
		return Finding{Missing: "Get one approval, not from the fixer"}
	}
	last := in.Proof.Approvals[len(in.Proof.Approvals)-1]
	if !in.onFix(last.Commit) {
		return Finding{Missing: fmt.Sprintf("Approve again: %s approved %s, the fix is %s", last.Person, orNone(last.Commit), orNone(in.Fix.Change.Get().Commit))}
	}
	return Finding{Missing: "Get an approval from somebody who is not the fixer"}
}
