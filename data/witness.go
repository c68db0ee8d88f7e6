package data

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// tip is the newest event of the log.
type tip struct {
	N   uint64 `json:"n"`
	Sum []byte `json:"sum"`
}

func (t *tip) read(ctx context.Context, db *sql.DB) error {
	err := db.QueryRowContext(ctx, "SELECT n, sum FROM event ORDER BY n DESC LIMIT 1").Scan(&t.N, &t.Sum)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// holds says whether a database still has the event that was the newest.
func (t *tip) holds(ctx context.Context, db *sql.DB) error {
	if t.N == 0 {
		return nil
	}
	var sum []byte
	err := db.QueryRowContext(ctx, "SELECT sum FROM event WHERE n=?", t.N).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !bytes.Equal(sum, t.Sum) {
		return fmt.Errorf("event %d is missing or another", t.N)
	}
	return err
}

// Loss is a part of the log that was there once and is not any more.
type Loss struct {
	From, To uint64 // positions, both included
	Replaced bool   // other events stand in their place
}

// witness remembers the newest event in a small file beside the database. The
// engine drops the end of its write-ahead log without a word when a byte in it
// is garbled or the file is gone; the witness notices. It is not synced, so it
// may lag behind the log, never run ahead of it.
type witness struct {
	path string

	mu      sync.Mutex
	newest  tip
	written time.Time
	lost    *Loss // the file names it, and nobody has accepted it yet
}

// compare holds the file against the log. Without a file nothing is known.
func (w *witness) compare(ctx context.Context, db *sql.DB) error {
	bytes, err := os.ReadFile(w.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var seen, found tip
	if json.Unmarshal(bytes, &seen) != nil {
		return nil // torn while being written: it tells nothing
	}
	if err := found.read(ctx, db); err != nil {
		return err
	}
	switch {
	case found.N < seen.N:
		w.lost = &Loss{From: found.N + 1, To: seen.N}
	case seen.holds(ctx, db) != nil:
		w.lost = &Loss{From: 1, To: seen.N, Replaced: true}
	}
	return nil
}

// loss is what compare found.
func (w *witness) loss() *Loss {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lost
}

// accept lets the file follow the log again.
func (w *witness) accept(ctx context.Context, db *sql.DB, now time.Time) error {
	w.mu.Lock()
	w.lost = nil
	w.mu.Unlock()
	return w.finish(ctx, db, now)
}

// note remembers a newer event, and writes the file at most once a second.
// When it cannot, the log is none the worse.
func (w *witness) note(newest tip, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if newest.N > w.newest.N {
		w.newest = newest
	}
	if since := now.Sub(w.written); since >= time.Second || since < 0 {
		w.save(now)
	}
}

// finish writes the file for the last time, with what other processes wrote.
func (w *witness) finish(ctx context.Context, db *sql.DB, now time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.newest.read(ctx, db); err != nil {
		return err
	}
	w.save(now)
	return nil
}

// save leaves the file alone while it names a loss: it would be forgotten.
func (w *witness) save(now time.Time) {
	w.written = now
	if w.lost != nil {
		return
	}
	bytes, err := json.Marshal(w.newest)
	if err != nil {
		return
	}
	fresh := w.path + ".new"
	if os.WriteFile(fresh, bytes, 0o600) == nil {
		_ = os.Rename(fresh, w.path)
	}
}
