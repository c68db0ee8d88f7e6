package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/workflow"
)

func (r *run) incrementCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "increment", Short: "Write the hotfix increment, and keep both sides in step",
		Long: `The increment is the hotfix's one page: the problem, the cause, the fix and the
tasks. It is written into the repository in the form that SpecWeave reads, and
kept in step with the incident: a task ticked in the file is ticked in the
incident, and the other way round. Without a command it is printed.`,
		Example: "  firebreak increment write problem \"Users receive 500 on login after v1.2.3\"\n  firebreak increment create\n  firebreak increment",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.printIncrement(cmd.Context()) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "show", Short: "Print the increment on one page", Args: cobra.NoArgs, Example: "  firebreak increment show --json",
			RunE: func(cmd *cobra.Command, _ []string) error { return r.printIncrement(cmd.Context()) },
		},
		&cobra.Command{
			Use: "write problem|fix|rollback TEXT", Short: "Write one of the increment's texts",
			Example:   `  firebreak increment write fix "Revert token validation to previous behavior."`,
			Args:      atLeast(2, "Name the text and write it: problem, fix or rollback."),
			ValidArgs: []string{string(workflow.ProblemText), string(workflow.FixText), string(workflow.RollbackText)},
			RunE: func(cmd *cobra.Command, args []string) error {
				text, err := r.text(args[1:])
				if err != nil {
					return err
				}
				return r.changeIn(cmd.Context(), recent, wanting(workflow.WriteText{Which: workflow.Text(args[0]), Text: text}))
			},
		},
		r.createIncrementCommand(), r.enableCommand(), r.taskCommand(), r.syncIncrementCommand(), r.keepCommand(),
		r.closeIncrementCommand(), r.listIncrementsCommand(), r.linkIncrementCommand(),
	)
	cmd.AddCommand(r.moveCommands()...)
	return cmd
}

func (r *run) createIncrementCommand() *cobra.Command {
	folder, dryRun := "", false
	cmd := &cobra.Command{
		Use: "create", Short: "Take the next number, write the files, and record it", Args: cobra.NoArgs,
		Example: "  firebreak increment create --repo ~/src/shop\n  firebreak increment create --dry-run",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			in, err := r.read(ctx, recent)
			if err != nil {
				return err
			}
			at, err := r.repository(ctx, folder)
			if err != nil {
				return err
			}
			hands, err := r.hands(ctx)
			if err != nil {
				return err
			}
			if dryRun {
				return r.previewIncrement(ctx, hands, at, in)
			}
			record, err := hands.CreateIncrement(ctx, at, in)
			if err != nil {
				return err
			}
			done, err := r.write(ctx, in.ID, recordOnce(record))
			if err == nil && len(done.Events) == 0 && !r.flags.json {
				r.line("%s is up to date in %s", record.ID, oneLine(record.Root))
			}
			if err == nil && record.Type != "hotfix" {
				r.warn("It follows the normal flow, as a " + record.Type + ": SpecWeave closes it, and asks reports before it does. See: firebreak increment close")
			}
			return r.sayUnless(ctx, done, err)
		},
	}
	cmd.Flags().StringVar(&folder, "repo", "", repoFlagHelp)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "say where it would be written, and why there; write nothing")
	return cmd
}

// previewIncrement says where an increment would be written, and why there.
func (r *run) previewIncrement(ctx context.Context, hands session.Hands, folder string, in workflow.Incident) error {
	found, err := hands.Find(ctx, folder)
	if err != nil {
		return err
	}
	plan, err := hands.Preview(ctx, folder, in, session.IncrementDocument)
	if err != nil {
		return err
	}
	if !r.flags.json {
		r.line("%s", wrapped("Why there", column, strings.TrimSpace(found.Why+" "+found.Warning)))
	}
	return r.sayPlan(plan, nil, exporting{dryRun: true})
}

// recordOnce records where the increment lies, unless that is known: its files
// were only written again.
func recordOnce(record workflow.RecordIncrement) plan {
	return func(in workflow.Incident) ([]workflow.Intent, error) {
		if in.Fix.Increment.Get() == (workflow.WrittenIncrement{ID: record.ID, Root: record.Root, Path: record.Path, Type: record.Type}) {
			return nil, nil
		}
		return []workflow.Intent{record}, nil
	}
}

// enabler is what some hands can do: make a repository a SpecWeave project.
type enabler interface {
	Enable(ctx context.Context, folder, name string) error
}

func (r *run) enableCommand() *cobra.Command {
	var folder, name string
	cmd := &cobra.Command{
		Use: "enable", Short: "Make the repository a SpecWeave project", Args: cobra.NoArgs,
		Long:    "Make the repository a SpecWeave project, so that an increment can be numbered.\nIt writes .specweave/config.json and nothing else; one that is there is kept.",
		Example: "  firebreak increment enable --repo ~/src/shop",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			at, err := r.repository(ctx, folder)
			if err != nil {
				return err
			}
			hands, err := r.hands(ctx)
			if err != nil {
				return err
			}
			can, is := hands.(enabler)
			if !is {
				return wrongUsage("This program cannot enable SpecWeave.")
			}
			if err := can.Enable(ctx, at, name); err != nil {
				return err
			}
			if r.flags.json {
				return r.printJSON(map[string]string{"folder": at})
			}
			r.line("SpecWeave is enabled for %s. Next: firebreak increment create", oneLine(at))
			return nil
		},
	}
	cmd.Flags().StringVar(&folder, "repo", "", repoFlagHelp)
	cmd.Flags().StringVar(&name, "name", "", "the project's name (default: the folder's)")
	return cmd
}

func (r *run) taskCommand() *cobra.Command {
	var add, rename, drop string
	var open bool
	cmd := &cobra.Command{
		Use: "task [T-001]", Short: "Tick a task of the increment, add one, rename it or leave it out",
		Example: "  firebreak increment task T-002\n  firebreak increment task T-002 --open\n  firebreak increment task --add \"Purge the token cache\"",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var want []workflow.Intent
			if add != "" {
				want = append(want, workflow.AddTask{Title: add})
			}
			if len(args) == 1 {
				id := strings.ToUpper(args[0])
				switch {
				case rename != "":
					want = append(want, workflow.RenameTask{ID: id, Title: rename})
				case drop != "":
					want = append(want, workflow.DropTask{ID: id, Reason: drop})
				default:
					want = append(want, workflow.MarkTask{ID: id, Done: !open})
				}
			}
			if len(want) == 0 {
				return wrongUsage("Name the task, such as T-001, or add one with --add.")
			}
			return r.changeIn(cmd.Context(), recent, wanting(want...))
		},
	}
	cmd.Flags().StringVar(&add, "add", "", "add a task with this title")
	cmd.Flags().StringVar(&rename, "rename", "", "give the task another title")
	cmd.Flags().StringVar(&drop, "drop", "", "leave the task out, because of this")
	cmd.Flags().BoolVar(&open, "open", false, "open the task again")
	return cmd
}
