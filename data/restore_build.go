package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"firebreak/workflow"
)

// build makes the new database beside the old one: a proven copy of the backup,
// brought up to date, with a device of its own.
func (r *restoring) build(ctx context.Context) error {
	fresh := r.wish.Database + freshSuffix
	if err := r.copySource(ctx, fresh); err != nil {
		return err
	}
	db, err := connect(fresh, readWrite, 1)
	if err != nil {
		return err
	}
	if err := errors.Join(r.furnish(ctx, db, fresh), db.Close()); err != nil {
		return err
	}
	if err := syncFile(fresh); err != nil {
		return err
	}
	held, err := factsIn(ctx, fresh)
	if err != nil {
		return err
	}
	if held.newest.N != r.done.From.Changes || held.incidents != r.done.From.Incidents {
		return errors.New("what was built does not hold what the backup holds")
	}
	return syncDir(filepath.Dir(fresh))
}

func (r *restoring) copySource(ctx context.Context, fresh string) error {
	source, err := connect(r.wish.From, readOnly, 1)
	if err != nil {
		return err
	}
	defer source.Close()
	file, err := claimNamed(fresh, r.wish.Clock())
	if err != nil {
		return err
	}
	c := &copying{from: r.wish.From, db: source, to: fresh, file: file, track: r.track, now: r.wish.Clock(), wish: BackupWish{To: fresh, compared: true}}
	_, err = c.run(ctx)
	return err
}

// furnish brings a copied backup up to date and gives it a device of its own.
func (r *restoring) furnish(ctx context.Context, db *sql.DB, fresh string) error {
	now := r.wish.Clock()
	for _, step := range migrations() {
		if err := takeStep(ctx, db, step, now); err != nil {
			return fmt.Errorf("schema step %d (%s): %w", step.version, step.says, err)
		}
	}
	r.done.Device = workflow.DeviceID(r.wish.NewID())
	for _, step := range []struct {
		sql    string
		values []any
	}{
		{"UPDATE device SET self=0 WHERE self=1", nil},
		{"INSERT INTO device(uid, self) VALUES(?, 1)", []any{string(r.done.Device)}},
	} {
		if _, err := db.ExecContext(ctx, step.sql, step.values...); err != nil {
			return err
		}
	}
	if inside, err := carriedIn(ctx, db); err != nil || len(inside) > 0 {
		for _, statement := range []string{"DROP TABLE " + carriedTable, "VACUUM"} { // they go back to their folder
			if err == nil {
				_, err = db.ExecContext(ctx, statement)
			}
		}
		if err != nil {
			return err
		}
	}
	return (&witness{of: fresh}).finish(ctx, db, now)
}
