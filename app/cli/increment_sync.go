package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/app/session"
	"firebreak/workflow"
)

func (r *run) syncIncrementCommand() *cobra.Command {
	check, watch := false, false
	cmd := &cobra.Command{
		Use: "sync", Short: "Bring the incident and the increment's files in step", Args: cobra.NoArgs,
		Long: `What only the incident changed is written into the files, byte for byte where it
stands; what only the files changed is taken over into the incident. What both
changed is a question: nothing is overwritten, and the exit code is 6. --check
writes nothing on either side. --watch goes on until it is interrupted, as the
window does by itself.`,
		Example: "  firebreak increment sync\n  firebreak increment sync --check --json\n  firebreak increment sync --watch",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			in, err := r.readWoven(ctx)
			if err != nil {
				return err
			}
			if watch && check {
				return wrongUsage("Give --check or --watch, not both. See: firebreak increment sync --help")
			}
			if watch {
				return r.watchIncrement(ctx, in.ID)
			}
			var out step
			if check {
				out, err = r.compare(ctx, in)
			} else {
				out, err = r.weave(ctx, in)
			}
			if err != nil {
				return err
			}
			return r.saySync(ctx, out, check)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false, "say what differs, and write nothing")
	cmd.Flags().BoolVar(&watch, "watch", false, "go on until interrupted")
	return cmd
}

// readWoven reads the incident that the command is about, which must have an
// increment in a repository.
func (r *run) readWoven(ctx context.Context) (workflow.Incident, error) {
	in, err := r.read(ctx, latest)
	if err == nil && in.Fix.Increment.Get().Root == "" {
		err = nothing("increment.none", "This incident has no increment in a repository. Create one with firebreak increment create, or link one with: firebreak increment link ID")
	}
	return in, err
}

// compare looks at both sides and changes nothing.
func (r *run) compare(ctx context.Context, in workflow.Incident) (step, error) {
	hands, folder, err := r.loom(ctx, "")
	if err != nil {
		return step{}, err
	}
	found, err := hands.Compare(ctx, folder, in)
	return step{found: found, taken: change{Before: in, After: in}}, err
}

