package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Trouble is a failure told in sentences: what happened, what is safe, and
// what to do about it.
type Trouble struct {
	Says string // what happened
	Safe string // what is not lost
	Do   string // the remedy
	Err  error  // the cause, for the log file
}

// Error is what the person reads.
func (t *Trouble) Error() string { return t.Says + " " + t.Safe + " " + t.Do }

// Unwrap is the cause.
func (t *Trouble) Unwrap() error { return t.Err }

// What was being done when it failed: the first words of the sentence.
const (
	opening = "The database cannot be opened"
	saving  = "Not saved"
	reading = "The database cannot be read"
)

// explain turns an error of the engine or the system into a Trouble. A
// cancelled context and what is a Trouble already stay as they are.
func explain(doing, path string, err error) error {
	var already *Trouble
	switch {
	case err == nil:
		return nil
	case errors.As(err, &already), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	t := &Trouble{
		Says: fmt.Sprintf("%s: %v (%s).", doing, err, path),
		Safe: "What was saved before is untouched, and typed text stays in its field.",
		Do:   "Try again; if it happens again, copy the folder to a safe place and report it.",
		Err:  err,
	}
	switch resultCode(err) {
	case sqlite3.SQLITE_FULL:
		t.Says = fmt.Sprintf("%s: the disk that holds %s is full.", doing, path)
		t.Do = "Make some room on that disk, then try again."
	case sqlite3.SQLITE_READONLY:
		t.Says = fmt.Sprintf("%s: %s or its folder may only be read.", doing, path)
		t.Do = "Allow writing to the file and its folder, or start with another folder: --data-dir DIR."
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		t.Says = fmt.Sprintf("%s: the system does not let this program at %s.", doing, path)
		t.Do = "Check that the folder is there and that you may read and write it, or start with another folder: --data-dir DIR."
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		t.Says = fmt.Sprintf("%s: another program has held %s locked for five seconds.", doing, path)
		t.Do = "Close the other program, a backup or a virus scanner perhaps, and try again."
	case sqlite3.SQLITE_NOTADB:
		t.Says = fmt.Sprintf("%s: %s is not a database.", doing, path)
		t.Safe = "The file was not changed."
		t.Do = "Move it away, or start with another folder: --data-dir DIR."
	case sqlite3.SQLITE_CORRUPT:
		t.Says = fmt.Sprintf("%s: a part of %s is damaged.", doing, path)
		t.Safe = "Nothing was changed, and what lies outside the damaged part can still be read."
		t.Do = "Close the program, copy the whole folder to a safe place, and take the newest file from its backups folder."
	case sqlite3.SQLITE_IOERR:
		t.Says = fmt.Sprintf("%s: the disk reported an error at %s.", doing, path)
		t.Do = "Check the disk and its connection, then try again; copy the folder to another disk soon."
	}
	if errors.Is(err, fs.ErrPermission) {
		t.Says = fmt.Sprintf("%s: there is no permission for %s.", doing, path)
		t.Do = "Allow reading and writing there, or start with another folder: --data-dir DIR."
	}
	return t
}

// resultCode is the engine's primary result code; 0 when the error is not the
// engine's.
func resultCode(err error) int {
	var engine *sqlite.Error
	if !errors.As(err, &engine) {
		return 0
	}
	return engine.Code() & 0xff
}
