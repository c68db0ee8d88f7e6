package data

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
)

// reserveSuffix is what the reserve is called after the database: a file that
// holds nothing and is given up when the disk is full, so that what is being
// written still finds room. It has no other use.
const reserveSuffix = ".reserve"

const (
	// reserveBytes are enough for a long paste and some thousand notes.
	reserveBytes = 4 << 20
	// roomy is how much must be free before a reserve is made: it must not be
	// what fills the disk.
	roomy = 64 << 20
	// scarce is how much is free when the person is told, before anything fails.
	scarce = 16 << 20
)

// Tend looks after the room on the disk: it makes the reserve anew when there
// is room for it, and answers a sentence when there is hardly any left. It is
// called now and then beside the work; a command that lives for a moment does
// not need it. "" is good news.
func (s *Store) Tend(context.Context) (warning string) {
	if s.site.holds(reading) != nil {
		return "" // whoever writes hears of it
	}
	free, known := freeBytes(s.dir())
	if !known {
		return ""
	}
	_, err := os.Stat(s.path + reserveSuffix)
	switch {
	case free < scarce && err != nil:
		return fmt.Sprintf("The disk that holds %s is full: %s are left, and the reserve is used. Everything up to now is saved. Make some room on that disk.", s.dir(), megabytes(free))
	case free < scarce:
		return fmt.Sprintf("The disk that holds %s is nearly full: %s are left. Everything up to now is saved. Make some room on that disk.", s.dir(), megabytes(free))
	case err != nil && free >= roomy:
		if makeReserve(s.path+reserveSuffix) == nil { // else the next call tries again
			s.keepLogBelow(pagesOfLog)
		}
	}
	return ""
}

func megabytes(bytes uint64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

// makeReserve fills a file with bytes that no file system can make smaller.
func makeReserve(path string) error {
	fresh := path + ".new"
	f, err := os.OpenFile(fresh, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	bytes := make([]byte, 1<<20)
	for written := 0; written < reserveBytes && err == nil; written += len(bytes) {
		rand.Read(bytes)
		_, err = f.Write(bytes)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		_ = os.Remove(fresh)
	}
	return err
}

// The write-ahead log is copied into the database each time that it has so many
// pages, and then used anew. The engine's own number lets it grow to 4 MiB; on a
// full disk the reserve would last for 230 notes then, and for some thousand
// with the small one.
const (
	pagesOfLog       = "1000"
	pagesOnFullDisks = "64"
)

// giveRoom gives the reserve up; false when there is none.
func (s *Store) giveRoom() bool {
	if os.Remove(s.path+reserveSuffix) != nil {
		return false
	}
	s.keepLogBelow(pagesOnFullDisks)
	_, _ = s.write.Exec("PRAGMA wal_checkpoint(PASSIVE)") // when it fails the log is whole, and is copied later
	return true
}

func (s *Store) keepLogBelow(pages string) {
	_, _ = s.write.Exec("PRAGMA wal_autocheckpoint=" + pages)
}
