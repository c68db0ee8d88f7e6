package keep

import (
	"context"
	"strings"

	"firebreak/app/session"
	"firebreak/data"
	"firebreak/workflow"
)

// appField begins the fields that belong to no incident, such as the title of
// one that is about to be declared.
const appField = "app."

// draftKey finds a field's draft. The batch that declares an incident clears
// fields that were typed before there was one.
func draftKey(id workflow.IncidentID, field string) data.DraftKey {
	if strings.HasPrefix(field, appField) {
		return data.DraftKey{Field: field}
	}
	return data.DraftKey{Incident: id, Field: field}
}

// Drafts lists what is half-typed in an incident's fields.
func (s *Shelf) Drafts(ctx context.Context, id workflow.IncidentID) ([]session.Draft, error) {
	kept, err := s.Store().Drafts(ctx, id)
	if err != nil {
		return nil, err
	}
	var drafts []session.Draft
	for _, d := range kept {
		drafts = append(drafts, session.Draft{Incident: d.Key.Incident, Field: d.Key.Field, Text: d.Text, Started: d.Started})
	}
	return drafts, nil
}

// SaveDraft writes a draft over the one that its field had.
func (s *Shelf) SaveDraft(ctx context.Context, d session.Draft) (err error) {
	defer s.timed("draft")(&err)
	return away(s.Store().SaveDraft(ctx, data.Draft{Key: data.DraftKey{Incident: d.Incident, Field: d.Field}, Text: d.Text, Started: d.Started}))
}

// DropDraft forgets the draft of a field, if it has one.
func (s *Shelf) DropDraft(ctx context.Context, id workflow.IncidentID, field string) error {
	return away(s.Store().DropDraft(ctx, data.DraftKey{Incident: id, Field: field}))
}
