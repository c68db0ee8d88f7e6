//go:build !linux

package main

import "context"

// onSmallDisk has no disk to offer here.
func onSmallDisk(context.Context, scale) (fullness, string, error) {
	return fullness{}, "none on a disk of its own, which only Linux gives", nil
}

func beOnSmallDisk() (code int, is bool) { return 0, false }
