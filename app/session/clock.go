package session

import "time"

// WallClock is the machine's clock.
type WallClock struct{}

// Now is the machine's time.
func (WallClock) Now() time.Time { return time.Now() }

// After calls back once, on a thread of its own.
func (WallClock) After(d time.Duration, call func()) (stop func()) {
	t := time.AfterFunc(d, call)
	return func() { t.Stop() }
}
