package data

import (
	"context"
	"database/sql"
	"errors"
)

// Exported is the checksum of a file as we wrote it last; ok is false when we
// never did. path is below root, with slashes. A file that has another
// checksum now was changed by somebody, and is not ours to overwrite.
func (s *Store) Exported(ctx context.Context, root, path string) (sha string, ok bool, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT sha FROM exported WHERE root=? AND path=?", root, path).Scan(&sha)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return sha, err == nil, explain(reading, s.path, err)
}

// RecordExported remembers the checksum of a file that was just written.
func (s *Store) RecordExported(ctx context.Context, root, path, sha string) error {
	err := s.lasting(func() error {
		_, err := s.write.ExecContext(ctx, `INSERT INTO exported(root, path, sha, at) VALUES(?,?,?,?)
			ON CONFLICT DO UPDATE SET sha=excluded.sha, at=excluded.at`, root, path, sha, s.clock().UnixMilli())
		return err
	})
	return explain(saving, s.path, err)
}
