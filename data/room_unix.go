//go:build linux || darwin

package data

import "golang.org/x/sys/unix"

// freeBytes is how much this person may still write where a folder lies.
func freeBytes(dir string) (free uint64, known bool) {
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) != nil {
		return 0, false
	}
	return fs.Bavail * uint64(fs.Bsize), true
}
