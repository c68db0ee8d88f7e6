package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) roleCommand() *cobra.Command {
	return &cobra.Command{
		Use: "role [ROLE [PERSON]]", Short: "Take a role or give it to somebody; without one, list them",
		Long: `Take a role, or give it to a person. Command changes hands with a hand-off
once somebody has it. Without a role, the roles and who has them are listed.`,
		Example: "  firebreak role\n  firebreak role scribe\n  firebreak role fixer Bob",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return r.listRoles(cmd.Context())
			}
			return r.changeIn(cmd.Context(), recent, wanting(workflow.Claim{Role: strings.ToLower(args[0]), Person: strings.Join(args[1:], " ")}))
		},
	}
}

// roleJSON is a role and who has it.
type roleJSON struct {
	ID     string    `json:"id"`
	Name   string    `json:"name"`
	Person string    `json:"person"` // "" when nobody has it
	Since  time.Time `json:"since,omitzero"`
}

func rolesOf(in workflow.Incident) []roleJSON {
	out := []roleJSON{}
	for _, role := range in.Playbook.Roles {
		h := in.Holder(role.ID)
		out = append(out, roleJSON{role.ID, role.Name, h.Person, h.Since})
	}
	return out
}

func (r *run) listRoles(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string]any{"id": in.ID, "roles": rolesOf(in)})
	}
	rows := [][]string{{"ROLE", "NAME", "PERSON"}}
	for _, role := range rolesOf(in) {
		rows = append(rows, []string{role.ID, role.Name, orDash(role.Person)})
	}
	r.table(rows)
	return nil
}

func orDash(text string) string {
	if strings.TrimSpace(text) == "" {
		return "–"
	}
	return text
}

func (r *run) assignCommand() *cobra.Command {
	var to, done string
	var box time.Duration
	cmd := &cobra.Command{
		Use: "assign TEXT --to PERSON", Short: "Give one person a task with a time box; without one, list them",
		Long: `Give one person a task of the response, with a time box. --done ends a task by
its number, with the text as the result. Without a text, open tasks are listed.`,
		Example: `  firebreak assign "restore the token pattern" --to Bob --for 15m
  firebreak assign --done 1 "pattern restored"
  firebreak assign`,
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := r.text(args)
			switch {
			case err != nil:
				return err
			case done != "":
				return r.finish(cmd.Context(), done, text)
			case len(args) == 0:
				return r.listAssignments(cmd.Context())
			}
			return r.changeIn(cmd.Context(), burning, wanting(workflow.Assign{Text: text, Owner: to, Box: box}))
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "who does it: one person")
	cmd.Flags().DurationVar(&box, "for", 0, "the time box: 15m (default: the playbook's)")
	cmd.Flags().StringVar(&done, "done", "", "end the task with this number or id")
	return cmd
}

func (r *run) finish(ctx context.Context, named, result string) error {
	return r.changeIn(ctx, burning, func(in workflow.Incident) ([]workflow.Intent, error) {
		open := in.OpenAssignments()
		ids := make([]string, len(open))
		for i, a := range open {
			ids[i] = string(a.ID)
		}
		i, err := numbered(ids, named, "open task", "firebreak assign")
		if err != nil {
			return nil, err
		}
		return []workflow.Intent{workflow.FinishAssignment{ID: open[i].ID, Result: result}}, nil
	})
}

func (r *run) listAssignments(ctx context.Context) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	tasks := assignmentsOf(in, r.Now())
	if r.flags.json {
		return r.printJSON(map[string]any{"id": in.ID, "assignments": tasks})
	}
	if len(tasks) == 0 {
		r.line("No task is open.")
	}
	for i, task := range tasks {
		r.line("%s", wrapped(ordinal(i), 4, task.Owner+": "+task.Text+" ("+task.due(r.Now())+")"))
	}
	return nil
}

type assignmentJSON struct {
	ID    workflow.EventID `json:"id"`
	Owner string           `json:"owner"`
	Text  string           `json:"text"`
	Due   time.Time        `json:"due"`
	Late  bool             `json:"late"`
}

func assignmentsOf(in workflow.Incident, now time.Time) []assignmentJSON {
	out := []assignmentJSON{}
	for _, a := range in.OpenAssignments() {
		out = append(out, assignmentJSON{a.ID, a.Owner, a.Text, a.Due(), a.Late(now)})
	}
	return out
}

func (a assignmentJSON) due(now time.Time) string {
	if a.Late {
		return "late by " + workflow.Words(now.Sub(a.Due))
	}
	return "due in " + workflow.Words(a.Due.Sub(now))
}
