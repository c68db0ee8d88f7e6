package cli

import (
	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) scopeByHandCommand() *cobra.Command {
	return &cobra.Command{
		Use: "by-hand TEXT", Short: "Record that a person looked at the scope of the fix",
		Long: `Record what somebody looked at and found, where there is no repository to read
the change from. Like a test, it counts for the commit that the fix names now.`,
		Example: `  firebreak scope by-hand "Read the diff with Bob: one line, and its test"`,
		Args:    atLeast(1, "Say what was looked at, and what is in the fix."),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := r.text(args)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), burning, wanting(workflow.RecordScope{ByHand: text}))
		},
	}
}
