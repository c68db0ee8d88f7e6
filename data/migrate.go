package data

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// migrate brings the file to the newest schema: each step in one transaction
// with its record, after a verified copy of a file that holds anything.
func migrate(ctx context.Context, db *sql.DB, path string, now time.Time, steps []migration) error {
	found, err := identify(ctx, db, path, steps[len(steps)-1].version)
	if err != nil {
		return err
	}
	newest := steps[len(steps)-1].version
	if found > 0 && found < newest {
		if err := backupBefore(ctx, path, newest, now); err != nil {
			return err
		}
	}
	for _, step := range steps {
		if step.version <= found {
			continue
		}
		if err := takeStep(ctx, db, step, now); err != nil {
			return fmt.Errorf("schema step %d (%s): %w", step.version, step.says, err)
		}
	}
	return nil
}

// identify reads whose file it is and which schema it has, 0 for an empty
// file, and refuses a foreign or a newer one. It changes nothing.
func identify(ctx context.Context, db *sql.DB, path string, newest int) (version int, err error) {
	var application, tables int
	err = db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&application, &version, &tables)
	switch {
	case err != nil:
		return 0, err
	case application == 0 && version == 0 && tables == 0:
		return 0, nil
	case application != applicationID:
		return 0, &Trouble{
			Says: fmt.Sprintf("%s: %s is a database of another program.", opening, path),
			Safe: "The file was not changed.",
			Do:   "Start with another folder: --data-dir DIR.",
		}
	case version > newest:
		return 0, &Trouble{
			Says: fmt.Sprintf("%s: %s was written by a newer Firebreak (schema %d; this one knows %d).", opening, path, version, newest),
			Safe: "Nothing in it was changed.",
			Do:   "Install the newer version, or start with another folder: --data-dir DIR.",
		}
	}
	return version, nil
}

// takeStep runs one step, unless another process has just done so.
func takeStep(ctx context.Context, db *sql.DB, step migration, now time.Time) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version >= step.version {
		return nil
	}
	if _, err := tx.ExecContext(ctx, step.sql); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO migration(version, says, at) VALUES(?,?,?)",
		step.version, step.says, now.UnixMilli()); err != nil {
		return err
	}
	mark := fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID, step.version)
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return err
	}
	return tx.Commit()
}
