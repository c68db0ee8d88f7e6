package workflow

import (
	"fmt"
	"slices"
)

// OpenDeploy is the newest real deploy from here whose end is not on record.
func (in Incident) OpenDeploy() (DeployRun, bool) {
	for _, d := range slices.Backward(in.Proof.Attempts) {
		if !d.DryRun && !d.Over {
			return d, true
		}
	}
	return DeployRun{}, false
}

// FailedDeploy is the newest real deploy from here, where it failed and nothing
// went out since.
func (in Incident) FailedDeploy() (DeployRun, bool) {
	for i := len(in.Proof.Attempts) - 1; i >= 0; i-- {
		d := in.Proof.Attempts[i]
		if d.DryRun || !d.Over {
			continue
		}
		later := slices.ContainsFunc(in.Proof.Deploys, func(out Deploy) bool {
			return out.Environment == d.Environment && out.clock > d.clock
		})
		return d, !d.Ended.Well && !later
	}
	return DeployRun{}, false
}

// nextOnDeploy is what a deploy asks for before anything else on the board: one
// whose end nobody recorded, and one that failed.
func (in Incident) nextOnDeploy() (Next, bool) {
	item := Next{Step: StepItem, Target: in.itemOf(DeployRecorded), Fact: DeployRecorded}
	if d, ok := in.OpenDeploy(); ok {
		item.Title = "See the " + d.Word() + " to its end"
		item.Reason = fmt.Sprintf("%s started it at %s, and how it ended is not on record", d.By, d.At.Clock(nil))
		return item, true
	}
	if d, ok := in.FailedDeploy(); ok && d.Environment == Production {
		item.Title = "The " + d.Word() + " failed: look, deploy again, or roll back"
		item.Reason = "it " + d.Ended.Words()
		item.Late = true
		return item, true
	}
	return Next{}, false
}

// itemOf is the item of the board that a fact settles.
func (in Incident) itemOf(fact Fact) string {
	for _, p := range in.Playbook.Phases {
		for _, item := range p.Items {
			if item.SettledBy == fact {
				return item.ID
			}
		}
	}
	return ""
}
