package data

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// facts are what a database holds, as far as it can be told in a moment.
type facts struct {
	schema    int
	newest    tip
	recorded  time.Time // of the newest event
	incidents int
	drafts    int
}

// asker is a database, or one connection of it.
type asker interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readFacts(ctx context.Context, db asker) (facts, error) {
	var f facts
	var payload []byte
	if err := db.QueryRowContext(ctx, `SELECT
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM summary),
		(SELECT count(*) FROM draft)`).Scan(&f.schema, &f.incidents, &f.drafts); err != nil {
		return f, err
	}
	err := db.QueryRowContext(ctx, "SELECT n, sum, payload FROM event ORDER BY n DESC LIMIT 1").Scan(&f.newest.N, &f.newest.Sum, &payload)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	f.recorded = recordedIn(payload)
	return f, err
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
	b.Changes, b.Newest, b.Incidents, b.Schema = f.newest.N, f.recorded, f.incidents, f.schema
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
