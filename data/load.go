package data

import (
	"context"
	"fmt"
	"sync"

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
	Device   workflow.DeviceID // empty where it was not asked for
	Seq      uint64
	Incident workflow.IncidentID
	Kept     bool   // a repair took it out of the log, and kept it beside
	Says     string // what is wrong with it
	Payload  string // what is left of it, to be shown as it is
}

// Load reads an incident's whole log. One that nobody declared is empty.
func (s *Store) Load(ctx context.Context, incident workflow.IncidentID) (Log, error) {
	return s.Since(ctx, incident, 0)
}

// Since reads what came into an incident's log after a position.
func (s *Store) Since(ctx context.Context, incident workflow.IncidentID, after uint64) (Log, error) {
	position := after
	rows, err := s.prepared.events.QueryContext(ctx, string(incident), position)
	if err != nil {
		return Log{}, explain(reading, s.path, err)
	}
	defer rows.Close()
	var parts []*part
	var hands sync.WaitGroup
	defer hands.Wait()
	last := &part{}
	for rows.Next() {
		r := row{incident: string(incident)}
		if err := rows.Scan(&r.n, &r.id, &r.seq, &r.kind, &r.payload, &r.seal.salt, &r.seal.prev, &r.seal.sum); err != nil {
			return Log{}, s.unreadable(ctx, err)
		}
		position = r.n
		if last.rows = append(last.rows, r); len(last.rows) == partSize {
			hands.Go(last.decode)
			parts, last = append(parts, last), &part{rows: make([]row, 0, partSize)}
		}
	}
	if err := rows.Err(); err != nil {
		return Log{}, s.unreadable(ctx, err)
	}
	last.decode()
	hands.Wait()
	log := joined(append(parts, last), position)
	kept, err := keptDamage(ctx, s.read, incident, after)
	log.Damaged = append(log.Damaged, kept...)
	return log, explain(reading, s.path, err)
}

// part is a piece of a log. Decoding costs more than reading, so the parts of
// a long log are decoded while the next ones are read.
type part struct {
	rows    []row
	events  []workflow.Event
	damaged []Damage
}

const partSize = 256

func (p *part) decode() {
	if len(p.rows) == 0 {
		return
	}
	p.events = make([]workflow.Event, 0, len(p.rows))
	var room []byte
	for i := range p.rows {
		event, wrong := p.rows[i].event(&room)
		if wrong != "" {
			p.damaged = append(p.damaged, p.rows[i].damage(wrong))
		} else {
			p.events = append(p.events, event)
		}
	}
	p.rows = nil
}

func joined(parts []*part, position uint64) Log {
	log := Log{Position: position}
	if len(parts) == 1 {
		log.Events, log.Damaged = parts[0].events, parts[0].damaged
		return log
	}
	log.Events = make([]workflow.Event, 0, len(parts)*partSize)
	for _, p := range parts {
		log.Events = append(log.Events, p.events...)
		log.Damaged = append(log.Damaged, p.damaged...)
	}
	return log
}

// Changed answers a number that differs as soon as anybody has committed
// anything, in this process or another. Asking costs microseconds. A *Trouble
// says that the files that are open were taken away; see Here.
func (s *Store) Changed(ctx context.Context) (uint64, error) {
	if err := s.Here(); err != nil {
		return 0, err
	}
	var version uint64
	s.witness.catchUp(s.clock())
	err := s.prepared.version.QueryRowContext(ctx).Scan(&version)
	return version, explain(reading, s.path, err)
}

// redactedKind is the kind of an event whose words were blotted out. Its sum
// is the one of the words that are gone, so only its link can be checked.
const redactedKind = "redacted@1"

// misplaced is what is wrong with a row whose columns are not its text's.
const misplaced = "its place in the log does not belong to it"

// row is an event as it lies in the table.
type row struct {
	n, seq   uint64
	id       string
	device   string // empty where the query leaves it out
	incident string
	kind     string
	payload  []byte
	seal     seal
}

// event answers the event, or what is wrong with it. Columns that repeat a
// part of the payload must agree with it: no sum covers them. room is memory
// to work in.
func (r *row) event(room *[]byte) (e workflow.Event, wrong string) {
	if r.kind != redactedKind && r.seal.sum != r.seal.over(r.seq, r.payload, room) {
		return e, "its text is not the one that was written"
	}
	e, err := workflow.Decode(r.payload)
	switch {
	case err != nil:
		return e, fmt.Sprintf("it cannot be read: %v", err)
	case string(e.ID) != r.id, string(e.Incident) != r.incident, string(e.Kind()) != r.kind,
		r.device != "" && string(e.Device) != r.device:
		return e, misplaced
	}
	e.Seq = r.seq
	return e, ""
}

func (r *row) damage(says string) Damage {
	return Damage{
		Position: r.n, ID: workflow.EventID(r.id), Device: workflow.DeviceID(r.device), Seq: r.seq, Incident: workflow.IncidentID(r.incident),
		Says: says, Payload: string(r.payload),
	}
}
