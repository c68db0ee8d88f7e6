package data

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	sqlite3 "modernc.org/sqlite/lib"
)

// kind is what is wrong outside of this program, whoever reported it.
type kind string

// The kinds. Programs read them, so they keep their names.
const (
	kindUnknown     kind = ""
	kindFull        kind = "disk.full"
	kindQuota       kind = "disk.quota"
	kindDisk        kind = "disk.error"
	kindReadOnly    kind = "place.read-only"
	kindDenied      kind = "place.denied"
	kindMissing     kind = "place.missing"
	kindUnreachable kind = "place.unreachable"
	kindLocked      kind = "place.locked"
	kindForeign     kind = "file.foreign"
	kindDamaged     kind = "file.damaged"
	kindVanished    kind = "file.vanished"
	kindReplaced    kind = "file.replaced"
	kindNoMemory    kind = "memory.full"
)

// The codes of a Trouble that others act upon; see Store.Here.
const (
	CodeVanished = string(kindVanished)
	CodeReplaced = string(kindReplaced)
	CodeDamaged  = string(kindDamaged)
)

// kindOf says what an error means. The engine tells a full disk from a broken
// one only sometimes: it says "I/O error" also when a quota is used up or the
// index of its log finds no room, and "cannot open" for nearly everything. So
// where its word is vague, the folder itself is tried.
func kindOf(err error, dir string) kind {
	k := kindOfEngine(resultCode(err))
	switch k {
	case kindUnknown:
		return kindOfSystem(err)
	case kindDisk, kindUnreachable, kindReadOnly:
		if found := kindOfSystem(tryWriting(dir)); found != kindUnknown {
			return found
		}
	}
	return k
}

func kindOfEngine(code int) kind {
	switch code {
	case sqlite3.SQLITE_FULL:
		return kindFull
	case sqlite3.SQLITE_READONLY:
		return kindReadOnly
	case sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return kindDenied
	case sqlite3.SQLITE_CANTOPEN:
		return kindUnreachable
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return kindLocked
	case sqlite3.SQLITE_IOERR:
		return kindDisk
	case sqlite3.SQLITE_NOTADB:
		return kindForeign
	case sqlite3.SQLITE_CORRUPT:
		return kindDamaged
	case sqlite3.SQLITE_NOMEM:
		return kindNoMemory
	default:
		return kindUnknown
	}
}

// fromOutside says whether the engine failed for a reason that lies outside of
// the file: no permission, no room, a lock. It tells nothing about the file then.
func fromOutside(err error) bool {
	switch kindOfEngine(resultCode(err)) {
	case kindUnknown, kindForeign, kindDamaged:
		return false
	default:
		return true
	}
}

// kindOfSystem reads what the operating system said.
func kindOfSystem(err error) kind {
	if err == nil {
		return kindUnknown
	}
	var number syscall.Errno
	if errors.As(err, &number) {
		if k, known := kindsOfErrno()[number]; known {
			return k
		}
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return kindDenied
	case errors.Is(err, fs.ErrNotExist):
		return kindMissing
	default:
		return kindUnknown
	}
}

// tried is how much tryWriting writes: as much as the index of the log grows by.
const tried = 64 << 10

// tryWriting answers the system's own word on whether a folder takes files. It
// leaves nothing behind.
func tryWriting(dir string) error {
	f, err := os.CreateTemp(dir, ".firebreak-try-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	bytes := make([]byte, tried)
	rand.Read(bytes) // a disk that compresses must not have it easy
	_, err = f.Write(bytes)
	return errors.Join(err, f.Sync(), f.Close())
}

// innermost is the cause without the names of files and calls in front of it,
// and without the engine's own words, which help nobody at three in the morning.
func innermost(err error) string {
	if code := resultCode(err); code != 0 {
		return fmt.Sprintf("the database engine gave up (code %d)", code)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
