package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"firebreak/workflow"
)

// salvage writes a new database from what can be read of others. Every event
// proves itself by its seal, wherever it comes from; one that does not is kept
// as damaged, and another source may still have it whole.
type salvage struct {
	ctx     context.Context
	tx      *sql.Tx
	now     time.Time
	aliases map[string]int64 // of devices
	self    string           // the device that the damaged database was written by
	highest uint64           // the largest position used so far
	room    []byte

	sound int // events in the new log
	harm  int // events kept as damaged

	scarred bool                         // there are damaged or missing ones
	touched map[workflow.IncidentID]bool // whose log changed
	ready   salvageReady
}

// salvageReady are the statements that run for every row.
type salvageReady struct{ insert, has, fits, heal, hole *sql.Stmt }

func (r *salvageReady) prepare(ctx context.Context, tx *sql.Tx) error {
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&r.insert, `INSERT OR IGNORE INTO event(n, id, device, seq, incident, kind, payload, salt, prev, sum) VALUES(?,?,?,?,?,?,?,?,?,?)`},
		{&r.has, `SELECT EXISTS(SELECT 1 FROM event WHERE id=?) OR EXISTS(SELECT 1 FROM event WHERE device=? AND seq=?)`},
		{&r.fits, `SELECT NOT EXISTS(SELECT 1 FROM event WHERE device=?1 AND seq=?2-1 AND sum<>?3)
			AND NOT EXISTS(SELECT 1 FROM event WHERE device=?1 AND seq=?2+1 AND prev<>?4)`},
		{&r.heal, `DELETE FROM damaged WHERE id=? OR (device=? AND seq=?)`},
		{&r.hole, `SELECT first, last FROM missing WHERE device=? AND first<=? AND last>=?`},
	} {
		var err error
		if *s.to, err = tx.PrepareContext(ctx, s.sql); err != nil {
			return err
		}
	}
	return nil
}

