package session

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// TestsRun is the key of the test command of the open incident.
const TestsRun = "tests"

// testLimit is how long a test command may take where the playbook says nothing.
const testLimit = 10 * time.Minute

// TestsWanted is a test command that a person wants to have run for the fix.
type TestsWanted struct {
	Line     string // as typed or as the playbook has it
	Name     string
	Typed    bool // a person wrote it: else the playbook's commands must be trusted
	Override string
	By       string // who says that a suite is needed now; "": who is at the keyboard
}

// untrusted refuses a command of a playbook that nobody has accepted here.
const untrusted = "This command is the playbook's, and nobody has accepted on this machine that it runs here. Nothing was run. Look at the playbook's commands and accept them, or type the command yourself."

// RunTests runs a test command in the repository of the open incident, and puts
// how it ended on record for the commit that it saw. done hears whether it could
// be begun; the refusal of a suite names the field override.
func (d *Desk) RunTests(want TestsWanted, done func(error)) {
	order, run, err := d.testOrder(want)
	if err != nil {
		d.answer(done, err)
		return
	}
	at, in, actor, touched := d.here(), d.state.Incident, d.state.Actor(), d.state.Delta.Touched()
	scout, folder, can := d.ground()
	look := func(ctx context.Context) workflow.Survey {
		if !can {
			return workflow.Survey{}
		}
		s, err := scout.Survey(ctx, folder, in)
		if err != nil {
			return workflow.Survey{}
		}
		return s
	}
	var before, after workflow.Survey
	d.startRun(TestsRun, order, func(ctx context.Context, run func() workflow.Ran) workflow.Ran {
		before = look(ctx)
		ran := run()
		after = look(context.WithoutCancel(ctx))
		return ran
	}, func(ran workflow.Ran) {
		run.Seen(ran, workflow.SeenHere)
		run.On(before, after)
		d.recordRun(at, actor, run, touched)
	}, func(err error) {
		if err == nil {
			d.changeRun(at.incident, TestsRun, func(r *Running) { r.Wanted = want })
		}
		d.answer(done, err)
	})
}

// testOrder is what is to be run, and what is known of the run before it.
func (d *Desk) testOrder(want TestsWanted) (workflow.RunOrder, workflow.TestRun, error) {
	var none workflow.RunOrder
	in := d.state.Incident
	line := strings.TrimSpace(want.Line)
	suite, err := in.MayRun(line, d.state.Delta.Touched(), want.Override)
	if err != nil {
		return none, workflow.TestRun{}, err
	}
	command := workflow.PlaybookCommand{Use: workflow.TestUse, Run: line, Shell: in.Playbook.Work.Shell}
	if !want.Typed && slices.Contains(in.Playbook.Commands(), command) && !d.Trusted(command) {
		return none, workflow.TestRun{}, &workflow.RuleError{Code: "test.untrusted", Field: "trust", Says: untrusted}
	}
	order, err := workflow.FillCommand(line, in.Playbook.Work.Shell, in.DeployValues(""))
	if err != nil {
		return none, workflow.TestRun{}, err
	}
	order.Use, order.Folder = workflow.TestUse, cmp.Or(d.state.Survey.Root, d.state.Repo.Root)
	order.Limit = cmp.Or(in.Playbook.Work.TestLimit, testLimit)
	if order.Folder == "" {
		return none, workflow.TestRun{}, sentence("No repository is chosen, so there is no folder to run it in. Nothing was run. Choose the repository in Settings, or run it in a terminal: firebreak run -- " + line)
	}
	return order, workflow.TestRun{Command: line, Name: want.Name, Suite: suite, Override: want.Override, OverrideBy: want.By}, nil
}

// recordRun puts a run on record where it belongs, and says so in its row.
func (d *Desk) recordRun(at home, actor string, run workflow.TestRun, touched []string) {
	told := func(says string, trouble bool) {
		d.changeRun(at.incident, TestsRun, func(r *Running) { r.Says, r.Unkept = says, trouble })
		d.show()
	}
	if run.Ending == workflow.RunCancelled || run.Ending == workflow.RunNotStarted {
		told("Nothing was recorded.", false)
		return
	}
	d.ask(task{want: workflow.RecordTest{Run: run, Touched: touched}, actor: actor, home: at, done: func(err error) {
		if err != nil {
			told(err.Error(), true)
			return
		}
		told(recorded(run), false)
	}})
}

// recorded says what a run on record is good for.
func recorded(run workflow.TestRun) string {
	says := "Recorded as evidence"
	if !run.Passed {
		says = "Recorded"
	}
	if run.Commit != "" {
		says += " for " + workflow.ShortCommit(run.Commit)
	}
	if run.Dirty {
		return says + ". Files were changed and not committed, so it proves nothing about the commit: commit, and run it again."
	}
	return says + "."
}
