package keep

import (
	"context"
	"errors"

	"firebreak/app/session"
	"firebreak/data"
)

var _ session.Ground = (*Shelf)(nil)

// away tells the desk when the file was taken from under the store.
func away(err error) error {
	var t *data.Trouble
	if errors.As(err, &t) && (t.Code == data.CodeVanished || t.Code == data.CodeReplaced) {
		return &session.Away{Says: t.Error(), PutBack: t.Code == data.CodeVanished, Err: err}
	}
	return err
}

// Tend looks after the room on the disk; see session.Ground.
func (s *Shelf) Tend(ctx context.Context) string { return s.Store().Tend(ctx) }

// PutBack writes what the store holds open to where it was, and goes on there.
func (s *Shelf) PutBack(ctx context.Context) error {
	if s.Store().Here() == nil {
		return nil
	}
	if err := s.Store().PutBack(ctx); err != nil {
		return err
	}
	fresh, err := s.Store().Reopen(ctx)
	if err != nil {
		return err
	}
	_ = s.Move(fresh).Close() // its files are gone
	return nil
}

// SaveTo writes what the store holds open into another folder; see
// session.Ground.
func (s *Shelf) SaveTo(ctx context.Context, folder string, unsaved []session.Draft) (string, error) {
	var drafts []data.Draft
	for _, d := range unsaved {
		drafts = append(drafts, data.Draft{Key: data.DraftKey{Incident: d.Incident, Field: d.Field}, Text: d.Text, Started: d.Started})
	}
	return s.Store().SaveTo(ctx, folder, drafts)
}
