//go:build unix

package main

import (
	"fmt"
	"io/fs"
	"os/signal"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// fileLimit lets a write fail that makes a file larger than so many bytes. The
// system cuts such a write exactly there.
func fileLimit() (squeeze, bool) {
	signal.Ignore(unix.SIGXFSZ) // the write fails instead of the process
	return squeeze{
		says: "by a limit for files",
		begin: func(bytes int64) (func() error, error) {
			var before unix.Rlimit
			if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &before); err != nil {
				return nil, err
			}
			now := before
			now.Cur = uint64(bytes)
			if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &now); err != nil {
				return nil, fmt.Errorf("the system does not limit files: %w", err)
			}
			return func() error { return unix.Setrlimit(unix.RLIMIT_FSIZE, &before) }, nil
		},
		takes: largestFile,
	}, true
}

// largestFile is the size of the largest file that a chore left.
func largestFile(folder string) (largest int64, err error) {
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "-shm") {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			largest = max(largest, info.Size())
		}
		return err
	})
	return largest, err
}
