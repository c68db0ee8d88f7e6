//go:build !linux

package data

import "os"

// flush is the least that puts written bytes on the disk.
func flush(f *os.File) error { return f.Sync() }