func newSalvage(ctx context.Context, tx *sql.Tx, now time.Time) (*salvage, error) {
	s := &salvage{ctx: ctx, tx: tx, now: now, aliases: map[string]int64{}}
	if err := s.ready.prepare(ctx, tx); err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, "SELECT n, uid, self FROM device")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var uid string
		var self bool
		if err := rows.Scan(&n, &uid, &self); err != nil {
			return nil, err
		}
		if s.aliases[uid] = n; self {
			s.self = uid
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return s, tx.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(n), 0) FROM event),
		EXISTS(SELECT 1 FROM damaged) OR EXISTS(SELECT 1 FROM missing)`).Scan(&s.highest, &s.scarred)
}

// alias answers the number of a device in the new database.
func (s *salvage) alias(uid string) (int64, error) {
	if n, known := s.aliases[uid]; known {
		return n, nil
	}
	result, err := s.tx.ExecContext(s.ctx, "INSERT INTO device(uid) VALUES(?)", uid)
	if err != nil {
		return 0, err
	}
	n, err := result.LastInsertId()
	s.aliases[uid] = n
	return n, err
}

// take puts a row into the new database: into the log when it proves itself,
// among the damaged ones otherwise. What is under the seal tells what the
// columns beside it must say.
func (s *salvage) take(r row) error {
	sealed := r.kind != redactedKind && r.seal.sum == r.seal.over(r.seq, r.payload, &s.room)
	if event, err := workflow.Decode(r.payload); sealed && err == nil {
		r.id, r.incident, r.kind, r.device = string(event.ID), string(event.Incident), string(event.Kind()), string(event.Device)
	}
	if _, wrong := r.event(&s.room); wrong != "" {
		r.device = orElse(r.device, string(deviceOf(r.payload)))
		return s.keepDamaged(r, wrong)
	}
	r.device = orElse(r.device, string(deviceOf(r.payload)))
	_, err := s.add(r)
	return err
}

// add puts a row that has proved itself into the log, and says whether it was
// new there. A number or an id that is taken means that it is there already, or
// that it never was a part of this log.
func (s *salvage) add(r row) (fresh bool, err error) {
	alias, err := s.alias(r.device)
	if err != nil {
		return false, err
	}
	if r.n == 0 || r.n > 1<<62 {
		r.n = s.highest + 1
	}
	if fresh, err = s.insert(r, alias); err != nil {
		return false, err
	}
	if !fresh {
		if there, err := s.has(r, alias); err != nil || there {
			return false, errors.Join(err, s.stayRedacted(r))
		}
		r.n = s.highest + 1 // only its place was taken
		if fresh, err = s.insert(r, alias); err != nil || !fresh {
			return false, err
		}
	}
	s.highest = max(s.highest, r.n)
	s.sound++
	s.touch(r.incident)
	return true, s.mended(r)
}

func (s *salvage) insert(r row, alias int64) (fresh bool, err error) {
	result, err := s.ready.insert.ExecContext(s.ctx, int64(r.n), r.id, alias, r.seq, r.incident, r.kind, string(r.payload),
		r.seal.salt[:], r.seal.prev[:], r.seal.sum[:])
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// has says whether an event is in the log, or another with its number.
func (s *salvage) has(r row, alias int64) (there bool, err error) {
	err = s.ready.has.QueryRowContext(s.ctx, r.id, alias, r.seq).Scan(&there)
	return there, err
}

// stayRedacted blots out an event that another source has with its words, or
// with more of them.
func (s *salvage) stayRedacted(r row) error {
	if r.kind != redactedKind {
		return nil
	}
	there := row{id: r.id}
	err := s.tx.QueryRowContext(s.ctx, "SELECT kind, payload FROM event WHERE id=?", r.id).Scan(&there.kind, &there.payload)
	if errors.Is(err, sql.ErrNoRows) { // another event has its number
		return nil
	}
	if err != nil || blotsIn(there) >= blotsIn(r) {
		return err
	}
	_, err = s.tx.ExecContext(s.ctx, "UPDATE event SET kind=?, payload=?, salt=zeroblob(16) WHERE id=?",
		redactedKind, string(r.payload), r.id)
	return err
}

// blotsIn is how often something was blotted out of an event; of one without
// any words left nothing more can be.
func blotsIn(r row) int {
	e, err := workflow.Decode(r.payload)
	if _, gone := e.Body.(workflow.Redacted); gone && err == nil {
		return math.MaxInt
	}
	return len(e.Blots)
}

// mended takes an event off the damaged ones and the missing ones: it is whole
// again.
func (s *salvage) mended(r row) error {
	if !s.scarred {
		return nil
	}
	if _, err := s.ready.heal.ExecContext(s.ctx, r.id, r.device, int64(r.seq)); err != nil {
		return err
	}
	var first, last uint64
	err := s.ready.hole.QueryRowContext(s.ctx, r.device, int64(r.seq), int64(r.seq)).Scan(&first, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := s.tx.ExecContext(s.ctx, "DELETE FROM missing WHERE device=? AND first=?", r.device, first); err != nil {
		return err
	}
	return s.noteMissing(
		Gap{Device: workflow.DeviceID(r.device), From: first, To: r.seq - 1},
		Gap{Device: workflow.DeviceID(r.device), From: r.seq + 1, To: last},
	)
}

// noteMissing remembers numbers that no source had.
func (s *salvage) noteMissing(gaps ...Gap) error {
	for _, g := range gaps {
		if g.From > g.To {
			continue
		}
		s.scarred = true
		if _, err := s.tx.ExecContext(s.ctx, "INSERT OR REPLACE INTO missing(device, first, last, found) VALUES(?,?,?,?)",
			string(g.Device), g.From, g.To, s.now.UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}

// keepDamaged keeps a row as it was found, outside of the log.
func (s *salvage) keepDamaged(r row, says string) error {
	var there bool
	if err := s.tx.QueryRowContext(s.ctx, "SELECT EXISTS(SELECT 1 FROM damaged WHERE n=? AND id=? AND payload=?)",
		r.n, r.id, r.payload).Scan(&there); err != nil || there {
		return err
	}
	s.harm++
	s.scarred = true
	_, err := s.tx.ExecContext(s.ctx, `INSERT INTO damaged(n, id, device, seq, incident, kind, payload, salt, prev, sum, says, found)
		VALUES(?,?,?,?,?,?,?,?,?,?,?,?)`, int64(r.n), r.id, r.device, int64(r.seq), r.incident, r.kind, blob(r.payload),
		r.seal.salt[:], r.seal.prev[:], r.seal.sum[:], says, s.now.UnixMilli())
	return err
}

// blob is bytes that are never NULL.
func blob(bytes []byte) []byte {
	if bytes == nil {
		return []byte{}
	}
	return bytes
}

// keptTables are everything that is not the log and cannot be made from it:
// drafts, settings, the ledger of exports, marks, and what earlier repairs kept.
func (s *salvage) keptTables() ([]string, error) {
	made := []string{"event", "device", "summary", "migration"}
	rows, err := s.tx.QueryContext(s.ctx, `SELECT name FROM sqlite_schema WHERE type='table' AND sql LIKE 'CREATE TABLE%'`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if !slices.Contains(made, name) && !strings.HasPrefix(name, "sqlite_") && !strings.HasPrefix(name, searchTables) {
			tables = append(tables, name)
		}
	}
	return tables, rows.Err()
}

// searchTables begins the names of what search is made of.
const searchTables = "wording"

// takeTables copies the other tables of a database, as far as they can be read.
func (s *salvage) takeTables(from *sql.DB) error {
	tables, err := s.keptTables()
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := s.takeTable(from, table); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	s.scarred = true                                                          // perhaps: they came along
	_, err = s.tx.ExecContext(s.ctx, "DELETE FROM mark WHERE name='indexed'") // search begins anew
	return err
}

// takeTable reads a table from its beginning, and where that ends too soon, from
// its end as well. What the new table does not take is left behind.
func (s *salvage) takeTable(from *sql.DB, table string) error {
	columns, key, err := s.columnsIn(from, table)
	if err != nil || len(columns) == 0 {
		return s.ctx.Err()
	}
	put := fmt.Sprintf("INSERT OR IGNORE INTO %s(%s) VALUES(?%s)", table, strings.Join(columns, ","), strings.Repeat(",?", len(columns)-1))
	for _, order := range []string{"ASC", "DESC"} {
		whole := s.eachRow(from, fmt.Sprintf("SELECT %s FROM %s ORDER BY %s", strings.Join(columns, ","), table,
			strings.Join(key, " "+order+",")+" "+order), len(columns), func(values []any) {
			if _, err := s.tx.ExecContext(s.ctx, put, values...); err != nil && table == "draft" {
				s.rescueDraft(columns, values)
			}
		})
		if whole {
			break
		}
	}
	return s.ctx.Err()
}

// rescueDraft keeps half-typed text whose other columns are damaged.
func (s *salvage) rescueDraft(columns []string, values []any) {
	of := func(name string) string {
		if i := slices.Index(columns, name); i >= 0 {
			return textOf(values[i])
		}
		return ""
	}
	_, _ = s.tx.ExecContext(s.ctx, "INSERT OR IGNORE INTO draft(incident, field, text, started, base) VALUES(?,?,?,?,'[]')",
		of("incident"), of("field"), of("text"), s.now.UnixMilli())
}

// columnsIn are the columns that a table has in both databases, and its key.
func (s *salvage) columnsIn(from *sql.DB, table string) (columns, key []string, err error) {
	have := map[string]bool{}
	s.eachRow(from, "SELECT name FROM pragma_table_info('"+table+"')", 1, func(values []any) { have[textOf(values[0])] = true })
	rows, err := s.tx.QueryContext(s.ctx, "SELECT name, pk FROM pragma_table_info('"+table+"') ORDER BY pk, cid")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var place int
		if err := rows.Scan(&name, &place); err != nil {
			return nil, nil, err
		}
		if !have[name] {
			continue
		}
		if columns = append(columns, name); place > 0 {
			key = append(key, name)
		}
	}
	if len(key) == 0 {
		key = columns[:min(1, len(columns))]
	}
	return columns, key, rows.Err()
}

// eachRow reads as far as it can, and says whether that was to the end.
func (s *salvage) eachRow(from *sql.DB, query string, width int, each func([]any)) (whole bool) {
	rows, err := from.QueryContext(s.ctx, query)
	if err != nil {
		return false
	}
	defer rows.Close()
	values, into := make([]any, width), make([]any, width)
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if rows.Scan(into...) != nil {
			return false
		}
		each(values)
	}
	return rows.Err() == nil
}
