package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) logCommand() *cobra.Command {
	var at, kind, milestone string
	var links, files []string
	var name string
	var pinned, history bool
	cmd := &cobra.Command{
		Use: "log TEXT", Aliases: []string{"note"}, Short: "Write a line into the timeline",
		Long: `Write a line into the timeline. A single dash reads the text from the standard
input. Files are attached with --attach; without a text they are the line. A
milestone marks the moment that metrics are counted from. --history writes
nothing: it shows who changed what, of one line or of all.`,
		Example: `  firebreak log "rolled back the canary" --at -5m
  firebreak log "first alert" --kind alert --at 14:32 --milestone detected
  kubectl get pods | firebreak log - --pin
  firebreak log "error rate" --attach graph.png
  firebreak log --history 4`,
		Args: func(cmd *cobra.Command, args []string) error {
			if history {
				return cobra.MaximumNArgs(1)(cmd, args)
			}
			if len(files) > 0 {
				return nil
			}
			return atLeast(1, "Say what happened, in a word at least.")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if history {
				return r.history(cmd.Context(), looking{entry: strings.Join(args, "")})
			}
			as, err := kindNamed(kind)
			if err != nil {
				return err
			}
			if strings.Join(args, "") == "-" && slices.Contains(files, "-") {
				return wrongUsage("The standard input can be the text or a file, not both.")
			}
			text, stamp, err := r.textAt(cmd.Context(), args, at)
			if err != nil {
				return err
			}
			note := workflow.Note{Kind: as, Text: text, At: stamp, Milestone: workflow.Milestone(milestone), Pinned: pinned, Links: links}
			if note.Files, err = r.store(cmd.Context(), files, name); err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), burning, wanting(note))
		},
	}
	atFlag(cmd, &at)
	f := cmd.Flags()
	f.StringVar(&kind, "kind", string(workflow.NoteEntry), "note, alert, action, decision or update")
	f.StringVar(&milestone, "milestone", "", "the milestone that this marks: impact-started, detected, acknowledged, identified, mitigated …")
	f.BoolVar(&history, "history", false, "show every change of a line, named by the number that show prints; without one, of all")
	f.BoolVar(&pinned, "pin", false, "keep it in sight, and in the post-mortem")
	f.StringArrayVar(&links, "link", nil, "a `LINK` that belongs to it; may be given again")
	f.StringArrayVar(&files, "attach", nil, "a `FILE` to attach, up to 25 MB; - reads the standard input; may be given again")
	f.StringVar(&name, "name", "", "what the file from the standard input is called (default: stdin)")
	return cmd
}

func kindNamed(named string) (workflow.EntryKind, error) {
	kind := workflow.EntryKind(strings.ToLower(named))
	if !slices.Contains(workflow.EntryKinds(), kind) {
		return "", wrongUsage("There is no kind %s of entry. Take %s.", quoted(named), joined(workflow.EntryKinds()))
	}
	return kind, nil
}

func joined[T ~string](names []T) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = string(name)
	}
	return strings.Join(words, ", ")
}

func (r *run) acknowledgeCommand() *cobra.Command {
	var at string
	cmd := &cobra.Command{
		Use: "ack", Aliases: []string{"acknowledge"}, Short: "Record that on-call acknowledged", Args: cobra.NoArgs,
		Example: "  firebreak ack\n  firebreak ack --at 14:35 --as Bob",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.mark(cmd.Context(), workflow.Acknowledged, at)
		},
	}
	atFlag(cmd, &at)
	return cmd
}

func (r *run) mark(ctx context.Context, m workflow.Milestone, at string) error {
	stamp, err := r.stamp(ctx, at)
	if err != nil {
		return err
	}
	return r.changeIn(ctx, burning, wanting(workflow.Mark{Milestone: m, At: stamp}))
}

func (r *run) tellCommand() *cobra.Command {
	var at string
	cmd := &cobra.Command{
		Use: "tell CHANNEL [TEXT]", Short: "Record what people were told: channel, status-page or on-call",
		Long: `Record that people were told something, and what. Nothing is sent from here:
post it where your people read, then record it. It resets the update clock.`,
		Example: `  firebreak tell channel "Login is down for everyone. We are on it."
  firebreak tell status-page "Investigating login failures"
  firebreak tell on-call --at -3m`,
		Args:      atLeast(1, "Say who was told: channel, status-page or on-call."),
		ValidArgs: []string{string(workflow.StakeholderChannel), string(workflow.StatusPageChannel), string(workflow.OnCallChannel)},
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := r.text(args[1:])
			if err != nil {
				return err
			}
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), recent, wanting(workflow.Tell{Channel: workflow.Channel(args[0]), Text: text, At: stamp}))
		},
	}
	atFlag(cmd, &at)
	return cmd
}
