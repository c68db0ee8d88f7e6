package data

import (
	"database/sql"
	"errors"
	"path/filepath"

	"firebreak/workflow"
)

// Fetched says what a backup had that the log did not.
type Fetched struct {
	Copy   Copy
	Events int
}

// fetch fills what is missing in the log from backups, the newest first: the
// holes in every device's chain, the lost end of this device's own, and what the
// witness knows of. An event is taken when it proves itself and the chain fits on both sides, so that a
// backup of another life of this log adds nothing.
func (s *salvage) fetch(dir, path string) (fetched []Fetched, err error) {
	names, err := copyNames(dir, path)
	if err != nil {
		return nil, err
	}
	seen, _ := readWitness(path)
	for _, name := range names {
		if len(fetched) > 0 {
			if left, err := s.wanting(); err != nil || left == 0 {
				return fetched, err
			}
		}
		n, err := s.fetchFrom(name, seen)
		if err != nil {
			return fetched, err
		}
		if n > 0 {
			fetched = append(fetched, Fetched{Copy: lookAtCopy(s.ctx, name), Events: n})
		}
	}
	return fetched, s.ctx.Err()
}

// wanting is how many holes there are still.
func (s *salvage) wanting() (int, error) {
	gaps, err := s.gaps()
	return len(gaps), err
}

// fetchFrom takes what is missing from one backup. A backup that cannot be read
// has nothing, and is named by an examination.
func (s *salvage) fetchFrom(name string, seen witnessed) (fetched int, err error) {
	from, err := connectStill(name)
	if err != nil {
		return 0, nil
	}
	defer from.Close()
	gaps, err := s.gaps()
	if err != nil {
		return 0, err
	}
	for _, g := range gaps {
		n, err := s.fetchRange(from, g.Device, g.From, g.To)
		if fetched += n; err != nil {
			return fetched, err
		}
	}
	for _, end := range []struct {
		device string
		until  uint64
	}{{s.self, 1 << 62}, {seen.Device, seen.Seq}} {
		if end.device == "" {
			continue
		}
		have, _, err := s.chainEnd(workflow.DeviceID(end.device))
		if err != nil {
			return fetched, err
		}
		n, err := s.fetchRange(from, workflow.DeviceID(end.device), have+1, end.until)
		if fetched += n; err != nil {
			return fetched, err
		}
	}
	return fetched, nil
}

// fetchRange takes a device's events with these numbers, as far as they fit.
func (s *salvage) fetchRange(from *sql.DB, device workflow.DeviceID, first, last uint64) (fetched int, err error) {
	rows, err := from.QueryContext(s.ctx, selectEvents+"WHERE d.uid=? AND e.seq BETWEEN ? AND ? ORDER BY e.seq",
		string(device), int64(first), int64(last))
	if err != nil {
		return 0, nil
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if r.scan(rows) != nil {
			return fetched, nil
		}
		if _, wrong := r.event(&s.room); wrong != "" {
			continue
		}
		fresh, err := s.addLinked(r)
		if err != nil {
			return fetched, err
		}
		if fresh {
			fetched++
		}
	}
	return fetched, s.ctx.Err()
}

// gaps are the numbers that are missing between a device's first and last
// event, and at its end what a witness knew of.
func (s *salvage) gaps() ([]Gap, error) {
	rows, err := s.tx.QueryContext(s.ctx, `SELECT uid, before+1, seq-1 FROM (
		SELECT d.uid AS uid, e.seq AS seq, coalesce(lag(e.seq) OVER (PARTITION BY e.device ORDER BY e.seq), 0) AS before
		FROM event e JOIN device d ON d.n=e.device) WHERE seq>before+1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var gaps []Gap
	for rows.Next() {
		var g Gap
		var device string
		if err := rows.Scan(&device, &g.From, &g.To); err != nil {
			return nil, err
		}
		g.Device = workflow.DeviceID(device)
		gaps = append(gaps, g)
	}
	return gaps, rows.Err()
}

// takeWhole takes everything that the newest readable backup has: it is the
// ground when the database itself tells nothing any more.
func (s *salvage) takeWhole(dir, path string) ([]Fetched, error) {
	names, err := copyNames(dir, path)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		from, err := connectStill(name)
		if err != nil {
			continue
		}
		before := s.sound
		_, err = s.takeLog(from, 0)
		if err == nil && s.sound > before {
			err = s.takeTables(from)
		}
		err = errors.Join(err, from.Close())
		if err != nil {
			return nil, err
		}
		if s.sound > before {
			return []Fetched{{Copy: lookAtCopy(s.ctx, name), Events: s.sound - before}}, nil
		}
	}
	return nil, s.ctx.Err()
}

// accountFor remembers what is still missing after every source was asked, up
// to the newest event that was ever seen.
func (s *salvage) accountFor(seen witnessed) ([]Gap, error) {
	gaps, err := s.gaps()
	if err != nil {
		return nil, err
	}
	if seen.Device != "" {
		end, _, err := s.chainEnd(workflow.DeviceID(seen.Device))
		if err != nil {
			return nil, err
		}
		if end < seen.Seq {
			gaps = append(gaps, Gap{Device: workflow.DeviceID(seen.Device), From: end + 1, To: seen.Seq})
		}
	}
	known, err := scarsIn(s.ctx, s.tx)
	if err != nil {
		return nil, err
	}
	gaps = known.kept.without(gaps)
	return gaps, s.noteMissing(gaps...)
}

// copyTitle names a backup for a person: by its file.
func (c Copy) title() string { return filepath.Base(c.Path) }
