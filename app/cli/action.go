package cli

import (
	"context"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) scheduleCommand() *cobra.Command {
	var at, owner string
	cmd := &cobra.Command{
		Use: "schedule", Short: "Schedule the post-mortem", Args: cobra.NoArgs,
		Long:    "Schedule the post-mortem: without a time, the playbook's time from now.",
		Example: "  firebreak schedule\n  firebreak schedule --at \"tomorrow 10:00\" --owner Jane",
		RunE: func(cmd *cobra.Command, _ []string) error {
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), recent, wanting(workflow.Schedule{When: stamp, Owner: owner}))
		},
	}
	cmd.Flags().StringVar(&at, "at", "", "when: tomorrow 10:00, 2024-11-26 10:00, in 20h")
	cmd.Flags().StringVar(&owner, "owner", "", "who writes it (default: you)")
	return cmd
}

func (r *run) actionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "action", Short: "Add, list and finish action items",
		Long:    "Action items are what is done so that it does not happen again. They live on\nafter the incident. Without a command they are listed.",
		Example: "  firebreak action add \"Add a regression test for dashes\" --owner Bob --due 2024-12-05\n  firebreak action\n  firebreak action done 1",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.listActions(cmd.Context()) },
	}
	var add workflow.AddAction
	adding := &cobra.Command{
		Use: "add TEXT", Short: "Add an action item", Args: atLeast(1, "Say what is to be done."),
		Example: `  firebreak action add "Canary deployment for auth" --owner Ann --kind prevent`,
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := r.text(args)
			if err != nil {
				return err
			}
			add.Text = text
			return r.changeIn(cmd.Context(), latest, wanting(add))
		},
	}
	adding.Flags().StringVar(&add.Kind, "kind", "", "prevent, detect, mitigate, process, or a word of yours")
	adding.Flags().StringVar(&add.Owner, "owner", "", "who does it")
	adding.Flags().StringVar(&add.Due, "due", "", "by when: 2024-12-05")
	cmd.AddCommand(adding, &cobra.Command{
		Use: "list", Short: "List the action items", Args: cobra.NoArgs, Example: "  firebreak action list --json",
		RunE: func(cmd *cobra.Command, _ []string) error { return r.listActions(cmd.Context()) },
	})
	for _, to := range []struct {
		name, short string
		state       workflow.ActionState
	}{
		{"done", "Finish an action item", workflow.ActionDone},
		{"drop", "Leave an action item undone", workflow.ActionDropped},
		{"reopen", "Open an action item again", workflow.ActionOpen},
	} {
		cmd.AddCommand(&cobra.Command{
			Use: to.name + " NUMBER", Short: to.short, Args: cobra.ExactArgs(1), Example: "  firebreak action " + to.name + " 1",
			RunE: func(cmd *cobra.Command, args []string) error { return r.moveAction(cmd.Context(), args[0], to.state) },
		})
	}
	return cmd
}

func (r *run) moveAction(ctx context.Context, named string, state workflow.ActionState) error {
	return r.changeIn(ctx, latest, func(in workflow.Incident) ([]workflow.Intent, error) {
		items := in.Review.ActionItems()
		ids := make([]string, len(items))
		for i, item := range items {
			ids[i] = string(item.ID)
		}
		i, err := numbered(ids, named, "action item", "firebreak action")
		if err != nil {
			return nil, err
		}
		return []workflow.Intent{workflow.ChangeAction{ID: items[i].ID, State: &state}}, nil
	})
}

// actionJSON is an action item for a program.
type actionJSON struct {
	ID    workflow.EventID     `json:"id"`
	Text  string               `json:"text"`
	State workflow.ActionState `json:"state"`
	Kind  string               `json:"kind,omitempty"`
	Owner string               `json:"owner,omitempty"`
	Due   string               `json:"due,omitempty"`
}

func actionsOf(in workflow.Incident) []actionJSON {
	out := []actionJSON{}
	for _, a := range in.Review.ActionItems() {
		out = append(out, actionJSON{a.ID, a.Text.Get(), a.State.Get(), a.Kind.Get(), a.Owner.Get(), a.Due.Get()})
	}
	return out
}

func (r *run) listActions(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	actions := actionsOf(in)
	if r.flags.json {
		return r.printJSON(map[string]any{"id": in.ID, "actions": actions})
	}
	if len(actions) == 0 {
		r.line("No action item yet. Add one: firebreak action add TEXT")
		return nil
	}
	for i, a := range actions {
		mark, state := "[x]", string(a.State)
		if a.State == workflow.ActionOpen {
			mark, state = "[ ]", ""
		}
		r.line("%s", wrapped(pad(ordinal(i), 4)+mark, 8, told(a.Text, a.Owner, a.Due, state)))
	}
	return nil
}
