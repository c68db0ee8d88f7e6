package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"firebreak/workflow"
)

// Open opens a stored file. Its bytes are checked while they are read: where
// they are not those that were stored, the last Read answers a Trouble instead
// of the end, so nothing damaged is ever taken for whole.
func (a *Attachments) Open(sha string) (io.ReadCloser, error) {
	if !workflow.ValidSum(sha) {
		return nil, a.missing(sha, fs.ErrInvalid)
	}
	file, err := a.disk.Open(a.path(sha))
	if err != nil {
		return nil, a.missing(sha, err)
	}
	return &verified{file: file, sum: sha256.New(), sha: sha, trouble: a.damaged}, nil
}

// Read answers all bytes of a stored file, when they are those that were
// stored.
func (a *Attachments) Read(ctx context.Context, sha string) ([]byte, error) {
	file, err := a.Open(sha)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(&patient{ctx, file})
}

// CopyTo writes a stored file to a path outside, whole or not at all. A file
// that is there is kept: the error is then fs.ErrExist.
func (a *Attachments) CopyTo(ctx context.Context, sha, path string) error {
	content, err := a.Read(ctx, sha)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &Trouble{
			Says: fmt.Sprintf("Not saved: %s is there already.", path), Safe: "It was not touched.", Do: "Choose another name.", Err: fs.ErrExist,
		}
	}
	if err == nil {
		_, err = file.Write(content)
		if err == nil {
			err = file.Sync()
		}
		if err = errors.Join(err, file.Close()); err != nil {
			_ = os.Remove(path)
		}
	}
	if err != nil {
		return &Trouble{
			Says: fmt.Sprintf("Not saved: %s cannot be written: %v.", path, err), Safe: "The attachment itself is whole.",
			Do: "Choose a folder that you may write to and that has room.", Err: err,
		}
	}
	return nil
}

// holds says whether the file with a checksum is there and whole.
func (a *Attachments) holds(sha string) bool {
	file, err := a.Open(sha)
	if err != nil {
		return false
	}
	defer file.Close()
	_, err = io.Copy(io.Discard, file)
	return err == nil
}

// verified is a file that knows what its bytes must add up to.
type verified struct {
	file    io.ReadCloser
	sum     hash.Hash
	sha     string
	bytes   int64
	trouble func(sha string, err error) error
}

func (v *verified) Read(into []byte) (int, error) {
	n, err := v.file.Read(into)
	v.sum.Write(into[:n])
	v.bytes += int64(n)
	switch {
	case v.bytes > workflow.AttachmentLimit: // it grew: do not read a disk full
		return 0, v.trouble(v.sha, nil)
	case err == io.EOF && hex.EncodeToString(v.sum.Sum(nil)) != v.sha:
		return 0, v.trouble(v.sha, nil)
	case err != nil && err != io.EOF:
		return n, v.trouble(v.sha, err)
	}
	return n, err
}

func (v *verified) Close() error { return v.file.Close() }

func (a *Attachments) missing(sha string, err error) error {
	t := &Trouble{
		Says: fmt.Sprintf("The attachment %s is not in %s.", short(sha), a.folder),
		Safe: "The timeline and everything else is whole.",
		Do:   "Look for it in a backup, or attach the file again: the same bytes take the same place.",
		Err:  err,
	}
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
		t.Says = fmt.Sprintf("The attachment %s in %s cannot be opened: %v.", short(sha), a.folder, err)
		t.Do = "Check the disk and the permissions of the folder, then try again."
	}
	return t
}

func (a *Attachments) damaged(sha string, err error) error {
	t := &Trouble{
		Says: fmt.Sprintf("The attachment %s is damaged: its bytes are not those that were stored (%s).", short(sha), filepath.Join(a.folder, sha[:2])),
		Safe: "The timeline and everything else is whole, and what is left of the file was not touched.",
		Do:   "Take it from a backup, or attach the file again: whole bytes take the place of damaged ones.",
		Err:  err,
	}
	if err != nil {
		t.Says = fmt.Sprintf("The attachment %s in %s cannot be read: %v.", short(sha), a.folder, err)
		t.Do = "Check the disk, then take it from a backup or attach the file again."
	}
	return t
}

// short is as much of a checksum as a person compares.
func short(sha string) string { return sha[:min(12, len(sha))] }
