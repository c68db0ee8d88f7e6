package data

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"firebreak/workflow"
)

// gleaned is how far the log of a source could be read.
type gleaned struct {
	rows  int  // how many rows were read
	holes bool // something between them could not be
	end   bool // the newest row was read, and nothing lies behind it
}

// takeLog reads the log of a database row by row, and steps over what cannot
// be read. upTo is a position that it had once: it may go further.
func (s *salvage) takeLog(from *sql.DB, upTo uint64) (gleaned, error) {
	devices := s.devicesOf(from)
	var got gleaned
	last, known := s.lastOf(from)
	bound := max(last, upTo)
	got.end = known
	const slack = 2000 // more events than lie in a page whose positions nobody knows
	if !known {
		bound += slack
	}
	failures := 0
	for next := uint64(0); next <= bound && s.ctx.Err() == nil; {
		before := next
		whole, err := s.takeFrom(from, devices, &next, &got)
		if err != nil {
			return got, err
		}
		if whole {
			return got, s.ctx.Err()
		}
		got.holes = true
		if err := s.takeWords(from, devices, next); err != nil {
			return got, err
		}
		if next > before+1 {
			failures = 0
		}
		failures++
		next += stride(failures)
		if got.rows > 0 && !known {
			bound = max(bound, next+slack)
		}
	}
	return got, s.ctx.Err()
}

// stride lets a large hole be crossed in steps that grow.
func stride(failures int) uint64 {
	if failures < 1000 {
		return 1
	}
	return uint64(failures / 250)
}

// takeFrom reads rows from a position on until one cannot be read.
func (s *salvage) takeFrom(from *sql.DB, devices map[int64]string, next *uint64, got *gleaned) (whole bool, err error) {
	rows, err := from.QueryContext(s.ctx, `SELECT n, id, device, seq, incident, kind, payload, salt, prev, sum
		FROM event WHERE n>=? ORDER BY n`, int64(*next))
	if err != nil {
		return false, nil
	}
	defer rows.Close()
	values, into := make([]any, eventColumns), make([]any, eventColumns)
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if rows.Scan(into...) != nil {
			return false, nil
		}
		r := row{
			n: uint64(numberOf(values[0])), id: textOf(values[1]), device: devices[numberOf(values[2])], seq: uint64(numberOf(values[3])),
			incident: textOf(values[4]), kind: textOf(values[5]), payload: []byte(textOf(values[6])),
		}
		_, _, _ = r.seal.salt.Scan(values[7]), r.seal.prev.Scan(values[8]), r.seal.sum.Scan(values[9])
		if r.n < *next {
			return false, nil // a page that goes backwards is no page of the log
		}
		*next = r.n + 1
		got.rows++
		if err := s.take(r); err != nil {
			return false, err
		}
	}
	return rows.Err() == nil, nil
}

// takeWords keeps the words of a row whose seal cannot be read any more: nothing
// proves them, so they are kept as damaged.
func (s *salvage) takeWords(from *sql.DB, devices map[int64]string, n uint64) (err error) {
	s.eachRow(from, fmt.Sprintf("SELECT id, device, seq, incident, kind, payload FROM event WHERE n=%d", n), 6, func(values []any) {
		r := row{
			n: n, id: textOf(values[0]), device: devices[numberOf(values[1])], seq: uint64(numberOf(values[2])),
			incident: textOf(values[3]), kind: textOf(values[4]), payload: []byte(textOf(values[5])),
		}
		if _, wrong := workflow.Decode(r.payload); wrong == nil {
			r.device = orElse(r.device, string(deviceOf(r.payload)))
			err = s.keepDamaged(r, "its seal cannot be read")
		}
	})
	return err
}

// lastOf is the newest position, and whether it could be read.
func (s *salvage) lastOf(from *sql.DB) (last uint64, known bool) {
	known = s.eachRow(from, "SELECT n FROM event ORDER BY n DESC LIMIT 1", 1, func(values []any) { last = uint64(numberOf(values[0])) })
	return last, known
}

// devicesOf reads who wrote; a device that cannot be read is known from its
// events' own text.
func (s *salvage) devicesOf(from *sql.DB) map[int64]string {
	devices := map[int64]string{}
	s.eachRow(from, "SELECT n, uid, self FROM device", 3, func(values []any) {
		uid := textOf(values[1])
		devices[numberOf(values[0])] = uid
		if numberOf(values[2]) == 1 && s.self == "" {
			s.self = uid
		}
	})
	return devices
}

// textOf and numberOf take what lies in a column, whatever it is.
func textOf(column any) string {
	switch value := column.(type) {
	case string:
		return value
	case []byte:
		return string(value)
	case nil:
		return ""
	default:
		return fmt.Sprint(value)
	}
}

func numberOf(column any) int64 {
	switch value := column.(type) {
	case int64:
		return value
	case float64:
		return int64(value)
	default:
		return 0
	}
}

// carveFile looks for events in every page of a file, and in every page of the
// write-ahead log, without the engine. It answers how many were new.
func (s *salvage) carveFile(path string, wal *walFile) (fresh int, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	pageSize := pageSizeIn(path)
	buffer := make([]byte, pageSize)
	read := func(number uint32, into []byte) []byte {
		if n, _ := f.ReadAt(into, (int64(number)-1)*int64(pageSize)); number == 0 || n < pageSize {
			return nil
		}
		return into
	}
	pages := func(number uint32) []byte { return read(number, make([]byte, pageSize)) }
	var failed error
	found := func(r row) {
		is, err := s.addLinked(r)
		if is {
			fresh++
		}
		if err != nil {
			failed = err
		}
	}
	for number := uint32(1); failed == nil && s.ctx.Err() == nil; number++ {
		page := read(number, buffer)
		if page == nil {
			break
		}
		carve(page, number, pages, found)
	}
	if wal != nil && wal.pageSize == pageSize {
		newest := wal.over(pages)
		for _, frame := range wal.upToLastCommit() {
			carve(bytes.Clone(wal.content(frame)), frame.page, newest, found)
		}
	}
	if failed == nil {
		failed = s.ctx.Err()
	}
	return fresh, failed
}

// addLinked adds a row that proved itself when it follows the event before it
// and is followed by the one after it, as far as those are there: what was once
// written and undone is in no chain.
func (s *salvage) addLinked(r row) (bool, error) {
	alias, err := s.alias(r.device)
	if err != nil {
		return false, err
	}
	if there, err := s.has(r, alias); err != nil || there {
		return false, errors.Join(err, s.stayRedacted(r))
	}
	var fits bool
	err = s.ready.fits.QueryRowContext(s.ctx, alias, r.seq, r.seal.prev[:], r.seal.sum[:]).Scan(&fits)
	if err != nil || !fits {
		return false, err
	}
	return s.add(r)
}

// chainEnd is the last number of a device's events, and its sum.
func (s *salvage) chainEnd(device workflow.DeviceID) (seq uint64, end sum, err error) {
	err = s.tx.QueryRowContext(s.ctx, `SELECT e.seq, e.sum FROM event e JOIN device d ON d.n=e.device
		WHERE d.uid=? ORDER BY e.seq DESC LIMIT 1`, string(device)).Scan(&seq, &end)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return seq, end, err
}
