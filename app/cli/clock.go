package cli

import "time"

// wallClock is the machine's time.
func wallClock() time.Time { return time.Now() }
