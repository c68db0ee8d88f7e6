package repo

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// What says what a write would do to one file.
type What string

// The four things that can become of a file.
const (
	Create  What = "create"  // there is none yet
	Update  What = "update"  // it is as we last wrote it, and gets new content
	Same    What = "same"    // it holds the new content already; nothing is written
	Changed What = "changed" // somebody changed or made it; it is not overwritten
)

// Step is one file of a plan. Before is nil if the file does not exist.
type Step struct {
	Path          string
	What          What
	Before, After []byte
}

// largestFile bounds what is read back for a comparison. Our documents are some
// kilobytes, and an attachment has 25 MB at most; a larger file is not ours.
const largestFile = 26 << 20

// Plan says what Write would do, in the order of files, and changes nothing.
// It fails with a *Trouble if a path leaves root or a file cannot be read.
func Plan(root string, files []File, known Ledger) ([]Step, error) {
	folder, err := openFolder(root)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return plan(folder, files, known)
}

func plan(in disk, files []File, known Ledger) ([]Step, error) {
	steps := make([]Step, 0, len(files))
	seen := map[string]bool{}
	for _, file := range files {
		if err := checkPath(file.Path); err != nil {
			return nil, err
		}
		if seen[file.Path] {
			return nil, trouble(fs.ErrInvalid, "%s would be written twice at once. Nothing was written. "+
				"Choose a different name for one of the two.", file.Path)
		}
		seen[file.Path] = true
		before, found, err := current(in, file.Path)
		if err != nil {
			return nil, err
		}
		step := Step{Path: file.Path, Before: before, After: file.Content}
		step.What = judge(before, found, file, known[file.Path])
		steps = append(steps, step)
	}
	return steps, nil
}

func judge(before []byte, found bool, file File, last string) What {
	switch {
	case !found:
		return Create
	case file.Binary && bytes.Equal(before, file.Content), !file.Binary && alike(before, file.Content):
		return Same
	case Hash(before) == last:
		return Update
	default:
		return Changed
	}
}

// checkPath keeps writes inside the root by name; the disk keeps them inside
// it by link. Git's own folder is never written.
func checkPath(path string) error {
	valid := fs.ValidPath(path) && path != "." && filepath.IsLocal(filepath.FromSlash(path)) &&
		!strings.ContainsAny(path, "\\\x00:")
	for part := range strings.SplitSeq(path, "/") {
		valid = valid && !strings.EqualFold(part, ".git")
	}
	if !valid {
		return trouble(fs.ErrInvalid, "%q is not a path inside the project folder. Nothing was written. "+
			"Choose a relative path without .. in it.", path)
	}
	return nil
}

// current reads the file at path; found is false if there is none. A found
// file has a non-nil content.
func current(in disk, path string) (content []byte, found bool, err error) {
	content, info, err := inspect(in, path, path)
	return content, info != nil, err
}

// inspect is current with what the disk says about the file: nil if there is
// none. The sentences call it shown.
func inspect(in disk, path, shown string) ([]byte, fs.FileInfo, error) {
	info, err := in.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case err != nil:
		return nil, nil, unreadable(shown, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, nil, trouble(fs.ErrInvalid, "%s is a link, and writing would replace it by a file. "+
			"Nothing was written. Replace the link by the real file, or choose another path.", shown)
	case info.IsDir():
		return nil, nil, trouble(fs.ErrInvalid, "%s is a folder, so no file can be written there. "+
			"Nothing was written. Rename the folder, or choose another path.", shown)
	case !info.Mode().IsRegular():
		return nil, nil, trouble(fs.ErrInvalid, "%s is not an ordinary file. Nothing was written. "+
			"Move it away, or choose another path.", shown)
	case info.Size() > largestFile:
		return nil, nil, trouble(fs.ErrInvalid, "%s is larger than %d MB, so it is not one of ours. "+
			"Nothing was written. Move it away, or choose another path.", shown, largestFile>>20)
	}
	content, err := in.ReadFile(path)
	if err != nil {
		return nil, nil, unreadable(shown, err)
	}
	if content == nil {
		content = []byte{}
	}
	return content, info, nil
}

// String reads like a line of a preview.
func (s Step) String() string { return fmt.Sprintf("%s %s", s.What, s.Path) }
