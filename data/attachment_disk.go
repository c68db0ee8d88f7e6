package data

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
	"time"

	"firebreak/workflow"
)

// attachmentDisk is what storing a file needs of the file system, so that tests
// can let each single step fail.
type attachmentDisk interface {
	MakeDir(path string) error // durable; nothing when it is there
	Create(path string) (attachmentFile, error)
	Open(path string) (io.ReadCloser, error)
	Rename(from, to string) error
	Remove(path string) error
	SyncDir(path string) error // makes names in the folder survive a power cut
	List(path string) ([]fs.DirEntry, error)
}

type attachmentFile interface {
	io.Writer
	Stat() (fs.FileInfo, error)
	Sync() error
	Close() error
}

// localDisk is the real one.
type localDisk struct{}

func (localDisk) MakeDir(path string) error { return makeDir(path) }

func (localDisk) Create(path string) (attachmentFile, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// Open refuses what is no ordinary file: a pipe there would never answer.
func (localDisk) Open(path string) (io.ReadCloser, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	return os.Open(path)
}

var errNoFile = errors.New("it is not an ordinary file")

// Rename tries again on Windows, where a virus scanner may hold a file open for
// a moment.
func (localDisk) Rename(from, to string) error {
	err := os.Rename(from, to)
	for attempt := 0; err != nil && runtime.GOOS == "windows" && attempt < 10; attempt++ {
		time.Sleep(20 * time.Millisecond)
		err = os.Rename(from, to)
	}
	return err
}

func (localDisk) Remove(path string) error                { return os.Remove(path) }
func (localDisk) List(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }

// SyncDir does nothing where folders cannot be synced: on Windows, and on file
// systems that say so.
func (localDisk) SyncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, folder.Close())
}

// explain turns a failure of a Put into a Trouble.
func (a *Attachments) explain(of workflow.Attachment, err error) error {
	var already *Trouble
	var theirs *unreadable
	switch {
	case err == nil, errors.As(err, &already), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &theirs):
		return &Trouble{
			Says: fmt.Sprintf("Not attached: %s cannot be read: %v.", of.Shown(), theirs.err),
			Safe: "Nothing was stored.",
			Do:   "Check that the file is there and that you may read it, then attach it again.",
			Err:  err,
		}
	}
	says, do := fmt.Sprintf("%s cannot be stored in %s: %v", of.Shown(), a.folder, innermost(err)), "Check the disk, then attach the file again."
	switch kindOfSystem(err) {
	case kindFull, kindQuota:
		says, do = fmt.Sprintf("the disk that holds %s is full", a.folder), "Make some room on that disk, then attach the file again."
	case kindReadOnly, kindDenied:
		says, do = fmt.Sprintf("nothing may be written to %s", a.folder), "Allow writing there, then attach the file again."
	}
	return &Trouble{
		Says: "Not attached: " + says + ".",
		Safe: "Nothing half was stored, what is there is untouched, and the file itself is as it was.",
		Do:   do, Err: err,
	}
}
