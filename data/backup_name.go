package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// A backup's name says what it is, for people who look into the folder as well:
// firebreak-20260203T143200.000Z-timed-sound.db. The time orders the names.
const (
	backupSuffix  = ".db"
	partialSuffix = ".partial" // not verified yet
	backupStamp   = "20060102T150405.000Z"
)

var backupName = regexp.MustCompile(`^(.+)-(\d{8}T\d{6}\.\d{3}Z)-([a-z0-9-]+?)(?:-(sound|damaged))?\.db$`)

// databaseName is what a database's backups are called after.
func databaseName(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

func nameOf(database string, at time.Time, why Reason, verdict Verdict) string {
	name := fmt.Sprintf("%s-%s-%s", database, at.Format(backupStamp), why)
	if verdict != VerdictCompared {
		name += "-" + string(verdict)
	}
	return name + backupSuffix
}

// readName reads what a name says. A file with another name is no backup of
// ours, but perhaps of a person who renamed one.
func readName(path string) (Backup, bool) {
	b := Backup{Path: path}
	parts := backupName.FindStringSubmatch(filepath.Base(path))
	if parts == nil {
		return b, false
	}
	at, err := time.Parse(backupStamp, parts[2])
	if err != nil {
		return b, false
	}
	b.Database, b.At, b.Why, b.Verdict = parts[1], at.UTC(), Reason(parts[3]), Verdict(parts[4])
	return b, true
}

// claim makes an unfinished backup's file, under a name that no other has. Two
// within a millisecond, also of two processes, are a millisecond apart.
func claim(dir, database string, at time.Time, why Reason) (path string, file *os.File, err error) {
	for {
		path = filepath.Join(dir, nameOf(database, at, why, VerdictCompared))
		file, err = os.OpenFile(path+partialSuffix, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return path, nil, err
		}
		if err == nil {
			done, err := filepath.Glob(filepath.Join(globbed(dir), globbed(database)+"-"+at.Format(backupStamp)+"-*"+backupSuffix))
			if err == nil && len(done) == 0 {
				return path, file, nil
			}
			if err := errors.Join(err, file.Close(), os.Remove(path+partialSuffix)); err != nil {
				return path, nil, err
			}
		}
		at = at.Add(time.Millisecond)
	}
}

// claimNamed makes the unfinished file of a backup that somebody named. What a
// killed process left behind long ago is in nobody's way.
func claimNamed(path string, now time.Time) (*os.File, error) {
	if err := refuseExisting(path); err != nil {
		return nil, err
	}
	partial := path + partialSuffix
	if info, err := os.Stat(partial); err == nil && now.Sub(info.ModTime()) > partialAge {
		_ = os.Remove(partial)
	}
	file, err := os.OpenFile(partial, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, &Trouble{
			Says: fmt.Sprintf("%s: %s is being written just now, or was left behind half.", notBackedUp, partial),
			Safe: "That file was not changed.",
			Do:   "Wait, name another file, or remove that one.",
		}
	}
	return file, err
}

// globbed is a path in which nothing is a pattern.
func globbed(path string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(path)
}

// refuseExisting keeps a file that somebody named from being written over.
func refuseExisting(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return &Trouble{
			Says: fmt.Sprintf("%s: %s is a folder.", notBackedUp, path),
			Safe: "Nothing was changed.",
			Do:   "Name a file in it.",
		}
	default:
		return &Trouble{
			Says: fmt.Sprintf("%s: %s is there already.", notBackedUp, path),
			Safe: "That file was not changed.",
			Do:   "Name another file, or move that one away.",
		}
	}
}
