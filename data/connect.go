package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// access says what a connection may do with the file. No kind creates one: the
// file is made beforehand, with its permissions.
type access string

const (
	readWrite access = "rw"
	readOnly  access = "ro"
)

// busyMillis is how long a statement waits for another process.
const busyMillis = "5000"

// connect opens a pool of at most size connections. Every setting of every
// connection is in this one place; the journal mode is the exception, since it
// lives in the file and must not touch one that is not ours (see useWAL).
func connect(path string, may access, size int) (*sql.DB, error) {
	set := url.Values{
		"mode":          {string(may)},
		"_busy_timeout": {busyMillis},
		"_synchronous":  {"FULL"}, // acknowledged means on the disk
		"_foreign_keys": {"on"},
		"_dqs":          {"0"}, // "text" in double quotes is a name, never a string
		"_defensive":    {"1"}, // no statement can write SQLite's own tables
		"_pragma": {
			"recursive_triggers(on)", // without it INSERT OR REPLACE goes around the append-only trigger
			"trusted_schema(off)",
			"cell_size_check(on)",
			"temp_store(memory)",
			"cache_size(-65536)",
			"journal_size_limit(67108864)", // a reused WAL is cheaper than one that grows anew
			"fullfsync(on)",                // macOS: fsync alone stops at the drive's cache
			"checkpoint_fullfsync(on)",
		},
	}
	if may == readWrite {
		set.Set("_txlock", "immediate") // a writer waits at BEGIN, never in the middle
	}
	connector, err := sqlite.NewConnector(fileURI(path) + "?" + set.Encode())
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", path, err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

func fileURI(path string) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/Users/… on Windows
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath()
}

// guardLocks makes the engine's locks survive a stray close of the database
// file in this process. Where the system has no such locks, or a database is
// open already, the ordinary ones stay.
func guardLocks() error {
	_, err := sqlite.OFDLocking(true)
	if errors.Is(err, sqlite.ErrOFDLockingUnavailable) || errors.Is(err, sqlite.ErrOFDLockingTooLate) {
		return nil
	}
	return err
}

// useWAL turns the file to write-ahead logging. Two processes that do so at
// the same moment may refuse each other without waiting, hence the rounds.
func useWAL(ctx context.Context, db *sql.DB) error {
	const rounds = 100
	for round := 0; ; round++ {
		var mode string
		err := db.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode)
		switch {
		case err == nil && mode == "wal":
			return nil
		case err == nil:
			return fmt.Errorf("the database keeps its journal mode %q, and write-ahead logging is needed", mode)
		case resultCode(err) != sqlite3.SQLITE_BUSY || round == rounds:
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
