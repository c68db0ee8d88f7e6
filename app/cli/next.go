package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) nextCommand() *cobra.Command {
	return &cobra.Command{
		Use: "next", Short: "Say the next best action, and why", Args: cobra.NoArgs,
		Example: "  firebreak next\n  firebreak next --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			in, err := r.read(cmd.Context(), latest)
			if err != nil {
				return err
			}
			next := nextOf(in, r.Now())
			switch {
			case r.flags.json:
				return r.printJSON(map[string]*nextJSON{"next": next})
			case next == nil:
				r.line("Nothing is left to do for %s.", oneLine(in.Triage.Title.Get()))
			default:
				r.printNext(*next)
			}
			return nil
		},
	}
}

func (r *run) printNext(next nextJSON) {
	title := oneLine(next.Title)
	if next.Late {
		title = r.paint(red, "LATE: "+title)
	} else {
		title = r.paint(bold, title)
	}
	r.line("%s%s", pad("Next", column), title)
	r.line("%s", wrapped("", column, next.Reason))
	if next.Place != "" {
		r.line("%s%s", pad("", column), r.paint(faint, next.Place))
	}
	if next.Command != "" {
		r.line("%s%s", pad("", column), next.Command)
	}
}

// commandFor is the command that does the next action.
func commandFor(next workflow.Next) string {
	switch next.Step {
	case workflow.StepSeverity:
		return "firebreak severity LEVEL"
	case workflow.StepAssign:
		return "firebreak assign --done " + next.Target
	case workflow.StepUpdate:
		return `firebreak tell channel "TEXT"`
	case workflow.StepRole:
		return "firebreak role " + next.Target + " PERSON"
	case workflow.StepItem:
		if command, known := settles[next.Fact]; known {
			return command
		}
		return "firebreak check " + next.Target
	case workflow.StepClash:
		return "firebreak check " + next.Target
	case workflow.StepConfirm:
		return "firebreak check --confirm " + next.Target
	case workflow.StepReview:
		return "firebreak postmortem write SECTION -"
	case workflow.StepExport:
		return "firebreak export postmortem"
	case workflow.StepFinalize:
		return "firebreak postmortem final"
	case workflow.StepActionDue:
		return "firebreak action done " + next.Target
	default:
		return ""
	}
}

// commandIn is commandFor in an incident: a deploy without an end asks for its
// end, and a rollback that was decided is what goes out.
func commandIn(in workflow.Incident, next workflow.Next) string {
	if _, open := in.OpenDeploy(); open && next.Fact == workflow.DeployRecorded {
		return "firebreak deploy --went-out|--failed"
	}
	if next.Fact != workflow.DeployRecorded || in.Fix.Choice().Option != workflow.RollbackOption {
		return commandFor(next)
	}
	to := in.BackTo()
	if to == "" || strings.ContainsAny(to, " \t\"'$`\\") {
		to = "VERSION"
	}
	return "firebreak deploy --rollback --version " + to
}

// settles names the command that records each fact, so that the item ticks itself.
var settles = map[workflow.Fact]string{
	workflow.SeverityDecided:      "firebreak severity LEVEL",
	workflow.ImpactUnderstood:     `firebreak assess --impact "TEXT"`,
	workflow.StakeholdersNotified: `firebreak tell channel "TEXT"`,
	workflow.StatusPageUpdated:    `firebreak tell status-page "TEXT"`,
	workflow.IncrementWritten:     "firebreak increment create",
	workflow.RootCauseIdentified:  `firebreak cause "TEXT"`,
	workflow.FixImplemented:       "firebreak fix",
	workflow.TestsPassed:          "firebreak test --passed -- COMMAND",
	workflow.RegressionTestAdded:  "firebreak test --passed --suite regression -- COMMAND",
	workflow.RollbackReady:        "firebreak rollback-ready COMMAND --to VERSION",
	workflow.Approved:             "firebreak approve PERSON",
	workflow.StagingSettled:       "firebreak deploy --staging",
	workflow.DecisionMade:         "firebreak decide rollback|hotfix",
	workflow.RollbackChosen:       "firebreak decide rollback",
	workflow.DeployRecorded:       "firebreak deploy --version VERSION",
	workflow.FixVerified:          `firebreak verify "WHAT" --passed`,
	workflow.AllClearDeclared:     "firebreak all-clear",
	workflow.PostmortemScheduled:  "firebreak schedule",
	workflow.ScopeSettled:         "firebreak scope",
}
