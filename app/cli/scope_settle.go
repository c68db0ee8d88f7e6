package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) scopeAcceptCommand() *cobra.Command {
	var asked scopeAsked
	var reason string
	cmd := &cobra.Command{
		Use: "accept N", Short: "Accept a finding: it belongs in this hotfix, and why",
		Long: `Accept a finding of the scope guard by its number, or by its id. The reason
stands in the post-mortem under your name. It holds as long as the lines behind
the finding stay as they are.`,
		Example: `  firebreak scope accept 1 --reason "The regression test needs this fixture"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.settleFinding(cmd.Context(), asked, args[0], workflow.SettleFinding{Accept: true, Reason: reason})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why it belongs in the hotfix")
	scopeFlags(cmd, &asked)
	return cmd
}

func (r *run) scopeTicketCommand() *cobra.Command {
	var asked scopeAsked
	var want workflow.SettleFinding
	cmd := &cobra.Command{
		Use: "ticket N", Short: "Leave a finding for later: a ticket among the action items",
		Long: `Make a ticket of a finding of the scope guard: what is to be done once the fire
is out. It becomes an action item of the post-mortem. Take the change itself out
of the hotfix.`,
		Example: `  firebreak scope ticket 2 --text "Refactor the auth module" --owner Bob`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.settleFinding(cmd.Context(), asked, args[0], want)
		},
	}
	f := cmd.Flags()
	f.StringVar(&want.Ticket, "text", "", "what is to be done later")
	f.StringVar(&want.Reason, "reason", "", "why it is left for later")
	f.StringVar(&want.Owner, "owner", "", "who does it")
	f.StringVar(&want.Due, "due", "", "by when: 2024-12-02")
	scopeFlags(cmd, &asked)
	return cmd
}

// settleFinding answers a finding of the judgement as it is now.
func (r *run) settleFinding(ctx context.Context, asked scopeAsked, named string, want workflow.SettleFinding) error {
	look, err := r.lookAtScope(ctx, asked)
	if err != nil {
		return err
	}
	if !look.open {
		return nothing("incident.none", "No incident is open that is fixed in this repository, so there is nowhere to put the answer. Declare one: firebreak declare TITLE")
	}
	ids := make([]string, len(look.scope.Findings))
	for i, f := range look.scope.Findings {
		ids[i] = f.ID
	}
	i, err := numbered(ids, named, "finding", "firebreak scope")
	if err != nil {
		return err
	}
	want.ID, want.Of = ids[i], &look.scope
	done, err := r.write(ctx, look.in.ID, wanting(want))
	if err != nil {
		return err
	}
	r.weaveAfter(ctx, done)
	return r.say(ctx, done)
}

func (r *run) scopeDeclareCommand() *cobra.Command {
	var base string
	cmd := &cobra.Command{
		Use: "declare [PATTERN…]", Short: "Say which files the hotfix may touch, and where it began",
		Long: `Declare the scope of the hotfix: patterns of the files that it may touch, with *
for any name and ** for any folders, and the commit, tag or branch that it began
at. What is not given stays as it was; a single dash takes the patterns back.`,
		Example: `  firebreak scope declare "src/auth/**" "tests/auth/**"
  firebreak scope declare --base v1.2.3
  firebreak scope declare -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && !cmd.Flags().Changed("base") {
				return wrongUsage(`Say which files the hotfix may touch, or where it began: firebreak scope declare "src/auth/**" --base v1.2.3`)
			}
			return r.changeIn(cmd.Context(), burning, func(in workflow.Incident) ([]workflow.Intent, error) {
				want := workflow.DeclareScope{Base: base, Paths: args}
				was := in.Fix.Declared()
				if !cmd.Flags().Changed("base") {
					want.Base = was.Base
				}
				if len(args) == 0 {
					want.Paths = was.Paths
				} else if slices.Equal(args, []string{"-"}) {
					want.Paths = nil
				}
				return []workflow.Intent{want}, nil
			})
		},
	}
	cmd.Flags().StringVar(&base, "base", "", "commit, tag or branch that the hotfix began at; empty: it is looked for")
	return cmd
}
