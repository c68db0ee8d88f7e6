package repo

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"syscall"
)

// Trouble is a failure of the working tree, told to a person: what happened,
// what is safe and what to do. Err is the cause for programs (errors.Is) and
// may be nil.
type Trouble struct {
	Says string
	Err  error
}

// Error is what the person reads.
func (t *Trouble) Error() string { return t.Says }

// Unwrap gives the cause, so errors.Is(err, fs.ErrPermission) and the like work.
func (t *Trouble) Unwrap() error { return t.Err }

// trouble builds a Trouble from a cause (nil is allowed) and a sentence.
func trouble(cause error, format string, args ...any) error {
	return &Trouble{Says: fmt.Sprintf(format, args...), Err: cause}
}

// windowsDiskFull is ERROR_DISK_FULL, which the syscall package does not map
// to ENOSPC.
const windowsDiskFull = syscall.Errno(112)

// unwritable explains why path could not be written. The caller guarantees
// that the file at path is as it was before.
func unwritable(path string, cause error) error {
	return trouble(cause, "%s was not written: %s. What was there before is untouched. %s",
		path, reason(cause), remedy(cause))
}

// unreadable explains why path could not be read. Nothing has been changed.
func unreadable(path string, cause error) error {
	return trouble(cause, "%s could not be read: %s. Nothing was changed. %s",
		path, reason(cause), remedy(cause))
}

func reason(cause error) string {
	switch {
	case isDiskFull(cause):
		return "the disk is full"
	case errors.Is(cause, syscall.EROFS):
		return "the disk is mounted read-only"
	case leavesRoot(cause):
		return "a link on the way leads out of the project folder"
	case errors.Is(cause, fs.ErrPermission):
		return "the system does not permit it"
	case errors.Is(cause, syscall.ENOTDIR):
		return "a file stands where a folder is needed"
	case errors.Is(cause, fs.ErrNotExist):
		return "it does not exist"
	default:
		return innermost(cause)
	}
}

func remedy(cause error) string {
	var known obstacle
	switch {
	case errors.As(cause, &known):
		return known.remedy
	case isDiskFull(cause):
		return "Free some space, then try again."
	case errors.Is(cause, syscall.EROFS):
		return "Mount the disk for writing, or choose a folder on another disk."
	case leavesRoot(cause):
		return "Replace the link by a real folder, or open the project that the link leads to."
	case errors.Is(cause, fs.ErrPermission):
		return "Check who owns the folder and its permissions, then try again."
	case errors.Is(cause, syscall.ENOTDIR):
		return "Move that file away, then try again."
	default:
		return "Check that the folder and its disk are still there, then try again."
	}
}

// obstacle is a cause of our own, which knows its remedy.
type obstacle struct{ says, remedy string }

func (o obstacle) Error() string { return o.says }

func isDiskFull(cause error) bool {
	return errors.Is(cause, syscall.ENOSPC) || errors.Is(cause, syscall.EDQUOT) ||
		runtime.GOOS == "windows" && errors.Is(cause, windowsDiskFull)
}

// leavesRoot recognises os.Root's refusal. The package exports no value for
// it; the text only chooses the wording here, os.Root does the refusing.
func leavesRoot(cause error) bool {
	return cause != nil && strings.Contains(cause.Error(), "escapes from parent")
}

// innermost strips the "open /long/path:" that a PathError puts in front,
// because the sentence has named the file already. Of several joined causes the
// first is the one that matters.
func innermost(cause error) string {
	for {
		if joined, ok := cause.(interface{ Unwrap() []error }); ok {
			cause = joined.Unwrap()[0]
			continue
		}
		next := errors.Unwrap(cause)
		if next == nil {
			return cause.Error()
		}
		cause = next
	}
}
