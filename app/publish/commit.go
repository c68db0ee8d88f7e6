package publish

import (
	"context"
	"slices"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export/markdown"
	"firebreak/workflow"
)

var _ session.Committer = (*Publisher)(nil)

// PlanCommit says what a commit of the files of an export would be. A file that
// somebody changed and that was kept is not of them.
func (p *Publisher) PlanCommit(ctx context.Context, in workflow.Incident, of session.Plan, message string) (session.Commit, error) {
	in, err := p.Outgoing(ctx, in) // its title is in the message
	if err != nil {
		return session.Commit{}, err
	}
	place, err := find(of.Root)
	if err != nil {
		return session.Commit{}, err
	}
	place.Root = of.Root
	var paths []string
	fresh := false
	for _, s := range of.Steps {
		if s.Kept {
			continue
		}
		paths = append(paths, s.Path)
		fresh = fresh || s.What == string(repo.Create)
	}
	if len(paths) == 0 {
		return session.Commit{}, trouble(nil, "This export has no file of ours that could be committed. Nothing was changed.")
	}
	if message == "" {
		message = messageOf(in, fresh)
	}
	plan, err := repo.PlanCommit(ctx, place, paths, message)
	if err != nil {
		return session.Commit{}, err
	}
	return shownOf(plan), nil
}

// messageOf is the message that a commit gets when nobody writes another.
func messageOf(in workflow.Incident, fresh bool) string {
	verb := "Update"
	if fresh {
		verb = "Add"
	}
	return verb + " " + markdown.OneLine(in.ReportTitle())
}

func shownOf(plan repo.CommitPlan) session.Commit {
	shown := session.Commit{
		Root: plan.Root, Branch: plan.Branch, Author: plan.Author, Message: plan.Message, Says: plan.Says, Diff: plan.Diff,
	}
	for _, f := range plan.Files {
		shown.Files = append(shown.Files, session.CommitFile{Path: f.Path, New: f.New, Sum: f.Sum})
	}
	return shown
}

// Commit makes the commit that was shown. It is planned again, and refused if
// anything of it is not what the person saw.
func (p *Publisher) Commit(ctx context.Context, shown session.Commit) (session.Commit, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place, err := find(shown.Root)
	if err != nil {
		return session.Commit{}, err
	}
	place.Root = shown.Root
	paths := make([]string, len(shown.Files))
	for i, f := range shown.Files {
		paths[i] = f.Path
	}
	plan, err := repo.PlanCommit(ctx, place, paths, shown.Message)
	if err != nil {
		return session.Commit{}, err
	}
	if now := shownOf(plan); now.Branch != shown.Branch || now.Diff != shown.Diff || !slices.Equal(now.Files, shown.Files) {
		return session.Commit{}, trouble(nil, "The files or the branch are not what you looked at any more. Nothing was committed, and nothing was changed. Look again, then commit.")
	}
	made, err := repo.Commit(ctx, plan)
	if err != nil {
		return session.Commit{}, err
	}
	done := shownOf(plan)
	done.ID, done.Paths, done.Says = made.ID, made.Paths, made.Says
	return done, nil
}
