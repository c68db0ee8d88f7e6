package session

import (
	"context"
	"slices"

	"firebreak/workflow"
)

// Commit is what a commit of exported files would be, or was.
type Commit struct {
	Root    string
	Branch  string // empty: HEAD is detached
	Author  string
	Message string
	Files   []CommitFile // what it holds, and nothing else
	Says    []string     // what is worth knowing: hooks, signing, what is left out
	Diff    string       // against what was committed last
	ID      string       // of the commit; empty while it is only shown
	Paths   []string     // what git says that it holds, from the top of the working tree
}

// CommitFile is a file of a commit. Sum is the checksum of what was shown.
type CommitFile struct {
	Path string // below the root, with slashes
	New  bool
	Sum  string
}

// Made says whether the commit exists.
func (c Commit) Made() bool { return c.ID != "" }

// Committer is what hands may do besides: commit what an export wrote, and no
// other path. Nothing is ever pushed.
type Committer interface {
	// PlanCommit says what a commit of a plan's files would be, and changes
	// nothing. An empty message becomes one that names the incident.
	PlanCommit(ctx context.Context, in workflow.Incident, of Plan, message string) (Commit, error)
	// Commit makes the commit that was shown. It refuses when the files have
	// changed since.
	Commit(ctx context.Context, shown Commit) (Commit, error)
}

const noCommitter = sentence("Nothing can be committed from here. The files are written; commit them with git.")

// PreviewCommit shows what a commit of the exported files would be; nothing is
// committed yet.
func (d *Desk) PreviewCommit(message string, done func(error)) {
	hands, can := d.hands.(Committer)
	plan := d.state.Plan
	if !can || plan == nil || !plan.Written {
		d.answer(done, noCommitter)
		return
	}
	in, at, of := d.state.Incident, d.here(), *plan
	d.Run("commit-preview", func(ctx context.Context) (func(), error) {
		shown, err := hands.PlanCommit(ctx, in, of, message)
		return func() {
			if at == d.here() && d.state.Plan == plan {
				d.state.Commit = &shown
				d.show()
			}
		}, err
	}, func(err error) { d.answer(done, err) })
}

// Commit makes the commit that is shown, with a message, and records it.
func (d *Desk) Commit(message string, done func(error)) {
	hands, can := d.hands.(Committer)
	if !can || d.state.Commit == nil || d.state.Commit.Made() {
		d.answer(done, noCommitter)
		return
	}
	at, shown := d.here(), *d.state.Commit
	if message != "" {
		shown.Message = message
	}
	d.finish("commit", func(ctx context.Context) (func(), error) {
		made, err := hands.Commit(ctx, shown)
		return func() {
			d.ask(task{want: RecordOf(made), actor: d.state.Actor(), home: at})
			if at == d.here() && d.state.Plan != nil {
				d.state.Commit = &made
			}
			d.FindRepository() // the tree may be clean now
			d.show()
		}, err
	}, func(err error) { d.answer(done, err) })
}

// CloseCommit takes the commit away from the screen, and leaves the plan.
func (d *Desk) CloseCommit() {
	d.state.Commit = nil
	d.show()
}

// RecordOf is a commit for the log.
func RecordOf(made Commit) workflow.RecordCommit {
	return workflow.RecordCommit{Commit: workflow.Commit{
		ID: made.ID, Root: made.Root, Branch: made.Branch, Message: made.Message, Paths: slices.Clone(made.Paths),
	}}
}
