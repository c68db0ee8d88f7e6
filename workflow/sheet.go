package workflow

import "time"

// Sheet is the one page that a receiver needs to take over.
type Sheet struct {
	Title     string
	Severity  string
	Stage     Stage
	Since     time.Duration // since detection
	Detected  Stamp
	Commander string
	OnDuty    time.Duration
	Roles     []RoleHolder
	Impact    string
	Cause     string // root cause, or the hypothesis with its word
	Decisions []Entry
	Open      []Assignment
	Board     []PhaseView
	Next      Next
	Cadence   Cadence
	Rollback  RollbackPlan
	IfFails   string   // what would change the decision
	Evidence  []string // what stood beside the answers of the decision that stands
	Last      HandOffRecord
}

// RoleHolder is a role and who has it.
type RoleHolder struct {
	Role   RolePolicy
	Holder Holder
}

// sheetDecisions is how many decisions the sheet shows.
const sheetDecisions = 5

// HandOffSheet sums up what a receiver needs to know at a moment.
func (in Incident) HandOffSheet(now time.Time) Sheet {
	s := Sheet{
		Title: in.Triage.Title.Get(), Severity: SeverityWord(in.Triage.Severity.Get()), Stage: in.Stage(),
		Since: in.Response(now).Since, Commander: in.Holder(Commander).Person, OnDuty: in.OnDuty(now),
		Impact: in.Assessment(Impact), Cause: in.Fix.RootCause.Get(),
		Open: in.OpenAssignments(), Board: in.board(), Next: in.Next(now), Cadence: in.Cadence(now),
		Rollback: in.Proof.Rollback.Get(), IfFails: in.Fix.Choice().WouldChange,
		Evidence: in.evidenceLines(in.Fix.Choice()),
	}
	s.Detected, _ = in.MilestoneAt(Detected)
	if s.Cause == "" {
		s.Cause = in.Assessment(Hypothesis)
	}
	for _, r := range in.Playbook.Roles {
		s.Roles = append(s.Roles, RoleHolder{Role: r, Holder: in.Holder(r.ID)})
	}
	s.Decisions = in.Decisions()
	if n := len(s.Decisions); n > sheetDecisions {
		s.Decisions = s.Decisions[n-sheetDecisions:]
	}
	if n := len(in.Crew.Handoffs); n > 0 {
		s.Last = in.Crew.Handoffs[n-1]
	}
	return s
}
