package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"firebreak/workflow"
)

// Batch is everything that one intent changes. It is written whole or not at
// all.
type Batch struct {
	Incident workflow.IncidentID
	After    uint64 // the position up to which its author had read the incident
	Events   []workflow.Event
	Summary  workflow.Summary // the incident with these events in it
	Clear    []DraftKey       // drafts that have become events
}

// Append writes a batch and answers when it is on the disk: the position that
// the incident is now read up to, and the events with the numbers they got.
//
// When somebody else has written to the incident after Batch.After, nothing is
// written and the error is workflow.ErrConflict. A batch that is in the log
// already, because an earlier answer was lost, is answered as if it had just
// been written.
func (s *Store) Append(ctx context.Context, b Batch) (uint64, []workflow.Event, error) {
	if err := b.check(); err != nil {
		return 0, nil, err
	}
	var position uint64
	var events []workflow.Event
	var newest tip
	err := s.lasting(func() (err error) {
		position, events, newest, err = s.append(ctx, b)
		return err
	})
	if errors.Is(err, workflow.ErrConflict) || resultCode(err) == sqlite3.SQLITE_CONSTRAINT {
		return s.recognise(ctx, b, err)
	}
	if err != nil {
		return 0, nil, explain(saving, s.path, err)
	}
	s.witness.note(newest, s.clock())
	return position, events, nil
}

// check refuses a batch that no decision can have made.
func (b Batch) check() error {
	if b.Incident == "" || b.Summary.ID != b.Incident {
		return fmt.Errorf("a batch for incident %q has the summary of %q", b.Incident, b.Summary.ID)
	}
	if len(b.Events) == 0 {
		return fmt.Errorf("a batch for incident %q has no events", b.Incident)
	}
	for _, e := range b.Events {
		if e.Incident != b.Incident || e.ID == "" || e.Device == "" || e.Body == nil {
			return fmt.Errorf("event %q of device %q in incident %q cannot be in a batch for %q", e.ID, e.Device, e.Incident, b.Incident)
		}
	}
	return nil
}

func (s *Store) append(ctx context.Context, b Batch) (position uint64, events []workflow.Event, newest tip, err error) {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return 0, nil, tip{}, err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back

	var conflict bool
	if err := tx.StmtContext(ctx, s.prepared.newer).QueryRowContext(ctx, b.Incident, b.After).Scan(&conflict); err != nil {
		return 0, nil, tip{}, err
	}
	if conflict {
		return 0, nil, tip{}, workflow.ErrConflict
	}
	events = slices.Clone(b.Events)
	links := links{}
	for i := range events {
		if newest, err = s.addEvent(ctx, tx, links, &events[i]); err != nil {
			return 0, nil, tip{}, err
		}
	}
	if err := s.putSummary(ctx, tx, b.Summary, events[0].Recorded); err != nil {
		return 0, nil, tip{}, err
	}
	for _, key := range b.Clear {
		if _, err := tx.StmtContext(ctx, s.prepared.dropDraft).ExecContext(ctx, key.Incident, key.Field); err != nil {
			return 0, nil, tip{}, err
		}
	}
	return newest.N, events, newest, tx.Commit()
}

// link is the end of a device's chain.
type link struct {
	alias int64
	seq   uint64
	sum   sum
}

type links map[workflow.DeviceID]link

// addEvent gives the event its number and its seal, and writes it.
func (s *Store) addEvent(ctx context.Context, tx *sql.Tx, ends links, e *workflow.Event) (tip, error) {
	end, known := ends[e.Device]
	if !known {
		var err error
		if end, err = s.endOf(ctx, tx, e.Device); err != nil {
			return tip{}, err
		}
	}
	payload, err := workflow.Encode(*e)
	if err != nil {
		return tip{}, err
	}
	e.Seq = end.seq + 1
	closed := sealed(end.sum, e.Seq, payload)
	result, err := tx.StmtContext(ctx, s.prepared.addEvent).ExecContext(ctx, string(e.ID), end.alias, e.Seq,
		string(e.Incident), string(e.Kind()), string(payload), closed.salt[:], closed.prev[:], closed.sum[:])
	if err != nil {
		return tip{}, err
	}
	ends[e.Device] = link{alias: end.alias, seq: e.Seq, sum: closed.sum}
	n, err := result.LastInsertId()
	return tip{N: uint64(n), Sum: closed.sum[:], Device: string(e.Device), Seq: e.Seq}, err
}

// endOf finds the end of a device's chain; a device seen for the first time
// gets its alias.
func (s *Store) endOf(ctx context.Context, tx *sql.Tx, device workflow.DeviceID) (link, error) {
	var end link
	var seq sql.NullInt64
	err := tx.StmtContext(ctx, s.prepared.last).QueryRowContext(ctx, string(device)).Scan(&end.alias, &seq, &end.sum)
	if errors.Is(err, sql.ErrNoRows) {
		result, err := tx.StmtContext(ctx, s.prepared.newDevice).ExecContext(ctx, string(device))
		if err != nil {
			return link{}, err
		}
		end.alias, err = result.LastInsertId()
		return end, err
	}
	end.seq = uint64(seq.Int64)
	return end, err
}

// putSummary replaces the incident's row. As long as its place in the list
// stays the same, the list's indexes are not touched: that is a page less to
// write with every note.
func (s *Store) putSummary(ctx context.Context, tx *sql.Tx, sum workflow.Summary, written time.Time) error {
	body, err := json.Marshal(sum)
	if err != nil {
		return err
	}
	started := sum.Detected
	if started.IsZero() {
		started = written
	}
	id, at, open := string(sum.ID), started.UnixMilli(), isOpen(sum)
	result, err := tx.StmtContext(ctx, s.prepared.freshenSummary).ExecContext(ctx, string(body), id, at, open)
	if err != nil {
		return err
	}
	if touched, err := result.RowsAffected(); err != nil || touched == 1 {
		return err
	}
	_, err = tx.StmtContext(ctx, s.prepared.putSummary).ExecContext(ctx, id, at, open, string(body))
	return err
}

func isOpen(sum workflow.Summary) bool {
	switch sum.Stage {
	case workflow.Resolved, workflow.Closed, workflow.Cancelled:
		return false
	default:
		return true
	}
}

// recognise answers a batch that was refused: when all of its events are in
// the log, it was sent twice. Otherwise somebody else was faster.
func (s *Store) recognise(ctx context.Context, b Batch, refusal error) (uint64, []workflow.Event, error) {
	events := slices.Clone(b.Events)
	var position uint64
	for i := range events {
		var n uint64
		err := s.write.QueryRowContext(ctx, "SELECT n, seq FROM event WHERE id=? AND incident=?",
			string(events[i].ID), string(b.Incident)).Scan(&n, &events[i].Seq)
		if errors.Is(err, sql.ErrNoRows) {
			if errors.Is(refusal, workflow.ErrConflict) {
				return 0, nil, workflow.ErrConflict
			}
			return 0, nil, explain(saving, s.path, refusal)
		}
		if err != nil {
			return 0, nil, explain(saving, s.path, err)
		}
		position = max(position, n)
	}
	return position, events, nil
}
