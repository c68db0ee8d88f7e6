package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/assets"
	"firebreak/export"
	"firebreak/workflow"
)

func (r *run) postmortemCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "postmortem", Aliases: []string{"post-mortem"}, Short: "Show, write and finish the post-mortem",
		Long: `The post-mortem is drafted from what is known. A section that a person wrote is
never written over. Without a command it is printed as markdown.`,
		Example: "  firebreak postmortem\n  firebreak postmortem write lessons - < lessons.md\n  firebreak export postmortem",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.printPostmortem(cmd.Context()) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "show", Short: "Print the post-mortem as markdown", Args: cobra.NoArgs, Example: "  firebreak postmortem show > draft.md",
			RunE: func(cmd *cobra.Command, _ []string) error { return r.printPostmortem(cmd.Context()) },
		},
		&cobra.Command{
			Use: "write SECTION [TEXT|-]", Short: "Write a section; without a text, print what it says now",
			Example: `  firebreak postmortem write impact "~2,000 users affected"
  firebreak postmortem write lessons - < lessons.md`,
			Args: atLeast(1, "Name the section: summary, root-cause, impact, lessons …"),
			RunE: func(cmd *cobra.Command, args []string) error {
				return r.writeSection(cmd.Context(), workflow.Section(args[0]), args[1:])
			},
		},
		&cobra.Command{
			Use: "markdownlint", Short: "Print what markdownlint should know of the post-mortems",
			Long: `Print the rules of markdownlint that an exported post-mortem does not keep,
with the reason for each, as a file for the folder of the post-mortems. The
documents have the form of the workflow's own, and hold what people wrote as
they wrote it.`,
			Example: "  firebreak postmortem markdownlint > docs/postmortems/.markdownlint.jsonc",
			Args:    cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				_, err := r.Out.Write(assets.Markdownlint())
				return err
			},
		},
		r.attachToSectionCommand(),
		r.liveCommand(),
		r.reviewCommand("review", "Put the post-mortem into review", workflow.InReview),
		r.reviewCommand("final", "Make the post-mortem final", workflow.Final),
		r.reviewCommand("draft", "Make the post-mortem a draft again", workflow.Drafted),
	)
	return cmd
}

func (r *run) reviewCommand(name, short string, state workflow.ReviewState) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: name, Short: short, Args: cobra.NoArgs, Example: "  firebreak postmortem " + name,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.changeIn(cmd.Context(), latest, wanting(workflow.SetReview{State: state, Reason: reason}))
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why a final one is opened again")
	return cmd
}

func (r *run) printPostmortem(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if in, err = r.outgoing(ctx, in); err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]any{
			"id": in.ID, "title": in.ReportTitle(), "state": in.Review.State(), "empty": emptyOf(in), "markdown": export.PostmortemBody(in),
		})
	}
	r.line("%s", strings.TrimRight(cleanText(export.PostmortemBody(in)), "\n"))
	return nil
}

// emptyOf names the sections that should say something and do not yet.
func emptyOf(in workflow.Incident) []string {
	out := []string{}
	for _, s := range in.EmptySections() {
		out = append(out, string(s.ID))
	}
	return out
}

func (r *run) writeSection(ctx context.Context, section workflow.Section, words []string) error {
	if len(words) > 0 {
		text, err := r.text(words)
		if err != nil {
			return err
		}
		return r.changeIn(ctx, latest, wanting(workflow.WriteSection{Section: section, Text: text}))
	}
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if !slices.Contains(workflow.KnownSections(), section) {
		return nothing("section.unknown", "The post-mortem has no section %s. It has %s.", quoted(string(section)), joined(workflow.KnownSections()))
	}
	text := export.SectionMarkdown(in, section)
	if r.flags.json {
		return r.printJSON(map[string]string{"id": string(in.ID), "section": string(section), "text": in.SectionText(section), "markdown": text})
	}
	r.line("%s", strings.TrimRight(cleanText(text), "\n"))
	return nil
}
