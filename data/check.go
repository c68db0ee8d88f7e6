package data

import (
	"context"
	"database/sql"
	"fmt"

	"firebreak/workflow"
)

// Report is what a check found. The zero value of each part is good news.
type Report struct {
	Events  int      // how many were checked
	Engine  []string // what the engine says about the file itself
	Damaged []Damage
	Gaps    []Gap
	Lost    *Loss // what was there once and is not any more; nil: nothing known
}

// Sound says whether nothing is wrong.
func (r Report) Sound() bool {
	return len(r.Engine) == 0 && len(r.Damaged) == 0 && len(r.Gaps) == 0 && r.Lost == nil
}

// Gap is a place where the chain of a device's events is broken: numbers that
// are missing, or an event that does not follow the one before it.
type Gap struct {
	Device   workflow.DeviceID
	From, To uint64 // the missing numbers; the same number twice: the event does not follow
}

// Check reads the whole log, verifies every seal and every link, and asks the
// engine about its own structures. It takes a second or so for each 100,000
// events, and is meant for the background. A part that cannot be read is in
// the report, not an error.
func (s *Store) Check(ctx context.Context) (Report, error) {
	report := Report{Lost: s.witness.loss()}
	if err := s.askEngine(ctx, &report); err != nil {
		return report, err
	}
	if err := s.checkChains(ctx, &report); err != nil {
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		report.Engine = append(report.Engine, fmt.Sprintf("the log cannot be read to its end: %v", err))
	}
	return report, nil
}

// askEngine runs the quick check, which looks at everything but the indexes'
// contents.
func (s *Store) askEngine(ctx context.Context, report *Report) error {
	rows, err := s.read.QueryContext(ctx, "PRAGMA quick_check(100)")
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

func (s *Store) checkChains(ctx context.Context, report *Report) error {
	rows, err := s.read.QueryContext(ctx, selectEvents+"ORDER BY e.device, e.seq")
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
		if gap, broken := r.after(before); broken {
			report.Gaps = append(report.Gaps, gap)
		}
		before = r
	}
	return rows.Err()
}

const selectEvents = `SELECT e.n, e.id, d.uid, e.seq, e.incident, e.kind, e.payload, e.salt, e.prev, e.sum
	FROM event e JOIN device d ON d.n=e.device `

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
		return Gap{Device: workflow.DeviceID(r.device), From: r.seq, To: r.seq}, true
	default:
		return Gap{}, false
	}
}

// AcceptLoss ends the alarm about events that were lost, once somebody has
// been told of them.
func (s *Store) AcceptLoss(ctx context.Context) error {
	return explain(saving, s.path, s.witness.accept(ctx, s.read, s.clock()))
}
