package keep

import "time"

// stopwatch starts one; the answer reads it.
func stopwatch() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}