// errDiffers ends a command whose two sides do not say the same.
func errDiffers(n int) error {
	return &failure{exit: ExitConflict, code: "increment.differs", says: fmt.Sprintf("%s. Nothing was overwritten.", plural(n, "difference is left", "differences are left"))}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (r *run) saySync(ctx context.Context, out step, check bool) error {
	left := differing(out.found)
	if r.flags.json {
		if err := r.printJSON(r.incrementJSON(out.taken.After, &out.found, out.taken)); err != nil {
			return err
		}
	} else if err := r.printSync(ctx, out, left, check); err != nil {
		return err
	}
	if len(left) > 0 || out.found.Held != "" {
		return errDiffers(max(len(left), 1))
	}
	return nil
}

// differing are the differences that are left.
func differing(i session.Increment) []workflow.Difference {
	return slices.DeleteFunc(slices.Clone(i.Differences), func(d workflow.Difference) bool { return d.Verdict == workflow.Agreed })
}

func (r *run) printSync(ctx context.Context, out step, left []workflow.Difference, check bool) error {
	r.printStanding(out.found)
	zone, err := r.zone(ctx)
	if err != nil {
		return err
	}
	for _, e := range out.taken.Events {
		r.line("%s", wrapped("From file", column, fmt.Sprintf("%s (%s, %s)", eventWords(out.taken.Before, out.taken.After, e), e.Via, r.clock(e.At, zone))))
	}
	if len(out.found.Wrote) > 0 {
		r.line("%s", pad("Written", column)+strings.Join(slices.Compact(out.found.Wrote), ", "))
	}
	r.printDifferences(left)
	if out.found.Held != "" {
		r.warn(out.found.Held)
	}
	for _, says := range out.found.Says {
		r.warn(says)
	}
	if len(left) == 0 && out.found.Held == "" {
		r.line("Both sides say the same.")
	} else if check {
		r.line("Nothing was written.")
	}
	return nil
}

// printStanding says which increment it is and how far it has come.
func (r *run) printStanding(i session.Increment) {
	state := i.State.Word()
	if state == "" {
		state = quoted(i.Raw)
	}
	r.line("%s", wrapped("Increment", column, fmt.Sprintf("%s, %s", oneLine(i.ID), state)))
	r.line("%s", wrapped("Files", column, oneLine(i.Folder)+" in "+oneLine(i.Root)))
	r.line("%s", pad("Progress", column)+fmt.Sprintf("%d of %s done, %d of %s met", i.Done, plural(i.Tasks, "task", "tasks"), i.Met, plural(i.Criteria, "acceptance criterion", "acceptance criteria")))
}

// printDifferences shows both texts of each difference, one under the other.
func (r *run) printDifferences(left []workflow.Difference) {
	for _, d := range left {
		r.line("")
		r.line("%s", r.paint(bold, capitalised(d.Part.Word()))+": "+verdictWords(d))
		r.line("%s", wrapped("  here", column, sideWords(d.Part, d.Ours)))
		r.line("%s", wrapped("  in file", column, sideWords(d.Part, d.Theirs)))
		if d.Verdict == workflow.AskFirst {
			r.line("%s", wrapped("  decide", column, "firebreak increment keep "+partName(d.Part)+" "+strings.Join(answers(d.Part), "|")))
		}
	}
}

func verdictWords(d workflow.Difference) string {
	switch d.Verdict {
	case workflow.AskFirst:
		return "changed on both sides, and both are kept"
	case workflow.WriteOurs:
		return "changed here, not written into the file yet"
	case workflow.TakeTheirs:
		return "changed in the file, not taken over yet"
	default:
		return "said in two forms"
	}
}

// answers are the ways in which a question about a part can be decided.
func answers(p workflow.Part) []string {
	out := []string{string(workflow.KeepOurs), string(workflow.KeepTheirs)}
	if _, what, task := p.Task(); p == workflow.StatePart || task && what != "title" {
		return out
	}
	return append(out, string(workflow.KeepBoth))
}

// sideWords is what a side says of a part.
func sideWords(p workflow.Part, value string) string {
	_, what, task := p.Task()
	switch {
	case task && what == "" && value == "":
		return "(not there)"
	case task && what == "":
		return "(there)"
	case strings.TrimSpace(value) == "":
		return "(nothing)"
	default:
		return cleanText(value)
	}
}

func capitalised(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func (r *run) keepCommand() *cobra.Command {
	return &cobra.Command{
		Use: "keep PART ours|theirs|both", Short: "Decide what holds where both sides changed the same",
		Long: `Decide a question between the incident and the increment's files. The part is
problem, cause, fix, state, a task such as T-003, or a part of one such as
T-003/title. What is given up stays in the log.`,
		Example: "  firebreak increment keep cause theirs\n  firebreak increment keep T-003 ours",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			in, err := r.readWoven(ctx)
			if err != nil {
				return err
			}
			now, err := r.compare(ctx, in)
			if err != nil {
				return err
			}
			part := partNamed(args[0])
			for _, q := range now.found.Questions() {
				if q.Part != part {
					continue
				}
				settle := workflow.SettleClash{Part: q.Part, Ours: q.Ours, Theirs: q.Theirs, Keep: workflow.Keep(strings.ToLower(args[1])), Hypothesis: now.found.Hypothesis}
				done, err := r.write(ctx, in.ID, wanting(settle))
				if err == nil {
					r.weaveAfter(ctx, done)
				}
				return r.sayUnless(ctx, done, err)
			}
			return nothing("question.none", "There is no question about %s. See: firebreak increment sync --check", quoted(args[0]))
		},
	}
}
