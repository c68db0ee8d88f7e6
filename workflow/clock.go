package workflow

import "time"

// Clock is a hybrid logical clock: Unix milliseconds in the upper 48 bits, a
// counter in the lower 16. It never runs backwards on a device, even when the
// wall clock is set back, and it stays close to the time that people know.
type Clock uint64

// Next is the first reading after c at the given wall time.
func (c Clock) Next(now time.Time) Clock {
	wall := Clock(max(now.UnixMilli(), 0)) << 16
	if wall > c {
		return wall
	}
	return c + 1
}

// Time is the wall time of the reading, UTC, to the millisecond.
func (c Clock) Time() time.Time { return time.UnixMilli(int64(c >> 16)).UTC() }
