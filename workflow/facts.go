package workflow

import (
	"fmt"
	"strings"
)

// Fact is something that the log either shows or does not: it ticks items,
// opens gates and settles tasks. Playbooks name facts; this package knows how
// each is proven.
type Fact string

// The facts.
const (
	SeverityDecided      Fact = "severity-set"
	ImpactUnderstood     Fact = "impact-understood"
	StakeholdersNotified Fact = "stakeholders-notified"
	StatusPageUpdated    Fact = "status-page-updated"
	IncrementWritten     Fact = "increment-written"
	RootCauseIdentified  Fact = "root-cause-identified"
	FixImplemented       Fact = "fix-implemented"
	TestsPassed          Fact = "tests-passed"
	RegressionTestAdded  Fact = "regression-test-added"
	RollbackReady        Fact = "rollback-ready"
	Approved             Fact = "approved"
	StagingSettled       Fact = "staging-settled"
	DecisionMade         Fact = "decision-made"
	RollbackChosen       Fact = "rollback-chosen"
	DeployRecorded       Fact = "deploy-recorded"
	FixVerified          Fact = "fix-verified"
	AllClearDeclared     Fact = "all-clear-declared"
	PostmortemScheduled  Fact = "post-mortem-scheduled"
	ScopeSettled         Fact = "scope-settled"
)

// Finding is what the log says about a fact.
type Finding struct {
	Fact    Fact
	Holds   bool
	Says    string // why it holds: "severity set to SEV1 by Jane"
	Missing string // what to do when it does not: "Decide the severity"
	At      Stamp  // since when it holds, as far as known
}

// Holds says whether a fact is proven.
func (in Incident) Holds(f Fact) bool { return in.Find(f).Holds }

// Find looks a fact up in the incident.
func (in Incident) Find(f Fact) Finding {
	found, known := in.prove(f)
	if !known {
		return Finding{Fact: f, Missing: fmt.Sprintf("This version does not know the fact %q; a person has to decide", string(f))}
	}
	found.Fact = f
	return found
}

// KnownFacts lists every fact that a playbook may name.
func KnownFacts() []Fact {
	return []Fact{
		SeverityDecided, ImpactUnderstood, StakeholdersNotified, StatusPageUpdated, IncrementWritten, RootCauseIdentified,
		FixImplemented, TestsPassed, RegressionTestAdded, RollbackReady, Approved, StagingSettled, DecisionMade,
		RollbackChosen, DeployRecorded, FixVerified, AllClearDeclared, PostmortemScheduled,
		ScopeSettled,
	}
}

// prove asks the file that tells each fact's story. It is a switch because
// boards and gates ask it many times for every repaint.
func (in Incident) prove(f Fact) (found Finding, known bool) {
	switch f {
	case SeverityDecided:
		return proveSeverity(in), true
	case ImpactUnderstood:
		return proveImpact(in), true
	case StakeholdersNotified:
		return in.proveTold(StakeholderChannel, "Tell the stakeholders: record an update"), true
	case StatusPageUpdated:
		return in.proveTold(StatusPageChannel, "Update the status page and record it"), true
	case IncrementWritten:
		return proveIncrement(in), true
	case RootCauseIdentified:
		return proveRootCause(in), true
	case FixImplemented:
		return proveFix(in), true
	case TestsPassed:
		return proveTests(in), true
	case RegressionTestAdded:
		return proveRegression(in), true
	case RollbackReady:
		return proveRollbackReady(in), true
	case Approved:
		return proveApproval(in), true
	case StagingSettled:
		return proveStaging(in), true
	case DecisionMade:
		return proveDecision(in), true
	case RollbackChosen:
		return proveRollbackChosen(in), true
	case DeployRecorded:
		return proveDeploy(in), true
	case FixVerified:
		return proveVerified(in), true
	case AllClearDeclared:
		return proveAllClear(in), true
	case PostmortemScheduled:
		return proveScheduled(in), true
	case ScopeSettled:
		return proveScope(in), true
	}
	return Finding{}, false
}

func proveSeverity(in Incident) Finding {
	h, ok := in.Triage.Severity.Head()
	if !ok || h.Value == "" {
		return Finding{Missing: "Decide the severity"}
	}
	return Finding{Holds: true, Says: fmt.Sprintf("severity set to %s by %s", h.Value, h.By), At: h.At}
}

func proveImpact(in Incident) Finding {
	h, ok := in.AssessmentRegister(Impact).Head()
	if !ok || strings.TrimSpace(h.Value) == "" {
		return Finding{Missing: "Write down the impact: who is hit, and how"}
	}
	return Finding{Holds: true, Says: "impact written by " + h.By, At: h.At}
}

func (in Incident) proveTold(channel Channel, missing string) Finding {
	for _, u := range in.SentUpdates() {
		if u.Channel == channel {
			return Finding{Holds: true, Says: fmt.Sprintf("%s by %s", channel.Told(), u.By), At: u.At}
		}
	}
	return Finding{Missing: missing}
}

func proveRootCause(in Incident) Finding {
	h, ok := in.Fix.RootCause.Head()
	if !ok || strings.TrimSpace(h.Value) == "" {
		return Finding{Missing: "Identify the root cause and write it down"}
	}
	return Finding{Holds: true, Says: "root cause written by " + h.By, At: h.At}
}

func proveAllClear(in Incident) Finding {
	e, ok := in.MilestoneEntry(AllClear)
	if !ok {
		return Finding{Missing: "Declare the all-clear and tell everybody"}
	}
	if e.Source.Document != "" {
		return Finding{Holds: true, Says: "all-clear on record in " + e.Source.Document, At: e.At.Get()}
	}
	return Finding{Holds: true, Says: "all-clear declared by " + e.Who, At: e.At.Get()}
}
