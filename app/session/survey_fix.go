package session

import (
	"context"
	"errors"
	"strings"

	"firebreak/workflow"
)

// viaGit says that something was read from the repository.
const viaGit = "git"

// FollowFix answers the request that puts on record where the fix's branch
// stands now, in the name of whoever made its newest commit; false while it
// stands where it stood. A fix that was recorded without a branch follows none,
// and nothing is followed in the middle of a rebase.
func FollowFix(in workflow.Incident, s workflow.Survey, d *workflow.Delta) (Take, bool) {
	change := in.Fix.Change.Get()
	if change.Branch == "" || s.FixBranch != change.Branch || s.FixTip == "" || s.Busy != "" ||
		workflow.SameCommit(change.Commit, s.FixTip) || !in.Open() {
		return Take{}, false
	}
	take := Take{Want: workflow.RecordFix{Commit: s.FixTip, Summary: change.Summary, Branch: change.Branch}, By: viaGit, Via: viaGit}
	if d != nil && len(d.Commits) > 0 && d.Commits[0].ID == s.FixTip && d.Commits[0].Author != "" {
		take.By = d.Commits[0].Author
	}
	return take, true
}

// ScopeOf answers the request that puts the guard's judgement on record; false
// when it is not about the recorded fix as it is committed, when somebody has
// looked at that commit by hand, or when it is on record already.
func ScopeOf(in workflow.Incident, d *workflow.Delta, j workflow.ScopeJudgement) (workflow.RecordScope, bool) {
	commit := in.Fix.Change.Get().Commit
	if d == nil || d.Loose || j.Tip == "" || commit == "" || !workflow.SameCommit(j.Tip, commit) || !in.Open() {
		return workflow.RecordScope{}, false
	}
	if was, some := in.ScopeLooked(); some && was.ByHand != "" && workflow.SameCommit(was.Tip, commit) {
		return workflow.RecordScope{}, false
	}
	return workflow.RecordScope{Judgement: j}, in.ScopeNews(j)
}

// CompleteFix writes a commit's full id into a request to record the fix, and
// the branch whose newest commit it is. What is not in the repository stays as
// it was typed: it may not have been fetched yet.
func CompleteFix(ctx context.Context, scout Scout, folder string, in workflow.Incident, want workflow.RecordFix) workflow.RecordFix {
	if strings.TrimSpace(want.Commit) == "" {
		return want
	}
	id, err := scout.Resolve(ctx, folder, want.Commit)
	if err != nil || id == "" {
		return want
	}
	want.Commit = id
	if want.Branch != "" {
		return want
	}
	s, err := scout.Survey(ctx, folder, in)
	switch {
	case err != nil:
	case s.Branch != "" && s.Head == id:
		want.Branch = s.Branch
	case s.FixTip == id:
		want.Branch = s.FixBranch
	}
	return want
}

// completes answers how a request is filled in before its turn, beside the UI
// thread; nil when it is whole.
func (d *Desk) completes(want workflow.Intent) func() workflow.Intent {
	fix, is := want.(workflow.RecordFix)
	scout, folder, can := d.ground()
	if !is || !can || strings.TrimSpace(fix.Commit) == "" {
		return nil
	}
	in := d.state.Incident
	return func() workflow.Intent { return CompleteFix(context.Background(), scout, folder, in, fix) }
}

func isRule(err error) bool {
	var rule *workflow.RuleError
	return errors.As(err, &rule)
}
