package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) attachToSectionCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "attach SECTION FILE…", Short: "Attach files to a section, and print what its text shows them by",
		Long: `Attach files to a section of the post-mortem, up to 25 MB each. A single dash
reads the file from the standard input. What is printed goes into the text of
the section where the picture or the link is wanted; the export writes the file
beside the document.`,
		Example: `  firebreak postmortem attach impact graph.png
  kubectl logs checkout-0 | firebreak postmortem attach impact - --name pod.log`,
		Args: atLeast(2, "Say which section, and which files."),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.attachToSection(cmd.Context(), workflow.Section(args[0]), args[1:], name)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "what the file from the standard input is called (default: stdin)")
	return cmd
}

func (r *run) attachToSection(ctx context.Context, section workflow.Section, paths []string, name string) error {
	id, err := r.pick(ctx, latest)
	if err != nil {
		return err
	}
	files, err := r.store(ctx, paths, name)
	if err != nil {
		return err
	}
	_, err = r.write(ctx, id, wanting(workflow.AttachToSection{Section: section, Files: files}))
	var rule *workflow.RuleError
	if err != nil && (!errors.As(err, &rule) || rule.Code != "attachment.same") {
		return err
	}
	type linked struct {
		workflow.Attachment
		Link string `json:"link"`
	}
	list := []linked{}
	for _, f := range files {
		list = append(list, linked{f, f.Link()})
	}
	if r.flags.json {
		return r.printJSON(list)
	}
	for _, f := range list {
		r.line("%s", oneLine(f.Link))
	}
	return nil
}

// liveJSON is what a section's text can name, for a program.
type liveJSON struct {
	Name string `json:"name"` // as it is written into a text
	Says string `json:"says"` // what it says now
}

func (r *run) liveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "names", Short: "List what the text of a section can name, with what it says now",
		Long: `List what the text of a section can name: entries of the timeline and metrics. A
name in a text says what the log says, in the window and in the exported
document; a correction of the log changes both.`,
		Example: "  firebreak postmortem names\n  firebreak postmortem write summary \"Broken for {{metric time-to-resolve}}.\"",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.printNames(cmd.Context()) },
	}
}

func (r *run) printNames(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	var list []liveJSON
	for _, m := range in.Metrics() {
		list = append(list, liveJSON{workflow.LiveMetric(m.ID), m.Name + ": " + m.String()})
	}
	for _, e := range in.Timeline.All() {
		if !e.Hidden.Get() {
			list = append(list, liveJSON{in.LiveEntry(e.ID), e.At.Get().Clock(time.UTC) + " - " + e.Line()})
		}
	}
	if r.flags.json {
		return r.printJSON(list)
	}
	rows := [][]string{}
	for _, one := range list {
		rows = append(rows, []string{one.Name, one.Says})
	}
	r.table(rows)
	return nil
}
