package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

// unsure is the third answer to a criterion.
const unsure = "unsure"

func (r *run) decideCommand() *cobra.Command {
	var reason, change, at string
	var answers []string
	cmd := &cobra.Command{
		Use: "decide [rollback|hotfix]", Short: "Decide between rollback and hotfix, or show the criteria",
		Long: `Decide between rollback and hotfix, as a record: who, when, from which answers,
why, and what would change it. Without a decision the criteria are listed, and
with answers the advice that they speak for. The person decides.`,
		Example: `  firebreak decide
  firebreak decide --answer previous-worked=yes --answer rollback-faster=yes
  firebreak decide hotfix --reason "The migration cannot be taken back"`,
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: []string{workflow.RollbackOption, workflow.HotfixOption},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return r.advise(cmd.Context(), answers)
			}
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), burning, func(in workflow.Incident) ([]workflow.Intent, error) {
				given, err := criteriaOf(in.Playbook, answers)
				return []workflow.Intent{workflow.Choose{Option: args[0], Reason: reason, Answers: given, WouldChange: change, At: stamp}}, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&reason, "reason", "", "why (default: what the answers speak for)")
	f.StringVar(&change, "would-change", "", "what would change the decision")
	f.StringArrayVar(&answers, "answer", nil, "a criterion and yes, no or unsure: previous-worked=yes; may be given again")
	atFlag(cmd, &at)
	return cmd
}

func criteria(p workflow.Playbook) []workflow.Criterion {
	return slices.Concat(p.Decision.Rollback, p.Decision.Hotfix)
}

func criteriaOf(p workflow.Playbook, args []string) (map[string]string, error) {
	if len(args) == 0 {
		return nil, nil
	}
	answers := map[string]string{}
	for _, arg := range args {
		id, answer, _ := strings.Cut(arg, "=")
		if !slices.ContainsFunc(criteria(p), func(c workflow.Criterion) bool { return c.ID == id }) {
			return nil, wrongUsage("There is no criterion %s. There are %s.", quoted(id), idsOf(criteria(p), func(c workflow.Criterion) string { return c.ID }))
		}
		if answer != workflow.Yes && answer != workflow.No && answer != unsure {
			return nil, wrongUsage("A criterion is answered with yes, no or unsure: --answer %s=yes", id)
		}
		answers[id] = answer
	}
	return answers, nil
}

// adviceJSON is what the answers speak for, and the criteria that there are.
type adviceJSON struct {
	Option   string            `json:"option"` // "" when nothing is answered
	Reason   string            `json:"reason"`
	Change   string            `json:"would_change"`
	Open     int               `json:"open"`
	Answers  map[string]string `json:"answers"`
	Criteria []criterionJSON   `json:"criteria"`
}

type criterionJSON struct {
	ID       string `json:"id"`
	For      string `json:"for"`
	Text     string `json:"text"`
	Decisive bool   `json:"decisive,omitempty"`
}

func (r *run) advise(ctx context.Context, args []string) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	answers, err := criteriaOf(in.Playbook, args)
	if err != nil {
		return err
	}
	if answers == nil {
		answers = in.Fix.Choice().Answers
	}
	a := in.Playbook.Advise(answers)
	if r.flags.json {
		out := adviceJSON{Option: a.Option, Reason: a.Reason, Change: a.Change, Open: a.Open, Answers: answers}
		for _, c := range in.Playbook.Decision.Rollback {
			out.Criteria = append(out.Criteria, criterionJSON{c.ID, workflow.RollbackOption, c.Text, c.Decisive})
		}
		for _, c := range in.Playbook.Decision.Hotfix {
			out.Criteria = append(out.Criteria, criterionJSON{c.ID, workflow.HotfixOption, c.Text, c.Decisive})
		}
		return r.printJSON(out)
	}
	r.printCriteria("When to roll back:", in.Playbook.Decision.Rollback, answers)
	r.printCriteria("When to hotfix:", in.Playbook.Decision.Hotfix, answers)
	if a.Option != "" {
		r.line("%s", wrapped("Advice", column, a.Option+": "+a.Reason))
	}
	if d := in.Fix.Choice(); d.Option != "" {
		r.line("%s", wrapped("Decided", column, d.Option+": "+d.Reason))
	}
	return nil
}

func (r *run) printCriteria(title string, all []workflow.Criterion, answers map[string]string) {
	r.line("%s", r.paint(bold, title))
	for _, c := range all {
		text := c.Text
		if c.Decisive {
			text += " (settles it alone)"
		}
		r.line("%s", wrapped("  "+pad(c.ID, 21)+" "+orDash(answers[c.ID]), 32, text))
	}
}
