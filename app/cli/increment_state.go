package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/workflow"
)

// moveCommands give the increment a state of its own.
func (r *run) moveCommands() []*cobra.Command {
	move := func(to workflow.Standing) func(*cobra.Command, []string) error {
		return func(cmd *cobra.Command, args []string) error {
			reason, err := r.text(args)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), latest, wanting(workflow.MoveIncrement{To: to, Reason: reason}))
		}
	}
	return []*cobra.Command{
		{
			Use: "pause REASON", Short: "Pause the increment while it waits for something", RunE: move(workflow.Paused),
			Example: `  firebreak increment pause "waits for the vendor"`, Args: atLeast(1, "Say what the increment waits for."),
		},
		{
			Use: "abandon REASON", Short: "Give the increment up: it will not be finished", RunE: move(workflow.Abandoned),
			Example: `  firebreak increment abandon "rolled back instead"`, Args: atLeast(1, "Say why the increment is given up."),
		},
		{
			Use: "reopen", Short: "Make the increment active again", RunE: move(workflow.Active), Args: cobra.NoArgs,
			Example: "  firebreak increment reopen",
		},
	}
}

func (r *run) closeIncrementCommand() *cobra.Command {
	started := false
	cmd := &cobra.Command{
		Use: "close", Short: "Close the increment, or say what is missing", Args: cobra.NoArgs,
		Long: `Close the increment as SpecWeave's own done does: every task ticked, every
criterion met, completed in both files. It follows from the all-clear once every
task is done. One that is tied to a tracker, or of a type that SpecWeave asks
reports of, is closed by SpecWeave itself: the command is shown, and --run runs
it.`,
		Example: "  firebreak increment close\n  firebreak increment close --run",
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.closeIncrement(cmd.Context(), started) },
	}
	cmd.Flags().BoolVar(&started, "run", false, "run SpecWeave's own command where it must close the increment")
	return cmd
}

func (r *run) closeIncrement(ctx context.Context, started bool) error {
	in, err := r.readWoven(ctx)
	if err != nil {
		return err
	}
	// A state of its own ends here: what counts is what the incident shows.
	if stand := in.IncrementStand(); stand.Said && stand.State != workflow.Completed {
		done, err := r.write(ctx, in.ID, wanting(workflow.MoveIncrement{}))
		if err != nil {
			return err
		}
		in = done.After
	}
	out, err := r.weave(ctx, in)
	if err != nil {
		return err
	}
	in = out.taken.After
	if missing := missingToClose(in, out.found); len(missing) > 0 {
		return &failure{exit: ExitRefused, code: "increment.open", says: "The increment stays open. Missing: " + strings.TrimRight(strings.Join(missing, "; "), ".") + "."}
	}
	if out.found.Handover.Because != "" {
		if out, err = r.handOver(ctx, in, out, started); err != nil {
			return err
		}
	}
	if r.flags.json {
		return r.printJSON(r.incrementJSON(out.taken.After, &out.found, out.taken))
	}
	if out.found.Handover.Because != "" {
		r.line("Everything is ticked. %s Close it with: %s", out.found.Handover.Because, out.found.Handover.Command)
		r.line("In an assistant that has SpecWeave: %s", out.found.Handover.Skill)
		return nil
	}
	r.line("%s is %s.", oneLine(out.found.ID), out.found.State.Word())
	return nil
}

// missingToClose names what stands in the way.
func missingToClose(in workflow.Incident, found session.Increment) []string {
	if found.State == workflow.Completed {
		return nil
	}
	var out []string
	if !in.Reached(workflow.AllClear) {
		out = append(out, "the all-clear")
	}
	for _, t := range in.Tasks() {
		if !t.Done {
			out = append(out, oneLine(t.ID+" "+t.Title))
		}
	}
	for _, q := range differing(found) {
		out = append(out, "a difference about "+q.Part.Named())
	}
	if found.Held != "" {
		out = append(out, "git's own work in the tree")
	}
	if len(out) == 0 && found.Handover.Because == "" { // everything is done, and yet the files stayed open
		out = append(out, found.Says...)
	}
	return out
}

// handOver runs SpecWeave's own command, when somebody asked for it, and looks
// at what it did.
func (r *run) handOver(ctx context.Context, in workflow.Incident, out step, started bool) (step, error) {
	if !started {
		return out, nil
	}
	hands, folder, err := r.loom(ctx, "")
	if err != nil {
		return out, err
	}
	if err := hands.Complete(ctx, folder, in, func(text string) { fmt.Fprint(r.Err, cleanText(text)) }); err != nil {
		return out, &failure{exit: ExitFailed, code: "specweave.failed", says: sentenceOf(err) + " The increment stays as SpecWeave left it: firebreak increment sync"}
	}
	return r.weave(ctx, in)
}
