package app

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot counts sleep and is never set.
func sinceBoot() (time.Duration, bool) {
	var at unix.Timespec
	if unix.ClockGettime(unix.CLOCK_BOOTTIME, &at) != nil {
		return 0, false
	}
	return time.Duration(at.Nano()), true
}
