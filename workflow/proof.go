package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Proof is the evidence that the fix is good: test runs, approvals, what was
// deployed, what was checked in production, and the way back.
type Proof struct {
	Runs      []TestRun
	Approvals []Approval
	Deploys   []Deploy
	Checks    []Check
	Rollback  Register[RollbackPlan]
	Scopes    []ScopeJudged // what the guard said of the fix, the newest last

	settled map[string]FindingSettled // the newest answer to each of its findings
}

func (p Proof) clone() Proof {
	p.Runs, p.Approvals = slices.Clip(p.Runs), slices.Clip(p.Approvals)
	p.Deploys, p.Checks = slices.Clip(p.Deploys), slices.Clip(p.Checks)
	p.Scopes, p.settled = slices.Clip(p.Scopes), maps.Clone(p.settled)
	return p
}

// Suite is what a test run covered.
type Suite string

// The critical suites are what a hotfix runs; the playbook names the others.
const (
	CriticalSuite   Suite = "critical"
	RegressionSuite Suite = "regression" // the new test that catches this bug
)

// TestRun is a test run as recorded.
type TestRun struct {
	Command  string        `json:"command"`
	Suite    Suite         `json:"suite"`
	Passed   bool          `json:"passed"`
	Took     time.Duration `json:"took,omitempty"`
	Commit   string        `json:"commit,omitempty"`
	Output   string        `json:"output,omitempty"`   // the tail, as evidence
	Override string        `json:"override,omitempty"` // why a suite was run that a hotfix does not run
	Entry    EventID       `json:"-"`
	By       string        `json:"-"`
	At       Stamp         `json:"-"`
}

// RecordTest records a test run. Suites that a hotfix does not run are refused
// with the playbook's reason, unless the person says why.
type RecordTest struct {
	Run TestRun
	At  Stamp
}

func (r RecordTest) when() Stamp { return r.At }

func (r RecordTest) decide(in Incident, _ Env) ([]Body, error) {
	run := r.Run
	run.Command = strings.TrimSpace(run.Command)
	if run.Command == "" {
		return nil, refuseField("test.command-missing", "command", "Say what was run, such as: npm test -- --grep \"auth\".")
	}
	if run.Suite == "" {
		run.Suite = CriticalSuite
	}
	if run.Commit == "" {
		run.Commit = in.Fix.Change.Get().Commit
	}
	for _, s := range in.Playbook.Work.NotNow {
		if s.ID == string(run.Suite) && in.Effective().Flow == HotfixFlow && strings.TrimSpace(run.Override) == "" {
			return nil, refuseField("test.not-now", "override", "A hotfix does not run the %s suite: %s. Run the critical paths, or say why it is needed now.", s.ID, s.Why)
		}
	}
	return []Body{TestRecorded{run}}, nil
}

// TestRecorded is a test run on record.
type TestRecorded struct{ TestRun }

// Kind is "test.recorded@1".
func (TestRecorded) Kind() Kind { return "test.recorded@1" }

func (t TestRecorded) apply(in *Incident, e Event) {
	run := t.TestRun
	run.Entry, run.By, run.At = e.ID, e.Actor, e.At
	in.Proof.Runs = append(in.Proof.Runs, run)
	word := "failed"
	if run.Passed {
		word = "passed"
	}
	text := fmt.Sprintf("Tests %s: %s", word, run.Command)
	if run.Commit != "" {
		text += " on " + run.Commit
	}
	if run.Override != "" {
		text += fmt.Sprintf(" (%s suite, because %s)", run.Suite, run.Override)
	}
	in.record(e, FactEntry, text)
}

// onFix says whether evidence for a commit counts for the fix as it is now.
// Evidence without a commit counts only while the fix names none either.
func (in Incident) onFix(commit string) bool { return SameCommit(commit, in.Fix.Change.Get().Commit) }

// proveTests takes the last word of each suite on the fix as it is now: a green
// regression test does not make up for red critical paths.
func proveTests(in Incident) Finding {
	runs := in.Proof.Runs
	if len(runs) == 0 {
		return Finding{Missing: "Run the critical tests and record the result"}
	}
	var newest *TestRun
	spoken := map[Suite]bool{}
	for i := range slices.Backward(runs) {
		run := &runs[i]
		if !in.onFix(run.Commit) || spoken[run.Suite] {
			continue
		}
		if !run.Passed {
			return Finding{Missing: "Make the critical tests pass: the last run failed (" + run.Command + ")"}
		}
		spoken[run.Suite] = true
		if newest == nil {
			newest = run
		}
	}
	if newest == nil {
		return Finding{Missing: fmt.Sprintf("Run the critical tests again: the last run was on %s, the fix is %s", orNone(runs[len(runs)-1].Commit), orNone(in.Fix.Change.Get().Commit))}
	}
	return Finding{Holds: true, Says: "passed: " + newest.Command, At: newest.At}
}

func orNone(commit string) string {
	if commit == "" {
		return "no named commit"
	}
	return commit
}

func proveRegression(in Incident) Finding {
	for _, run := range slices.Backward(in.Proof.Runs) {
		if run.Suite == RegressionSuite && run.Passed && in.onFix(run.Commit) {
			return Finding{Holds: true, Says: "regression test passed: " + run.Command, At: run.At}
		}
	}
	if found, seen := in.regressionInDiff(); seen {
		return found
	}
	return Finding{Missing: "Add one regression test that catches this bug"}
}

// Approval is a named person's word for one commit.
type Approval struct {
	Person string `json:"person"`
	Commit string `json:"commit,omitempty"`
	At     Stamp  `json:"-"`
}

// Approve records an approval. One approver is enough for a hotfix, but it is
// not the fixer, and it holds for this commit only.
type Approve struct {
	Person string
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
	if strings.EqualFold(in.fixer(), person) {
		return nil, refuseField("approve.fixer", "person", "%s wrote the fix and cannot approve it. A second pair of eyes finds what the first overlooks. If somebody else wrote it, say who is the fixer.", person)
	}
	return []Body{Approval{Person: person, Commit: in.Fix.Change.Get().Commit}}, nil
}

// Kind is "fix.approved@1".
func (Approval) Kind() Kind { return "fix.approved@1" }

func (a Approval) apply(in *Incident, e Event) {
	a.At = e.At
	in.Proof.Approvals = append(in.Proof.Approvals, a)
	text := "Approved by " + a.Person
	if a.Commit != "" {
		text += " for " + a.Commit
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

func proveApproval(in Incident) Finding {
	missing := Finding{Missing: "Get one approval, not from the fixer"}
	for i, a := range slices.Backward(in.Proof.Approvals) {
		newest := i == len(in.Proof.Approvals)-1
		switch {
		case in.onFix(a.Commit) && !strings.EqualFold(a.Person, in.fixer()):
			return Finding{Holds: true, Says: "approved by " + a.Person, At: a.At}
		case newest && !in.onFix(a.Commit):
			missing.Missing = fmt.Sprintf("Approve again: %s approved %s, the fix is %s", a.Person, orNone(a.Commit), orNone(in.Fix.Change.Get().Commit))
		case newest:
			missing.Missing = "Get an approval from somebody who is not the fixer"
		}
	}
	return missing
}

// fixer is who made the fix: the role's holder, or who recorded the fix while
// nobody has the role.
func (in Incident) fixer() string {
	if who := in.Holder(Fixer).Person; who != "" {
		return who
	}
	h, _ := in.Fix.Change.Head()
	return h.By
}
