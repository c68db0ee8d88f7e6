package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// RollbackPlan is the way back, made ready before the fix goes out.
type RollbackPlan struct {
	Command string `json:"command"`
	Version string `json:"version,omitempty"` // the one to go back to
}

// ReadyRollback records the way back.
type ReadyRollback struct{ Command, Version string }

func (r ReadyRollback) decide(in Incident, _ Env) ([]Body, error) {
	plan := RollbackPlan{Command: strings.TrimSpace(r.Command), Version: strings.TrimSpace(r.Version)}
	if plan.Command == "" {
		plan.Command = in.Playbook.Work.RollbackBy
	}
	if plan.Command == "" {
		return nil, refuseField("rollback.command-missing", "command", "Write the command that rolls back, such as: npm run deploy:rollback.")
	}
	if in.Proof.Rollback.Get() == plan {
		return nil, refuse("rollback.same", "That rollback is ready already.")
	}
	return []Body{plan}, nil
}

// Kind is "rollback.readied@1".
func (RollbackPlan) Kind() Kind { return "rollback.readied@1" }

func (r RollbackPlan) apply(in *Incident, e Event) {
	in.Proof.Rollback.set(in, e, r)
	text := "Rollback ready: " + r.Command
	if r.Version != "" {
		text += " (back to " + r.Version + ")"
	}
	in.record(e, FactEntry, text)
}

func proveRollbackReady(in Incident) Finding {
	h, ok := in.Proof.Rollback.Head()
	if !ok {
		return Finding{Missing: "Make the rollback ready: the command, and the version to go back to"}
	}
	return Finding{Holds: true, Says: "rollback ready: " + h.Value.Command, At: h.At}
}

// The environments that a deploy is recorded for.
const (
	Production = "production"
	Staging    = "staging"
)

// Deploy is what went out.
type Deploy struct {
	Environment string  `json:"environment"` // production or staging
	Rollback    bool    `json:"rollback,omitempty"`
	Version     string  `json:"version,omitempty"`
	Commit      string  `json:"commit,omitempty"`
	Command     string  `json:"command,omitempty"`
	Entry       EventID `json:"-"`
	By          string  `json:"-"`
	At          Stamp   `json:"-"`
	clock       Clock
}

// RecordDeploy records what went out, here or elsewhere. Production is behind
// the deploy gate; going back is behind its own, which asks for less.
type RecordDeploy struct {
	Deploy Deploy
	At     Stamp
}

func (r RecordDeploy) when() Stamp { return r.At }

func (r RecordDeploy) decide(in Incident, _ Env) ([]Body, error) {
	d := r.Deploy
	if d.Environment == "" {
		d.Environment = Production
	}
	if d.Environment != Production && d.Environment != Staging {
		return nil, refuseField("deploy.environment", "environment", "A deploy goes to production or staging, not to %q.", d.Environment)
	}
	if d.Commit == "" && !d.Rollback {
		d.Commit = in.Fix.Change.Get().Commit
	}
	if d.Environment == Production {
		gate := DeployGate
		if d.Rollback {
			gate = RollbackGate
		}
		if err := in.pass(gate); err != nil {
			return nil, err
		}
	}
	return []Body{DeployDone{d}}, nil
}

// DeployDone is a deploy on record.
type DeployDone struct{ Deploy }

// Kind is "deploy.recorded@1".
func (DeployDone) Kind() Kind { return "deploy.recorded@1" }

func (d DeployDone) apply(in *Incident, e Event) {
	dep := d.Deploy
	dep.Entry, dep.By, dep.At, dep.clock = e.ID, e.Actor, e.At, e.Clock
	in.Proof.Deploys = append(in.Proof.Deploys, dep)
	switch {
	case dep.Environment == Staging:
		in.record(e, FactEntry, strings.TrimSpace("Deployed to staging "+dep.Version))
	case dep.Rollback:
		text := "Rolled back"
		if dep.Version != "" {
			text += " to " + dep.Version
		}
		in.record(e, FactEntry, text, marking(in, e, FixDeployed))
	default:
		in.record(e, FactEntry, in.line(FixDeployed, "Fix deployed"), marking(in, e, FixDeployed))
	}
}

// LastDeploy is the newest deploy to production.
func (in Incident) LastDeploy() (Deploy, bool) {
	for _, d := range slices.Backward(in.Proof.Deploys) {
		if d.Environment == Production {
			return d, true
		}
	}
	return Deploy{}, false
}

func proveDeploy(in Incident) Finding {
	d, ok := in.LastDeploy()
	if !ok {
		return Finding{Missing: "Deploy to production and record it"}
	}
	if in.awaitsChoice(d) {
		return Finding{Missing: map[bool]string{true: "Deploy the fix to production and record it", false: "Roll back and record it"}[d.Rollback]}
	}
	says := "deploy recorded by " + d.By
	if d.Rollback {
		says = "rollback recorded by " + d.By
	}
	return Finding{Holds: true, Says: says, At: d.At}
}

func proveStaging(in Incident) Finding {
	level := in.Effective()
	if level.SkipStaging {
		return Finding{Holds: true, Says: level.ID + " may skip staging"}
	}
	for _, d := range slices.Backward(in.Proof.Deploys) {
		if d.Environment == Staging && in.onFix(d.Commit) {
			return Finding{Holds: true, Says: "deployed to staging by " + d.By, At: d.At}
		}
	}
	return Finding{Missing: fmt.Sprintf("Deploy to staging first: %s may not skip it", level.ID)}
}
