package repo

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"syscall"
	"time"
)

// disk is what writing needs of the file system, so that tests can let each
// single step fail. Names are slash-separated and relative to one folder, which
// no operation can leave.
type disk interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadFile(name string) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	MkdirAll(name string) error
	Create(name string, mode fs.FileMode) (openFile, error) // fails if name exists
	Rename(from, to string) error                           // replaces to
	Remove(name string) error
	SyncFolder(name string) error // makes names in the folder survive a power cut
}

type openFile interface {
	Write([]byte) (int, error)
	Chmod(fs.FileMode) error
	Stat() (fs.FileInfo, error)
	Sync() error
	Close() error
}

// rootedDisk is the real one. os.Root refuses links that lead out of the
// folder, even if one is put there while we work.
type rootedDisk struct{ *os.Root }

func openFolder(root string) (rootedDisk, error) {
	folder, err := existingFolder(root)
	if err != nil {
		return rootedDisk{}, err
	}
	opened, err := os.OpenRoot(folder)
	if err != nil {
		return rootedDisk{}, unreadable(folder, err)
	}
	return rootedDisk{opened}, nil
}

// MkdirAll names the one thing that it does not accept as existing: a file in
// the folder's place.
func (d rootedDisk) MkdirAll(name string) error {
	err := d.Root.MkdirAll(name, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return &fs.PathError{Op: "mkdir", Path: name, Err: syscall.ENOTDIR}
	}
	return err
}

func (d rootedDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(d.FS(), path.Clean(name))
}

func (d rootedDisk) Create(name string, mode fs.FileMode) (openFile, error) {
	return d.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
}

// Rename tries again on Windows, where a virus scanner or an indexer may hold
// the file open for a moment.
func (d rootedDisk) Rename(from, to string) error {
	err := d.Root.Rename(from, to)
	for attempt := 0; err != nil && runtime.GOOS == "windows" && attempt < 10; attempt++ {
		time.Sleep(20 * time.Millisecond)
		err = d.Root.Rename(from, to)
	}
	return err
}

// SyncFolder does nothing where folders cannot be synced: on Windows, and on
// file systems that say so.
func (d rootedDisk) SyncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := d.Open(name)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
