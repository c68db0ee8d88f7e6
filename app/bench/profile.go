package main

import (
	"os"
	"runtime/pprof"
)

// startProfile begins the CPU profile that was asked for, if one was.
func (b bench) startProfile() (stop func(), err error) {
	if b.profile == "" {
		return func() {}, nil
	}
	f, err := os.Create(b.profile)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		_ = f.Close() // nothing was written
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close() // the run is over; a profile cut short shows itself
	}, nil
}
