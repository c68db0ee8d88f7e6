package session

import "time"

// WallClock is the machine's clock.
type WallClock struct{}

// Now is the machine's time. It leaves out the reading of the monotonic clock,
// which stands still while a laptop sleeps: durations are those of the wall.
func (WallClock) Now() time.Time { return time.Now().Round(0) }

// After calls back once, on a thread of its own.
func (WallClock) After(d time.Duration, call func()) (stop func()) {
	t := time.AfterFunc(d, call)
	return func() { t.Stop() }
}
