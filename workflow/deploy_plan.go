package workflow

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// DeployPlan is what a deploy from here would be, all of it: for a person to
// read before anything runs.
type DeployPlan struct {
	Run     DeployRun        // as it would go on record
	Order   RunOrder         // as it would be run; its folder is the desk's to say
	Command string           // with its places, as it was chosen or typed
	Asks    *PlaybookCommand // the command of the playbook that must be accepted; nil: a person typed it
	Gate    Gate             // without an id where it stands behind none
	Err     error            // why the command cannot be run as it stands
}

// Open says whether the gate lets it through.
func (p DeployPlan) Open() bool { return p.Gate.ID == "" || p.Gate.Open() }

// usualDeploy is how long a deploy may take where the playbook says nothing.
const usualDeploy = 30 * time.Minute

// Use is what a command of the playbook must be for, to deploy so.
func (d DeployRun) Use() CommandUse {
	switch {
	case d.DryRun:
		return DryRunUse
	case d.Rollback:
		return RollbackUse
	case d.Environment == Staging:
		return StageUse
	default:
		return DeployUse
	}
}

// DeployCommands are the playbook's commands for a deploy, the usual one first.
// A rollback has the one that was made ready.
func (in Incident) DeployCommands(d DeployRun) []string {
	work := in.Playbook.Work
	var lines []string
	switch d.Use() {
	case DryRunUse:
		lines = []string{work.DryRunWith}
	case RollbackUse:
		lines = []string{in.Proof.Rollback.Get().Command, work.RollbackBy}
	case StageUse:
		lines = slices.Clone(work.StageWith)
	default:
		lines = slices.Clone(work.DeployWith)
	}
	var out []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// PlanDeploy makes a plan of a command, as it was chosen or typed. It changes
// nothing.
func (in Incident) PlanDeploy(d DeployRun, command string) DeployPlan {
	d.Environment = cmp.Or(d.Environment, Production)
	if d.Rollback {
		d.Version = cmp.Or(strings.TrimSpace(d.Version), in.Proof.Rollback.Get().Version)
	} else {
		d.Commit = in.Fix.Change.Get().Commit
	}
	plan := DeployPlan{Command: strings.TrimSpace(command), Asks: in.Playbook.commandFor(d.Use(), command)}
	if id := d.Gate(); id != "" {
		plan.Gate = in.Gate(id)
	}
	values := in.DeployValues(d.Version)
	if d.Rollback {
		values.Previous = d.Version
	}
	plan.Order, plan.Err = FillCommand(command, in.Playbook.Work.Shell, values)
	plan.Order.Use, plan.Order.Limit = d.Use(), cmp.Or(in.Playbook.Work.DeployLimit, usualDeploy)
	d.Command, d.Version = plan.Order.Line, strings.TrimSpace(d.Version)
	plan.Run = d
	return plan
}

// commandFor is the command of the playbook that a line is, for a use. A line
// that only differs in its blanks at both ends is the same one.
func (p Playbook) commandFor(use CommandUse, line string) *PlaybookCommand {
	for _, c := range p.Commands() {
		if c.Use == use && strings.TrimSpace(c.Run) == strings.TrimSpace(line) {
			return &c
		}
	}
	return nil
}
