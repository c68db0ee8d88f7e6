package cli

import (
	"context"
	"errors"

	"firebreak/app/session"
	"firebreak/workflow"
)

// maxTries bounds how often a change is decided again while others keep
// writing; each try starts from what they wrote. A window that wrote 300 notes
// a second beside four terminals used up twenty of them: the change was refused,
// and a script that does not look at the exit code lost it.
const maxTries = 1000

// plan says what somebody wants of an incident as it stands. It is asked again
// when somebody else was faster.
type plan func(in workflow.Incident) ([]workflow.Intent, error)

// wanting is the plan that does not depend on how things stand.
func wanting(want ...workflow.Intent) plan {
	return func(workflow.Incident) ([]workflow.Intent, error) { return want, nil }
}

// change is what was written: the incident with it, and the events.
type change struct {
	Before workflow.Incident
	After  workflow.Incident
	Events []workflow.Event
}

// write loads an incident, decides the plan on it and appends what follows,
// all of it or nothing. When it returns, the change is on the disk.
func (r *run) write(ctx context.Context, id workflow.IncidentID, want plan) (change, error) {
	env, err := r.env(ctx)
	if err != nil {
		return change{}, err
	}
	return r.writeIn(ctx, id, want, env)
}

// writeIn is write in the name of somebody else.
func (r *run) writeIn(ctx context.Context, id workflow.IncidentID, want plan, env workflow.Env) (change, error) {
	at, err := r.open(ctx)
	if err != nil {
		return change{}, err
	}
	read, err := at.shelf.Load(ctx, id)
	if err != nil {
		return change{}, err
	}
	before := workflow.Fold(id, read.Events)
	for try := 0; ; try++ {
		after, events, err := decide(before, want, env)
		if err != nil {
			return change{}, err
		}
		if len(events) == 0 {
			return change{Before: before, After: before}, nil
		}
		_, written, err := at.shelf.Append(ctx, session.Batch{Incident: id, After: read.Position, Events: events, Summary: after.Summary()})
		if err == nil {
			return change{Before: before, After: after, Events: written}, nil
		}
		if !errors.Is(err, workflow.ErrConflict) || try == maxTries {
			return change{}, err
		}
		if read, err = at.shelf.Since(ctx, id, read.Position); err != nil {
			return change{}, err
		}
		before = before.With(read.Events...) // reading all of it again would be too slow to be first, ever
	}
}

// decide follows a plan intent by intent; each stays a step of its own for undo.
func decide(in workflow.Incident, want plan, env workflow.Env) (workflow.Incident, []workflow.Event, error) {
	intents, err := want(in)
	if err != nil {
		return in, nil, err
	}
	var all []workflow.Event
	for _, intent := range intents {
		events, err := workflow.Decide(in, intent, env)
		if err != nil {
			return in, nil, err
		}
		in, all = in.With(events...), append(all, events...)
	}
	return in, all, nil
}

func (r *run) env(ctx context.Context) (workflow.Env, error) {
	at, err := r.open(ctx)
	if err != nil {
		return workflow.Env{}, err
	}
	name, err := r.name(ctx)
	return workflow.Env{Now: r.Now(), Zone: r.Zone, Actor: name, Device: at.shelf.Device(), NewID: r.NewID}, err
}
