package cli

import (
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

func (r *run) deployCommand() *cobra.Command {
	var d workflow.Deploy
	var staging bool
	var at string
	cmd := &cobra.Command{
		Use: "deploy", Short: "Record a deploy; production stands behind its gate",
		Long: `Record what went out, to production unless --staging says otherwise; nothing is
deployed from here. While the gate is closed the exit code is 4 and the message
says what is missing. A rollback has a gate of its own, which asks for less.`,
		Example: `  firebreak deploy --version v1.2.4
  firebreak deploy --staging --version v1.2.4
  firebreak deploy --rollback --version v1.2.2`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			if staging {
				d.Environment = workflow.Staging
			}
			return r.changeIn(cmd.Context(), burning, wanting(workflow.RecordDeploy{Deploy: d, At: stamp}))
		},
	}
	f := cmd.Flags()
	f.StringVar(&d.Version, "version", "", "the version that runs now")
	f.StringVar(&d.Commit, "commit", "", "the commit (default: the fix's)")
	f.StringVar(&d.Command, "command", "", "the command that deployed it")
	f.BoolVar(&staging, "staging", false, "to staging, not to production")
	f.BoolVar(&d.Rollback, "rollback", false, "this goes back to an older version")
	atFlag(cmd, &at)
	return cmd
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
