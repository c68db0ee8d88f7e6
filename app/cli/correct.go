package cli

import (
	"context"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

// correction is what the flags of correct say.
type correction struct {
	text, at, kind, milestone      string
	pin, unpin, hide, unhide       bool
	hasText, hasKind, hasMilestone bool
}

func (r *run) correctCommand() *cobra.Command {
	var c correction
	cmd := &cobra.Command{
		Use: "correct ENTRY", Short: "Correct a line of the timeline",
		Long: `Correct a line of the timeline: its time, its text, its kind, its milestone. The
line is named by the number that show prints, or by its id. What it said before
stays on record.`,
		Example: `  firebreak correct 4 --at 14:41
  firebreak correct 4 --text "restarted both pods"
  firebreak correct 7 --hide`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.hasText, c.hasKind = cmd.Flags().Changed("text"), cmd.Flags().Changed("kind")
			c.hasMilestone = cmd.Flags().Changed("milestone")
			return r.correct(cmd.Context(), args[0], c)
		},
	}
	f := cmd.Flags()
	f.StringVar(&c.text, "text", "", "what it should say; - reads the standard input")
	f.StringVar(&c.at, "at", "", "when it happened: 14:32, ~13:30, 14:??")
	f.StringVar(&c.kind, "kind", "", "note, alert, action, decision or update")
	f.StringVar(&c.milestone, "milestone", "", "the milestone that it marks; empty takes it off")
	f.BoolVar(&c.pin, "pin", false, "keep it in sight")
	f.BoolVar(&c.unpin, "unpin", false, "let it go")
	f.BoolVar(&c.hide, "hide", false, "take it out of sight; nothing is deleted")
	f.BoolVar(&c.unhide, "unhide", false, "show it again")
	return cmd
}

func (r *run) correct(ctx context.Context, named string, c correction) error {
	want := workflow.Correct{}
	if c.hasText {
		text, err := r.text([]string{c.text})
		if err != nil {
			return err
		}
		want.Text = &text
	}
	if c.at != "" {
		stamp, err := r.stamp(ctx, c.at)
		if err != nil {
			return err
		}
		want.At = &stamp
	}
	if c.hasKind {
		kind, err := kindNamed(c.kind)
		if err != nil {
			return err
		}
		want.Kind = &kind
	}
	if c.hasMilestone {
		milestone := workflow.Milestone(c.milestone)
		want.Milestone = &milestone
	}
	if c.pin || c.unpin {
		want.Pinned = &c.pin
	}
	if c.hide || c.unhide {
		want.Hidden = &c.hide
	}
	return r.changeIn(ctx, latest, func(in workflow.Incident) ([]workflow.Intent, error) {
		entry, err := entryNamed(in, named)
		if err != nil {
			return nil, err
		}
		want.Entry = entry
		return []workflow.Intent{want}, nil
	})
}
