package session_test

import (
	"context"
	"fmt"
	"slices"

	"firebreak/app/session"
	"firebreak/workflow"
)

// memory is a log in slices, with the faults that disks have.
type memory struct {
	device   workflow.DeviceID
	logs     map[workflow.IncidentID][]workflow.Event
	rows     []workflow.Summary
	drafts   map[string]session.Draft
	settings map[string][]byte
	changed  uint64
	did      []string // what was asked of it, in order
	fail     error    // answers the next append
	failSave error    // answers every save of a draft until it is nil
	meddle   func()   // runs once, right before the next append
	failSet  error
	files    *box  // nil: no place for files
	full     error // answers every write until it is nil

	// The place that it stands on; see ground_test.go.
	away    *session.Away
	warning string
	saved   map[string][]session.Draft // what was saved elsewhere
	tended  int
}

func newMemory(device workflow.DeviceID) *memory {
	return &memory{device: device, logs: map[workflow.IncidentID][]workflow.Event{}, drafts: map[string]session.Draft{}, settings: map[string][]byte{}}
}

var _ session.Shelf = (*memory)(nil)

func (m *memory) Device() workflow.DeviceID { return m.device }

func (m *memory) Load(ctx context.Context, id workflow.IncidentID) (session.Read, error) {
	m.did = append(m.did, "load "+string(id))
	return m.Since(ctx, id, 0)
}

func (m *memory) Since(_ context.Context, id workflow.IncidentID, after uint64) (session.Read, error) {
	log := m.logs[id]
	return session.Read{Events: slices.Clone(log[min(int(after), len(log)):]), Position: uint64(len(log))}, nil
}

func (m *memory) Append(_ context.Context, b session.Batch) (uint64, []workflow.Event, error) {
	if then := m.meddle; then != nil {
		m.meddle = nil
		then()
	}
	m.did = append(m.did, fmt.Sprintf("append %T", b.Events[0].Body))
	if err := m.refuses(); err != nil {
		return 0, nil, err
	}
	if err := m.fail; err != nil {
		m.fail = nil
		return 0, nil, err
	}
	if b.After != uint64(len(m.logs[b.Incident])) {
		return 0, nil, workflow.ErrConflict
	}
	m.logs[b.Incident] = append(m.logs[b.Incident], b.Events...)
	for _, f := range b.Clear {
		delete(m.drafts, draftAt(b.Incident, f))
	}
	m.row(b.Summary)
	return uint64(len(m.logs[b.Incident])), b.Events, nil
}

func (m *memory) row(s workflow.Summary) {
	m.changed++
	for i := range m.rows {
		if m.rows[i].ID == s.ID {
			m.rows[i] = s
			return
		}
	}
	m.rows = append([]workflow.Summary{s}, m.rows...)
}

func draftAt(id workflow.IncidentID, field string) string {
	if len(field) > 4 && field[:4] == "app." {
		id = ""
	}
	return string(id) + "/" + field
}

func (m *memory) Recent(ctx context.Context, limit int) ([]workflow.Summary, error) {
	all, err := m.List(ctx)
	return all[:min(limit, len(all))], err
}

func (m *memory) List(context.Context) ([]workflow.Summary, error) { return slices.Clone(m.rows), nil }

func (m *memory) Changed(context.Context) (uint64, error) {
	m.did = append(m.did, "changed")
	if m.away != nil {
		return 0, m.away
	}
	return m.changed, nil
}

func (m *memory) Search(_ context.Context, query string, _ int) ([]session.Hit, error) {
	return []session.Hit{{Snippet: query}}, nil
}

func (m *memory) Drafts(_ context.Context, id workflow.IncidentID) ([]session.Draft, error) {
	var out []session.Draft
	for _, d := range m.drafts {
		if d.Incident == id {
			out = append(out, d)
		}
	}
	return out, nil
}

func (m *memory) SaveDraft(_ context.Context, d session.Draft) error {
	if err := m.refuses(); err != nil {
		return err
	}
	if m.failSave != nil {
		return m.failSave
	}
	m.did = append(m.did, "save "+d.Field)
	m.drafts[string(d.Incident)+"/"+d.Field] = d
	return nil
}

func (m *memory) DropDraft(_ context.Context, id workflow.IncidentID, field string) error {
	delete(m.drafts, string(id)+"/"+field)
	return nil
}

func (m *memory) Setting(_ context.Context, key string) ([]byte, bool, error) {
	v, ok := m.settings[key]
	return v, ok, nil
}

func (m *memory) SetSetting(_ context.Context, key string, value []byte) error {
	if err := m.refuses(); err != nil {
		return err
	}
	if m.failSet != nil {
		return m.failSet
	}
	m.settings[key] = value
	return nil
}

// texts are the notes that people wrote into an incident, as the disk has them.
func (m *memory) texts(id workflow.IncidentID) (out []string) {
	for _, e := range m.logs[id] {
		if n, is := e.Body.(workflow.Noted); is {
			out = append(out, n.Text)
		}
	}
	return out
}
