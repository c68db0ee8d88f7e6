package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// rescuing begins the sentences of a rescue that failed.
const rescuing = "The data was not copied"

// rescuedSuffix is what a copy is called until it is whole.
const rescuedSuffix = ".rescued"

// PutBack writes what the store still holds open to where its database was,
// when that was removed or renamed. Nothing is ever written over another
// database, nor merged with one. Remains of the old files are moved aside.
// Afterwards the database can be opened again at its path, and this store
// should be closed: it still holds the files that are gone.
func (s *Store) PutBack(ctx context.Context) error {
	if s.site.foreign() {
		return tell(kindReplaced, rescuing, s.path, nil)
	}
	return s.rescue(ctx, s.path)
}

// Reopen opens the database anew at its path. The store itself stays open, on
// the files that it has.
func (s *Store) Reopen(ctx context.Context) (*Store, error) {
	return Open(ctx, s.path, Options{Clock: s.clock})
}

// SaveTo writes what the store holds open into a folder of the person's choice,
// as a database of its own with the same name. Drafts that never reached the
// disk go with it. It answers the new database's path. The folder must not hold
// one already.
func (s *Store) SaveTo(ctx context.Context, dir string, drafts []Draft) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", explain(rescuing, dir, err)
	}
	path := filepath.Join(dir, filepath.Base(s.path))
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return "", &Trouble{
			Says: fmt.Sprintf("%s: there is a file %s already.", rescuing, path),
			Safe: "It was not touched, and everything is still held open by this program.",
			Do:   "Choose a folder that is empty.",
		}
	}
	if err := s.rescue(ctx, path); err != nil {
		return "", err
	}
	copied, err := Open(ctx, path, Options{Clock: s.clock})
	if err != nil {
		return "", err
	}
	for _, d := range drafts {
		err = errors.Join(err, copied.SaveDraft(ctx, d))
	}
	return path, errors.Join(err, copied.Close())
}

// rescue writes a whole and verified copy to a path where no database lies.
func (s *Store) rescue(ctx context.Context, to string) error {
	if err := makeDir(filepath.Dir(to)); err != nil {
		return explain(rescuing, to, err)
	}
	if to == s.path { // the lock's file may be the one that this store holds
		if err := s.presence.leave(); err != nil {
			return explain(rescuing, to, err)
		}
		s.presence = nil
	}
	mine, err := alone(ctx, to)
	if err != nil {
		if s.presence == nil {
			s.presence, _ = enter(ctx, s.path) // else nothing is lost: the store looks for itself
		}
		return explain(rescuing, to, err)
	}
	err = s.place(ctx, to)
	return explain(rescuing, to, errors.Join(err, mine.leave()))
}

// place makes the copy under another name and gives it its own at the end, so
// that a half copy is never taken for a database.
func (s *Store) place(ctx context.Context, to string) error {
	half := to + rescuedSuffix
	if err := os.Remove(half); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.copyHeld(ctx, half); err != nil {
		return err
	}
	if err := newDevice(ctx, half); err != nil {
		return err
	}
	if err := moveAside(to, s.clock().UTC().Format("20060102T150405.000Z")); err != nil {
		return err
	}
	if err := os.Rename(half, to); err != nil {
		return err
	}
	return syncDir(filepath.Dir(to))
}

// copyHeld copies what the open connection sees, wherever its files are by now,
// and reads the copy back: the engine's own check, and the newest event. A
// backup cannot do this: it reads the file by its name.
func (s *Store) copyHeld(ctx context.Context, to string) error {
	if err := createFile(to); err != nil {
		return err
	}
	var newest tip
	if err := newest.read(ctx, s.write); err != nil {
		return err
	}
	if _, err := s.write.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return err
	}
	db, err := connect(to, readOnly, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var says string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return fmt.Errorf("the copy %s is not whole: %s", to, says)
	}
	return newest.holds(ctx, db)
}

// newDevice takes a copy's own device from it. The database that vanished may
// turn up again and be written to; two files that number their events as the
// same device could never be told apart.
func newDevice(ctx context.Context, path string) error {
	db, err := connect(path, readWrite, 1)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "UPDATE device SET self=0 WHERE self=1")
	return errors.Join(err, db.Close(), syncFile(path))
}

// moveAside takes what is left of an old database out of the way: a new one
// must never meet an old one's write-ahead log. Nothing is deleted.
func moveAside(path, when string) error {
	for _, suffix := range siteSuffixes {
		if _, err := os.Lstat(path + suffix); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		aside := filepath.Join(filepath.Dir(path), "damaged", when)
		if err := makeDir(aside); err != nil {
			return err
		}
		if err := os.Rename(path+suffix, filepath.Join(aside, filepath.Base(path)+suffix)); err != nil {
			return err
		}
	}
	return nil
}
