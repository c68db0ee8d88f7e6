package session

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"firebreak/workflow"
)

// Trust is which commands of a playbook may run in the repository of the desk.
type Trust struct {
	workflow.TrustView
	Root     string // of the repository; "" while none is known, and then nothing may run
	Playbook string // "Shop, version 3"
	Declared bool   // it is the playbook that the incident was declared under
}

// trustKey is where it is kept what a person accepted for a repository. It
// belongs to this machine, so it is no part of the log.
func trustKey(root string) string { return "trust:" + root }

// ReadTrust reads what was accepted for a repository. What cannot be read is
// nothing: then everything is asked again.
func ReadTrust(ctx context.Context, settings Shelf, root string) (workflow.Trust, error) {
	trust := workflow.Trust{Root: root}
	value, found, err := settings.Setting(ctx, trustKey(root))
	if err != nil || !found {
		return trust, err
	}
	var kept workflow.Trust
	if json.Unmarshal(value, &kept) != nil || kept.Root != root {
		return trust, nil
	}
	return kept, nil
}

// WriteTrust keeps what was accepted for a repository.
func WriteTrust(ctx context.Context, settings Shelf, trust workflow.Trust) error {
	value, err := json.Marshal(trust)
	if err != nil {
		return err
	}
	return settings.SetSetting(ctx, trustKey(trust.Root), value)
}

// errNoTrust refuses to accept commands that would have no place to run in.
const errNoTrust = sentence("No repository is known here, so there is nothing to accept. Nothing runs. Choose the repository in Settings first.")

// Trusted says whether a command of a playbook may run here. What a person
// types is theirs, and is not asked about.
func (d *Desk) Trusted(c workflow.PlaybookCommand) bool {
	return d.trust.Root != "" && d.trust.Root == d.state.Repo.Root && d.trust.Allows(c)
}

// lookAtTrust compares what was accepted with the playbook that would be asked:
// the incident's own, else the one in force.
func (d *Desk) lookAtTrust() Trust {
	p, in := d.state.Policy, d.state.Incident
	if in.Declared() {
		p = in.Playbook
	}
	return Trust{TrustView: d.trust.Look(p), Root: d.trust.Root, Playbook: fmt.Sprintf("%s, version %d", p.Name, p.Version), Declared: in.Declared()}
}

// AcceptCommands accepts commands that a person was shown in full. What the
// playbook has come to say meanwhile is not among them, and is asked again.
func (d *Desk) AcceptCommands(commands []workflow.PlaybookCommand, done func(error)) {
	by, at := d.state.Actor(), d.clock.Now()
	d.changeTrust(done, func(t workflow.Trust) workflow.Trust { return t.Accepting(by, at, commands...) })
}

// ForgetTrust takes back whatever was accepted for this repository.
func (d *Desk) ForgetTrust(done func(error)) {
	d.changeTrust(done, func(t workflow.Trust) workflow.Trust { return workflow.Trust{Root: t.Root} })
}

// changeTrust changes what is on the disk, where a terminal may have written
// since, and only then what is allowed here.
func (d *Desk) changeTrust(done func(error), change func(workflow.Trust) workflow.Trust) {
	root, settings := d.trust.Root, d.settings
	if done == nil {
		done = d.complain
	}
	if root == "" {
		done(errNoTrust)
		return
	}
	d.finish("trust", func(ctx context.Context) (func(), error) {
		trust, err := ReadTrust(ctx, settings, root)
		if err != nil {
			return nil, err
		}
		trust = change(trust)
		return func() { d.trustNow(trust) }, WriteTrust(ctx, settings, trust)
	}, func(err error) { d.answer(done, err) })
}

// trustNow takes over what is on the disk, unless the desk has moved to another
// repository meanwhile.
func (d *Desk) trustNow(trust workflow.Trust) {
	if d.trust.Root == trust.Root && !slices.Equal(d.trust.Commands, trust.Commands) {
		d.trust = trust
		d.show()
	}
}

// readTrustAgain takes over what another process accepted or took back.
func (d *Desk) readTrustAgain() {
	root, settings := d.trust.Root, d.settings
	if root == "" || d.Running("trust") {
		return
	}
	d.Run("trust.read", func(ctx context.Context) (func(), error) {
		trust, err := ReadTrust(ctx, settings, root)
		return func() {
			if !d.Running("trust") {
				d.trustNow(trust)
			}
		}, err
	}, nil)
}
