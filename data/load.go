package data

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"firebreak/workflow"
)

// Log is what was read of an incident.
type Log struct {
	Events   []workflow.Event // in the order of arrival here
	Position uint64           // read up to here: the After of the next batch
	Damaged  []Damage         // events that cannot be trusted; they are not among Events
}

// Damage is an event whose bytes are not those that were written.
type Damage struct {
	Position uint64
	ID       workflow.EventID
	Device   workflow.DeviceID
	Seq      uint64
	Incident workflow.IncidentID
	Says     string // what is wrong with it
	Payload  string // what is left of it, to be shown as it is
}

// Load reads an incident's whole log. One that nobody declared is empty.
func (s *Store) Load(ctx context.Context, incident workflow.IncidentID) (Log, error) {
	return s.Since(ctx, incident, 0)
}

// Since reads what came into an incident's log after a position.
func (s *Store) Since(ctx context.Context, incident workflow.IncidentID, position uint64) (Log, error) {
	log := Log{Position: position}
	rows, err := s.prepared.events.QueryContext(ctx, string(incident), position)
	if err != nil {
		return Log{}, explain(reading, s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := r.scan(rows); err != nil {
			return Log{}, explain(reading, s.path, err)
		}
		event, wrong := r.event()
		if wrong != "" {
			log.Damaged = append(log.Damaged, r.damage(wrong))
		} else {
			log.Events = append(log.Events, event)
		}
		log.Position = r.n
	}
	return log, explain(reading, s.path, rows.Err())
}

// Changed answers a number that differs as soon as anybody has committed
// anything, in this process or another. Asking costs microseconds.
func (s *Store) Changed(ctx context.Context) (uint64, error) {
	var version uint64
	err := s.prepared.version.QueryRowContext(ctx).Scan(&version)
	return version, explain(reading, s.path, err)
}

const selectEvents = `SELECT e.n, e.id, d.uid, e.seq, e.incident, e.kind, e.payload, e.salt, e.prev, e.sum
	FROM event e JOIN device d ON d.n=e.device `

// redactedKind is the kind of an event whose words were blotted out. Its sum
// is the one of the words that are gone, so only its link can be checked.
const redactedKind = "redacted@1"

// row is an event as it lies in the table.
type row struct {
	n, seq   uint64
	id       workflow.EventID
	device   workflow.DeviceID
	incident workflow.IncidentID
	kind     workflow.Kind
	payload  string
	seal     seal
}

func (r *row) scan(rows *sql.Rows) error {
	return rows.Scan(&r.n, &r.id, &r.device, &r.seq, &r.incident, &r.kind, &r.payload, &r.seal.salt, &r.seal.prev, &r.seal.sum)
}

// event answers the event, or what is wrong with it. Columns that repeat a
// part of the payload must agree with it: no sum covers them.
func (r *row) event() (e workflow.Event, wrong string) {
	if r.kind != redactedKind && !bytes.Equal(r.seal.sum, r.seal.over(r.seq, r.payload)) {
		return e, "its text is not the one that was written"
	}
	e, err := workflow.Decode([]byte(r.payload))
	switch {
	case err != nil:
		return e, fmt.Sprintf("it cannot be read: %v", err)
	case e.ID != r.id || e.Device != r.device || e.Incident != r.incident || e.Body.Kind() != r.kind:
		return e, "its place in the log does not belong to it"
	}
	e.Seq = r.seq
	return e, ""
}

func (r *row) damage(says string) Damage {
	return Damage{Position: r.n, ID: r.id, Device: r.device, Seq: r.seq, Incident: r.incident, Says: says, Payload: r.payload}
}
