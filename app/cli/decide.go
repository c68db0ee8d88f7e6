package cli

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

// unsure is the third answer to a criterion.
const unsure = "unsure"

func (r *run) decideCommand() *cobra.Command {
	var reason, change, at, repository string
	var answers []string
	var hints workflow.WayHints
	cmd := &cobra.Command{
		Use: "decide [rollback|hotfix]", Short: "Decide between rollback and hotfix, or show the criteria",
		Long: `Decide between rollback and hotfix, as a record: who, when, from which answers
and facts, why, and what would change it. Without a decision the criteria are
listed with what the repository and the log say to each, and with answers the
advice that they speak for. The person decides. The revert is tried where
nothing is touched, and nothing is run.`,
		Example: `  firebreak decide
  firebreak decide --suspect abc1234 --good v1.2.2
  firebreak decide --answer previous-worked=yes --answer rollback-faster=yes
  firebreak decide hotfix --reason "The migration cannot be taken back"`,
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: []string{workflow.RollbackOption, workflow.HotfixOption},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return r.advise(cmd.Context(), answers, repository, hints)
			}
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			looked := map[workflow.IncidentID]besides{} // a change that is decided again looks once
			return r.changeIn(cmd.Context(), burning, func(in workflow.Incident) ([]workflow.Intent, error) {
				k, done := looked[in.ID]
				if !done {
					k = r.evidenceOf(cmd.Context(), in, repository, hints)
					looked[in.ID] = k
				}
				given, err := criteriaOf(in.Playbook, answers)
				return []workflow.Intent{k.choose(in, args[0], reason, change, given, hints, stamp)}, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&reason, "reason", "", "why (default: what the answers speak for)")
	f.StringVar(&change, "would-change", "", "what would change the decision")
	f.StringArrayVar(&answers, "answer", nil, "a `CRITERION` and yes, no or unsure: previous-worked=yes; may be given again")
	f.StringVar(&hints.Good, "good", "", "the last good version (default: found in the repository)")
	f.StringVar(&hints.Suspect, "suspect", "", "the commit that is taken for the cause")
	f.StringVar(&repository, "repo", "", repoFlagHelp)
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
	Way      *wayJSON          `json:"way_back,omitempty"`
	Decided  string            `json:"decided,omitempty"` // the decision that stands
	Since    []string          `json:"since,omitempty"`   // facts that speak against it since
}

type criterionJSON struct {
	ID       string             `json:"id"`
	For      string             `json:"for"`
	Text     string             `json:"text"`
	Decisive bool               `json:"decisive,omitempty"`
	Facts    *workflow.Evidence `json:"facts,omitempty"`
}

func (r *run) advise(ctx context.Context, args []string, repository string, hints workflow.WayHints) error {
	in, err := r.read(ctx, latest)
	if err != nil {
		return err
	}
	given, err := criteriaOf(in.Playbook, args)
	if err != nil {
		return err
	}
	k := r.evidenceOf(ctx, in, repository, hints)
	answers := in.Playbook.Proposed(own(in, given), k.facts)
	a := in.Playbook.AdviseOn(answers, k.facts)
	if r.flags.json {
		return r.printJSON(adviceOf(in, k, a, answers))
	}
	r.printWay(in, k)
	r.printCriteria("When to roll back:", in.Playbook.Decision.Rollback, own(in, given), k.facts)
	r.printCriteria("When to hotfix:", in.Playbook.Decision.Hotfix, own(in, given), k.facts)
	if a.Option != "" {
		r.line("%s", wrapped("Advice", column, a.Option+": "+a.Reason))
		r.line("%s", r.paint(faint, wrapped("", column, "Would change it: "+a.Change)))
	}
	if d := in.Fix.Choice(); d.Option != "" {
		r.line("%s", wrapped("Decided", column, d.Option+": "+d.Reason))
	}
	if since := in.SinceWords(k.facts); since != "" {
		r.line("%s", r.paint(amber, wrapped("Since", column, since)))
	}
	return nil
}

// own are the answers of people: those given now over those of the decision.
func own(in workflow.Incident, given map[string]string) map[string]string {
	answers := in.Fix.Choice().Own()
	maps.Copy(answers, given)
	return answers
}

func (r *run) printCriteria(title string, all []workflow.Criterion, answers map[string]string, facts map[string]workflow.Weighed) {
	r.line("%s", r.paint(bold, title))
	for _, c := range all {
		text := c.Text
		if c.Decisive {
			text += " (settles it alone)"
		}
		answer, fact := answers[c.ID], facts[c.ID]
		if answer == "" && fact.Answer != "" {
			answer = fact.Answer + "?" // proposed by the facts
		}
		r.line("%s", wrapped("  "+pad(c.ID, 21)+" "+orDash(answer), 32, text))
		if fact.Says != "" {
			r.line("%s", r.paint(faint, wrapped("", 32, strings.TrimRight(fact.Says, ".")+".")))
		}
	}
}
