package data

import (
	"context"
	"encoding/json"
	"time"

	"firebreak/workflow"
)

// DraftKey names a field that somebody is typing into. The incident is empty
// for fields that belong to none.
type DraftKey struct {
	Incident workflow.IncidentID
	Field    string
}

// Draft is text that is not an event yet. It stays on this device.
type Draft struct {
	Key     DraftKey
	Text    string
	Started time.Time          // of the first key press, UTC, to the millisecond
	Base    []workflow.EventID // the values that its author saw when starting
}

// SaveDraft writes a draft over the one that its field had.
func (s *Store) SaveDraft(ctx context.Context, d Draft) error {
	base, err := json.Marshal(d.Base)
	if err != nil {
		return err
	}
	defer s.followLog(ctx)
	err = s.lasting(func() error {
		_, err := s.prepared.putDraft.ExecContext(ctx, string(d.Key.Incident), d.Key.Field, d.Text, d.Started.UnixMilli(), string(base))
		return err
	})
	return explain(saving, s.path, err)
}

// DropDraft forgets the draft of a field, if it has one.
func (s *Store) DropDraft(ctx context.Context, key DraftKey) error {
	err := s.lasting(func() error {
		_, err := s.prepared.dropDraft.ExecContext(ctx, string(key.Incident), key.Field)
		return err
	})
	return explain(saving, s.path, err)
}

// Drafts lists what is half-typed in an incident's fields, by field.
func (s *Store) Drafts(ctx context.Context, incident workflow.IncidentID) ([]Draft, error) {
	rows, err := s.read.QueryContext(ctx,
		"SELECT field, text, started, base FROM draft WHERE incident=? ORDER BY field", string(incident))
	if err != nil {
		return nil, explain(reading, s.path, err)
	}
	defer rows.Close()
	var drafts []Draft
	for rows.Next() {
		d := Draft{Key: DraftKey{Incident: incident}}
		var started int64
		var base string
		if err := rows.Scan(&d.Key.Field, &d.Text, &started, &base); err != nil {
			return nil, explain(reading, s.path, err)
		}
		if err := json.Unmarshal([]byte(base), &d.Base); err != nil {
			return nil, explain(reading, s.path, err)
		}
		d.Started = time.UnixMilli(started).UTC()
		drafts = append(drafts, d)
	}
	return drafts, explain(reading, s.path, rows.Err())
}
