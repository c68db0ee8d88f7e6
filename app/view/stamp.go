package view

import (
	"time"

	"firebreak/app/session"
	"firebreak/workflow"
)

// readStamp reads a typed time against the moment that the typing began, so
// that "-5m" means the same after a minute, a restart or a phone call. Empty is
// the zero stamp: now.
func readStamp(st session.State, draft, typed string) (workflow.Stamp, error) {
	if d, ok := st.Drafts[draft]; ok && !d.Started.IsZero() && d.Text == typed {
		st.Now = d.Started
	}
	return parseStamp(typed, st)
}

// typedStamp is readStamp against what the desk holds now.
func (s *Shell) typedStamp(draft, typed string) (workflow.Stamp, error) {
	return readStamp(s.State(), draft, typed)
}

// reading says how a time was understood: "2024-11-25 14:27 UTC, 5 min ago".
func reading(at workflow.Stamp, st session.State) string {
	if !at.Known() {
		return at.Full(st.Shown()) + ": kept, and never counted"
	}
	says := at.Full(st.Shown())
	if st.Shown() == time.UTC {
		says = at.Date(time.UTC) + " " + at.ClockSeconds(time.UTC) + " UTC"
	}
	if at.Time.After(st.Now.Add(time.Minute)) {
		return says + ", in " + short(at.Time.Sub(st.Now))
	}
	return says + ", " + ago(at.Time, st.Now)
}
