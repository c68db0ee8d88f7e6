package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

// smallDiskVariable turns this program into one that sees a small disk which
// nobody else sees: it is started again in a namespace of its own.
const smallDiskVariable = "FIREBREAK_TORTURE_SMALL_DISK"

// smallDisk is what the second program is told.
type smallDisk struct {
	Folder string
	Long   bool
	Seed   uint64
}

// smallDiskBytes is how large the disk is. Ballast leaves as much of it as a
// run is to have.
const smallDiskBytes = 48 << 20

// onSmallDisk does the chores on a disk that really is full.
func onSmallDisk(ctx context.Context, s scale) (count fullness, says string, err error) {
	told, err := json.Marshal(smallDisk{Folder: filepath.Join(s.folder, "disk"), Long: s.long, Seed: s.seed})
	if err != nil {
		return count, "", err
	}
	self, err := os.Executable()
	if err != nil {
		return count, "", err
	}
	child := exec.CommandContext(ctx, self)
	child.Env = append(os.Environ(), smallDiskVariable+"="+string(told))
	var faults bytes.Buffer
	child.Stderr = &faults
	child.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	printed, err := child.Output()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() == noSmallDisk, err != nil && !errors.As(err, &exit):
		return count, fmt.Sprintf("none on a disk of its own, which this system does not give (%v)", errors.Join(err, errors.New(faults.String()))), nil
	case err != nil:
		return count, "", fmt.Errorf("on a small disk: %s: %w", faults.String(), err)
	}
	if err := json.Unmarshal(printed, &count); err != nil {
		return count, "", err
	}
	return count, fmt.Sprintf("%d on a disk of its own that was full", count.Told), nil
}

// noSmallDisk is the exit code that says so.
const noSmallDisk = 3

// beOnSmallDisk does the work of the second program.
func beOnSmallDisk() (code int, is bool) {
	told, is := os.LookupEnv(smallDiskVariable)
	if !is {
		return 0, false
	}
	var want smallDisk
	err := json.Unmarshal([]byte(told), &want)
	if err == nil {
		err = os.MkdirAll(want.Folder, 0o700)
	}
	if err == nil {
		if err := unix.Mount("torture", want.Folder, "tmpfs", 0, fmt.Sprintf("size=%d", smallDiskBytes)); err != nil {
			fmt.Fprint(os.Stderr, err)
			return noSmallDisk, true
		}
	}
	count := fullness{By: map[string]int{}}
	if err == nil {
		err = count.all(context.Background(), scale{long: want.Long, seed: want.Seed, folder: want.Folder}, ballast(want.Folder))
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(count)
	}
	if err != nil {
		fmt.Fprint(os.Stderr, err)
		return 1, true
	}
	return 0, true
}

// ballast fills a disk but for so many bytes.
func ballast(folder string) squeeze {
	stone := filepath.Join(folder, "ballast")
	return squeeze{
		says: "on a full disk",
		begin: func(leave int64) (func() error, error) {
			free, err := freeOn(folder)
			if err != nil {
				return nil, err
			}
			if err := lay(stone, max(0, free-leave)); err != nil {
				return nil, err
			}
			return func() error { return os.Remove(stone) }, nil
		},
		grows: true,
		takes: func(string) (int64, error) {
			free, err := freeOn(folder)
			return smallDiskBytes - free, err
		},
	}
}

func freeOn(folder string) (int64, error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return 0, err
	}
	return int64(disk.Bavail) * disk.Bsize, nil
}

// lay writes a file of so many bytes, as large as it gets.
func lay(path string, bytes int64) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.CopyN(file, zeros{}, bytes)
	if errors.Is(err, unix.ENOSPC) {
		err = nil
	}
	return errors.Join(err, file.Close())
}

type zeros struct{}

func (zeros) Read(into []byte) (int, error) { clear(into); return len(into), nil }
