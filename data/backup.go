package data

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// backupBefore keeps a verified copy of the database as it is, before a
// migration touches it.
func backupBefore(ctx context.Context, db *sql.DB, path string, version int, now time.Time) error {
	dir := filepath.Join(filepath.Dir(path), "backups")
	name := fmt.Sprintf("%s-before-v%d-%s.db", filepath.Base(path), version, now.UTC().Format("20060102T150405.000Z"))
	to := filepath.Join(dir, name)
	if err := copyTo(ctx, db, to); err != nil {
		return &Trouble{
			Says: fmt.Sprintf("%s: it needs a new schema, and the backup before that failed: %v.", opening, err),
			Safe: "The database was not changed.",
			Do:   "Make room and allow writing in " + dir + ", then start again.",
			Err:  err,
		}
	}
	return nil
}

// copyTo writes a whole and verified copy of the database, taken while in use,
// through SQL: opening the live files by other means would strip their locks.
func copyTo(ctx context.Context, db *sql.DB, to string) error {
	if err := makeDir(filepath.Dir(to)); err != nil {
		return err
	}
	if err := createFile(to); err != nil {
		return err
	}
	var before tip
	if err := before.read(ctx, db); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return err
	}
	if err := verifyCopy(ctx, to, before); err != nil {
		return fmt.Errorf("the copy %s is not whole: %w", to, err)
	}
	return syncFile(to)
}

// verifyCopy reads the copy back: the engine's own check, and the event that
// was the newest before the copy began.
func verifyCopy(ctx context.Context, path string, before tip) error {
	db, err := connect(path, readOnly, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var says string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return fmt.Errorf("%s", says)
	}
	return before.holds(ctx, db)
}

// createFile makes an empty file that only its owner may read. One that exists
// is left alone, and not even opened: see DESIGN.md on locks.
func createFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if os.IsExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// makeDir makes a folder that only its owner may enter.
func makeDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

// syncDir makes names in a folder survive a power cut. Some file systems
// cannot do that for a folder, and then there is nothing to be done.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = f.Sync()
	return f.Close()
}

// syncFile is for files that the engine has closed for good.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
