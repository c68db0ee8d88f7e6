package app

import (
	"time"

	"firebreak/app/session"
)

// machineClock is the machine's clock, whose steady part counts sleep where the
// system can tell: so a laptop that slept is not taken for one whose clock was
// set.
type machineClock struct{ session.WallClock }

// Steady is how long ago the machine was started.
func (c machineClock) Steady() time.Duration {
	if since, ok := sinceBoot(); ok {
		return since
	}
	return c.WallClock.Steady()
}
