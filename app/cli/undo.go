package cli

import (
	"context"
	"time"

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

// loggedJSON is one change of the log.
type loggedJSON struct {
	ID       workflow.EventID `json:"id"`
	Kind     workflow.Kind    `json:"kind"`
	By       string           `json:"by"`
	Recorded time.Time        `json:"recorded"`
	Says     string           `json:"says"`
	Undone   bool             `json:"undone"`
}

func (r *run) historyCommand() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use: "history", Short: "Show the log of changes: who wrote what, when", Args: cobra.NoArgs,
		Long:    "Show every change of the incident, the newest first, with what was undone.\nTimes are those of writing down.",
		Example: "  firebreak history --limit 20\n  firebreak history --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			in, err := r.read(cmd.Context(), latest)
			if err != nil {
				return err
			}
			return r.printHistory(cmd.Context(), in, limit)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many; 0 is all")
	return cmd
}

func (r *run) printHistory(ctx context.Context, in workflow.Incident, limit int) error {
	events := in.Events()
	changes := []loggedJSON{}
	for i := len(events) - 1; i >= 0 && (limit <= 0 || len(changes) < limit); i-- {
		e := events[i]
		says := eventWords(in, in, e)
		changes = append(changes, loggedJSON{e.ID, e.Body.Kind(), e.Actor, e.Recorded, says, in.LeftOut(e)})
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"id": in.ID, "changes": changes})
	}
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	for _, c := range changes {
		says := fit(oneLine(c.Says), width-28)
		if c.Undone {
			says = r.paint(faint, "(undone) "+fit(oneLine(c.Says), width-37))
		}
		r.line("%s%s%s", pad(c.Recorded.In(zone).Format("01-02 15:04"), 13), pad(fit(oneLine(c.By), 14), 15), says)
	}
	return nil
}
