package cli

import (
	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) undoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "undo", Short: "Take back the last change made on this computer", Args: cobra.NoArgs,
		Long:    "Take back the last change made on this computer, in the window or here. What is\nundone stays in the log; undo again for the change before.",
		Example: "  firebreak undo",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.changeIn(cmd.Context(), latest, wanting(workflow.Undo{}))
		},
	}
}

func (r *run) redoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "redo", Short: "Bring back what the last undo took away", Args: cobra.NoArgs,
		Example: "  firebreak redo",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.changeIn(cmd.Context(), latest, wanting(workflow.Redo{}))
		},
	}
}
