package session

import "time"

// WallClock is the machine's clock.
type WallClock struct{}

// Now is the machine's time. It leaves out the reading of the monotonic clock,
// which stands still while a laptop sleeps: durations are those of the wall.
func (WallClock) Now() time.Time { return time.Now().Round(0) }

// began is the fixed moment of this run that Steady counts from.
var began = time.Now()

// Steady counts without looking at the wall's clock.
func (WallClock) Steady() time.Duration { return time.Since(began) }

// After calls back once, on a thread of its own.
func (WallClock) After(d time.Duration, call func()) (stop func()) {
	t := time.AfterFunc(d, call)
	return func() { t.Stop() }
}
