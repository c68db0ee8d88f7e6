package cli

import (
	"bufio"
	"cmp"
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"firebreak/app/outside"
	"firebreak/app/publish"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// runDeploy runs a deploy from the terminal: shown in full, confirmed by a word,
// on record before it begins, and its exit code is ours.
func (r *run) runDeploy(ctx context.Context, d deploying) error {
	in, err := r.burningOnCommit(ctx)
	if err != nil {
		return err
	}
	plan, err := r.planDeploy(ctx, in, d)
	if err != nil {
		return err
	}
	r.showPlan(in, plan)
	if err := r.confirmed(plan, d.yes); err != nil {
		return err
	}
	return r.carryOut(ctx, in.ID, plan)
}

// planDeploy is the whole plan, or why it cannot be run.
func (r *run) planDeploy(ctx context.Context, in workflow.Incident, d deploying) (workflow.DeployPlan, error) {
	run := workflow.DeployRun{Environment: d.deploy.Environment, Rollback: d.deploy.Rollback, DryRun: d.dry, Version: d.deploy.Version}
	command := d.deploy.Command
	if lines := in.DeployCommands(run); command == "" && len(lines) > 0 {
		command = lines[0]
	}
	if command == "" {
		return workflow.DeployPlan{}, wrongUsage("The playbook names no command for a %s. Say what to run: --command \"./deploy.sh {commit}\"", run.Word())
	}
	plan := in.PlanDeploy(run, command)
	if plan.Err != nil {
		return plan, plan.Err
	}
	if !plan.Open() {
		var todo []string
		for _, f := range plan.Gate.Missing() {
			todo = append(todo, f.Missing)
		}
		return plan, &failure{exit: ExitRefused, code: "gate.closed", says: plan.Gate.Name + ": the gate is closed. Nothing was run. Missing: " + strings.Join(todo, "; ") + ". Do that, or override the gate by name with a reason."}
	}
	folder, err := r.repositoryOf(ctx, in.ID)
	if err != nil {
		return plan, err
	}
	place, err := repo.Find(folder)
	if err != nil {
		return plan, nothing("deploy.no-repository", "%v Commands are run in a repository, so nothing was run.", err)
	}
	plan.Order.Folder = place.Root
	if plan.Asks != nil {
		err = r.trusts(ctx, place.Root, *plan.Asks)
	}
	return plan, err
}

// showPlan prints what would be run, whole, beside what the command prints.
func (r *run) showPlan(in workflow.Incident, plan workflow.DeployPlan) {
	r.aside(plan.Run.Word() + ":")
	say := func(name, text string) {
		if text != "" {
			r.warn("  " + pad(name, column-2) + text)
		}
	}
	say("command", workflow.ShownCommand(plan.Order.Line))
	say("with", strings.Join(plan.Order.Env, " "))
	say("in", plan.Order.Folder)
	say("at most", workflow.Words(plan.Order.Limit))
	say("commit", workflow.ShortCommit(plan.Run.Commit))
	say("version", plan.Run.Version)
	if a, ok := in.ApprovedBy(); ok && !plan.Run.Rollback {
		say("approved", "by "+a.Person)
	}
	if back := in.Proof.Rollback.Get(); !plan.Run.Rollback && !plan.Run.DryRun {
		say("way back", cmp.Or(strings.TrimSpace(back.Version+"  "+back.Command), "not ready"))
	}
}

// confirmed asks for the word, or takes the commit that a script names.
func (r *run) confirmed(plan workflow.DeployPlan, yes string) error {
	if plan.Run.DryRun {
		return nil
	}
	if yes != "" {
		return sayingYes(plan, yes)
	}
	word := plan.Run.Environment
	if plan.Run.Rollback {
		word = "rollback"
	}
	keyboard, is := r.In.(*os.File)
	if !is || !isTerminal(keyboard) {
		return wrongUsage("There is no terminal here to type %s into. Nothing was run. Name what goes out: --yes %s", word, yesFor(plan))
	}
	r.aside("Type " + word + " to run it, anything else to leave it:")
	typed, _ := bufio.NewReader(r.In).ReadString('\n')
	if strings.TrimSpace(typed) != word {
		return &failure{exit: ExitRefused, code: "deploy.left", says: "Nothing was run."}
	}
	return nil
}

// yesFor is what --yes has to name: the commit that goes out, or the version to
// go back to.
func yesFor(plan workflow.DeployPlan) string {
	if plan.Run.Rollback {
		return cmp.Or(plan.Run.Version, "rollback")
	}
	return cmp.Or(workflow.ShortCommit(plan.Run.Commit), "no-commit")
}

func sayingYes(plan workflow.DeployPlan, yes string) error {
	want := yesFor(plan)
	if yes == want || !plan.Run.Rollback && workflow.SameCommit(yes, plan.Run.Commit) {
		return nil
	}
	return &failure{exit: ExitRefused, code: "deploy.other-commit", says: "--yes names " + quoted(yes) + ", and what would go out is " + want + ". Nothing was run. Look at what changed, and name that."}
}

// carryOut runs a plan, with its beginning and its end on record.
func (r *run) carryOut(ctx context.Context, id workflow.IncidentID, plan workflow.DeployPlan) error {
	began := r.Now()
	runner := outside.Runner{Steady: func() time.Duration { return r.Now().Sub(began) }, Scan: publish.WithoutSecrets}
	plan.Run.Command = runner.Keepable(plan.Order)
	done, err := r.write(ctx, id, wanting(workflow.StartDeploy{Run: plan.Run}))
	if err != nil {
		return err
	}
	started := done.Events[0].ID
	running, stop := r.cancelledTwice(ctx)
	defer stop()
	ran := runner.Run(running, plan.Order, func(data []byte) { _, _ = r.Out.Write(data) })
	code := exitOfRan(ran)
	r.exit = &code
	ended, err := r.write(context.WithoutCancel(ctx), id, wanting(workflow.EndDeploy{Started: started, Ran: ran}))
	if err != nil {
		r.aside("How it ended could not be recorded. " + err.Error() + " Record it with: firebreak deploy --went-out, or --failed")
		return nil
	}
	if ran.Says != "" {
		r.aside(ran.Says)
	}
	for _, e := range ended.Events {
		r.aside("recorded: " + workflow.Describe(e, ended.After.Playbook))
	}
	r.weaveAfter(ctx, ended)
	return nil
}

// cancelledTwice ends a command at the second Ctrl+C: the first one may be a
// reflex, and a deploy that is cut may be half out.
func (r *run) cancelledTwice(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	heard := make(chan os.Signal, 2)
	signal.Notify(heard, os.Interrupt, syscall.SIGTERM)
	go func() {
		for n := 0; ; n++ {
			select {
			case <-ctx.Done():
				return
			case s := <-heard:
				if n > 0 || s != os.Interrupt {
					cancel()
					return
				}
				r.aside("It runs on: a deploy that is cut may be half out. Press Ctrl+C again to cut it off all the same.")
			}
		}
	}()
	return ctx, func() {
		signal.Stop(heard)
		cancel()
	}
}

// exitOfRan is the exit code of a command as a shell has it.
func exitOfRan(ran workflow.Ran) int {
	switch ran.Ending {
	case workflow.RunExited:
		return ran.Exit
	case workflow.RunTimedOut:
		return 124
	case workflow.RunCancelled:
		return 130
	case workflow.RunNotStarted:
		return 127
	default:
		return 128
	}
}
