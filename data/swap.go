package data

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// The names of what a repair makes beside the database.
const (
	damagedFolder = "damaged"  // the files as they were found, each repair's in a folder of its own
	freshSuffix   = ".fresh"   // the database that is being made
	scratchSuffix = ".scratch" // what it is made from
	swapSuffix    = ".swap"    // the fresh one is whole, and takes the old one's place
	wishSuffix    = ".repair"  // somebody found damage while the database was in use
)

// companions are the files that belong to one state of a database.
var companions = []string{"", "-wal", "-shm", ".witness"}

// keepOriginals puts the files as they were found into a folder of their own.
// They stay where they are as well.
func keepOriginals(path string, now time.Time) (folder string, err error) {
	parent := filepath.Join(filepath.Dir(path), damagedFolder)
	if err := makeDir(parent); err != nil {
		return "", err
	}
	name := now.UTC().Format("20060102T150405Z")
	for n := 2; ; n++ {
		folder = filepath.Join(parent, name)
		if err = os.Mkdir(folder, 0o700); !errors.Is(err, fs.ErrExist) {
			break
		}
		name = fmt.Sprintf("%s-%d", now.UTC().Format("20060102T150405Z"), n)
	}
	if err != nil {
		return "", err
	}
	for _, suffix := range companions {
		from := path + suffix
		if err := linkOrCopy(from, filepath.Join(folder, filepath.Base(from))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return folder, err
		}
	}
	return folder, errors.Join(syncDir(folder), syncDir(parent))
}

// linkOrCopy gives a file a second name, or where the file system has none, a
// second body.
func linkOrCopy(from, to string) error {
	if _, err := os.Stat(from); err != nil {
		return err
	}
	if os.Link(from, to) == nil {
		return nil
	}
	return copyFile(from, to)
}

// copyFile copies a file that nobody has open, and waits until it is on the disk.
func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if _, err := io.Copy(target, source); err != nil {
		return err
	}
	return target.Sync()
}

// beginSwap says that the fresh database is whole and that the old files are
// kept: from here on an interrupted swap is carried on, never back.
func beginSwap(path string) error {
	if err := createFile(path + swapSuffix); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// finishSwap carries a swap to its end, also one that was cut off at any point.
// Without one it does nothing. The database must be held alone: a write-ahead
// log that stays beside a new file would be taken for its own.
func finishSwap(path string) error {
	if _, err := os.Stat(path + swapSuffix); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	fresh := path + freshSuffix
	if _, err := os.Stat(fresh); err == nil {
		if err := removeAll(path+"-wal", path+"-shm", path+".witness"); err != nil {
			return err
		}
		if err := os.Rename(fresh+".witness", path+".witness"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := errors.Join(syncDir(filepath.Dir(path)), os.Rename(fresh, path), syncDir(filepath.Dir(path))); err != nil {
			return err
		}
	}
	if err := errors.Join(dropWorkings(path), removeAll(path+wishSuffix)); err != nil {
		return err
	}
	return errors.Join(removeAll(path+swapSuffix), syncDir(filepath.Dir(path)))
}

// dropWorkings removes what an earlier repair was making. None of it is
// anybody's only copy.
func dropWorkings(path string) error {
	var names []string
	for _, of := range []string{path + freshSuffix, path + scratchSuffix} {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal", ".witness", presenceSuffix, reserveSuffix} {
			names = append(names, of+suffix)
		}
	}
	return removeAll(names...)
}

// removeAll removes files; one that is not there is fine.
func removeAll(paths ...string) error {
	var failed []error
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}
