package data

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
)

// Trouble is a failure told in sentences: what happened, what is safe, and
// what to do about it.
type Trouble struct {
	Code string // for programs, one of the kinds; empty: none of them
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

// sentences are the words for one kind of trouble. In says and do, FILE and
// FOLDER stand for the database and where it lies.
type sentences struct{ says, safe, do string }

// keeps is what is safe as long as nothing was written.
const keeps = "What was saved before is untouched, and typed text stays in its field."

// elsewhere is the last remedy: the data of this run may lie in another place.
const elsewhere = "or start with another folder: --data-dir DIR."

// sentencesOf are those about the disk and the place; see sentencesOfFile.
func sentencesOf(k kind) sentences {
	switch k {
	case kindFull:
		return sentences{"the disk that holds FILE is full.", keeps, "Make some room on that disk, then try again."}
	case kindQuota:
		return sentences{"your share of the disk that holds FILE is used up.", keeps, "Delete what you do not need there, or ask for a larger share, then try again."}
	case kindReadOnly:
		return sentences{
			"FILE or its folder may only be read.", keeps,
			"Allow writing to the file, its folder and its disk, then try again, " + elsewhere,
		}
	case kindDenied:
		return sentences{"there is no permission for FILE.", keeps, "Allow reading and writing in FOLDER, then try again, " + elsewhere}
	case kindMissing:
		return sentences{"FILE or its folder is not there.", keeps, "Put the folder FOLDER back where it was, or connect its disk, then try again, " + elsewhere}
	case kindLocked:
		return sentences{"another program keeps FILE locked.", keeps, "Close the other program, a backup or a virus scanner perhaps, and try again."}
	case kindDisk:
		return sentences{
			"the disk reported an error at FILE.", keeps,
			"Check the disk and its connection, then try again; copy the folder to another disk soon.",
		}
	case kindUnreachable:
		return sentences{
			"the system does not let this program at FILE.", keeps,
			"Check that the folder is there and that you may read and write it, " + elsewhere,
		}
	case kindNoMemory:
		return sentences{"this computer has no memory left.", keeps, "Close other programs, then try again."}
	default:
		return sentencesOfFile(k)
	}
}

// sentencesOfFile are those about the database file itself.
func sentencesOfFile(k kind) sentences {
	switch k {
	case kindForeign:
		return sentences{"FILE is not a database.", "The file was not changed.", "Move it away, " + elsewhere}
	case kindDamaged:
		return sentences{
			"a part of FILE is damaged.", "Nothing was changed, and what lies outside the damaged part can still be read.",
			"Close every window and command of Firebreak and start it again: it saves everything that can be read before it opens the database. firebreak doctor --repair does the same.",
		}
	case kindVanished:
		return sentences{
			"FILE was removed or renamed while Firebreak has it open.",
			"Everything that was saved is still held open by this program and can be put back, as long as it runs.",
			"Do not quit. Undo the renaming, or let Firebreak put the data back.",
		}
	case kindReplaced:
		return sentences{
			"another file was put in the place of FILE while Firebreak has it open.",
			"That file was not touched. Everything that was saved is still held open by this program, as long as it runs.",
			"Do not quit. Save what is held here to another folder, or put the right file back.",
		}
	default:
		return sentences{safe: keeps, do: "Try again; if it happens again, copy the folder to a safe place and report it."}
	}
}

// tell puts a kind of trouble into sentences.
func tell(k kind, doing, path string, err error) *Trouble {
	w := sentencesOf(k)
	if w.says == "" {
		w.says = innermost(err) + " (FILE)."
	}
	name := strings.NewReplacer("FILE", path, "FOLDER", filepath.Dir(path))
	return &Trouble{Code: string(k), Says: doing + ": " + name.Replace(w.says), Safe: w.safe, Do: name.Replace(w.do), Err: err}
}

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
	return tell(kindOf(err, filepath.Dir(path)), doing, path, err)
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
