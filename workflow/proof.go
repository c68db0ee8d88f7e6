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
	Attempts  []DeployRun // what was started from here, also where nothing came of it
	Checks    []Check
	Rollback  Register[RollbackPlan]
	Scopes    []ScopeJudged // what the guard said of the fix, the newest last

	settled map[string]FindingSettled // the newest answer to each of its findings
	probes  probes                    // what was said of the looks at production
}

func (p Proof) clone() Proof {
	p.Runs, p.Approvals = slices.Clip(p.Runs), slices.Clip(p.Approvals)
	p.Deploys, p.Checks = slices.Clip(p.Deploys), slices.Clip(p.Checks)
	p.probes = p.probes.clone()
	p.Attempts = slices.Clip(p.Attempts)
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
	return ShortCommit(commit)
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
