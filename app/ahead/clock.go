package ahead

import "time"

// stopwatch answers how long ago it was made, on the clock that nobody can set.
func stopwatch() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}
