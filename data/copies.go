package data

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// Copy is a backup, looked at as a source of what is missing.
type Copy struct {
	Path      string
	At        time.Time // when it was written
	Events    int
	Incidents int
	Says      string // why it is of no use; empty: it can be used
}

// backupsOf is where the backups of a database lie.
func backupsOf(path, named string) string {
	if named != "" {
		return named
	}
	return filepath.Join(filepath.Dir(path), "backups")
}

// copyNames lists the backups of a database by their files, the newest first.
// One that is not finished has another name.
func copyNames(dir, path string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	type named struct {
		path string
		at   time.Time
	}
	var found []named
	for _, entry := range entries {
		ofSample := strings.HasPrefix(entry.Name(), "sample")
		if filepath.Ext(entry.Name()) != ".db" || ofSample == isMain(path) {
			continue
		}
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			continue
		}
		found = append(found, named{filepath.Join(dir, entry.Name()), info.ModTime().UTC()})
	}
	slices.SortFunc(found, func(a, b named) int {
		if order := b.at.Compare(a.at); order != 0 {
			return order
		}
		return strings.Compare(b.path, a.path)
	})
	paths := make([]string, len(found))
	for i, f := range found {
		paths[i] = f.path
	}
	return paths, nil
}

// lookAtCopy opens a backup and counts what is in it.
func lookAtCopy(ctx context.Context, path string) Copy {
	c := Copy{Path: path}
	if info, err := os.Stat(path); err == nil {
		c.At = info.ModTime().UTC()
	}
	db, err := connectStill(path)
	if err == nil {
		defer db.Close()
		err = db.QueryRowContext(ctx, "SELECT count(*), count(DISTINCT incident) FROM event").Scan(&c.Events, &c.Incidents)
	}
	if err != nil {
		c.Says = "it cannot be read: " + err.Error()
	}
	return c
}

// newestCopy is the newest backup that can be read and holds anything; nil
// when there is none.
func newestCopy(ctx context.Context, dir, path string) *Copy {
	names, err := copyNames(dir, path)
	if err != nil {
		return nil
	}
	for _, name := range names {
		if c := lookAtCopy(ctx, name); c.Says == "" && c.Events > 0 {
			return &c
		}
	}
	return nil
}

// connectStill opens a file that nobody writes, as it lies there: without its
// write-ahead log, without a lock, and without leaving anything beside it.
func connectStill(path string) (*sql.DB, error) {
	set := url.Values{
		"mode": {"ro"}, "immutable": {"1"}, "_dqs": {"0"},
		"_pragma": {"cell_size_check(on)", "trusted_schema(off)", "temp_store(memory)", "cache_size(-65536)"},
	}
	connector, err := sqlite.NewConnector(fileURI(path) + "?" + set.Encode())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	return db, nil
}
