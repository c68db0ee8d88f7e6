package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) approveCommand() *cobra.Command {
	var at, commit string
	cmd := &cobra.Command{
		Use: "approve [PERSON]", Short: "Record one approval of the fix, not from the fixer",
		Long: `Show what would be approved, and record that somebody approved it: the
approver, when nobody is named. One is enough for a hotfix. It holds for this
commit only, and is never that of who wrote it. --commit names the commit that
was looked at, so that an approval sent by chat is for that one: the exit code
is 4 when the fix is another by now.`,
		Example: "  firebreak approve Ann\n  firebreak approve Ann --commit f3a91c2\n  firebreak approve --as Ann",
		RunE: func(cmd *cobra.Command, args []string) error {
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			want := workflow.Approve{Person: strings.Join(args, " "), Commit: commit, At: stamp}
			return r.approve(cmd.Context(), want)
		},
	}
	atFlag(cmd, &at)
	cmd.Flags().StringVar(&commit, "commit", "", "the commit that was looked at; refused when the fix is another")
	return cmd
}

func (r *run) approve(ctx context.Context, want workflow.Approve) error {
	return r.changeOnCommit(ctx, func(in workflow.Incident) ([]workflow.Intent, error) {
		if !r.flags.json && in.Fix.Change.Set() {
			r.showApproved(in)
		}
		return []workflow.Intent{want}, nil
	})
}

// showApproved is what an approver wants to know first.
func (r *run) showApproved(in workflow.Incident) {
	change := in.Fix.Change.Get()
	fix := "no commit"
	if change.Commit != "" {
		fix = workflow.ShortCommit(change.Commit)
	}
	r.line("%s", wrapped("Fix", column, strings.TrimSuffix(fix+": "+change.Summary, ": ")))
	if looked, ok := in.ScopeLooked(); ok && looked.ByHand == "" && workflow.SameCommit(looked.Tip, change.Commit) {
		r.line("%s", wrapped("Size", column, fmt.Sprintf("%s, %d added, %d removed", looked.Size(), looked.Added, looked.Removed)))
		for _, f := range in.ScopeOpen(looked.ScopeJudgement) {
			r.line("%s", wrapped(r.paint(amber, "Open"), column, f.Says))
		}
	} else if !ok || looked.ByHand == "" {
		r.line("%s", wrapped("Size", column, "nobody has looked at the scope of this commit"))
	}
	for _, run := range in.Proof.Runs {
		if workflow.SameCommit(run.Commit, change.Commit) {
			word := "failed"
			if run.Passed {
				word = "passed"
			}
			r.line("%s", wrapped("Tests", column, word+": "+run.Command))
		}
	}
	r.line("%s", wrapped("By", column, strings.Join(in.Authors(), ", ")))
}
