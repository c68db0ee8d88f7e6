package cli

import "github.com/spf13/cobra"

func (r *run) scopeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "scope", Short: "Look at the scope of the fix: only what ends the incident",
		Long:    "Only what ends the incident belongs in a hotfix; the rest becomes a ticket.",
		Example: "  firebreak scope by-hand \"Read the diff: one line, and its test\"",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.scopeByHandCommand())
	return cmd
}
