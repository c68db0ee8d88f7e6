package session

import (
	"context"
	"time"

	"firebreak/workflow"
)

// Weaver is what some hands can do: keep an incident and the files of its
// increment in step. Its errors are sentences for a person.
type Weaver interface {
	// Weave compares the incident with the files, writes what only the incident
	// changed, and answers what only the files changed. Questions are left
	// alone. It may be called again and again: in step it writes nothing.
	Weave(ctx context.Context, folder string, in workflow.Incident) (Woven, error)
	// Compare is Weave without a write on either side.
	Compare(ctx context.Context, folder string, in workflow.Incident) (Increment, error)
	// Watch calls changed, from a goroutine of its own, when the increment's
	// files or git's business beside them have changed.
	Watch(folder string, in workflow.Incident, changed func()) (stop func(), err error)
	// Increments lists what is in the repository, the newest number first.
	Increments(ctx context.Context, folder string) ([]Listed, error)
	// Link answers what to record so that the incident belongs to an increment
	// that is there already.
	Link(ctx context.Context, folder string, in workflow.Incident, id string) (workflow.LinkIncrement, error)
	// Complete runs SpecWeave's own command for closing the increment. What it
	// prints is given on as it comes.
	Complete(ctx context.Context, folder string, in workflow.Incident, printed func(string)) error
}

// Woven is what a look at both sides found, and what was written.
type Woven struct {
	Increment Increment
	Takes     []Take
	// Behind says that the files are in step with more than the incident that
	// was given: another window or terminal wrote into both. Nothing was written
	// or taken; look again with the newest.
	Behind bool
}

// Take is something that only the files changed: what to ask for, and for whom.
type Take struct {
	Want workflow.Intent
	By   string // who changed it, as far as git knows; else the file
	Via  string // the file: "tasks.md", with the commit when there is one
}

// Increment is what is known of the incident's increment in the repository.
type Increment struct {
	ID     string // "0015-hotfix-auth-token"; empty: there is none to look at
	Root   string
	Folder string // below the root, with slashes
	Group  string // "_archive" and the like, when it lies in one; else empty
	Title  string
	Type   string
	// State is what the files say; Raw is how they write it when no version of
	// SpecWeave knows it, and State is empty then.
	State workflow.Standing
	Raw   string

	Tasks, Done   int // in tasks.md
	Criteria, Met int // in spec.md

	// Differences are the parts that the two sides do not say alike after this
	// look: questions, and what is held back.
	Differences []workflow.Difference
	Hypothesis  bool     // the file calls its root cause a guess
	Says        []string // about files that cannot be read or written, and why
	Held        string   // why nothing is written now; empty when nothing is held back
	Wrote       []string // files that this look changed
	Handover    Handover
	At          time.Time // when it was looked at
	Live        bool      // the files are watched
}

// Handover says that SpecWeave itself must close the increment, and how.
type Handover struct {
	Because   string // empty: it is closed from here
	Command   string // "specweave complete 0015 --yes"
	Skill     string // the same inside an assistant: "/sw:done 0015"
	Installed bool   // the command is on this machine
	Ready     bool   // everything is done, so it may be run
	Running   bool
	Printed   string // what it has said so far, or said last
	Failed    string // how it ended when not well
}

// Questions are the differences that a person must decide.
func (i Increment) Questions() []workflow.Difference {
	var out []workflow.Difference
	for _, d := range i.Differences {
		if d.Verdict == workflow.AskFirst {
			out = append(out, d)
		}
	}
	return out
}

// Listed is an increment of the repository at a glance.
type Listed struct {
	ID       string
	Title    string
	Type     string
	State    string // as SpecWeave knows it, or raw
	Group    string // "_archive"; empty for the main folder
	Tasks    int
	Done     int
	Incident workflow.IncidentID // that it was written for, when it says so
	Says     []string            // what could not be understood
}
