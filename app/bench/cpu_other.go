//go:build !unix

package main

import "time"

func spent() (time.Duration, error) {
	return 0, notHere("Processor time is not measured on this system; run it on Linux.")
}
