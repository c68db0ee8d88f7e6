package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// scopeAsked is what a command about the scope says of where to look.
type scopeAsked struct {
	repository string
	base       string
	tip        string // a commit to judge in place of the branch's newest
	paths      []string
	committed  bool
}

func (r *run) scopeCommand() *cobra.Command {
	var asked scopeAsked
	var record bool
	cmd := &cobra.Command{
		Use: "scope", Short: "Judge what the hotfix changes, and settle what was found",
		Long: `Compare the hotfix with where it began, and say what a minimal change would not
have: too many lines, other files, renames, reformatting, new dependencies,
migrations, missing tests, "while I'm here". Each finding is accepted with a
reason, or becomes a ticket for later. Nothing in the repository is changed.

The exit code is 1 while findings wait for an answer, and 0 when none does: it
can stand in a pre-push hook. It works without an incident, too; then the
playbook of the repository judges.

With --tip any commit is judged as if it were a hotfix, against --base, else
against the commit before it: to try the guard on a history that is there. The
incident, the branches and the working tree have no say then, and nothing is
recorded.`,
		Example: `  firebreak scope
  firebreak scope --base v1.2.3 --paths "src/auth/**"
  firebreak scope --committed --json
  firebreak scope --base v1.2.2 --tip v1.2.3
  firebreak scope accept 1 --reason "The test needs the new fixture"
  firebreak scope ticket 2 --text "Refactor the auth module"`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asked.tip != "" && record {
				return wrongUsage("A commit that is judged with --tip is not put on record. Leave out --tip, or --record.")
			}
			look, err := r.lookAtScope(cmd.Context(), asked)
			if err != nil {
				return err
			}
			if record {
				if err := r.putScopeOnRecord(cmd.Context(), &look); err != nil {
					return err
				}
			}
			return r.tellScope(look)
		},
	}
	cmd.Flags().BoolVar(&record, "record", false, "put the judgement on record")
	cmd.Flags().StringVar(&asked.tip, "tip", "", "judge this commit, tag or branch in place of the hotfix, against --base or the commit before it")
	scopeFlags(cmd, &asked)
	cmd.AddCommand(r.scopeAcceptCommand(), r.scopeTicketCommand(), r.scopeDeclareCommand(), r.scopeByHandCommand())
	return cmd
}

func scopeFlags(cmd *cobra.Command, asked *scopeAsked) {
	f := cmd.Flags()
	f.StringVar(&asked.repository, "repo", "", "folder of the repository (default: the current one, else the incident's)")
	f.StringVar(&asked.base, "base", "", "commit, tag or branch that the hotfix began at, for this look")
	f.StringArrayVar(&asked.paths, "paths", nil, "`FILES` that it may touch, for this look: src/auth/**; may be given again")
	f.BoolVar(&asked.committed, "committed", false, "leave out what is not committed yet")
}

// scopeLook is a judgement, and what it is about.
type scopeLook struct {
	grounded
	open  bool // an incident is open, and fixed in this repository
	named bool // a commit was named, whatever the hotfix is
}

// waiting lists the findings that wait for somebody's word.
func (l scopeLook) waiting() []workflow.ScopeFinding {
	if l.open {
		return l.in.ScopeOpen(l.scope)
	}
	var out []workflow.ScopeFinding
	for _, f := range l.scope.Findings {
		if !f.Mild {
			out = append(out, f)
		}
	}
	return out
}

// lookAtScope judges the hotfix in a repository: for the incident that is fixed
// there, else by the repository's own playbook.
func (r *run) lookAtScope(ctx context.Context, asked scopeAsked) (scopeLook, error) {
	if asked.tip != "" {
		return r.lookAtCommit(ctx, asked)
	}
	in, folder, open, err := r.scopePlace(ctx, asked.repository)
	if err != nil {
		return scopeLook{}, err
	}
	look := scopeLook{open: open}
	if open {
		if in, err = r.declaredFor(ctx, in, asked); err != nil {
			return look, err
		}
		loose := in.Fix.Change.Get().Commit == "" && !asked.committed
		if look.grounded, err = r.standIn(ctx, in, folder, loose); err == nil && look.delta != nil {
			if in, err = r.declaredFor(ctx, look.in, asked); err == nil { // following the fix has read the incident anew
				look.scope = in.JudgeScope(*look.delta)
			}
		}
	} else {
		look.grounded, err = r.judgeAlone(ctx, folder, asked)
	}
	switch {
	case err != nil:
		return look, err
	case look.delta == nil && look.says != "":
		return look, nothing("scope.unknown", "%s", look.says)
	case look.delta == nil:
		return look, nothing("scope.unknown", "%s", strings.Join(append(look.survey.Says, "There is no change to judge."), " "))
	}
	return look, nil
}

