package session

import (
	"context"
	"time"

	"firebreak/workflow"
)

// Document is something that is written into the repository.
type Document string

// The documents.
const (
	IncrementDocument  Document = "increment"
	PostmortemDocument Document = "post-mortem"
	// HTMLDocument is the post-mortem as one page that prints, beside the markdown.
	HTMLDocument Document = "page"
)

// Hands is what the desk does outside itself: the repository. Its errors are
// sentences for a person.
type Hands interface {
	Find(ctx context.Context, folder string) (Repo, error)
	// CreateIncrement writes the increment's files and answers what to record.
	CreateIncrement(ctx context.Context, folder string, in workflow.Incident) (workflow.RecordIncrement, error)
	// Preview says what Write would do, and changes nothing.
	Preview(ctx context.Context, folder string, in workflow.Incident, docs ...Document) (Plan, error)
	// Write writes what may be written. A file that somebody changed since is
	// kept, unless its path is accepted.
	Write(ctx context.Context, folder string, in workflow.Incident, accept []string, docs ...Document) (Plan, error)
	// Understand reads a document from elsewhere. It changes nothing; now is for
	// dates without a year.
	Understand(ctx context.Context, paper Paper, as workflow.ReadAs, now time.Time) (workflow.Reading, error)
}

// Repo is the repository that an incident's files go to.
type Repo struct {
	Folder    string // as chosen
	Root      string // where files are written
	Name      string
	SpecWeave bool
	Branch    string
	Dirty     bool
	Why       string // which folder, and why that one
	Warning   string
}

// Plan is what an export would write, or wrote.
type Plan struct {
	Root    string
	Steps   []PlanStep
	Empty   []string // required sections that say nothing yet; they block nothing
	Says    []string // what stands between the incident and files that are there already
	Lost    []string // attachments that are missing or damaged, and are not written
	Written bool     // it has been done
}

// PlanStep is one file of a plan.
type PlanStep struct {
	Document Document
	Path     string // below the root, with slashes
	What     string // create, update, same, changed
	Diff     string
	Binary   bool  // a file that has no lines to compare: an attachment
	Bytes    int64 // of a binary file
	Kept     bool  // somebody changed it, and it was left alone
	// Theirs and Ours are both texts of a file that somebody changed: what is
	// there, and what would be written.
	Theirs, Ours string
}

// Conflicts lists the paths that somebody changed since they were written.
func (p Plan) Conflicts() []string {
	var out []string
	for _, s := range p.Steps {
		if s.What == "changed" {
			out = append(out, s.Path)
		}
	}
	return out
}
