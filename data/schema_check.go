package data

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"modernc.org/sqlite"
)

// checkDefinitions holds the definitions of tables, indexes and triggers against
// those that the migrations make. A flipped bit in them can switch a guard off,
// or keep every writer out while readers notice nothing. An older schema is not
// looked at: the next start changes it.
func (report *Report) checkDefinitions(ctx context.Context, db *sql.DB) error {
	steps := migrations()
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil || version != steps[len(steps)-1].version {
		return ctx.Err() // what the engine cannot read it has said already
	}
	have, err := definitions(ctx, db)
	if err != nil {
		return ctx.Err()
	}
	want, err := definitionsMade(ctx, steps)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if have[name] != want[name] {
			report.Altered = append(report.Altered, name)
		}
	}
	return nil
}

// definitions are the statements that a database was made with, by what they
// make.
func definitions(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT type||' '||name, tbl_name||': '||coalesce(sql,'') FROM sqlite_schema")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]string{}
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, err
		}
		found[name] = statement
	}
	return found, rows.Err()
}

// definitionsMade are those that the migrations make, in a database that is in
// memory only.
func definitionsMade(ctx context.Context, steps []migration) (map[string]string, error) {
	connector, err := sqlite.NewConnector(":memory:")
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	for _, step := range steps {
		if err := takeStep(ctx, db, step, time.Time{}); err != nil {
			return nil, err
		}
	}
	return definitions(ctx, db)
}
