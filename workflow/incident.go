package workflow

import "time"

// Incident is what the log adds up to. It is a value: With answers a new one.
type Incident struct {
	ID       IncidentID
	Playbook Playbook // the snapshot it was declared under
	Sample   bool     // the sample incident, which is never real
	From     string   // the document that it was taken from; empty: it was run here
	Past     bool     // taken from a document and not opened again since: it does not burn
	Triage   Triage
	Crew     Crew
	Board    Board
	Timeline Timeline
	Gates    map[string]Overridden // gates that a person has overridden, by id
	Updates  []Update              // what stakeholders were told, in the log's order
	Fix      Fix                   // increment, tasks, root cause
	Proof    Proof                 // tests, approvals, deploys, verification
	Review   Review                // post-mortem and action items

	leaks        map[Fingerprint]Register[Judgement]
	milestones   map[Milestone]EventID // the timeline entry that marks each
	trail        trail
	index        map[EventID]int     // positions of the first entries; shared between versions, never changed once the fold is done
	covered      int                 // how many entries the index covers
	folding      bool                // a fold runs: nothing is shared yet
	probe        *[]EventID          // collects touched heads; only inside Decide
	soaking      map[ProbeID]Soaking // what the probes show at this moment; no part of the log
	soakingWords string              // the same in words
}

// Declared says whether there is an incident at all.
func (in Incident) Declared() bool { return in.Triage.Title.Set() }

// Stage is where the incident stands, in one word for the header.
type Stage string

// The stages, in their usual order.
const (
	Assessing Stage = "Assessing"
	Fixing    Stage = "Fixing"
	Verifying Stage = "Verifying"
	Verified  Stage = "Verified"
	Resolved  Stage = "Resolved"  // all-clear, or an incident of the past; the post-mortem is open
	Closed    Stage = "Closed"    // the post-mortem is final
	Cancelled Stage = "Cancelled" // declared by mistake
)

// Stage follows from what has been recorded.
func (in Incident) Stage() Stage {
	switch {
	case in.Triage.Cancelled.Get() != "":
		return Cancelled
	case in.Past || in.Reached(AllClear):
		if in.Review.State() == Final {
			return Closed
		}
		return Resolved
	case in.Holds(FixVerified):
		return Verified
	case in.Holds(DeployRecorded):
		return Verifying
	case in.Holds(RootCauseIdentified) || in.Holds(IncrementWritten) || in.Fix.Choice().Option != "":
		return Fixing
	default:
		return Assessing
	}
}

// Open says whether the fire still burns.
func (in Incident) Open() bool {
	switch in.Stage() {
	case Resolved, Closed, Cancelled:
		return false
	default:
		return in.Declared()
	}
}

// Summary is one row of the history: enough to list an incident without
// reading its log.
type Summary struct {
	ID       IncidentID    `json:"id"`
	Title    string        `json:"title"`
	Service  string        `json:"service,omitempty"`
	Severity string        `json:"severity"` // "" while undecided
	Stage    Stage         `json:"stage"`
	Sample   bool          `json:"sample,omitempty"`
	Detected time.Time     `json:"detected,omitzero"` // UTC
	AllClear time.Time     `json:"all_clear,omitzero"`
	Took     time.Duration `json:"took,omitempty"` // detected to all-clear
	Updated  time.Time     `json:"updated,omitzero"`
	Entries  int           `json:"entries"`
	Actions  int           `json:"open_actions"` // action items not done
	Cause    string        `json:"cause,omitempty"`
	Version  string        `json:"version,omitempty"` // that was deployed last
	Commit   string        `json:"commit,omitempty"`  // of it
	Shipped  time.Time     `json:"shipped,omitzero"`  // when, UTC
}

// Summary sums the incident up.
func (in Incident) Summary() Summary {
	s := Summary{
		ID: in.ID, Title: in.Triage.Title.Get(), Service: in.Triage.Service.Get(),
		Severity: in.Triage.Severity.Get(), Stage: in.Stage(), Sample: in.Sample,
		Entries: in.Timeline.Shown(), Cause: in.Fix.RootCause.Get(),
		Updated: in.trail.clock.Time(),
	}
	if at, ok := in.MilestoneAt(Detected); ok {
		s.Detected = at.Time
	}
	if at, ok := in.MilestoneAt(AllClear); ok {
		s.AllClear = at.Time
	}
	if m := in.Metric(TimeToResolve); m.State == Recorded {
		s.Took = m.Value
	}
	if last, deployed := in.LastDeploy(); deployed {
		s.Version, s.Commit, s.Shipped = last.Version, last.Commit, last.At.Time
	}
	for _, a := range in.Review.ActionItems() {
		if !a.Done() {
			s.Actions++
		}
	}
	return s
}
