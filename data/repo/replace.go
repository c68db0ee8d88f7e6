package repo

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"time"
)

// leftover matches the names of our temporary files, and nothing else.
var leftover = regexp.MustCompile(`^\.firebreak-[0-9a-f]{16}\.tmp$`)

// leftoverAge is how old a temporary file must be to count as left behind by a
// crash. A write takes milliseconds.
const leftoverAge = time.Hour

// replace puts step.After in the place of step.Before: a temporary file in the
// same folder is written and synced, renamed over the old one, and read back.
// At any moment, also after a power cut, the path holds the old content or
// the new one. If somebody changed the file since it was planned, nothing is
// written and changed is true with their content.
func replace(in disk, step Step) (theirs []byte, changed bool, err error) {
	folder := path.Dir(step.Path)
	if err := makeFolder(in, folder); err != nil {
		return nil, false, unwritable(step.Path, err)
	}
	temp, err := writeTemp(in, folder, step)
	if err != nil {
		return nil, false, unwritable(step.Path, err)
	}
	// Reading once more leaves a gap of microseconds in which a foreign write
	// is lost; no system call closes it on all systems.
	theirs, found, err := current(in, step.Path)
	if err != nil || found != (step.Before != nil) || !alike(theirs, step.Before) {
		discard(in, temp)
		return theirs, err == nil && found, gone(step.Path, found, err)
	}
	if err := in.Rename(temp, step.Path); err != nil {
		discard(in, temp)
		return nil, false, unwritable(step.Path, err)
	}
	return nil, false, confirm(in, folder, step)
}

// gone turns the rare case of a file that vanished between plan and write into
// a sentence: there is nothing to show as theirs, and nothing was lost.
func gone(name string, found bool, err error) error {
	if err != nil || found {
		return err
	}
	return trouble(fs.ErrNotExist, "%s was deleted while it was being written. It was not created again. "+
		"If you want it back, write it once more.", name)
}

// writeTemp writes the new content beside its target and gives its path. On
// an error nothing is left behind, as far as the disk allows.
func writeTemp(in disk, folder string, step Step) (string, error) {
	mode := fs.FileMode(0o644)
	info, err := in.Lstat(step.Path)
	if err == nil {
		mode = info.Mode().Perm()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return tempFile(in, folder, step.After, mode, step.Before != nil)
}

func tempFile(in disk, folder string, content []byte, mode fs.FileMode, replaces bool) (string, error) {
	var unique [8]byte
	rand.Read(unique[:]) // never fails: the program would stop instead
	temp := path.Join(folder, ".firebreak-"+hex.EncodeToString(unique[:])+".tmp")
	file, err := in.Create(temp, mode)
	if err != nil {
		return "", err
	}
	err = fill(file, content, mode, replaces)
	if born, statErr := file.Stat(); statErr == nil {
		sweep(in, folder, born.ModTime().Add(-leftoverAge))
	}
	if err = errors.Join(err, file.Close()); err != nil {
		discard(in, temp)
		return "", err
	}
	return temp, nil
}

func fill(file openFile, content []byte, mode fs.FileMode, replaces bool) error {
	written, err := file.Write(content)
	if err != nil {
		return err
	}
	if written != len(content) {
		return io.ErrShortWrite
	}
	if replaces { // a new file gets the person's umask, a replaced one keeps its mode
		if err := file.Chmod(mode); err != nil {
			return err
		}
	}
	return file.Sync()
}

// confirm makes the rename durable and reads the file back.
func confirm(in disk, folder string, step Step) error {
	if err := in.SyncFolder(folder); err != nil {
		return unconfirmed(step.Path, err)
	}
	return readBack(in, step.Path, step.Path, func(content []byte) bool { return alike(content, step.After) })
}

func unconfirmed(shown string, err error) error {
	return trouble(err, "%s was written, but the disk did not confirm it: %s. "+
		"The app still has its content, but a power cut may take it from the folder. Check the disk, then write again.", shown, reason(err))
}

func readBack(in disk, name, shown string, isOurs func([]byte) bool) error {
	content, err := in.ReadFile(name)
	if err != nil {
		return trouble(err, "%s was written, but could not be read back: %s. "+
			"The app still has its content. Check the disk, then write again.", shown, reason(err))
	}
	if !isOurs(content) {
		return trouble(nil, "%s was written, but holds something else now: another program wrote at the same moment, "+
			"or the disk is failing. The app still has its content. Look at the file, then write again.", shown)
	}
	return nil
}

// makeFolder creates folder and its missing parents, durably.
func makeFolder(in disk, folder string) error {
	_, err := in.Lstat(folder)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := in.MkdirAll(folder); err != nil {
		return err
	}
	for folder != "." {
		folder = path.Dir(folder)
		if err := in.SyncFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what a crash left in folder before the given time. It is best
// effort: the files are harmless, but SpecWeave's checks dislike strangers.
func sweep(in disk, folder string, before time.Time) {
	entries, err := in.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !leftover.MatchString(entry.Name()) {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && info.ModTime().Before(before) {
			discard(in, path.Join(folder, entry.Name()))
		}
	}
}

// discard removes a temporary file. If even that fails, a later sweep will.
func discard(in disk, temp string) { _ = in.Remove(temp) }