// scopePlace finds the repository that is asked about, and the incident that is
// fixed in it; false when there is none.
func (r *run) scopePlace(ctx context.Context, named string) (in workflow.Incident, folder string, open bool, err error) {
	id, err := r.pick(ctx, burning)
	var known *failure
	if err != nil && (r.flags.incident != "" || !errors.As(err, &known)) {
		return in, "", false, err
	}
	if err == nil {
		if in, err = r.load(ctx, id); err != nil {
			return in, "", false, err
		}
		open = true
	}
	own, err := r.repositoryOf(ctx, id)
	if err != nil {
		return in, "", false, err
	}
	here, err := repo.Find(r.Folder)
	switch {
	case r.flags.sample:
		return in, own, open, nil
	case named != "":
		folder, err = r.repository(ctx, named)
	case err == nil && here.Git != "":
		folder, err = r.Folder, nil
	default:
		return in, own, open, nil
	}
	if err != nil || !open || r.flags.incident != "" {
		return in, folder, open, err
	}
	at, err := r.openReal(ctx)
	if err != nil {
		return in, "", false, err
	}
	chosen := session.OwnRepository(ctx, at.shelf, id)
	if chosen == "" {
		return in, folder, true, nil
	}
	// A hook of another repository has nothing to do with this incident.
	return in, folder, repo.SameRepository(folder, chosen), nil
}

// declaredFor is the incident with another scope, for one look.
func (r *run) declaredFor(ctx context.Context, in workflow.Incident, asked scopeAsked) (workflow.Incident, error) {
	if asked.base == "" && len(asked.paths) == 0 {
		return in, nil
	}
	want := workflow.DeclareScope{Base: asked.base, Paths: asked.paths}
	if was := in.Fix.Declared(); want.Base == "" {
		want.Base = was.Base
	} else if len(want.Paths) == 0 {
		want.Paths = was.Paths
	}
	env, err := r.env(ctx)
	if err != nil {
		return in, err
	}
	events, err := workflow.Decide(in, want, env)
	var rule *workflow.RuleError
	if errors.As(err, &rule) && strings.HasSuffix(rule.Code, ".same") {
		return in, nil
	}
	return in.With(events...), err
}

// judgeAlone judges a branch without an incident.
func (r *run) judgeAlone(ctx context.Context, folder string, asked scopeAsked) (grounded, error) {
	at := grounded{folder: folder}
	rules, err := r.rulesIn(ctx, folder)
	if err != nil {
		return at, err
	}
	if rules.Fault != "" {
		r.warn(rules.Fault)
	}
	env, err := r.env(ctx)
	if err != nil {
		return at, err
	}
	declared, err := workflow.Decide(workflow.Incident{}, workflow.Declare{Title: "A look at a branch", Playbook: rules.Playbook}, env)
	if err != nil {
		return at, err
	}
	stand, err := r.declaredFor(ctx, workflow.Fold("", declared), asked) // it goes nowhere
	if err != nil {
		return at, err
	}
	if at, err = r.standIn(ctx, stand, folder, !asked.committed); err == nil && at.delta != nil {
		at.scope = rules.Playbook.JudgeScope(*at.delta, stand.Fix.Declared())
	}
	return at, err
}

// putScopeOnRecord writes the judgement into the log.
func (r *run) putScopeOnRecord(ctx context.Context, look *scopeLook) error {
	if !look.open {
		return nothing("incident.none", "No incident is open that is fixed here, so there is nowhere to put it on record. Declare one: firebreak declare TITLE")
	}
	done, err := r.write(ctx, look.in.ID, wanting(workflow.RecordScope{Judgement: look.scope}))
	var rule *workflow.RuleError
	if errors.As(err, &rule) && rule.Code == "scope.same" {
		return nil
	}
	if err != nil {
		return err
	}
	look.in = done.After
	return nil
}
