// Package data keeps the log, the drafts and the settings in one SQLite file
// that several processes may use at once. DESIGN.md says why it is as it is.
package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"firebreak/workflow"
)

// Options is what a store needs of the world.
type Options struct {
	Clock func() time.Time // required
	NewID func() string    // names a new device; nil: random
	// StartEmpty begins an empty database where one is missing although there
	// are traces of it. They are kept.
	StartEmpty bool
}

// Store is an open database. All of its methods may be called from any
// goroutine; everything written is on the disk when the method returns.
type Store struct {
	path     string
	clock    func() time.Time
	device   workflow.DeviceID
	write    *sql.DB // one connection: writers queue here, not in the engine
	read     *sql.DB
	poll     *sql.DB // one connection that only asks whether anything changed
	prepared prepared
	witness  *witness
	presence *presence
	site     site // the very files that are open
	warnings []string
	unclean  bool // the last process that had it open did not close it
}

// Open opens the database at path, creates it and its folder when there is
// none, and brings it to the newest schema. A failure is a *Trouble: a *Damaged
// when Repair can do something about it, a *Missing when there is no database
// but there was one.
func Open(ctx context.Context, path string, opts Options) (*Store, error) {
	if opts.Clock == nil {
		return nil, errors.New("data.Open needs a clock")
	}
	if opts.NewID == nil {
		opts.NewID = uuid.NewString
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, explain(opening, path, err)
	}
	s := &Store{path: full, clock: opts.Clock}
	if err := s.open(ctx, opts); err != nil {
		s.closeAll()
		if damaged, is := asDamaged(full, err); is {
			return nil, damaged
		}
		return nil, explain(opening, full, err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, opts Options) error {
	if err := s.makePlace(); err != nil {
		return err
	}
	if err := guardLocks(); err != nil {
		return err
	}
	var err error
	if s.presence, err = enterAfter(ctx, s.path, func() error { return s.lookFirst(ctx, opts.StartEmpty) }); err != nil {
		return err
	}
	if err := createFile(s.path); err != nil {
		return err
	}
	if s.write, err = connect(s.path, readWrite, 1); err != nil {
		return err
	}
	if err := migrate(ctx, s.write, s.path, s.clock(), migrations()); err != nil {
		return err
	}
	if err := useWAL(ctx, s.write); err != nil {
		return err
	}
	if err := keepPrivate(s.path); err != nil {
		return err
	}
	if s.read, err = connect(s.path, readOnly, 2); err != nil {
		return err
	}
	if s.poll, err = connect(s.path, readOnly, 1); err != nil {
		return err
	}
	if s.device, err = ownDevice(ctx, s.write, opts.NewID); err != nil {
		return err
	}
	if err := s.prepared.prepare(ctx, s.write, s.read, s.poll); err != nil {
		return err
	}
	if s.site, err = survey(s.path); err != nil {
		return err
	}
	s.witness = &witness{of: s.path}
	return s.witness.compare(ctx, s.read)
}

// makePlace makes the folder, and notes what is odd there.
func (s *Store) makePlace() error {
	dir := filepath.Dir(s.path)
	if err := makeDir(dir); err != nil {
		return &Trouble{
			Says: fmt.Sprintf("%s: the folder %s is not there and cannot be made: %v.", opening, dir, err),
			Safe: "Nothing was changed.",
			Do:   "Allow writing there, or start with another folder: --data-dir DIR.",
			Err:  err,
		}
	}
	if name, remote := remoteFileSystem(dir); remote {
		s.warnings = append(s.warnings, fmt.Sprintf(
			"The data folder %s lies on %s. What is saved there can be lost when the network or another computer interferes; move it to a local disk.", dir, name))
	}
	if info, err := os.Stat(s.path); err == nil && info.IsDir() {
		return &Trouble{
			Says: fmt.Sprintf("%s: %s is a folder.", opening, s.path),
			Safe: "Nothing was changed.",
			Do:   "Move it away, or start with another folder: --data-dir DIR.",
		}
	}
	return nil
}

// lookFirst looks at the place before the engine does. An empty beginning that
// was asked for keeps what was there.
func (s *Store) lookFirst(ctx context.Context, startEmpty bool) error {
	found, err := lookFirst(ctx, s.path)
	s.unclean = found.unclean
	var missing *Missing
	if startEmpty && errors.As(err, &missing) {
		return setAside(s.path, s.clock())
	}
	return err
}

// keepPrivate takes other people's permissions from a database that once was
// made with them. The engine gives its other files the same permissions.
func keepPrivate(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	return os.Chmod(path, 0o600)
}

// ownDevice reads this database's device, and makes one the first time.
func ownDevice(ctx context.Context, db *sql.DB, newID func() string) (workflow.DeviceID, error) {
	if _, err := db.ExecContext(ctx,
		"INSERT INTO device(uid, self) SELECT ?, 1 WHERE NOT EXISTS (SELECT 1 FROM device WHERE self=1)", newID()); err != nil {
		return "", err
	}
	var device workflow.DeviceID
	err := db.QueryRowContext(ctx, "SELECT uid FROM device WHERE self=1").Scan(&device)
	return device, err
}

// Close finishes the write in flight and closes the file.
func (s *Store) Close() error {
	var err error
	if s.Here() == nil { // else the witness of another database lies there
		err = s.witness.finish(context.Background(), s.write, s.clock())
	}
	return explain("The database did not close cleanly", s.path, errors.Join(err, s.closeAll()))
}

// closeAll ends the readers first: the last connection to close tidies the
// write-ahead log away, and only a writer can.
func (s *Store) closeAll() error {
	var failed []error
	for _, db := range []*sql.DB{s.poll, s.read, s.write} {
		if db != nil {
			failed = append(failed, db.Close())
		}
	}
	return errors.Join(append(failed, s.presence.leave())...)
}

// Path is where the database lies.
func (s *Store) Path() string { return s.path }

// dir is the folder that the database lies in.
func (s *Store) dir() string { return filepath.Dir(s.path) }

// Device is this database's own device: random, made once.
func (s *Store) Device() workflow.DeviceID { return s.device }

// Warnings are sentences about the place where the data lies.
func (s *Store) Warnings() []string { return s.warnings }
