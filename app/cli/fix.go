package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"firebreak/workflow"
)

func (r *run) causeCommand() *cobra.Command {
	var at string
	cmd := &cobra.Command{
		Use: "cause TEXT", Short: "Write down the root cause",
		Long: `Write the root cause down. The first time marks the milestone; later ones
correct the text and leave the time as it was.`,
		Example: `  firebreak cause "The token pattern was changed in PR #423"
  firebreak cause - < cause.txt`,
		Args: atLeast(1, "Write the root cause in a sentence: what changed, and why it broke."),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, stamp, err := r.textAt(cmd.Context(), args, at)
			if err != nil {
				return err
			}
			return r.changeIn(cmd.Context(), recent, wanting(workflow.Identify{Cause: text, At: stamp}))
		},
	}
	atFlag(cmd, &at)
	return cmd
}

func (r *run) fixCommand() *cobra.Command {
	var fix workflow.RecordFix
	var at string
	cmd := &cobra.Command{
		Use: "fix [COMMIT]", Short: "Record that the minimal fix is implemented",
		Long: `Record the fix. Without a commit it is the newest one of the branch that is
checked out, and from then on the fix follows that branch. Another commit makes
the tests and the approval of the old one void: they were about other code.`,
		Example: `  firebreak fix
  firebreak fix f3a91c2 --summary "Token pattern restored, one line"`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if len(args) == 1 {
				if fix.Commit != "" && fix.Commit != args[0] {
					return wrongUsage("Name one commit: %s or --commit %s.", args[0], fix.Commit)
				}
				fix.Commit = args[0]
			}
			if fix.At, err = r.stamp(cmd.Context(), at); err != nil {
				return err
			}
			return r.recordFix(cmd.Context(), fix)
		},
	}
	cmd.Flags().StringVar(&fix.Commit, "commit", "", "the commit that holds it: an id, a branch or a tag (default: the newest of the branch)")
	cmd.Flags().StringVar(&fix.Summary, "summary", "", "what it changes, in a sentence (default: the commit's own)")
	atFlag(cmd, &at)
	return cmd
}

func (r *run) testCommand() *cobra.Command {
	var suite, commit, output, override, at string
	var took time.Duration
	cmd := &cobra.Command{
		Use: "test COMMAND…", Short: "Record a test run and how it went",
		Long: `Record that tests were run, and how they went; nothing is run from here. Write
the tests' own command behind two dashes. Suites that a hotfix does not run are
refused with the reason, unless --override says why they are needed now.`,
		Example: `  firebreak test --passed -- npm test -- --grep auth
  firebreak test --passed --suite regression -- npm test src/auth/token.test.ts
  firebreak test --failed --output - -- make smoke < smoke.log`,
		Args: atLeast(1, "Write the command that was run, such as: firebreak test --passed -- npm test"),
		RunE: func(cmd *cobra.Command, args []string) error {
			went, err := oneOf(cmd, "passed", "failed")
			if err != nil {
				return err
			}
			tail, err := r.text([]string{output})
			if err != nil {
				return err
			}
			stamp, err := r.stamp(cmd.Context(), at)
			if err != nil {
				return err
			}
			return r.changeOnCommit(cmd.Context(), wanting(workflow.RecordTest{At: stamp, Run: workflow.TestRun{
				Command: commandLine(args), Suite: workflow.Suite(suite), Passed: went == "passed", Took: took, Commit: commit,
				Output: tailOf(tail), Override: override,
			}}))
		},
	}
	f := cmd.Flags()
	f.Bool("passed", false, "they passed")
	f.Bool("failed", false, "they failed")
	f.StringVar(&suite, "suite", "", "critical, regression, or one that the playbook names (default: critical)")
	f.StringVar(&commit, "commit", "", "the commit that was tested (default: the fix's)")
	f.StringVar(&output, "output", "", "the end of what they printed; - reads the standard input")
	f.StringVar(&override, "override", "", "why a suite is run that a hotfix does not run")
	f.DurationVar(&took, "took", 0, "how long they took: 41s")
	atFlag(cmd, &at)
	return cmd
}

// commandLine writes words as they would be typed: those with a blank or a
// quote in them get quotes.
func commandLine(words []string) string {
	typed := make([]string, len(words))
	for i, word := range words {
		typed[i] = word
		if len(words) > 1 && strings.ContainsAny(word, " \t\n\"'$`\\|&;<>()*?") || word == "" {
			typed[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.ToValidUTF8(strings.Join(typed, " "), "\uFFFD")
}

// evidenceLimit is how much of a command's output is kept: its end tells most.
const evidenceLimit = 8 << 10

func tailOf(output string) string {
	if len(output) <= evidenceLimit {
		return output
	}
	return "…" + strings.ToValidUTF8(output[len(output)-evidenceLimit:], "")
}
