package session

import (
	"context"
	"time"

	"firebreak/workflow"
)

// Shelf is where a desk keeps things: the log of every incident, half-typed
// text, and settings. Its errors are sentences for a person.
type Shelf interface {
	Device() workflow.DeviceID
	Load(ctx context.Context, id workflow.IncidentID) (Read, error)
	Since(ctx context.Context, id workflow.IncidentID, after uint64) (Read, error)
	// Append answers when the events are on disk. workflow.ErrConflict means
	// that somebody else wrote since After, and that nothing was written.
	Append(ctx context.Context, b Batch) (uint64, []workflow.Event, error)
	List(ctx context.Context) ([]workflow.Summary, error)
	// Recent is the beginning of List, for the first frame, with the newest
	// incident that still burns in it wherever it stands.
	Recent(ctx context.Context, limit int) ([]workflow.Summary, error)
	// Changed is a number that differs as soon as anybody wrote anything.
	Changed(ctx context.Context) (uint64, error)
	Search(ctx context.Context, query string, limit int) ([]Hit, error)

	Drafts(ctx context.Context, id workflow.IncidentID) ([]Draft, error)
	SaveDraft(ctx context.Context, d Draft) error
	DropDraft(ctx context.Context, id workflow.IncidentID, field string) error

	Setting(ctx context.Context, key string) (value []byte, found bool, err error)
	SetSetting(ctx context.Context, key string, value []byte) error
}

// Read is what was read of an incident's log.
type Read struct {
	Events   []workflow.Event
	Position uint64
	Damaged  []string // sentences about events that cannot be trusted
}

// Batch is one intent's events on their way to the disk.
type Batch struct {
	Incident workflow.IncidentID
	After    uint64
	Events   []workflow.Event
	Summary  workflow.Summary
	Clear    []string // draft fields that these events were typed in
}

// Draft is text that is not an event yet.
type Draft struct {
	Incident workflow.IncidentID // empty for fields that belong to none
	Field    string
	Text     string
	Started  time.Time // of the first key, UTC: a note happened then
}

// Hit is a place where a search found something.
type Hit struct {
	Incident workflow.IncidentID
	Event    workflow.EventID
	Snippet  string
}
