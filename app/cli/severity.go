package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) severityCommand() *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use: "severity [LEVEL]", Short: "Set the severity, or show the table of levels",
		Long: `Set or change the severity. Lowering it needs a reason. "undecided" takes the
decision back; until then the most severe level's rules hold. Without a level
the table of levels is printed.`,
		Example: `  firebreak severity SEV1
  firebreak severity SEV3 --reason "Only the export job is hit"`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return r.levels(cmd.Context())
			}
			return r.changeIn(cmd.Context(), burning, func(in workflow.Incident) ([]workflow.Intent, error) {
				return []workflow.Intent{workflow.SetSeverity{Level: levelNamed(in.Playbook, args[0]), Reason: reason}}, nil
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why; needed when it goes down")
	return cmd
}

// policyHere is the playbook of the incident that is open, or the one that the
// next incident would be declared under.
func (r *run) policyHere(ctx context.Context) (workflow.Playbook, error) {
	in, err := r.read(ctx, burning)
	if err == nil {
		return in.Playbook, nil
	}
	if exitOf(err) == ExitNothing && r.flags.incident == "" {
		return r.policy(ctx)
	}
	return workflow.Playbook{}, err
}

func (r *run) levels(ctx context.Context) error {
	p, err := r.policyHere(ctx)
	if err != nil {
		return err
	}
	if r.flags.json {
		return r.printJSON(map[string][]workflow.Level{"levels": p.Levels})
	}
	rows := [][]string{{"LEVEL", "DESCRIPTION", "RESPONSE", "FLOW", "EXAMPLE"}}
	for _, l := range p.Levels {
		rows = append(rows, []string{l.ID, l.Description, l.Response, string(l.Flow), l.Example})
	}
	r.table(rows)
	return nil
}

// proposalJSON is a proposed level, and what it rests on.
type proposalJSON struct {
	Level     string            `json:"level"` // "" while no answer names one
	Reason    string            `json:"reason"`
	Answers   map[string]string `json:"answers"`
	Unsure    int               `json:"unsure"`
	Open      int               `json:"open"` // questions without an answer
	Questions []questionJSON    `json:"questions"`
}

type questionJSON struct {
	ID      string       `json:"id"`
	Ask     string       `json:"ask"`
	Answers []answerJSON `json:"answers"`
}

type answerJSON struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

func (r *run) triageCommand() *cobra.Command {
	var set bool
	cmd := &cobra.Command{
		Use: "triage [QUESTION=ANSWER…]", Short: "Propose a severity from a few plain answers",
		Long: `Propose a level from the answers to the playbook's questions, with the reason.
"unsure" is always an answer, and takes the more severe one. Without answers the
questions are printed. The person decides: --set takes the proposal.`,
		Example: `  firebreak triage
  firebreak triage who=everyone function=system worse=unsure
  firebreak triage who=many workaround=yes --set`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.triage(cmd.Context(), args, set)
		},
	}
	cmd.Flags().BoolVar(&set, "set", false, "set the severity to the proposed level, and keep the answers")
	return cmd
}

func (r *run) triage(ctx context.Context, args []string, set bool) error {
	p, err := r.policyHere(ctx)
	if err != nil {
		return err
	}
	answers, err := answersOf(p, args)
	if err != nil {
		return err
	}
	got := p.Propose(answers)
	if set {
		if got.Level == "" {
			return wrongUsage("These answers name no level yet, so there is nothing to set. See the questions with: firebreak triage")
		}
		return r.changeIn(ctx, burning, wanting(workflow.SetSeverity{Level: got.Level, Reason: got.Reason, Answers: answers}))
	}
	if r.flags.json {
		return r.printJSON(proposalJSON{got.Level, got.Reason, answers, got.Unsures, got.Open, questionsOf(p)})
	}
	if len(answers) == 0 {
		r.questions(p)
		return nil
	}
	if got.Level == "" {
		r.line("No level follows from these answers yet; %d questions are open.", got.Open)
		return nil
	}
	r.line("%s", wrapped(got.Level, column, got.Reason))
	if got.Open > 0 {
		r.line("%s%d of %d questions are not answered.", pad("", column), got.Open, len(p.Questions))
	}
	return nil
}

// answersOf reads answers like who=everyone, and refuses what the playbook
// does not offer: a typing error must not lower a level.
func answersOf(p workflow.Playbook, args []string) (map[string]string, error) {
	answers := map[string]string{}
	for _, arg := range args {
		id, answer, _ := strings.Cut(arg, "=")
		i := slices.IndexFunc(p.Questions, func(q workflow.Question) bool { return q.ID == id })
		if i < 0 {
			return nil, wrongUsage("There is no triage question %s. There are %s.", quoted(id), idsOf(p.Questions, func(q workflow.Question) string { return q.ID }))
		}
		q := p.Questions[i]
		known := answer == workflow.Unsure || slices.ContainsFunc(q.Answers, func(a workflow.Answer) bool { return a.ID == answer })
		if !known {
			return nil, wrongUsage("The question %s has no answer %s. Take %s or unsure.", q.ID, quoted(answer), idsOf(q.Answers, func(a workflow.Answer) string { return a.ID }))
		}
		answers[id] = answer
	}
	return answers, nil
}

func idsOf[T any](all []T, id func(T) string) string {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = id(one)
	}
	return strings.Join(ids, ", ")
}

func questionsOf(p workflow.Playbook) []questionJSON {
	var out []questionJSON
	for _, q := range p.Questions {
		one := questionJSON{ID: q.ID, Ask: q.Ask}
		for _, a := range q.Answers {
			one.Answers = append(one.Answers, answerJSON{a.ID, a.Label})
		}
		out = append(out, one)
	}
	return out
}

func (r *run) questions(p workflow.Playbook) {
	for _, q := range p.Questions {
		r.line("%s", r.paint(bold, oneLine(q.Ask)))
		for _, a := range q.Answers {
			r.line("%s", wrapped("  "+q.ID+"="+a.ID, 22, a.Label))
		}
	}
	r.line("\nAny of them can be unsure, which takes the more severe answer.")
}
