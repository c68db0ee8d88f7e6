package data

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc64"
	"time"
)

// facts are what a database holds, as far as it can be told in a moment.
type facts struct {
	schema    int
	newest    tip
	recorded  time.Time // of the newest event
	incidents int
	drafts    uint64 // a sum of the half-typed text; 0: there is none
}

// asker is a database, or one connection of it.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func readFacts(ctx context.Context, db asker) (facts, error) {
	var f facts
	var payload []byte
	if err := db.QueryRowContext(ctx, `SELECT
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM summary)`).Scan(&f.schema, &f.incidents); err != nil {
		return f, err
	}
	var err error
	if f.drafts, err = sumOfDrafts(ctx, db); err != nil {
		return f, err
	}
	err = db.QueryRowContext(ctx, "SELECT n, sum, payload FROM event ORDER BY n DESC LIMIT 1").Scan(&f.newest.N, &f.newest.Sum, &payload)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	f.recorded = recordedIn(payload)
	return f, err
}

// sumOfDrafts is a number that differs when half-typed text does.
func sumOfDrafts(ctx context.Context, db asker) (uint64, error) {
	rows, err := db.QueryContext(ctx, "SELECT incident, field, text FROM draft ORDER BY incident, field")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	sum, some := crc64.New(crc64.MakeTable(crc64.ISO)), false
	for rows.Next() {
		var incident, field, text string
		if err := rows.Scan(&incident, &field, &text); err != nil {
			return 0, err
		}
		fmt.Fprintf(sum, "%q %q %q\n", incident, field, text)
		some = true
	}
	if !some {
		return 0, rows.Err()
	}
	return max(sum.Sum64(), 1), rows.Err()
}

// recordedIn is when an event was recorded; zero when its text is damaged.
func recordedIn(payload []byte) time.Time {
	var event struct {
		Recorded time.Time `json:"recorded"`
	}
	if json.Unmarshal(payload, &event) != nil {
		return time.Time{}
	}
	return event.Recorded.UTC()
}

// same says whether two databases hold the same, as far as facts tell.
func (f facts) same(as facts) bool {
	return f.schema == as.schema && f.newest.N == as.newest.N && bytes.Equal(f.newest.Sum, as.newest.Sum) &&
		f.incidents == as.incidents && f.drafts == as.drafts
}

// take notes the facts.
func (b *Backup) take(f facts) {
	b.Changes, b.Newest, b.Incidents, b.Schema, b.Drafts = f.newest.N, f.recorded, f.incidents, f.schema, f.drafts
}

// Lacks says whether the database holds changes or half-typed text that a
// backup does not: then it is time for another. It takes a moment, whatever the
// size.
func (s *Store) Lacks(ctx context.Context, b Backup) (bool, error) {
	now, err := readFacts(ctx, s.read)
	if err != nil {
		return false, explain(reading, s.path, err)
	}
	return now.newest.N != b.Changes || !now.recorded.Equal(b.Newest) || now.drafts != b.Drafts, nil
}

// factsIn reads the facts of a file that nobody writes to.
func factsIn(ctx context.Context, path string) (facts, error) {
	db, err := connect(path, readOnly, 1)
	if err != nil {
		return facts{}, err
	}
	defer db.Close()
	return readFacts(ctx, db)
}
