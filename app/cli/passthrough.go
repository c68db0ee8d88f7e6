package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"firebreak/app/ahead"
	"firebreak/app/outside"
	"firebreak/app/outside/through"
	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// passing is a command that is run in the place of this one.
type passing struct {
	suite, override, by, name string
	noRecord                  bool
}

func (r *run) runCommand() *cobra.Command {
	var p passing
	cmd := &cobra.Command{
		Use: "run [flags] -- COMMAND…", Short: "Run tests and record how they went",
		Long: `Run a test command here, and record how it ended: what it printed last, how
long it took, and for which commit. What it reads and prints, signals and its
exit code pass through unchanged, so it can stand wherever the command stood. A
suite that a hotfix does not run is refused before it starts, with the reason
and the exit code 4, unless --override says why it is needed now. What becomes
of the record never changes the exit code; it is said on the standard error.`,
		Example: `  firebreak run -- npm test -- --grep auth
  firebreak run --name "Auth tests" -- go test ./auth
  firebreak run --override "the fix changes the build" --by Bob -- npm test`,
		Args: atLeast(1, "Write the command to run behind two dashes, such as: firebreak run -- npm test -- --grep auth"),
		RunE: func(cmd *cobra.Command, args []string) error { return r.passThrough(cmd.Context(), p, args) },
	}
	cmd.Flags().SetInterspersed(false) // what stands behind the first word is the command's own
	declareFlags(cmd.Flags(), ahead.Run, map[string]any{"suite": &p.suite, "override": &p.override, "by": &p.by, "name": &p.name, "no-record": &p.noRecord})
	return cmd
}

// passThrough runs the command, and only then opens the store: the person waits
// for the command, and nobody waits for the record.
func (r *run) passThrough(ctx context.Context, p passing, words []string) error {
	if r.Begun == nil { // else it is surely none of those that are refused
		if err := r.mayPass(ctx, p, words); err != nil {
			return err
		}
	}
	look := &sighting{folder: r.Folder, asked: make(chan struct{}), found: make(chan workflow.Survey, 1)}
	began := r.Now()
	passage := outside.Passage{Passage: through.Passage{
		In: r.In, Out: r.Out, Err: r.Err, Folder: r.Folder,
		Steady: func() time.Duration { return r.Now().Sub(began) },
	}}
	command := r.Begun
	if command == nil {
		command = passage.Begin(words)
	}
	if !p.noRecord {
		passage.Scan = publish.WithoutSecrets
		go look.soon(context.WithoutCancel(ctx))
	}
	ran, code := passage.Ended(command)
	r.exit = &code
	switch {
	case ran.Ending == workflow.RunNotStarted:
		r.aside(ran.Says)
	case !p.noRecord:
		if says, err := r.recordPassage(context.WithoutCancel(ctx), p, ran, look.now()); err != nil {
			r.aside("Nothing was recorded. " + err.Error())
		} else {
			r.aside(says)
		}
	}
	return nil
}

// aside says something of ours beside what the command printed.
func (r *run) aside(says string) { fmt.Fprintln(r.Err, "firebreak: "+cleanText(says)) }

// recordPassage puts a run on record in the incident that burns, and says what
// it is good for.
func (r *run) recordPassage(ctx context.Context, p passing, ran workflow.Ran, before workflow.Survey) (string, error) {
	id, err := r.pick(ctx, burning)
	var known *failure
	if errors.As(err, &known) && known.exit == ExitNothing && r.flags.incident == "" {
		return "No incident is open, so nothing was recorded.", nil
	}
	if err != nil {
		return "", err
	}
	in, err := r.incident(ctx, id)
	if err != nil {
		return "", err
	}
	test := workflow.TestRun{Suite: workflow.Suite(p.suite), Name: p.name, Override: p.override, OverrideBy: p.by}
	test.Seen(ran, workflow.SeenInTerminal)
	after, touched := r.lookForFix(ctx, in)
	if after.Root == "" {
		after = before
	}
	test.On(before, after)
	if _, err = r.settleOnCommit(ctx, in); err != nil {
		return "", err
	}
	done, err := r.write(ctx, id, wanting(workflow.RecordTest{Run: test, Touched: touched}))
	if err != nil {
		return "", err
	}
	runs := done.After.Proof.Runs
	return evidenceOfRun(done.After, runs[len(runs)-1]), nil
}

