package data

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
)

// Difference is what a restore would take and bring.
type Difference struct {
	Lacks     int // changes of now that the backup does not hold
	Incidents int // incidents of now that the backup knows nothing of
	Adds      int // changes of the backup that are not there now
}

// Compare holds a backup against a database, which may be in use.
func Compare(ctx context.Context, database, backup string) (*Difference, error) {
	d, err := compare(ctx, database, backup)
	if err != nil {
		return nil, explain("The backup cannot be compared", backup, err)
	}
	return d, nil
}

func compare(ctx context.Context, database, backup string) (*Difference, error) {
	db, err := connect(database, readOnly, 1)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "ATTACH ? AS backup", fileURI(backup)+"?mode=ro"); err != nil {
		return nil, err
	}
	var d Difference
	continued, after, err := goesOn(ctx, db)
	if err != nil {
		return nil, err
	}
	newer, values := "e.n>?", []any{after}
	if !continued {
		newer, values = "NOT EXISTS (SELECT 1 FROM backup.event b WHERE b.id=e.id)", nil
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM backup.event b
			WHERE NOT EXISTS (SELECT 1 FROM main.event e WHERE e.id=b.id)`).Scan(&d.Adds); err != nil {
			return nil, err
		}
	}
	err = db.QueryRowContext(ctx, `SELECT count(*),
		count(DISTINCT CASE WHEN e.incident NOT IN (SELECT incident FROM backup.summary) THEN e.incident END)
		FROM main.event e WHERE `+newer, values...).Scan(&d.Lacks, &d.Incidents)
	return &d, err
}

// goesOn says whether the database goes on where the backup ends, and where
// that is. Then nobody needs to look at what lies before.
func goesOn(ctx context.Context, db *sql.DB) (bool, uint64, error) {
	var end tip
	err := db.QueryRowContext(ctx, "SELECT n, sum FROM backup.event ORDER BY n DESC LIMIT 1").Scan(&end.N, &end.Sum)
	if errors.Is(err, sql.ErrNoRows) {
		return true, 0, nil
	}
	if err != nil {
		return false, 0, err
	}
	var sum []byte
	err = db.QueryRowContext(ctx, "SELECT sum FROM main.event WHERE n=?", end.N).Scan(&sum)
	if errors.Is(err, sql.ErrNoRows) {
		return false, 0, nil
	}
	return err == nil && bytes.Equal(sum, end.Sum), end.N, err
}
