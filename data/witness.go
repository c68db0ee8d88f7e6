package data

import (
	"bytes"
	"context"
	"crypto/sha256"
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
	N      uint64 `json:"n"`
	Sum    []byte `json:"sum"`
	Device string `json:"device,omitempty"` // who wrote it; empty: not known
	Seq    uint64 `json:"seq,omitempty"`
}

// witnessed is what the witness file says.
type witnessed struct {
	tip
	WAL   []byte `json:"wal,omitempty"` // which filling of the write-ahead log it was seen in
	Check []byte `json:"check"`         // over the rest: a flipped bit here must raise no alarm
}

// check is the sum over what the file says.
func (seen witnessed) check() []byte {
	whole := sha256.Sum256(fmt.Appendf(nil, "%d %x %q %d %x", seen.N, seen.Sum, seen.Device, seen.Seq, seen.WAL))
	return whole[:sealSize]
}

// readWitness reads the witness file of a database. It is not known when there
// is none, or when it was torn while being written.
func readWitness(path string) (seen witnessed, known bool) {
	text, err := os.ReadFile(path + ".witness")
	if err != nil || json.Unmarshal(text, &seen) != nil || !bytes.Equal(seen.Check, seen.check()) {
		return witnessed{}, false
	}
	return seen, true
}

// missingFrom says what a log lacks of what was seen: its end, or all of it when
// another event that is whole stands in the place of the newest one.
func (seen witnessed) missingFrom(ctx context.Context, db *sql.DB) (*Loss, error) {
	var found tip
	if err := found.read(ctx, db); err != nil {
		return nil, err
	}
	if found.N < seen.N {
		return &Loss{From: found.N + 1, To: seen.N}, nil
	}
	if seen.N == 0 {
		return nil, nil
	}
	var there row
	err := db.QueryRowContext(ctx, "SELECT n, id, seq, incident, kind, payload, salt, prev, sum FROM event WHERE n=?", seen.N).
		Scan(&there.n, &there.id, &there.seq, &there.incident, &there.kind, &there.payload, &there.seal.salt, &there.seal.prev, &there.seal.sum)
	if errors.Is(err, sql.ErrNoRows) || err != nil && resultCode(err) == 0 {
		return nil, nil // a hole, or a row that cannot be read: the chain says so
	}
	if err != nil {
		return nil, err
	}
	var room []byte
	if bytes.Equal(there.seal.sum[:], seen.Sum) || !there.trusted(&room) {
		return nil, nil
	}
	return &Loss{From: 1, To: seen.N, Replaced: true}, nil
}

func (t *tip) read(ctx context.Context, db *sql.DB) error {
	err := db.QueryRowContext(ctx, "SELECT e.n, e.sum, coalesce(d.uid,''), e.seq FROM event e LEFT JOIN device d ON d.n=e.device ORDER BY e.n DESC LIMIT 1").
		Scan(&t.N, &t.Sum, &t.Device, &t.Seq)
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
	of string // the database's path

	mu      sync.Mutex
	newest  tip
	salt    []byte // the filling of the write-ahead log that the file names
	late    bool   // the file does not have the newest event yet
	written time.Time
	lost    *Loss // the file names it, and nobody has accepted it yet
}

// compare holds the file against the log. Without a file nothing is known.
func (w *witness) compare(ctx context.Context, db *sql.DB) error {
	seen, known := readWitness(w.of)
	if !known {
		return nil
	}
	lost, err := seen.missingFrom(ctx, db)
	w.lost = lost
	return err
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
	if newest.N >= w.newest.N {
		w.newest = newest
	}
	if w.late = !w.due(now); !w.late {
		w.save(now)
	}
}

func (w *witness) due(now time.Time) bool {
	since := now.Sub(w.written)
	return since >= time.Second || since < 0
}

// catchUp writes the newest event down when there was no time for it before.
func (w *witness) catchUp(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.late && w.due(now) {
		w.late = false
		w.save(now)
	}
}

// follow writes the file when the write-ahead log was filled anew by something
// that is no event: after a crash it is known for the database's own then,
// without comparing the two.
func (w *witness) follow(ctx context.Context, db *sql.DB, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.due(now) || bytes.Equal(saltNow(w.of), w.salt) {
		return
	}
	var newest tip
	if newest.read(ctx, db) == nil {
		w.newest = newest
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
	w.salt = saltNow(w.of)
	seen := witnessed{tip: w.newest, WAL: w.salt}
	seen.Check = seen.check()
	text, err := json.Marshal(seen)
	if err != nil {
		return
	}
	file := w.of + ".witness"
	if os.WriteFile(file+".new", text, 0o600) == nil {
		_ = os.Rename(file+".new", file)
	}
}

// followLog lets the witness name the filling of the write-ahead log that a
// write other than of events went to.
func (s *Store) followLog(ctx context.Context) { s.witness.follow(ctx, s.read, s.clock()) }
