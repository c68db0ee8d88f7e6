package repo

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
)

// Edit is one file to change in place: only if it still holds Before, byte for
// byte. Path is relative to the root, with slashes.
type Edit struct {
	Path          string
	Before, After []byte
}

// Swap carries edits out in their order, each one whole or not at all. moved is
// the path of the first file that does not hold Before any more, because
// somebody changed, moved or deleted it: it is left as it is, and so are those
// after it. If that is seen before the first file is in its place, or one of the
// new contents does not fit on the disk, nothing is changed at all.
//
// done counts the files that hold After now, also beside an error, which is a
// *Trouble. A file that is read-only, a link or no file is refused.
func Swap(root string, edits []Edit) (done int, moved string, err error) {
	if err := checkEdits(edits); err != nil || len(edits) == 0 {
		return 0, "", err
	}
	at := commonFolder(edits)
	folder, err := openBelow(root, at)
	if errors.Is(err, fs.ErrNotExist) && isFolder(root) {
		return 0, edits[0].Path, nil
	}
	if err != nil {
		return 0, "", err
	}
	defer folder.Close()
	return swap(folder, at, edits)
}

func checkEdits(edits []Edit) error {
	for i, edit := range edits {
		if err := checkPath(edit.Path); err != nil {
			return err
		}
		if slices.ContainsFunc(edits[:i], func(other Edit) bool { return other.Path == edit.Path }) {
			return trouble(fs.ErrInvalid, "%s would be written twice at once. Nothing was written. "+
				"Put the two changes together.", edit.Path)
		}
	}
	return nil
}

// commonFolder is the nearest folder that holds all the files. Opened once, it
// spares each step the way down from the root, and another folder that is put
// in its place meanwhile is not written into.
func commonFolder(edits []Edit) string {
	folder := path.Dir(edits[0].Path)
	for _, edit := range edits[1:] {
		for folder != "." && !strings.HasPrefix(edit.Path, folder+"/") {
			folder = path.Dir(folder)
		}
	}
	return folder
}

func openBelow(root, folder string) (rootedDisk, error) {
	top, err := os.OpenRoot(root)
	if err != nil {
		return openFolder(root) // which has the sentence for what is wrong with it
	}
	if folder == "." {
		return rootedDisk{top}, nil
	}
	defer top.Close()
	opened, err := top.OpenRoot(folder)
	if err != nil {
		if info, seen := top.Stat(folder); seen == nil && !info.IsDir() {
			err = syscall.ENOTDIR // os.Root has no value for it
		}
		return rootedDisk{}, unwritable(folder, err)
	}
	return rootedDisk{opened}, nil
}

// exchange is one edit on its way: its new content lies in temp.
type exchange struct {
	Edit
	name string // relative to the opened folder
	temp string // empty where Before and After are the same
}

func swap(in disk, at string, edits []Edit) (done int, moved string, err error) {
	var all []exchange
	defer func() {
		for _, each := range all[done:] {
			if each.temp != "" {
				discard(in, each.temp)
			}
		}
	}()
	for _, edit := range edits {
		each := exchange{Edit: edit, name: edit.Path}
		if at != "." {
			each.name = strings.TrimPrefix(edit.Path, at+"/")
		}
		as, err := each.prepare(in)
		if err != nil {
			return 0, "", withProgress(err, 0, len(edits))
		}
		if !as {
			return 0, edit.Path, nil
		}
		all = append(all, each)
	}
	for _, each := range all {
		as, err := each.settle(in)
		if err != nil {
			if also := confirmAll(in, all[:done]); also != nil {
				err = trouble(err, "%s %s", err, also)
			}
			return done, "", withProgress(err, done, len(edits))
		}
		if !as {
			return done, each.Path, confirmAll(in, all[:done])
		}
		done++
	}
	return done, "", confirmAll(in, all)
}

// prepare looks at the file and writes the new content beside it. as is false
// if it does not hold Before.
func (e *exchange) prepare(in disk) (as bool, err error) {
	info, err := e.look(in)
	if err != nil || info == nil {
		return false, err
	}
	if bytes.Equal(e.Before, e.After) {
		return true, nil
	}
	if e.temp, err = tempFile(in, path.Dir(e.name), e.After, info.Mode().Perm(), true); err != nil {
		return false, unwritable(e.Path, err)
	}
	return true, nil
}

// settle looks once more and puts the new content in its place. Between the two
// lie microseconds that no system call closes on all systems.
func (e *exchange) settle(in disk) (as bool, err error) {
	if e.temp == "" {
		return true, nil
	}
	info, err := e.look(in)
	if err != nil || info == nil {
		return false, err
	}
	if err := in.Rename(e.temp, e.name); err != nil {
		return false, unwritable(e.Path, err)
	}
	return true, nil
}

// look gives nil if the file does not hold Before. Renaming would replace a
// read-only file without asking, but whoever made it so meant it.
func (e *exchange) look(in disk) (fs.FileInfo, error) {
	content, info, err := inspect(in, e.name, e.Path)
	if err != nil || info == nil || !bytes.Equal(content, e.Before) {
		return nil, err
	}
	if info.Mode().Perm()&0o200 == 0 {
		return nil, trouble(fs.ErrPermission, "%s is read-only, so it was not changed. What was there before is untouched. "+
			"Make it writable if the change is wanted, then try again.", e.Path)
	}
	return info, nil
}

// confirmAll makes the renames durable, each folder once, and reads the files back.
func confirmAll(in disk, all []exchange) error {
	var synced []string
	for _, each := range all {
		folder := path.Dir(each.name)
		if each.temp == "" || slices.Contains(synced, folder) {
			continue
		}
		if err := in.SyncFolder(folder); err != nil {
			return unconfirmed(each.Path, err)
		}
		synced = append(synced, folder)
	}
	for _, each := range all {
		if each.temp == "" {
			continue
		}
		err := readBack(in, each.name, each.Path, func(content []byte) bool { return bytes.Equal(content, each.After) })
		if err != nil {
			return err
		}
	}
	return nil
}
