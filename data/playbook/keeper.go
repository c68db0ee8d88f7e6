package playbook

import (
	"fmt"
	"reflect"

	"firebreak/workflow"
)

// Keeper holds the playbook in force. A faulty edit never takes effect: the
// last good one stays. It is a value; each change answers a new one.
type Keeper struct {
	standard workflow.Playbook
	inForce  workflow.Playbook
}

// NewKeeper begins with the playbook that the program ships with. The error,
// of type Faults, means that the program was built wrongly.
func NewKeeper(name string, standard []byte) (Keeper, error) {
	p, err := Read(name, standard)
	return Keeper{standard: p, inForce: p}, err
}

// InForce is the playbook that the next incident is declared under.
func (k Keeper) InForce() workflow.Playbook { return k.inForce }

// Load puts the team's own playbook into force. When it has faults, the keeper
// stays as it was, and the error (Faults inside) says so.
func (k Keeper) Load(name string, src []byte) (Keeper, error) {
	p, err := Read(name, src)
	if err != nil {
		return k, fmt.Errorf("%w\nNothing has changed: %q, version %d, stays in force", err, k.inForce.Name, k.inForce.Version)
	}
	k.inForce = k.completed(p)
	return k, nil
}

// completed takes the parts that a team's playbook leaves out from the one that
// the program ships with.
func (k Keeper) completed(p workflow.Playbook) workflow.Playbook {
	if reflect.ValueOf(p.Scope).IsZero() {
		p.Scope = k.standard.Scope
	}
	if reflect.ValueOf(p.Verify).IsZero() {
		p.Verify = k.standard.Verify
	}
	return p
}

// Standard goes back to the playbook that the program ships with: the team's
// own was taken away.
func (k Keeper) Standard() Keeper {
	k.inForce = k.standard
	return k
}
