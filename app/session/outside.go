package session

import (
	"context"

	"firebreak/workflow"
)

// Outside runs commands for the desk. What it answers is a fact; what it means
// is the workflow's to say.
type Outside interface {
	// Run runs a command to its end and gives on what it prints as it comes, in
	// pieces of any size. It always answers how it ended. When the context ends,
	// the command is asked to end, and soon made to, with everything that it
	// started.
	Run(ctx context.Context, order workflow.RunOrder, printed func([]byte)) workflow.Ran
	// Installed says whether a program can be found on this machine.
	Installed(name string) bool
}

// Surveyor is what hands may do besides: look at the repository that an
// incident is fixed in. Nothing there is ever changed.
type Surveyor interface {
	// Survey says where the repository stands for this incident.
	Survey(ctx context.Context, folder string, in workflow.Incident) (workflow.Survey, error)
	// Delta reads what the hotfix changes, from its base to the tip of its
	// branch. Where the fix is not committed yet and loose is true, what lies in
	// the working tree is read as well.
	Delta(ctx context.Context, survey workflow.Survey, loose bool) (workflow.Delta, error)
	RearView
	// Resolve answers the full id of a commit that a person named.
	Resolve(ctx context.Context, folder, name string) (string, error)
}

// RearView is what hands may do besides: look at the way back.
type RearView interface {
	// WayBack says what stands between the last good version and what runs, and
	// whether the revert is clean. The survey may be empty; then the repository
	// of the folder is asked. Earlier are the incidents before this one.
	WayBack(ctx context.Context, folder string, look LookBack) (workflow.WayBack, error)
}
