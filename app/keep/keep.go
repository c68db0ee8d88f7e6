// Package keep puts the desk's log on the store: the window and the commands
// keep an incident in the same file, in the same way.
package keep

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"

	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

// Shelf is a session.Shelf on a store. The store stays its owner's to close.
type Shelf struct {
	held  atomic.Pointer[data.Store]
	files *data.Attachments
	watch Watch
}

var _ session.Shelf = (*Shelf)(nil)

// On makes a shelf of an open store.
func On(store *data.Store) *Shelf {
	s := &Shelf{}
	s.held.Store(store)
	return s
}

// Store is the store that the shelf stands on now.
func (s *Shelf) Store() *data.Store { return s.held.Load() }

// Move puts the shelf on another store, and answers the one before for its
// owner to close. What is under way there ends there.
func (s *Shelf) Move(to *data.Store) (was *data.Store) { return s.held.Swap(to) }

// With gives the shelf a place for attachments.
func (s *Shelf) With(files *data.Attachments) *Shelf {
	s.files = files
	return s
}

// Files is the place for attachments; nil when the shelf has none.
func (s *Shelf) Files() session.Files {
	if s.files == nil {
		return nil
	}
	return s.files
}

// Device is this computer's own name in the log.
func (s *Shelf) Device() workflow.DeviceID { return s.Store().Device() }

// Load reads an incident's whole log.
func (s *Shelf) Load(ctx context.Context, id workflow.IncidentID) (session.Read, error) {
	return s.Since(ctx, id, 0)
}

// Since reads what came into an incident's log after a position.
func (s *Shelf) Since(ctx context.Context, id workflow.IncidentID, after uint64) (_ session.Read, err error) {
	defer s.timed("read")(&err)
	log, err := s.Store().Since(ctx, id, after)
	if err != nil {
		return session.Read{}, err
	}
	read := session.Read{Events: log.Events, Position: log.Position}
	for _, d := range log.Damaged {
		read.Damaged = append(read.Damaged, fmt.Sprintf(
			"The change at place %d of the log is damaged: %s. It was left out; everything else is whole. Its bytes are kept.", d.Position, d.Says))
	}
	return read, nil
}

// Append answers when the events are on disk; see session.Shelf.
func (s *Shelf) Append(ctx context.Context, b session.Batch) (_ uint64, _ []workflow.Event, err error) {
	defer s.timed("append")(&err)
	batch := data.Batch{Incident: b.Incident, After: b.After, Events: b.Events, Summary: b.Summary}
	for _, field := range b.Clear {
		batch.Clear = append(batch.Clear, draftKey(b.Incident, field))
	}
	position, events, err := s.Store().Append(ctx, batch)
	return position, events, away(err)
}

// List reads the whole history, the newest incident first.
func (s *Shelf) List(ctx context.Context) (_ []workflow.Summary, err error) {
	defer s.timed("list")(&err)
	return s.Store().List(ctx, data.ListQuery{})
}

// Recent is the beginning of the history, with the newest incident that still
// burns in it wherever it stands.
func (s *Shelf) Recent(ctx context.Context, limit int) ([]workflow.Summary, error) {
	list, err := s.Store().List(ctx, data.ListQuery{Limit: limit})
	if err != nil || len(list) < limit {
		return list, err
	}
	burning, burns, err := s.Store().LatestOpen(ctx)
	if err != nil || !burns || slices.ContainsFunc(list, func(row workflow.Summary) bool { return row.ID == burning.ID }) {
		return list, err
	}
	return append(list, burning), nil
}

// Changed is a number that differs as soon as anybody wrote anything.
func (s *Shelf) Changed(ctx context.Context) (uint64, error) {
	version, err := s.Store().Changed(ctx)
	return version, away(err)
}

// Search finds events by their words. Hits can come beside an error: then the
// index could not catch up, and what it holds was searched.
func (s *Shelf) Search(ctx context.Context, query string, limit int) (_ []session.Hit, err error) {
	defer s.timed("search")(&err)
	found, err := s.Store().Search(ctx, query, limit)
	var hits []session.Hit
	for _, h := range found {
		hits = append(hits, session.Hit{Incident: h.Incident, Event: h.Event, Snippet: h.Before + h.Match + h.After})
	}
	return hits, err
}

// Setting reads a setting as the JSON that it was kept as.
func (s *Shelf) Setting(ctx context.Context, key string) (value []byte, found bool, err error) {
	var raw json.RawMessage
	found, err = s.Store().Setting(ctx, key, &raw)
	return raw, found, err
}

// SetSetting keeps a setting, which must be JSON.
func (s *Shelf) SetSetting(ctx context.Context, key string, value []byte) (err error) {
	defer s.timed("setting")(&err)
	return away(s.Store().SetSetting(ctx, key, json.RawMessage(value)))
}

// Exported is the checksum of a file as it was written from here last; ok is
// false when it never was. path is below root, with slashes.
func (s *Shelf) Exported(ctx context.Context, root, path string) (sha string, ok bool, err error) {
	return s.Store().Exported(ctx, root, path)
}

// agreedPrefix stands before the keys of what was remembered about increments.
const agreedPrefix = "increment agreed: "

// Agreed is what was remembered of an increment under a key; nil is nothing.
func (s *Shelf) Agreed(ctx context.Context, key string) ([]byte, error) {
	value, _, err := s.Setting(ctx, agreedPrefix+key)
	return value, err
}

// RecordAgreed remembers something of an increment under a key; it must be JSON.
func (s *Shelf) RecordAgreed(ctx context.Context, key string, value []byte) error {
	return s.SetSetting(ctx, agreedPrefix+key, value)
}

// RecordExported remembers the checksum of a file that was just written.
func (s *Shelf) RecordExported(ctx context.Context, root, path, sha string) error {
	return s.Store().RecordExported(ctx, root, path, sha)
}
