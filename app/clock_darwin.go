package app

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot counts sleep on this system, although its name does not say so.
func sinceBoot() (time.Duration, bool) {
	var at unix.Timespec
	if unix.ClockGettime(unix.CLOCK_MONOTONIC, &at) != nil {
		return 0, false
	}
	return time.Duration(at.Nano()), true
}
