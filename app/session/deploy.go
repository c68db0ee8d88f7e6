package session

import (
	"slices"
	"time"

	"firebreak/workflow"
)

// The keys that deploys run under: one deploy at a time, and the way back is
// never behind one that hangs.
const (
	DeployKey   = "deploy"
	RollbackKey = "rollback"
	DryRunKey   = "dry-run"
)

// DeployKeyOf is the key that a deploy runs under.
func DeployKeyOf(d workflow.DeployRun) string {
	switch {
	case d.DryRun:
		return DryRunKey
	case d.Rollback:
		return RollbackKey
	default:
		return DeployKey
	}
}

// maskedOutside is an Outside that can say beforehand what may be kept of a
// command: one with a secret of the environment in it is recorded without.
type maskedOutside interface {
	Keepable(order workflow.RunOrder) string
}

// What stands between a plan and its run.
const (
	errNoFolder = sentence("No repository is known here, so there is no folder to run the command in. Nothing was run. Choose the repository in Settings, or deploy elsewhere and record it.")
	errUnseen   = sentence("Nobody has accepted this command of the playbook on this machine. Nothing was run. Read it under \"Commands of this playbook\", and accept it there.")
)

// RunDeploy runs a deploy as it was planned, and shown. That it begins is on
// disk before the command is; how it ended is recorded by itself, also when
// another incident lies on the desk by then. done hears whether it began.
func (d *Desk) RunDeploy(plan workflow.DeployPlan, done func(error)) {
	switch {
	case plan.Err != nil:
		d.answer(done, plan.Err)
		return
	case d.state.Repo.Root == "":
		d.answer(done, errNoFolder)
		return
	case plan.Asks != nil && !d.Trusted(*plan.Asks):
		d.answer(done, errUnseen)
		return
	case d.outside == nil:
		d.answer(done, errNoOutside)
		return
	case d.Running(runJob(d.state.Incident.ID, DeployKeyOf(plan.Run))):
		d.answer(done, errRunsAlready)
		return
	}
	plan.Order.Folder = d.state.Repo.Root
	masks, can := d.outside.(maskedOutside)
	d.beside(func() error {
		if can {
			plan.Run.Command = masks.Keepable(plan.Order)
		}
		return nil
	}, func(err error) {
		if err != nil {
			d.answer(done, err)
			return
		}
		d.startDeploy(plan, d.here(), done)
	})
}

// startDeploy puts the beginning on record, and then begins.
func (d *Desk) startDeploy(plan workflow.DeployPlan, at home, done func(error)) {
	actor := d.state.Actor()
	d.Do(workflow.StartDeploy{Run: plan.Run}, func(err error) {
		if err != nil {
			d.answer(done, err)
			return
		}
		started, found := d.begun(plan.Run)
		if !found || d.here() != at { // it was taken off the desk meanwhile: the record says that nothing is known
			d.answer(done, errTakenOff)
			return
		}
		end := func(ran workflow.Ran) {
			d.ask(task{want: workflow.EndDeploy{Started: started, Ran: ran}, actor: actor, home: at, done: d.complain})
		}
		d.StartRun(DeployKeyOf(plan.Run), plan.Order, end, func(err error) {
			if err != nil {
				end(workflow.Ran{Ending: workflow.RunNotStarted, Exit: -1, Says: err.Error()})
			}
			d.answer(done, err)
		})
	})
}

const errTakenOff = sentence("Another incident was opened at that moment, so the command was not started. The timeline says that it began: record there that it failed, and start it again.")

// begun finds the deploy that was put on record a moment ago.
func (d *Desk) begun(run workflow.DeployRun) (workflow.EventID, bool) {
	for _, a := range slices.Backward(d.state.Incident.Proof.Attempts) {
		if !a.Over && a.DryRun == run.DryRun && a.Rollback == run.Rollback && a.Command == run.Command {
			return a.Entry, true
		}
	}
	return "", false
}

// LostDeploy is a deploy of the open incident that was started and that nothing
// here runs any more: the machine died on the way, or a terminal runs it.
func (s State) LostDeploy() (workflow.DeployRun, bool) {
	open, ok := s.Incident.OpenDeploy()
	if !ok {
		return open, false
	}
	run, here := s.Running(DeployKeyOf(open))
	return open, !here || run.Since.Before(open.At.Time) // one that just ended is about to be recorded
}

// tellLost says once, at the start, that a deploy has no end on record.
func (d *Desk) tellLost() {
	if open, lost := d.state.LostDeploy(); lost {
		d.say(Strip{Says: LostWords(open, d.state.Shown()), Warning: true})
	}
}

// LostWords say that a deploy has no end on record.
func LostWords(open workflow.DeployRun, zone *time.Location) string {
	return "A " + open.Word() + " was started at " + open.At.Clock(zone) + ", and nobody recorded how it ended. Look at what runs, and record on the board whether it went out."
}