// evidenceOfRun says in a line what was recorded, and what is still missing.
func evidenceOfRun(in workflow.Incident, run workflow.TestRun) string {
	says := "recorded: " + string(run.Suite) + " tests "
	if run.Passed {
		says += "passed"
	} else {
		says += "did not pass"
	}
	if run.Commit != "" {
		says += " on " + workflow.ShortCommit(run.Commit)
	}
	says += " in " + workflow.Briefly(run.Took) + "."
	if run.Dirty {
		says += " Files were changed and not committed, so it proves nothing about the commit."
	}
	if missing := in.Find(workflow.TestsPassed).Missing; missing != "" {
		says += " " + missing + "."
	} else if missing := in.Find(workflow.RegressionTestAdded).Missing; missing != "" {
		says += " " + missing + "."
	}
	return says
}

// incident reads an incident from the log.
func (r *run) incident(ctx context.Context, id workflow.IncidentID) (workflow.Incident, error) {
	at, err := r.open(ctx)
	if err != nil {
		return workflow.Incident{}, err
	}
	read, err := at.shelf.Load(ctx, id)
	return workflow.Fold(id, read.Events), err
}

// lookForFix says where the repository of this folder stands, and which paths
// the fix touches. What cannot be found out stays empty.
func (r *run) lookForFix(ctx context.Context, in workflow.Incident) (workflow.Survey, []string) {
	hands, err := r.hands(ctx)
	scout, can := hands.(session.Scout)
	if err != nil || !can {
		return workflow.Survey{}, nil
	}
	survey, err := scout.Survey(ctx, r.Folder, in)
	if err != nil {
		return workflow.Survey{}, nil
	}
	if survey.FixTip == "" {
		return survey, nil
	}
	delta, err := scout.Delta(ctx, survey, true)
	if err != nil {
		return survey, nil
	}
	return survey, delta.Touched()
}

// sighting finds out which commit the command sees, once that is in nobody's way.
type sighting struct {
	folder string
	asked  chan struct{}
	found  chan workflow.Survey
}

// lookAfter is how long the command has the machine for itself.
const lookAfter = 100 * time.Millisecond

func (l *sighting) soon(ctx context.Context) {
	timer := time.NewTimer(lookAfter)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-l.asked:
	}
	place, err := repo.Find(l.folder)
	if err != nil {
		l.found <- workflow.Survey{}
		return
	}
	l.found <- repo.SurveyOf(ctx, place, repo.Hints{})
}

// now answers what was found, or looks at once.
func (l *sighting) now() workflow.Survey {
	close(l.asked)
	return <-l.found
}

// mayPass refuses a suite that a hotfix does not run. Only where the command can
// be one is the log asked before it starts.
func (r *run) mayPass(ctx context.Context, p passing, words []string) error {
	if p.noRecord || p.override != "" || !r.looksLikeASuite(words) {
		return nil
	}
	id, err := r.pick(ctx, burning)
	if err != nil {
		return nil // there is nothing to guard, or nothing to say who guards it
	}
	in, err := r.incident(ctx, id)
	if err != nil {
		return nil // the command runs all the same, and the trouble is told afterwards
	}
	line := workflow.JoinCommand(words)
	if _, err = in.MayRun(line, nil, ""); err == nil {
		return nil
	}
	_, touched := r.lookForFix(ctx, in)
	_, err = in.MayRun(line, touched, "")
	var rule *workflow.RuleError
	if errors.As(err, &rule) {
		return &workflow.RuleError{Code: rule.Code, Field: rule.Field, Says: rule.Says + " Such as: firebreak run --override WHY -- " + line}
	}
	return err
}

// looksLikeASuite says whether the playbook that the program ships with would
// refuse a command, or another playbook may. The whole of it takes too long to
// read before each command.
func (r *run) looksLikeASuite(words []string) bool {
	place, err := repo.Find(r.Folder)
	if err == nil {
		if _, own := repo.PlaybookPath(place); own {
			return true
		}
	}
	return ahead.ShippedSuite(words)
}
