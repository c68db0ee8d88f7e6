package data

import (
	"context"
	"database/sql"
	"time"

	"firebreak/workflow"
)

// indexChunk is how many events are indexed in one transaction: some
// milliseconds, so that a note which is written meanwhile hardly waits.
const indexChunk = 200

// Index lets search catch up with the log, for about as long as the budget, or
// to the end when the budget is 0. It stays outside of Append: the index
// merges its parts now and then, and a note must not wait for that. done is
// true when nothing is missing.
func (s *Store) Index(ctx context.Context, budget time.Duration) (done bool, err error) {
	for begun := s.clock(); ; {
		behind, err := s.behind(ctx)
		if err == nil && behind {
			err = s.indexChunk(ctx)
		}
		switch {
		case err != nil:
			return false, explain("Search did not catch up", s.path, err)
		case !behind:
			return true, nil
		case budget > 0 && s.clock().Sub(begun) >= budget:
			return false, nil
		}
	}
}

// behind asks a reader, so that a search over a finished index never waits for
// a writer.
func (s *Store) behind(ctx context.Context) (behind bool, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(n), 0) FROM event) >
		coalesce((SELECT v FROM mark WHERE name='indexed'), 0)`).Scan(&behind)
	return behind, err
}

// indexChunk moves the watermark on by one chunk.
func (s *Store) indexChunk(ctx context.Context) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	words, upTo, err := wordsToIndex(ctx, tx)
	if err != nil || upTo == 0 {
		return err
	}
	for _, w := range words {
		if err := index(ctx, tx, w); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx,
		"INSERT INTO mark(name, v) VALUES('indexed', ?) ON CONFLICT DO UPDATE SET v=excluded.v", upTo); err != nil {
		return err
	}
	return tx.Commit()
}

type wording struct {
	n    uint64
	text string
}

func index(ctx context.Context, tx *sql.Tx, w wording) error {
	if _, err := tx.ExecContext(ctx, "INSERT INTO wording(n, text) VALUES(?,?)", w.n, w.text); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO wording_fts(rowid, text) VALUES(?,?)", w.n, w.text)
	return err
}

// wordsToIndex reads the next events behind the watermark. A damaged event has
// no words, and is passed by.
func wordsToIndex(ctx context.Context, tx *sql.Tx) (words []wording, upTo uint64, err error) {
	rows, err := tx.QueryContext(ctx, selectEvents+`
		WHERE e.n > coalesce((SELECT v FROM mark WHERE name='indexed'), 0) ORDER BY e.n LIMIT ?`, indexChunk)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var room []byte
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return nil, 0, err
		}
		upTo = r.n
		event, wrong := r.event(&room)
		if wrong != "" {
			continue
		}
		if text := workflow.SearchText(event); text != "" {
			words = append(words, wording{n: r.n, text: printable(text)})
		}
	}
	return words, upTo, rows.Err()
}

// RebuildIndex makes search anew from the log.
func (s *Store) RebuildIndex(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, `BEGIN IMMEDIATE;
		INSERT INTO wording_fts(wording_fts) VALUES('delete-all');
		DELETE FROM wording;
		DELETE FROM mark WHERE name='indexed';
		COMMIT`)
	if err != nil {
		return explain("Search was not rebuilt", s.path, err)
	}
	_, err = s.Index(ctx, 0)
	return err
}
