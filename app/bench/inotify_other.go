//go:build !linux

package main

import "time"

// arrivals cannot be told here.
type arrivals struct{}

func watchName(string, string) (*arrivals, error) {
	return nil, notHere("When a file arrives can only be told on Linux.")
}

func (*arrivals) next() (time.Time, error) { return time.Time{}, notHere("") }

func (*arrivals) close() {}
