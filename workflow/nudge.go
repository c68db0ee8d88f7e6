package workflow

import (
	"fmt"
	"time"
)

// Nudge is a suggestion for the header: it never blocks, and it never takes
// the focus.
type Nudge struct {
	Code    string // "diagnosis", "shift", "role", "hero"
	Says    string
	Urgency Urgency
}

// Nudges lists what the commander should hear about at a moment.
func (in Incident) Nudges(now time.Time) []Nudge {
	if !in.Open() {
		return nil
	}
	var out []Nudge
	for _, ask := range []func(Incident, time.Time) (Nudge, bool){nudgeDiagnosis, nudgeShift, nudgeHero, nudgeRole} {
		if n, ok := ask(in, now); ok {
			out = append(out, n)
		}
	}
	return out
}

// nudgeDiagnosis asks for an escalation when the cause is not found in time.
func nudgeDiagnosis(in Incident, now time.Time) (Nudge, bool) {
	limit := in.Effective().DiagnoseFor
	detected, ok := in.MilestoneAt(Detected)
	if limit == 0 || !ok || !detected.Known() || in.Holds(RootCauseIdentified) || in.Holds(DecisionMade) || in.Reached(Mitigated) {
		return Nudge{}, false
	}
	for _, since := range []Milestone{Acknowledged} {
		if at, ok := in.MilestoneAt(since); ok && at.Known() {
			detected = at
		}
	}
	if spent := now.Sub(detected.Time); spent >= limit {
		return Nudge{Code: "diagnosis", Says: fmt.Sprintf("%s of diagnosis. Escalate, or roll back?", Words(spent)), Urgency: Soon}, true
	}
	return Nudge{}, false
}

// nudgeShift speaks of the hours in command: no heroes.
func nudgeShift(in Incident, now time.Time) (Nudge, bool) {
	policy, spent := in.Playbook.Shift, in.OnDuty(now)
	who := in.Holder(Commander).Person
	switch {
	case policy.Late > 0 && spent >= policy.Late:
		return Nudge{Code: "shift", Says: fmt.Sprintf("%s has been in command for %s. Hand off now.", who, Words(spent)), Urgency: Late}, true
	case policy.Plan > 0 && spent >= policy.Plan:
		return Nudge{Code: "shift", Says: fmt.Sprintf("%s has been in command for %s. Plan a hand-off.", who, Words(spent)), Urgency: Soon}, true
	case policy.Long > 0 && spent >= policy.Long:
		return Nudge{Code: "shift", Says: fmt.Sprintf("A long incident: %s in command for %s.", who, Words(spent)), Urgency: OnTime}, true
	}
	return Nudge{}, false
}

// heroTasks is how many tasks in the last hour make a pattern.
const heroTasks = 3

// nudgeHero speaks up when the commander does the work.
func nudgeHero(in Incident, now time.Time) (Nudge, bool) {
	commander := in.Holder(Commander).Person
	all, own := 0, 0
	for _, a := range in.Crew.Assignments {
		if now.Sub(a.Given) > time.Hour {
			continue
		}
		all++
		if a.Owner == commander {
			own++
		}
	}
	if commander == "" || all < heroTasks || own*2 <= all {
		return Nudge{}, false
	}
	return Nudge{Code: "hero", Says: "You are doing the work. Hand off command, or the tasks.", Urgency: Soon}, true
}

// nudgeRole names the first role that nobody has, once there is a commander.
func nudgeRole(in Incident, _ time.Time) (Nudge, bool) {
	if in.Effective().Flow != HotfixFlow {
		return Nudge{}, false
	}
	open := in.Unclaimed()
	if len(open) == 0 {
		return Nudge{}, false
	}
	return Nudge{Code: "role:" + open[0].ID, Says: fmt.Sprintf("Nobody is %s yet.", in.roleName(open[0].ID)), Urgency: OnTime}, true
}
