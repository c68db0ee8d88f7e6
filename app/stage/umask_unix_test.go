//go:build !windows

package stage_test

import "syscall"

// allowEverything makes the system take no permission away from new files.
func allowEverything() { syscall.Umask(0) }
