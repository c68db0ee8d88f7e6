package cli

import (
	"context"

	"firebreak/app/session"
	"firebreak/workflow"
)

// grounded is an incident, and its repository as it stands now.
type grounded struct {
	in     workflow.Incident
	folder string
	survey workflow.Survey
	delta  *workflow.Delta         // nil: not known, and says why
	scope  workflow.ScopeJudgement // of the delta
	says   string
}

// scout is what looks at repositories; nil in a program that cannot.
func (r *run) scout(ctx context.Context) (session.Scout, error) {
	hands, err := r.hands(ctx)
	if err != nil {
		return nil, err
	}
	scout, _ := hands.(session.Scout)
	return scout, nil
}

// repositoryOf is the folder whose repository an incident is fixed in: the one
// that was chosen for it, else the one of the settings, or the current folder.
func (r *run) repositoryOf(ctx context.Context, id workflow.IncidentID) (string, error) {
	if !r.flags.sample {
		at, err := r.openReal(ctx)
		if err != nil {
			return "", err
		}
		if own := session.OwnRepository(ctx, at.shelf, id); own != "" {
			return own, nil
		}
	}
	return r.repository(ctx, "")
}

// settleOnCommit looks at the repository of an incident, and puts on record
// before anything else that the branch of its fix has moved on: tests and
// approvals count for one commit. So does what the guard says of that commit.
// Without a repository the incident is answered as it is.
func (r *run) settleOnCommit(ctx context.Context, in workflow.Incident) (workflow.Incident, error) {
	at, err := r.standOn(ctx, in)
	if err != nil {
		return in, err
	}
	return r.recordScope(ctx, at)
}

// standOn is the look of settleOnCommit, with what was found.
func (r *run) standOn(ctx context.Context, in workflow.Incident) (grounded, error) {
	folder, err := r.repositoryOf(ctx, in.ID)
	if err != nil {
		return grounded{in: in}, err
	}
	return r.standIn(ctx, in, folder, in.Fix.Change.Get().Commit == "")
}

// standIn looks at the repository in a folder for an incident, and follows its
// fix there.
func (r *run) standIn(ctx context.Context, in workflow.Incident, folder string, loose bool) (grounded, error) {
	at := grounded{in: in, folder: folder}
	scout, err := r.scout(ctx)
	if err != nil || scout == nil {
		return at, err
	}
	if at.survey, err = scout.Survey(ctx, folder, in); err != nil {
		at.says = err.Error() // there is no repository; what is done by hand counts all the same
		return at, nil
	}
	if at.says = at.survey.Problem; at.survey.FixTip == "" {
		return at, nil
	}
	if delta, err := scout.Delta(ctx, at.survey, loose); err != nil {
		at.says = err.Error()
	} else {
		at.delta = &delta
	}
	if at.in, err = r.followFix(ctx, at); err != nil {
		return at, err
	}
	if at.delta != nil {
		at.scope = at.in.JudgeScope(*at.delta)
	}
	return at, nil
}

// followFix writes down where the fix's branch has moved to.
func (r *run) followFix(ctx context.Context, at grounded) (workflow.Incident, error) {
	take, moved := session.FollowFix(at.in, at.survey, at.delta)
	if !moved {
		return at.in, nil
	}
	env, err := r.env(ctx)
	if err != nil {
		return at.in, err
	}
	env.Actor, env.Via = take.By, take.Via
	was := at.in.Fix.Change.Get()
	done, err := r.writeIn(ctx, at.in.ID, func(in workflow.Incident) ([]workflow.Intent, error) {
		if in.Fix.Change.Get() != was {
			return nil, nil // somebody else has recorded it meanwhile
		}
		return []workflow.Intent{take.Want}, nil
	}, env)
	if err != nil {
		return at.in, err
	}
	for _, e := range done.Events {
		r.warn("From git: " + workflow.Describe(e, done.After.Playbook))
	}
	r.weaveAfter(ctx, done)
	return done.After, nil
}

