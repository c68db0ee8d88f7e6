package data

import (
	"context"
	"database/sql"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"firebreak/workflow"
)

// Report is what a check found. The zero value of each part is good news.
type Report struct {
	Events  int      // how many were checked
	Engine  []string // what the engine says about the file itself
	Altered []string // tables, indexes and triggers that are not defined as they were made
	Damaged []Damage
	Gaps    []Gap
	Lost    *Loss // what was there once and is not any more; nil: nothing known

	Kept    []Damage // what a repair took out of the log and kept: known, and no news
	Missing []Gap    // numbers that no backup had when the log was repaired: known as well
}

// Sound says whether nothing is wrong.
func (r Report) Sound() bool {
	return len(r.Engine) == 0 && len(r.Altered) == 0 && len(r.Damaged) == 0 && len(r.Gaps) == 0 && r.Lost == nil
}

// Broken says whether the file itself must be made anew, which needs it alone.
func (r Report) Broken() bool { return len(r.Engine)+len(r.Altered) > 0 }

// Gap is a place where the chain of a device's events is broken: numbers that
// are missing, or an event that does not follow the one before it.
type Gap struct {
	Device   workflow.DeviceID
	From, To uint64 // the missing numbers
	Broken   bool   // the event From is there, and does not follow the one before it
}

// Check reads the whole log, verifies every seal and every link, and asks the
// engine about its own structures. It takes a second or so for each 100,000
// events, and is meant for the background. A part that cannot be read is in
// the report, not an error.
func (s *Store) Check(ctx context.Context) (Report, error) {
	report := Report{Lost: s.witness.loss()}
	err := report.inspect(ctx, s.read, "quick_check")
	return report, err
}

// inspect asks the engine in its words about a database, and reads its log.
func (report *Report) inspect(ctx context.Context, db *sql.DB, words string) error {
	if err := report.askEngine(ctx, db, words); err != nil {
		return err
	}
	if err := report.checkDefinitions(ctx, db); err != nil {
		return err
	}
	known, err := scarsIn(ctx, db)
	if err == nil {
		report.Kept, err = keptDamage(ctx, db, "", 0)
	}
	if err != nil && resultCode(err) != sqlite3.SQLITE_ERROR { // an older schema has none
		report.Engine = append(report.Engine, err.Error())
	}
	for _, list := range known.missing {
		report.Missing = append(report.Missing, list...)
	}
	if err := report.checkChains(ctx, db, known.all); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		report.Engine = append(report.Engine, fmt.Sprintf("the log cannot be read to its end: %v", err))
	}
	return ctx.Err()
}

// askEngine runs the engine's own check. The quick one looks at everything but
// the indexes' contents.
func (report *Report) askEngine(ctx context.Context, db *sql.DB, words string) error {
	rows, err := db.QueryContext(ctx, "PRAGMA "+words+"(100)")
	if err == nil {
		defer rows.Close()
		for rows.Next() {
			var says string
			if err = rows.Scan(&says); err == nil && says != "ok" {
				report.Engine = append(report.Engine, says)
			}
		}
		err = rows.Err()
	}
	if err != nil && ctx.Err() == nil {
		report.Engine = append(report.Engine, err.Error())
	}
	return ctx.Err()
}

func (report *Report) checkChains(ctx context.Context, db *sql.DB, known ranges) error {
	rows, err := db.QueryContext(ctx, selectEvents+"ORDER BY e.device, e.seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	var before row
	var room []byte
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return err
		}
		report.Events++
		if _, wrong := r.event(&room); wrong != "" {
			report.Damaged = append(report.Damaged, r.damage(wrong))
		}
		gap, broken := r.after(before)
		if broken && gap.Broken {
			report.Gaps = append(report.Gaps, gap)
		} else if broken {
			report.Gaps = append(report.Gaps, known.without([]Gap{gap})...)
		}
		before = r
	}
	return rows.Err()
}

const selectEvents = `SELECT e.n, e.id, coalesce(d.uid, '?'), e.seq, e.incident, e.kind, e.payload, e.salt, e.prev, e.sum
	FROM event e LEFT JOIN device d ON d.n=e.device `

func (r *row) scan(rows *sql.Rows) error {
	return rows.Scan(&r.n, &r.id, &r.device, &r.seq, &r.incident, &r.kind, &r.payload, &r.seal.salt, &r.seal.prev, &r.seal.sum)
}

// after says how a row fails to follow the one before it.
func (r *row) after(before row) (Gap, bool) {
	if r.device != before.device {
		before = row{}
	}
	switch {
	case r.seq != before.seq+1:
		return Gap{Device: workflow.DeviceID(r.device), From: before.seq + 1, To: r.seq - 1}, true
	case r.seal.prev != before.seal.sum:
		return Gap{Device: workflow.DeviceID(r.device), From: r.seq, To: r.seq, Broken: true}, true
	default:
		return Gap{}, false
	}
}
