package cli

import (
	"context"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) rollbackReadyCommand() *cobra.Command {
	var version string
	cmd := &cobra.Command{
		Use: "rollback-ready [COMMAND…]", Short: "Record the way back, before the fix goes out",
		Long: `Record the command that rolls back and the version it goes back to. Without a
command the playbook's is taken. Nothing is run from here.`,
		Example: "  firebreak rollback-ready --to v1.2.2 -- npm run deploy:rollback",
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.changeIn(cmd.Context(), burning, wanting(workflow.ReadyRollback{Command: commandLine(args), Version: version}))
		},
	}
	cmd.Flags().StringVar(&version, "to", "", "the version to go back to")
	return cmd
}

// deploying is what the deploy commands are told.
type deploying struct {
	deploy       workflow.Deploy
	staging      bool
	at           string
	run, dry     bool
	yes          string
	went, failed bool
}

func (r *run) deployCommand() *cobra.Command {
	var d deploying
	cmd := &cobra.Command{
		Use: "deploy", Short: "Record a deploy, or run it; production stands behind its gate",
		Long: `Record what went out, to production unless --staging says otherwise. With --run
the playbook's command is run from here: it is shown in full, the environment's
name has to be typed, or --yes has to name the fix's commit, and how it ended is
recorded by itself. The exit code is then the command's own. While the gate is
closed the exit code is 4 and the message says what is missing. A rollback has a
gate of its own, which asks for less.`,
		Example: `  firebreak deploy --version v1.2.4
  firebreak deploy --run --version v1.2.4
  firebreak deploy --run --dry-run
  firebreak deploy --run --staging --yes f3a91c2
  firebreak deploy --failed`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return r.deploy(cmd.Context(), d) },
	}
	d.flags(cmd)
	cmd.Flags().BoolVar(&d.staging, "staging", false, "to staging, not to production")
	cmd.Flags().BoolVar(&d.deploy.Rollback, "rollback", false, "this goes back to an older version")
	return cmd
}

func (r *run) rollbackCommand() *cobra.Command {
	d := deploying{deploy: workflow.Deploy{Rollback: true}}
	cmd := &cobra.Command{
		Use: "rollback", Short: "Record a rollback of production, or run it",
		Long: `The same as firebreak deploy --rollback: record that production went back, or
run the command that was made ready. Its gate asks for the decision and no more.`,
		Example: "  firebreak rollback --version v1.2.2\n  firebreak rollback --run",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.deploy(cmd.Context(), d) },
	}
	d.flags(cmd)
	return cmd
}

func (d *deploying) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&d.deploy.Version, "version", "", "the version that runs now")
	f.StringVar(&d.deploy.Commit, "commit", "", "the commit (default: the fix's)")
	f.StringVar(&d.deploy.Command, "command", "", "the command that deployed it, or that is to be run")
	f.BoolVar(&d.run, "run", false, "run the command from here, after a word that has to be typed")
	f.BoolVar(&d.dry, "dry-run", false, "with --run: only show what the deploy would do")
	f.StringVar(&d.yes, "yes", "", "with --run: the `COMMIT` that goes out, instead of the word; for a rollback its version")
	f.BoolVar(&d.went, "went-out", false, "a deploy that was started from here and has no end on record went out")
	f.BoolVar(&d.failed, "failed", false, "it failed")
	atFlag(cmd, &d.at)
}

func (r *run) deploy(ctx context.Context, d deploying) error {
	stamp, err := r.stamp(ctx, d.at)
	if err != nil {
		return err
	}
	if d.staging {
		d.deploy.Environment = workflow.Staging
	}
	switch {
	case d.went && d.failed:
		return wrongUsage("Give --went-out or --failed, not both.")
	case d.went || d.failed:
		return r.tellEnd(ctx, d.went, stamp)
	case d.run:
		return r.runDeploy(ctx, d)
	case d.dry || d.yes != "":
		return wrongUsage("--dry-run and --yes are about running it: add --run.")
	default:
		return r.changeOnCommit(ctx, wanting(workflow.RecordDeploy{Deploy: d.deploy, At: stamp}))
	}
}

// tellEnd records how a deploy ended that nobody here saw end.
func (r *run) tellEnd(ctx context.Context, went bool, at workflow.Stamp) error {
	told := workflow.TellFailed
	if went {
		told = workflow.TellWent
	}
	return r.changeIn(ctx, burning, func(in workflow.Incident) ([]workflow.Intent, error) {
		open, _ := in.OpenDeploy()
		return []workflow.Intent{workflow.EndDeploy{Started: open.Entry, Told: told, At: at}}, nil
	})
}

func (r *run) allClearCommand() *cobra.Command {
	var at string
	cmd := &cobra.Command{
		Use: "all-clear [TEXT]", Short: "Declare the fire out; it stands behind its gate",
		Long:    "Declare the fire out. While the gate is closed the exit code is 4 and the\nmessage says what is missing: the fix must be deployed and verified.",
		Example: "  firebreak all-clear\n  firebreak all-clear --at 15:19",
		RunE: func(cmd *cobra.Command, args []string) error {
			text, stamp, err := r.textAt(cmd.Context(), args, at)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), burning, wanting(workflow.GiveAllClear{Text: text, At: stamp}))
		},
	}
	atFlag(cmd, &at)
	return cmd
}

func (r *run) cancelCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "cancel", Short: "Close an incident that was declared by mistake", Args: cobra.NoArgs,
		Example: `  firebreak cancel --reason "It was a planned maintenance"`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.changeIn(cmd.Context(), burning, wanting(workflow.Cancel{Reason: reason}))
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why it was no incident")
	return cmd
}

func (r *run) reopenCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "reopen", Short: "Take a cancellation or an all-clear back", Args: cobra.NoArgs,
		Example: `  firebreak reopen --reason "Errors are back"`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.changeIn(cmd.Context(), latest, wanting(workflow.Reopen{Reason: reason}))
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why it is open again")
	return cmd
}
