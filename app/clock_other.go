//go:build !linux && !darwin

package app

import "time"

// sinceBoot is left to Go's own steady clock, which counts sleep on Windows.
func sinceBoot() (time.Duration, bool) { return 0, false }
