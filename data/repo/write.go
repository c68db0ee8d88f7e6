package repo

import (
	"fmt"
)

// Report says what a write did. It is valid, up to the file that failed, also
// beside an error.
type Report struct {
	Written []string   // created or updated, synced and read back
	Same    []string   // held the content already
	Kept    []Conflict // somebody else's content, left as it is
	Known   Ledger     // the ledger to keep from now on
}

// Conflict is a file that was not written because somebody changed it.
type Conflict struct {
	Path   string
	Ours   string // hash of what we last wrote there; empty if we never did
	Theirs []byte // what is on disk
	New    []byte // what we would have written
}

// Write writes files below root in their order, each one whole or not at all.
// A file that somebody changed since the ledger's entry is left alone and
// reported in Kept; the others are written. To overwrite it after the person
// agreed, write again with Ledger.Accept.
//
// On an error, which is a *Trouble, the files before the failing one are
// written and in the report, the failing one is as it was, and the rest is
// untouched.
func Write(root string, files []File, known Ledger) (Report, error) {
	folder, err := openFolder(root)
	if err != nil {
		return Report{Known: known.clone()}, err
	}
	defer folder.Close()
	return write(folder, files, known, false)
}

// WriteTogether is Write for files that belong together: if one of them was
// changed by somebody else, none is written, and Kept says which.
func WriteTogether(root string, files []File, known Ledger) (Report, error) {
	folder, err := openFolder(root)
	if err != nil {
		return Report{Known: known.clone()}, err
	}
	defer folder.Close()
	return write(folder, files, known, true)
}

func write(in disk, files []File, known Ledger, together bool) (Report, error) {
	report := Report{Known: known.clone()}
	steps, err := plan(in, files, known)
	if err != nil {
		return report, err
	}
	if together {
		for _, step := range steps {
			if step.What == Changed {
				report.keep(step)
			}
		}
		if len(report.Kept) > 0 {
			return report, nil
		}
	}
	for _, step := range steps {
		if err := report.carryOut(in, step); err != nil {
			return report, withProgress(err, len(report.Written), len(steps))
		}
	}
	return report, nil
}

func (r *Report) carryOut(in disk, step Step) error {
	switch step.What {
	case Changed:
		r.keep(step)
		return nil
	case Same:
		r.Same = append(r.Same, step.Path)
	default:
		theirs, changed, err := replace(in, step)
		if err != nil {
			return err
		}
		if changed {
			step.Before = theirs
			r.keep(step)
			return nil
		}
		r.Written = append(r.Written, step.Path)
	}
	r.Known[step.Path] = Hash(step.After)
	return nil
}

func (r *Report) keep(step Step) {
	r.Kept = append(r.Kept, Conflict{
		Path: step.Path, Ours: r.Known[step.Path], Theirs: step.Before, New: step.After,
	})
}

// withProgress adds how far a write of several files came.
func withProgress(err error, written, planned int) error {
	if planned < 2 {
		return err
	}
	return trouble(err, "%s", fmt.Sprintf("%s (%d of %d files were written before it.)", err, written, planned))
}
