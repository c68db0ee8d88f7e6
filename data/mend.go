package data

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	sqlite3 "modernc.org/sqlite/lib"

	"firebreak/workflow"
)

// Mend does in an open database what can be done there: damaged events are
// replaced by their sound versions from the newest backups, missing ones are
// fetched, and what cannot be mended is taken out of the log and kept. It is one
// transaction, and others may go on working. Pages that the engine cannot read
// need Repair, which needs the database alone: see AskForRepair.
func (s *Store) Mend(ctx context.Context, backups string) (Repaired, error) {
	report, err := s.Check(ctx)
	if err != nil {
		return Repaired{}, err
	}
	done := Repaired{Found: report.Findings(), Device: s.device, Events: report.Events}
	if report.Broken() {
		return done, s.AskForRepair("a check found a part of the database that cannot be read or is not built as it was made.")
	}
	if len(report.Damaged) == 0 && len(report.Gaps) == 0 {
		return done, nil
	}
	touched, err := s.mendLog(ctx, backupsOf(s.path, backups), report, &done)
	if err != nil {
		return Repaired{}, explain(notRepaired, s.path, err)
	}
	if err := s.afterMending(ctx, touched); err != nil {
		return done, explain(notRepaired, s.path, err)
	}
	fresh, err := s.Check(ctx)
	done.Events, done.Damaged = fresh.Events, fresh.Kept
	return done, err
}

// mendLog is the transaction. It answers which incidents were touched.
func (s *Store) mendLog(ctx context.Context, backups string, report Report, done *Repaired) (touched []workflow.IncidentID, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	var before uint64
	if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM event").Scan(&before); err != nil {
		return nil, err
	}
	var guard string
	const guarded = "event_no_delete"
	if err := tx.QueryRowContext(ctx, "SELECT sql FROM sqlite_schema WHERE type='trigger' AND name=?", guarded).Scan(&guard); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, "DROP TRIGGER "+guarded); err != nil {
		return nil, err
	}
	v, err := newSalvage(ctx, tx, s.clock())
	if err != nil {
		return nil, err
	}
	for _, d := range report.Damaged {
		if err := v.takeOut(d.Position); err != nil {
			return nil, err
		}
	}
	if done.Fetched, err = v.fetch(backups, s.path); err != nil {
		return nil, err
	}
	if done.Missing, err = v.accountFor(witnessed{}); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, guard); err != nil {
		return nil, err
	}
	for id := range v.touched {
		touched = append(touched, id)
	}
	slices.Sort(touched)
	return touched, tx.Commit()
}

// takeOut takes a damaged row out of the log. When what is under its seal is
// whole, it comes back at once, with the columns that its text says.
func (s *salvage) takeOut(n uint64) error {
	var r row
	err := s.tx.QueryRowContext(s.ctx, selectEvents+"WHERE e.n=?", int64(n)).
		Scan(&r.n, &r.id, &r.device, &r.seq, &r.incident, &r.kind, &r.payload, &r.seal.salt, &r.seal.prev, &r.seal.sum)
	if err != nil {
		return err
	}
	s.touch(r.incident)
	for _, step := range []string{
		`INSERT INTO wording_fts(wording_fts, rowid, text) SELECT 'delete', n, text FROM wording WHERE n=?`,
		`DELETE FROM wording WHERE n=?`,
		`DELETE FROM event WHERE n=?`,
	} {
		if _, err := s.tx.ExecContext(s.ctx, step, int64(n)); err != nil {
			return err
		}
	}
	if r.device == "?" {
		r.device = ""
	}
	return s.take(r)
}

func (s *salvage) touch(incident string) {
	if s.touched == nil {
		s.touched = map[workflow.IncidentID]bool{}
	}
	s.touched[workflow.IncidentID(incident)] = true
}

// afterMending makes the copies of the log anew where it changed.
func (s *Store) afterMending(ctx context.Context, touched []workflow.IncidentID) error {
	if len(touched) > 0 {
		if err := s.rebuildSummaries(ctx, touched...); err != nil {
			return err
		}
		if err := s.RebuildIndex(ctx); err != nil {
			return err
		}
	}
	return s.witness.accept(ctx, s.read, s.clock())
}

// AskForRepair lets the next start repair the database before it is opened. It
// is for damage that was found while others use it.
func (s *Store) AskForRepair(why string) error {
	err := os.WriteFile(s.path+wishSuffix, []byte(why), 0o600)
	if err == nil {
		err = syncDir(filepath.Dir(s.path))
	}
	return explain(notRepaired, s.path, err)
}

// CheckTail is the part of Check that costs nothing: the newest events, and how
// they follow each other.
func (s *Store) CheckTail(ctx context.Context, events int) (Report, error) {
	report := Report{Lost: s.witness.loss()}
	known, err := scarsIn(ctx, s.read)
	if err != nil {
		return report, explain(reading, s.path, err)
	}
	if report.Kept, err = keptDamage(ctx, s.read, "", 0); err != nil {
		return report, explain(reading, s.path, err)
	}
	for _, list := range known.missing {
		report.Missing = append(report.Missing, list...)
	}
	if err := report.checkTail(ctx, s.read, known.all, events); err != nil && ctx.Err() == nil {
		report.Engine = append(report.Engine, fmt.Sprintf("the end of the log cannot be read: %v", err))
	}
	return report, ctx.Err()
}

func (report *Report) checkTail(ctx context.Context, db *sql.DB, known ranges, events int) error {
	rows, err := db.QueryContext(ctx, "SELECT * FROM ("+selectEvents+"ORDER BY e.n DESC LIMIT ?) ORDER BY n", events)
	if err != nil {
		return err
	}
	defer rows.Close()
	before := map[string]row{}
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
		last, seen := before[r.device]
		before[r.device] = r
		if !seen {
			continue
		}
		if gap, broken := r.after(last); broken && gap.Broken {
			report.Gaps = append(report.Gaps, gap)
		} else if broken {
			report.Gaps = append(report.Gaps, known.without([]Gap{gap})...)
		}
	}
	return rows.Err()
}

// Unclean says whether the last process that had the database open did not
// close it: it crashed, or the power went.
func (s *Store) Unclean() bool { return s.unclean }

// unreadable answers why rows of the log could not be read. When the database
// itself is the cause, the next start repairs it.
func (s *Store) unreadable(ctx context.Context, err error) error {
	code := resultCode(err)
	if ctx.Err() == nil && (code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB || code == 0) {
		_ = s.AskForRepair("an incident could not be read.") // it is told anyway, and the next check asks again
		return tell(kindDamaged, reading, s.path, err)
	}
	return explain(reading, s.path, err)
}
