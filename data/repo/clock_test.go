package repo

import "time"

// seconds is how long the work took, for a ratio and never for a limit.
func seconds(work func()) float64 {
	from := time.Now()
	work()
	return time.Since(from).Seconds()
}