// recordScope writes down what the guard says of the recorded fix, if that is
// not on record yet.
func (r *run) recordScope(ctx context.Context, at grounded) (workflow.Incident, error) {
	if _, news := session.ScopeOf(at.in, at.delta, at.scope); !news {
		return at.in, nil
	}
	env, err := r.env(ctx)
	if err != nil {
		return at.in, err
	}
	env.Via = "git"
	done, err := r.writeIn(ctx, at.in.ID, func(in workflow.Incident) ([]workflow.Intent, error) {
		want, news := session.ScopeOf(in, at.delta, at.scope)
		if !news {
			return nil, nil
		}
		return []workflow.Intent{want}, nil
	}, env)
	if err != nil {
		return at.in, err
	}
	return done.After, nil
}

// burningOnCommit is the incident that burns, its fix settled on the newest
// commit of its branch.
func (r *run) burningOnCommit(ctx context.Context) (workflow.Incident, error) {
	id, err := r.pick(ctx, burning)
	if err != nil {
		return workflow.Incident{}, err
	}
	in, err := r.load(ctx, id)
	if err != nil {
		return in, err
	}
	return r.settleOnCommit(ctx, in)
}

// changeOnCommit is changeIn for what counts for the commit of the fix.
func (r *run) changeOnCommit(ctx context.Context, want plan) error {
	in, err := r.burningOnCommit(ctx)
	if err != nil {
		return err
	}
	done, err := r.write(ctx, in.ID, want)
	if err != nil {
		return err
	}
	r.weaveAfter(ctx, done)
	return r.say(ctx, done)
}

// recordFix records the fix: the commit that was named, else the newest of the
// branch that the hotfix is made on.
func (r *run) recordFix(ctx context.Context, fix workflow.RecordFix) error {
	id, err := r.pick(ctx, burning)
	if err != nil {
		return err
	}
	in, err := r.load(ctx, id)
	if err != nil {
		return err
	}
	scout, err := r.scout(ctx)
	if err != nil {
		return err
	}
	folder, err := r.repositoryOf(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case scout == nil:
	case fix.Commit != "":
		fix = session.CompleteFix(ctx, scout, folder, in, fix)
	default:
		fix = r.newestOf(ctx, scout, folder, in, fix)
	}
	if fix.Commit == "" && fix.Summary == "" {
		return wrongUsage("Say what the fix is: its commit, --summary or both. No branch here has a commit of its own that could be it.")
	}
	done, err := r.write(ctx, id, wanting(fix))
	if err != nil {
		return err
	}
	if len(fix.Commit) == fullID { // it was found here
		if err := r.ownRepository(ctx, id, folder); err != nil {
			return err
		}
	}
	r.weaveAfter(ctx, done)
	if err := r.say(ctx, done); err != nil {
		return err
	}
	_, err = r.settleOnCommit(ctx, done.After)
	return err
}

// fullID is the length of a commit's id that git has looked up.
const fullID = 40

// ownRepository remembers which repository an incident is fixed in, so that
// another one, chosen for the next incident, does not stand in for it.
func (r *run) ownRepository(ctx context.Context, id workflow.IncidentID, folder string) error {
	at, err := r.openReal(ctx)
	if err != nil || r.flags.sample || session.OwnRepository(ctx, at.shelf, id) != "" {
		return err
	}
	return at.store.SetSetting(ctx, session.RepositoryKey(id), folder)
}

// newestOf fills in the newest commit of the branch, and its own words where
// nobody found others. A branch without a commit of its own is no fix.
func (r *run) newestOf(ctx context.Context, scout session.Scout, folder string, in workflow.Incident, fix workflow.RecordFix) workflow.RecordFix {
	s, err := scout.Survey(ctx, folder, in)
	if other := in; err == nil && s.Branch != "" && s.Branch != s.FixBranch {
		// The fix on record is on another branch. Who types this on a branch with
		// commits of its own means that one.
		other.Fix.Change = workflow.Incident{}.Fix.Change
		if here, failed := scout.Survey(ctx, folder, other); failed == nil && here.FixTip != "" && here.FixTip != here.Base {
			s = here
		}
	}
	if err != nil || s.FixTip == "" || s.FixTip == s.Base || s.Busy != "" {
		return fix
	}
	delta, err := scout.Delta(ctx, s, false)
	if err != nil || len(delta.Commits) == 0 {
		return fix
	}
	fix.Commit, fix.Branch = s.FixTip, s.FixBranch
	if fix.Summary == "" {
		fix.Summary = delta.Commits[0].Subject
	}
	return fix
}
