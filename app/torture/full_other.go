//go:build !unix

package main

// fileLimit has nothing to offer here.
func fileLimit() (squeeze, bool) { return squeeze{}, false }
