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
	p.Scopes, p.settled = slices.Clip(p.Scopes), maps.Clone(p.settled)
	p.probes = p.probes.clone()
	p.Attempts = slices.Clip(p.Attempts)
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

	Name       string    `json:"name,omitempty"`        // "Auth tests"; "" when the command says it best
	From       RunFrom   `json:"from,omitempty"`        // who saw how it ended; "" when a person told it
	Ending     RunEnding `json:"ending,omitempty"`      // of a run that was seen
	Exit       int       `json:"exit,omitempty"`        // of one that exited by itself
	Dirty      bool      `json:"dirty,omitempty"`       // files of the commit had other contents: it is no evidence for it
	OverrideBy string    `json:"override_by,omitempty"` // who said that the suite is needed now

	Entry EventID `json:"-"`
	By    string  `json:"-"`
	At    Stamp   `json:"-"`
}

// RunFrom is who saw a test run.
type RunFrom string

// Who saw it.
const (
	SeenHere       RunFrom = "app"      // it was run from the window
	SeenInTerminal RunFrom = "terminal" // it was run by firebreak run
)

// RecordTest records a test run. Suites that a hotfix does not run are refused
// with the playbook's reason, unless the person says why.
type RecordTest struct {
	Run     TestRun
	Touched []string // paths that the fix touches, where somebody knows
	At      Stamp
}

func (r RecordTest) when() Stamp { return r.At }

func (r RecordTest) decide(in Incident, env Env) ([]Body, error) {
	run := r.Run
	run.Command, run.Override, run.OverrideBy = strings.TrimSpace(run.Command), strings.TrimSpace(run.Override), strings.TrimSpace(run.OverrideBy)
	if run.Command == "" {
		return nil, refuseField("test.command-missing", "command", "Say what was run, such as: npm test -- --grep \"auth\".")
	}
	switch run.Ending {
	case RunCancelled, RunNotStarted:
		return nil, refuse("test.no-result", "The tests did not run to their end, so there is nothing to record.")
	case "":
	default:
		run.Passed = run.Ending == RunExited && run.Exit == 0
	}
	if run.Commit == "" {
		run.Commit = in.Fix.Change.Get().Commit
	}
	var err error
	if run.Suite, err = in.suiteToRun(run.Command, run.Suite, r.Touched, run.Override); err != nil {
		return nil, err
	}
	switch _, kept := in.Playbook.suite(run.Suite); {
	case !kept || in.Effective().Flow != HotfixFlow:
		run.Override, run.OverrideBy = "", ""
	case run.OverrideBy == "":
		run.OverrideBy = env.Actor
	}
	return []Body{TestRecorded{run}}, nil
}

// MayRun says which suite a command runs, and refuses one that a hotfix does not
// run unless somebody says why it is needed now.
func (in Incident) MayRun(line string, touched []string, override string) (Suite, error) {
	return in.suiteToRun(line, "", touched, strings.TrimSpace(override))
}

// suiteToRun is the suite of a command: what the playbook says about the
// command, else what the person said.
func (in Incident) suiteToRun(line string, said Suite, touched []string, override string) (Suite, error) {
	suite, refused, why := in.Playbook.SuiteOf(line, touched)
	if refused == nil {
		if s, kept := in.Playbook.suite(said); kept {
			suite, refused, why = said, &s, "that is what it was called"
		} else if said != "" {
			suite = said
		}
	}
	if refused != nil && override == "" && in.Effective().Flow == HotfixFlow {
		return suite, refuseField("test.not-now", "override", "A hotfix does not run the %s suite: %s (%s). Run the critical paths, or say why it is needed now.", refused.ID, refused.Why, why)
	}
	return suite, nil
}

// TestRecorded is a test run on record.
type TestRecorded struct{ TestRun }

// Kind is "test.recorded@1".
func (TestRecorded) Kind() Kind { return "test.recorded@1" }

