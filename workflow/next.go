package workflow

import (
	"fmt"
	"strings"
	"time"
)

// Step names what the next best action is, for the key that does it.
type Step string

// The steps that can be next.
const (
	StepNone      Step = ""
	StepSeverity  Step = "severity"
	StepAssign    Step = "assignment" // Target is its id
	StepUpdate    Step = "update"
	StepRole      Step = "role"    // Target is the role
	StepItem      Step = "item"    // Target is the item's id
	StepConfirm   Step = "confirm" // Target is the phase
	StepClash     Step = "clash"
	StepReview    Step = "post-mortem"
	StepExport    Step = "export"
	StepFinalize  Step = "finalize"
	StepActionDue Step = "action-item"
)

// Next is the one next best action, with its reason. There is exactly one
// while an incident is open.
type Next struct {
	Step   Step
	Target string
	Title  string
	Reason string
	Late   bool
	Due    time.Time // zero when nothing is due
	Place  string    // where in the checklist: "3 of 4 in During fix"
	Fact   Fact      // what would settle it by itself
}

// Next answers the next best action at a moment: first what protects people
// and promises, then the checklist, then the memory.
func (in Incident) Next(now time.Time) Next {
	if !in.Declared() || in.Stage() == Cancelled {
		return Next{}
	}
	if !in.Open() {
		return in.nextAfter()
	}
	if in.Undecided() {
		return Next{Step: StepSeverity, Title: "Decide the severity", Reason: fmt.Sprintf("Undecided counts as %s until you do", in.Effective().ID), Fact: SeverityDecided}
	}
	for _, a := range in.OpenAssignments() {
		if a.Late(now) {
			return Next{Step: StepAssign, Target: string(a.ID), Title: fmt.Sprintf("Ask %s: %s", a.Owner, a.Text), Reason: "the time box ended " + Words(now.Sub(a.Due())) + " ago", Late: true, Due: a.Due()}
		}
	}
	if c := in.Cadence(now); c.Urgency == Late && c.Told {
		return Next{Step: StepUpdate, Title: "Tell the stakeholders", Reason: fmt.Sprintf("the last update was %s ago, %s is the limit", Words(now.Sub(c.Last)), Words(c.Every)), Late: true, Due: c.Due}
	}
	if next, ok := in.nextOnDeploy(); ok {
		return next
	}
	if next, ok := in.nextOnBoard(); ok {
		return next
	}
	return in.nextToEnd()
}

// nextToEnd is what remains when every phase was left while the fire burns:
// the step that ends it.
func (in Incident) nextToEnd() Next {
	for _, p := range in.board() {
		for _, item := range p.Items {
			if item.SettledBy == AllClearDeclared {
				return Next{Step: StepItem, Target: item.ID, Title: item.Text, Reason: "every phase was left, and the incident is still open", Fact: AllClearDeclared}
			}
		}
	}
	return Next{Step: StepReview, Title: "Write the post-mortem", Reason: "every step of the board is confirmed"}
}

func (in Incident) nextOnBoard() (Next, bool) {
	for _, p := range in.board() {
		if p.Confirmed {
			continue
		}
		for i, item := range p.Items {
			if item.State != ItemOpen {
				continue
			}
			next := Next{Step: StepItem, Target: item.ID, Title: item.Text, Reason: item.How, Fact: item.SettledBy, Place: fmt.Sprintf("%d of %d in %s (%s)", i+1, len(p.Items), p.Name, strings.ToUpper(string(p.Mode)))}
			if item.Clash {
				next.Step, next.Reason = StepClash, "two devices say different things about it"
			}
			return next, true
		}
		reason := p.Pause
		if reason == "" {
			reason = "every item is done or skipped"
		}
		return Next{Step: StepConfirm, Target: p.ID, Title: "Confirm: " + p.Name, Reason: reason, Place: fmt.Sprintf("%d of %d in %s", p.Done, len(p.Items), p.Name)}, true
	}
	return Next{}, false
}

// nextAfter is the next best action after the fire: the memory.
func (in Incident) nextAfter() Next {
	if in.Review.State() != Final && !in.Past { // nobody worked on a board for one of the past
		if next, ok := in.nextOnBoard(); ok {
			return next
		}
	}
	if empty := in.EmptySections(); len(empty) > 0 && in.Review.State() != Final {
		return Next{Step: StepReview, Title: "Write the post-mortem: " + empty[0].Name, Reason: fmt.Sprintf("%s to go", count(len(empty), "section"))}
	}
	if !in.exported("post-mortem") {
		return Next{Step: StepExport, Title: "Export the post-mortem", Reason: "it is not in the repository yet"}
	}
	if in.Review.State() != Final {
		return Next{Step: StepFinalize, Title: "Make the post-mortem final", Reason: "it is written and exported"}
	}
	for _, a := range in.Review.actions {
		if !a.Done() {
			return Next{Step: StepActionDue, Target: string(a.ID), Title: a.Text.Get(), Reason: "an action item is still open"}
		}
	}
	return Next{}
}

func (in Incident) exported(document string) bool {
	for _, x := range in.Review.Exports {
		if x.Document == document {
			return true
		}
	}
	return false
}
