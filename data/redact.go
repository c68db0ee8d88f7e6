package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"firebreak/workflow"
)

// Redaction says whose words are to be blotted out, and on whose word.
type Redaction struct {
	Events []workflow.EventID
	By     string
	Why    string
}

// Redact blots out the words of events, for good: in the log, in the search
// index, and in what the engine would leave behind of them in its files. Their
// place, their number and their link in the chain stay, and the log says who
// did it. It answers how many were blotted out; those that were redacted before
// are not counted again.
//
// Backups that were made before still hold the words, and so may a disk that
// keeps old blocks: neither is in this store's power.
func (s *Store) Redact(ctx context.Context, wish Redaction) (int, error) {
	done, err := s.redact(ctx, wish)
	if err == nil && done > 0 {
		err = s.sweep(ctx)
	}
	return done, explain("Not everything was purged", s.path, err)
}

func (s *Store) redact(ctx context.Context, wish Redaction) (done int, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	for _, id := range wish.Events {
		changed, err := s.redactEvent(ctx, tx, id, wish)
		if err != nil {
			return 0, err
		}
		if changed {
			done++
		}
	}
	return done, tx.Commit()
}

// redactEvent replaces one event's words, in the log and in search.
func (s *Store) redactEvent(ctx context.Context, tx *sql.Tx, id workflow.EventID, wish Redaction) (changed bool, err error) {
	r := row{id: string(id)}
	err = tx.QueryRowContext(ctx, selectEvents+"WHERE e.id=?", string(id)).
		Scan(&r.n, &r.id, &r.device, &r.seq, &r.incident, &r.kind, &r.payload, &r.seal.salt, &r.seal.prev, &r.seal.sum)
	if errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("event %s is not in the log", id)
	}
	if err != nil {
		return false, err
	}
	event, wrong := r.event(new([]byte))
	if wrong != "" {
		return false, fmt.Errorf("event %s is damaged: %s", id, wrong)
	}
	if _, gone := event.Body.(workflow.Redacted); gone {
		return false, nil
	}
	return true, overwrite(ctx, tx, r.n, redacted(event, wish, s.clock()))
}

// overwrite is the one change of an event that the log allows. Search learns
// the words that are left, where it knew those before.
func overwrite(ctx context.Context, tx *sql.Tx, n uint64, left workflow.Event) error {
	payload, err := workflow.Encode(left)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		sql    string
		values []any
	}{
		{`UPDATE event SET kind=?, payload=?, salt=zeroblob(16) WHERE n=?`, []any{redactedKind, string(payload), n}},
		{`INSERT INTO wording_fts(wording_fts, rowid, text) SELECT 'delete', n, text FROM wording WHERE n=?`, []any{n}},
		{`DELETE FROM wording WHERE n=?`, []any{n}},
	} {
		if _, err := tx.ExecContext(ctx, step.sql, step.values...); err != nil {
			return err
		}
	}
	text := workflow.SearchText(left)
	if text == "" {
		return nil
	}
	var indexed bool
	if err := tx.QueryRowContext(ctx, "SELECT coalesce((SELECT v FROM mark WHERE name='indexed'), 0) >= ?", n).Scan(&indexed); err != nil || !indexed {
		return err
	}
	return index(ctx, tx, wording{n: n, text: printable(text)})
}

// redacted is the event without its words: what stays is that there was one.
func redacted(e workflow.Event, wish Redaction, now time.Time) workflow.Event {
	e.Blots = nil
	e.Body = workflow.Redacted{Was: e.Body.Kind(), By: wish.By, Why: wish.Why, On: now.UTC()}
	return e
}

// sweep takes the words out of what the engine leaves behind: parts of the
// search index that are merged later, free pages, and the write-ahead log.
func (s *Store) sweep(ctx context.Context) error {
	for _, step := range []string{
		"INSERT INTO wording_fts(wording_fts) VALUES('optimize')",
		"VACUUM",
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := s.write.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	return nil
}
