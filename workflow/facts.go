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
	prove, known := proofs()[f]
	if !known {
		return Finding{Fact: f, Missing: fmt.Sprintf("This version does not know the fact %q; a person has to decide", string(f))}
	}
	found := prove(in)
	found.Fact = f
	return found
}

// KnownFacts lists every fact that a playbook may name.
func KnownFacts() []Fact {
	return []Fact{
		SeverityDecided, ImpactUnderstood, StakeholdersNotified, StatusPageUpdated, IncrementWritten, RootCauseIdentified,
		FixImplemented, TestsPassed, RegressionTestAdded, RollbackReady, Approved, StagingSettled, DecisionMade,
		RollbackChosen, DeployRecorded, FixVerified, AllClearDeclared, PostmortemScheduled,
	}
}

func proofs() map[Fact]func(Incident) Finding {
	return map[Fact]func(Incident) Finding{
		SeverityDecided:  proveSeverity,
		ImpactUnderstood: proveImpact,
		StakeholdersNotified: func(in Incident) Finding {
			return in.proveTold(StakeholderChannel, "Tell the stakeholders: record an update")
		},
		StatusPageUpdated: func(in Incident) Finding {
			return in.proveTold(StatusPageChannel, "Update the status page and record it")
		},
		IncrementWritten:    proveIncrement,
		RootCauseIdentified: proveRootCause,
		FixImplemented:      proveFix,
		TestsPassed:         proveTests,
		RegressionTestAdded: proveRegression,
		RollbackReady:       proveRollbackReady,
		Approved:            proveApproval,
		StagingSettled:      proveStaging,
		DecisionMade:        proveDecision,
		RollbackChosen:      proveRollbackChosen,
		DeployRecorded:      proveDeploy,
		FixVerified:         proveVerified,
		AllClearDeclared:    proveAllClear,
		PostmortemScheduled: proveScheduled,
	}
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
	return Finding{Holds: true, Says: "all-clear declared by " + e.Who, At: e.At.Get()}
}
