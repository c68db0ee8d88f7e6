package cli

import (
	"time"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) verifyCommand() *cobra.Command {
	var check workflow.Check
	var at string
	var watch watchFlags
	cmd := &cobra.Command{
		Use: "verify [WHAT]", Short: "Watch production, or record a look at it and how it went",
		Long: `Record what was checked in production, and what it showed. A network that is
down is unknown, not failed. The last word on each thing counts.

With --watch the probes are looked at until the fix is verified: each must stay
green for as long as the playbook says, and a failure starts that again. What is
worth it goes on record by itself. The exit code is 0 when the fix is verified,
and 1 when it is not. With --once each is looked at one time, and the exit code
is 0 when all of them are well.`,
		Example: `  firebreak verify "Login answers 200" --passed --before 500 --after 200
  firebreak verify "auth_errors is decreasing" --unknown
  firebreak verify --watch
  firebreak verify --once --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if watch.on || watch.once {
				if len(args) > 0 {
					return wrongUsage("The probes say themselves what they look at. Give --watch or --once alone.")
				}
				return r.watchProduction(cmd.Context(), watch)
			}
			if err := atLeast(1, "Say what was checked in production.")(cmd, args); err != nil {
				return err
			}
			went, err := oneOf(cmd, "passed", "failed", "unknown")
			if err != nil {
				return err
			}
			if check.What, err = r.text(args); err != nil {
				return err
			}
			check.Outcome = workflow.Outcome(went)
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), recent, wanting(workflow.RecordCheck{Check: check, At: stamp}))
		},
	}
	f := cmd.Flags()
	f.Bool("passed", false, "it is well")
	f.Bool("failed", false, "it is not")
	f.Bool("unknown", false, "nobody can tell")
	f.StringVar(&check.Before, "before", "", "the value before the fix: 31% errors")
	f.StringVar(&check.After, "after", "", "the value now")
	f.BoolVar(&watch.on, "watch", false, "look at the probes until the fix is verified")
	f.BoolVar(&watch.once, "once", false, "look at each probe one time")
	f.DurationVar(&watch.at, "for", 0, "stop watching after so long: 30m (default: when it is verified)")
	f.DurationVar(&watch.every, "every", 0, "between two looks (default: as the playbook says)")
	f.StringVar(&watch.repo, "repo", "", repoFlagHelp)
	atFlag(cmd, &at)
	return cmd
}

// watchFlags say how production is watched.
type watchFlags struct {
	on, once bool
	at       time.Duration
	every    time.Duration
	repo     string
}
