package view

import (
	"slices"
	"strings"

	"firebreak/workflow"
)

// way names one way to settle the next step from its card.
type way string

// The ways. Each is a small form; skip is offered for every item.
const (
	waySeverity  way = "severity"
	wayImpact    way = "impact"
	wayChannel   way = "channel"
	wayStatus    way = "status-page"
	wayIncrement way = "increment"
	wayElsewhere way = "elsewhere" // the increment was written by somebody else
	wayCause     way = "cause"
	wayFix       way = "fix"
	wayTests     way = "tests"
	wayRollback  way = "rollback-ready"
	wayApprove   way = "approve"
	wayStaging   way = "staging"
	wayDeploy    way = "deploy"
	wayGoBack    way = "go-back" // the rollback itself
	wayOverride  way = "override"
	wayCheck     way = "check"
	wayAllClear  way = "all-clear"
	waySchedule  way = "schedule"
	wayDecide    way = "decide"
	wayPlain     way = "plain" // a person's word, with evidence
	wayReopen    way = "reopen"
	wayConfirm   way = "confirm"
	wayFinish    way = "finish" // a task whose time is over
	wayExtend    way = "extend"
	wayLeave     way = "leave" // the rest is on another screen
	waySkip      way = "skip"
	wayScope     way = "scope"
	wayEnded     way = "ended" // a deploy from here whose end is not on record
	wayWatch     way = "watch"
)

// plan is what the card of the next step offers.
type plan struct {
	ways  []way  // the first is shown until the person takes another
	gate  string // the gate whose needs are listed
	guard string // a word of the common mistake that is near here
	item  string // the item of the board that may be skipped; "" for none
}

// planFor says how the next step can be settled. It is a pure answer: what it
// needs is in the incident.
func planFor(in workflow.Incident, next workflow.Next) plan {
	switch next.Step {
	case workflow.StepSeverity:
		return plan{ways: []way{waySeverity}}
	case workflow.StepAssign:
		return plan{ways: []way{wayFinish, wayExtend}}
	case workflow.StepUpdate:
		return plan{ways: []way{wayChannel, wayStatus}}
	case workflow.StepConfirm:
		return plan{ways: []way{wayConfirm}}
	case workflow.StepClash:
		return plan{ways: []way{wayPlain, wayReopen}, item: next.Target}
	case workflow.StepItem:
		p := planForItem(in, next.Fact)
		if p.ways[0] != wayEnded { // a deploy that runs cannot be skipped
			p.item = next.Target
		}
		return p
	case workflow.StepReview:
		if in.Open() { // the board is done, but nobody said that the fire is out
			return planForItem(in, workflow.AllClearDeclared)
		}
		return plan{ways: []way{wayLeave}}
	default:
		return plan{ways: []way{wayLeave}}
	}
}

func planForItem(in workflow.Incident, fact workflow.Fact) plan {
	switch fact {
	case workflow.DeployRecorded:
		if _, open := in.OpenDeploy(); open {
			return plan{ways: []way{wayEnded}}
		}
		if in.Fix.Choice().Option == workflow.RollbackOption {
			return gated(in, workflow.RollbackGate, wayGoBack)
		}
		p := gated(in, workflow.DeployGate, wayDeploy)
		if _, failed := in.FailedDeploy(); failed {
			p.ways = append(p.ways, wayDecide) // going back begins with saying so
		}
		return p
	case workflow.AllClearDeclared:
		return gated(in, workflow.AllClearGate, wayAllClear)
	}
	p := plan{ways: planForNeed(in, fact)}
	switch fact {
	case workflow.FixImplemented:
		p.guard = "scope"
	case workflow.TestsPassed, workflow.RegressionTestAdded:
		p.guard = "test"
	case workflow.PostmortemScheduled:
		p.guard = "post-mortem"
	}
	return p
}

// gated is a step behind a gate: while it is closed, the card offers what is
// missing, in the gate's order, and at the end the override.
func gated(in workflow.Incident, id string, open way) plan {
	p := plan{gate: id}
	gate := in.Gate(id)
	if gate.Open() {
		p.ways = []way{open}
		return p
	}
	for _, f := range gate.Missing() {
		for _, w := range planForNeed(in, f.Fact) {
			if !slices.Contains(p.ways, w) && w != wayElsewhere && w != wayPlain {
				p.ways = append(p.ways, w)
			}
		}
	}
	p.ways = append(p.ways, wayOverride)
	return p
}

// planForNeed is the ways to what a gate still needs.
func planForNeed(in workflow.Incident, fact workflow.Fact) []way {
	if fact == workflow.FixVerified && len(in.Probes()) > 0 {
		return []way{wayWatch, wayCheck}
	}
	return waysOf(fact)
}

// waysOf says how a fact comes about.
func waysOf(fact workflow.Fact) []way {
	switch fact {
	case workflow.SeverityDecided:
		return []way{waySeverity}
	case workflow.ImpactUnderstood:
		return []way{wayImpact}
	case workflow.StakeholdersNotified:
		return []way{wayChannel}
	case workflow.StatusPageUpdated:
		return []way{wayStatus}
	case workflow.IncrementWritten:
		return []way{wayIncrement, wayElsewhere}
	case workflow.RootCauseIdentified:
		return []way{wayCause}
	case workflow.FixImplemented:
		return []way{wayFix}
	case workflow.TestsPassed, workflow.RegressionTestAdded:
		return []way{wayTests}
	case workflow.RollbackReady:
		return []way{wayRollback}
	case workflow.Approved:
		return []way{wayApprove}
	case workflow.StagingSettled:
		return []way{wayStaging}
	case workflow.DecisionMade, workflow.RollbackChosen:
		return []way{wayDecide}
	case workflow.DeployRecorded:
		return []way{wayDeploy}
	case workflow.FixVerified:
		return []way{wayCheck}
	case workflow.AllClearDeclared:
		return []way{wayAllClear}
	case workflow.PostmortemScheduled:
		return []way{waySchedule}
	case workflow.ScopeSettled:
		return []way{wayScope}
	default: // no fact, or one of a newer version: a person decides
		return []way{wayPlain}
	}
}

// mistake finds one of the playbook's common mistakes by a word of its name.
func mistake(p workflow.Playbook, word string) (workflow.Mistake, bool) {
	for _, m := range p.Mistakes {
		if word != "" && strings.Contains(strings.ToLower(m.Name), word) {
			return m, true
		}
	}
	return workflow.Mistake{}, false
}
