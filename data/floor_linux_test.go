package data

import (
	"os"

	"golang.org/x/sys/unix"
)

// flush is the least that puts written bytes on the disk.
func flush(f *os.File) error { return unix.Fdatasync(int(f.Fd())) }
