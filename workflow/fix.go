package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Fix is what is known of the cause and done about it: the decision, the
// increment with its tasks, and the change itself.
type Fix struct {
	Problem   Register[string]
	RootCause Register[string]
	Plan      Register[string] // what the fix will do
	Rollback  Register[string] // how to go back, for the increment's plan
	Change    Register[Change]
	Increment Register[WrittenIncrement]

	choice  Register[Decided]
	scope   Register[DeclaredScope]
	tasks   map[string]Register[TaskMark]
	names   map[string]Register[string]
	dropped map[string]Register[string] // why a task is left out
	added   []AddedTask
	linked  bool         // the increment was there first
	own     []LinkedTask // its tasks then, instead of the playbook's
	state   Register[IncrementMoved]
	settled map[Part]ClashSettled // the newest answer to each question
}

func (f Fix) clone() Fix {
	f.tasks = maps.Clone(f.tasks)
	f.names = maps.Clone(f.names)
	f.dropped, f.settled = maps.Clone(f.dropped), maps.Clone(f.settled)
	f.added = slices.Clip(f.added)
	return f
}

// Change is the fix as committed.
type Change struct {
	Commit  string `json:"commit,omitempty"` // empty when it is not known
	Summary string `json:"summary,omitempty"`
	Branch  string `json:"branch,omitempty"` // the one whose newest commit is the fix; empty when it is not known
}

// Text names one of the texts of the increment's one page.
type Text string

// The texts of the increment, beside the title and the tasks.
const (
	ProblemText  Text = "problem"
	FixText      Text = "fix"
	RollbackText Text = "rollback"
)

// WriteText writes a text of the increment.
type WriteText struct {
	Which Text
	Text  string
}

func (w WriteText) decide(in Incident, _ Env) ([]Body, error) {
	r := (&in.Fix).text(w.Which)
	if r == nil {
		return nil, refuseField("text.unknown", "text", "The increment has a problem, a fix and a rollback text, not %q.", string(w.Which))
	}
	if r.Get() == w.Text {
		return nil, refuse("text.same", "Nothing was changed.")
	}
	return []Body{TextWritten(w)}, nil
}

func (f *Fix) text(which Text) *Register[string] {
	switch which {
	case ProblemText:
		return &f.Problem
	case FixText:
		return &f.Plan
	case RollbackText:
		return &f.Rollback
	default:
		return nil
	}
}

// TextWritten is a text of the increment as typed.
type TextWritten struct {
	Which Text   `json:"which"`
	Text  string `json:"text"`
}

// Kind is "fix.text-written@1".
func (TextWritten) Kind() Kind { return "fix.text-written@1" }

func (w TextWritten) apply(in *Incident, e Event) {
	r := in.Fix.text(w.Which)
	if r == nil {
		return
	}
	r.set(in, e, w.Text)
	name := strings.ToUpper(string(w.Which[:1])) + string(w.Which[1:])
	in.record(e, SystemEntry, name+": "+firstLine(w.Text))
}

// Identify writes the root cause down. The first time marks the milestone; a
// change of mind later corrects the text and leaves the time as it was.
type Identify struct {
	Cause string
	At    Stamp
}

func (i Identify) when() Stamp { return i.At }

func (i Identify) decide(in Incident, _ Env) ([]Body, error) {
	cause := strings.TrimSpace(i.Cause)
	if cause == "" {
		return nil, refuseField("cause.missing", "cause", "Write the root cause in a sentence: what changed, and why it broke.")
	}
	if cause == in.Fix.RootCause.Get() {
		return nil, refuse("cause.same", "That is the root cause already.")
	}
	return []Body{CauseIdentified{Cause: cause, Again: in.Reached(Identified)}}, nil
}

// CauseIdentified is the root cause as far as it is known.
type CauseIdentified struct {
	Cause string `json:"cause"`
	Again bool   `json:"again,omitempty"` // a correction: the milestone stays where it is
}

// Kind is "cause.identified@1".
func (CauseIdentified) Kind() Kind { return "cause.identified@1" }

func (c CauseIdentified) apply(in *Incident, e Event) {
	in.Fix.RootCause.set(in, e, c.Cause)
	switch {
	case c.Cause == "":
		in.record(e, FactEntry, "Root cause taken back")
		return
	case c.Again:
		in.record(e, FactEntry, "Root cause corrected: "+firstLine(c.Cause))
		return
	}
	in.record(e, FactEntry, in.line(Identified, "Root cause identified"), marking(in, e, Identified))
}

// RecordFix records that the minimal fix is implemented. Another commit makes
// tests and approvals of the old one void.
type RecordFix struct {
	Commit  string
	Summary string
	Branch  string // whose newest commit it is, so that the fix follows it; empty: it does not
	At      Stamp
}

func (r RecordFix) when() Stamp { return r.At }

func (r RecordFix) decide(in Incident, _ Env) ([]Body, error) {
	c := Change{Commit: strings.TrimSpace(r.Commit), Summary: strings.TrimSpace(r.Summary), Branch: r.Branch}
	if in.Fix.Change.Set() && in.Fix.Change.Get() == c {
		return nil, refuse("fix.same", "That fix is recorded already. Another one is named by its commit.")
	}
	return []Body{FixRecorded{Change: c, Was: in.Fix.Change.Get().Commit}}, nil
}

// FixRecorded is the minimal fix as implemented.
type FixRecorded struct {
	Change
	Was string `json:"was,omitempty"` // the commit before
}

// Kind is "fix.recorded@1".
func (FixRecorded) Kind() Kind { return "fix.recorded@1" }

func (f FixRecorded) apply(in *Incident, e Event) {
	in.Fix.Change.set(in, e, f.Change)
	text := "Minimal fix implemented"
	if f.Summary != "" {
		text += ": " + firstLine(f.Summary)
	}
	if f.Commit != "" {
		text += " (" + ShortCommit(f.Commit) + ")"
	}
	if f.Was != "" && !SameCommit(f.Was, f.Commit) {
		text += fmt.Sprintf("; tests and approval of %s are void", ShortCommit(f.Was))
	}
	in.record(e, FactEntry, text)
}

func proveFix(in Incident) Finding {
	h, ok := in.Fix.Change.Head()
	if !ok {
		return Finding{Missing: "Implement the minimal fix and record it"}
	}
	says := "fix recorded by " + h.By
	if h.Value.Commit != "" {
		says += ", commit " + ShortCommit(h.Value.Commit)
	}
	return Finding{Holds: true, Says: says, At: h.At}
}
