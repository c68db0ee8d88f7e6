//go:build unix

package main

import (
	"syscall"
	"time"
)

// spent is the processor time of this program so far, in all of its threads.
func spent() (time.Duration, error) {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0, err
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), nil
}
