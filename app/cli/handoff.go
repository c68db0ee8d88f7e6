package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/export"
	"firebreak/workflow"
)

func (r *run) handoffCommand() *cobra.Command {
	var h workflow.HandOff
	cmd := &cobra.Command{
		Use: "handoff", Short: "Hand command over, or print the hand-off sheet",
		Long: `Hand a role over, command when no other is named. It counts once the receiver
has read the sheet back. Without --to the one-page sheet is printed.`,
		Example: `  firebreak handoff
  firebreak handoff --to Ann --state "Fix is out, watching" --read-back`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("to") {
				return r.printSheet(cmd.Context())
			}
			return r.changeIn(cmd.Context(), burning, wanting(h))
		},
	}
	f := cmd.Flags()
	f.StringVar(&h.To, "to", "", "who takes over")
	f.StringVar(&h.Role, "role", "", "the role (default: commander)")
	f.StringVar(&h.State, "state", "", "where things stand")
	f.StringVar(&h.Tried, "tried", "", "what was tried")
	f.StringVar(&h.Next, "next", "", "what comes next")
	f.StringVar(&h.Questions, "questions", "", "what is still open")
	f.BoolVar(&h.ReadBack, "read-back", false, "the receiver has read the sheet back")
	return cmd
}

func (r *run) printSheet(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if in, err = r.outgoing(ctx, in); err != nil {
		return err
	}
	sheet := export.HandOff(in.HandOffSheet(r.Now()))
	if r.flags.json {
		return r.printJSON(map[string]string{"id": string(in.ID), "markdown": sheet})
	}
	r.line("%s", strings.TrimRight(cleanText(sheet), "\n"))
	r.warn("\nThe receiver reads this back. Then: firebreak handoff --to NAME --read-back")
	return nil
}
