package sample

import (
	"fmt"
	"time"

	"firebreak/workflow"
)

// Player plays a script into a log.
type Player struct {
	Zero      time.Time // the moment of the first alert
	Device    workflow.DeviceID
	NewID     func() workflow.EventID
	Write     func(workflow.Incident, []workflow.Event) error // puts events on disk; the incident is the one after them
	Increment func(workflow.Incident) (workflow.RecordIncrement, error)
}

// Play plays steps onto an incident and answers what it is then.
func (p Player) Play(in workflow.Incident, steps []Step) (workflow.Incident, error) {
	for _, s := range steps {
		next, err := p.play(in, s)
		if err != nil {
			return in, fmt.Errorf("the sample stopped at %q: %w", s.Says, err)
		}
		in = next
	}
	return in, nil
}

func (p Player) play(in workflow.Incident, s Step) (workflow.Incident, error) {
	want, err := p.intent(in, s)
	if err != nil {
		return in, err
	}
	env := workflow.Env{Now: p.Zero.Add(s.After), Actor: s.Actor, Device: p.Device, NewID: p.NewID}
	events, err := workflow.Decide(in, want, env)
	if err != nil {
		return in, err
	}
	in = in.With(events...)
	return in, p.Write(in, events)
}

func (p Player) intent(in workflow.Incident, s Step) (workflow.Intent, error) {
	if s.Increment {
		return p.Increment(in)
	}
	return s.Want(in), nil
}
