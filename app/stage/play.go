package stage

import (
	"fmt"
	"time"

	"firebreak/app/sample"
)

// PlaySample plays the sample outage up to a time after its first alert, at its
// own times and as its own people; a negative time plays nothing.
func (s *Stage) PlaySample(until time.Duration) error {
	for _, step := range sample.Script(s.Desk.State().Policy, sample.Alert()) {
		if step.After > until {
			break
		}
		if err := s.PlayStep(step); err != nil {
			return err
		}
	}
	if until >= 0 {
		s.Until(sample.Alert().Add(until))
	}
	return nil
}

// PlayStep plays one step of the sample.
func (s *Stage) PlayStep(step sample.Step) error {
	s.Until(sample.Alert().Add(step.After))
	var failed error
	done := func(err error) { failed = err }
	if step.Increment {
		s.Desk.CreateIncrement(done)
	} else {
		s.Desk.DoAs(step.Actor, step.Want(s.Desk.State().Incident), done)
	}
	s.Pump()
	if failed != nil {
		return fmt.Errorf("the sample stopped at %q: %w", step.Says, failed)
	}
	return nil
}