func (t TestRecorded) apply(in *Incident, e Event) {
	run := t.TestRun
	run.Entry, run.By, run.At = e.ID, e.Actor, e.At
	in.Proof.Runs = append(in.Proof.Runs, run)
	in.record(e, FactEntry, run.says())
}

// says is a test run in a line.
func (t TestRun) says() string {
	text := fmt.Sprintf("Tests %s: %s", t.word(), t.Command)
	if t.Commit != "" {
		text += " on " + ShortCommit(t.Commit)
	}
	if t.From != "" && t.Took > 0 {
		text += ", " + Briefly(t.Took)
	}
	if t.Dirty {
		text += "; files were changed and not committed, so it proves nothing about the commit"
	}
	if t.Override != "" {
		text += fmt.Sprintf(" (%s suite, because %s", t.Suite, t.Override)
		if t.OverrideBy != "" {
			text += ", says " + t.OverrideBy
		}
		text += ")"
	}
	return text
}

// Seen takes over how a command ended that somebody watched.
func (t *TestRun) Seen(ran Ran, from RunFrom) {
	t.From, t.Ending, t.Exit, t.Took, t.Output = from, ran.Ending, ran.Exit, ran.Took, ran.Tail
	t.Passed = ran.Well()
	if ran.Line != "" {
		t.Command = ran.Line
	}
}

// On takes over which commit a command saw, from how the repository stood before
// it and after it. What was changed meanwhile may have been in the run or not.
func (t *TestRun) On(before, after Survey) {
	t.Commit = before.Head
	t.Dirty = before.Head != "" && (before.Changed > 0 || after.Changed > 0 || after.Head != "" && after.Head != before.Head)
}

// word is how it ended, in a word or two.
func (t TestRun) word() string {
	switch {
	case t.Passed:
		return "passed"
	case t.Ending == RunTimedOut:
		return "did not end in time"
	case t.Ending == RunSignalled:
		return "were killed"
	default:
		return "failed"
	}
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
	dirty := false
	spoken := map[Suite]bool{}
	for i := range slices.Backward(runs) {
		run := &runs[i]
		if !in.onFix(run.Commit) || spoken[run.Suite] {
			continue
		}
		if run.Dirty && run.Passed { // red is red, whatever else lay there
			dirty = true
			continue
		}
		if !run.Passed {
			return Finding{Missing: "Make the critical tests pass: the last run " + run.failure() + " (" + run.Command + ")"}
		}
		spoken[run.Suite] = true
		if newest == nil {
			newest = run
		}
	}
	switch {
	case newest != nil:
		return Finding{Holds: true, Says: "passed: " + newest.Command, At: newest.At}
	case dirty:
		return Finding{Missing: "Run the critical tests again on the commit itself: files were changed and not committed when they passed"}
	case in.Fix.Change.Get().Commit == "":
		return Finding{Missing: "Record the fix with its commit: the last tests ran on " + orNone(runs[len(runs)-1].Commit)}
	default:
		return Finding{Missing: fmt.Sprintf("Run the critical tests again: the last run was on %s, the fix is %s", orNone(runs[len(runs)-1].Commit), orNone(in.Fix.Change.Get().Commit))}
	}
}

// failure is how a run that did not pass ended, after "the last run".
func (t TestRun) failure() string {
	if t.Ending == RunSignalled {
		return "was killed"
	}
	return t.word()
}

func orNone(commit string) string {
	if commit == "" {
		return "no named commit"
	}
	return ShortCommit(commit)
}

func proveRegression(in Incident) Finding {
	for _, run := range slices.Backward(in.Proof.Runs) {
		if run.Suite == RegressionSuite && run.Passed && !run.Dirty && in.onFix(run.Commit) {
			return Finding{Holds: true, Says: "regression test passed: " + run.Command, At: run.At}
		}
	}
	if found, seen := in.regressionInDiff(); seen {
		return found
	}
	return Finding{Missing: "Add one regression test that catches this bug"}
}
