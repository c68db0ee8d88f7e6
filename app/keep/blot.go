package keep

import (
	"context"
	"path/filepath"

	"firebreak/app/session"
	"firebreak/data"
)

var _ session.Blotter = (*Shelf)(nil)

// Blot puts markers where secrets are in the log, for good; see session.Blotter.
func (s *Shelf) Blot(ctx context.Context, wish session.Blotting) (_ session.Blotted, err error) {
	defer s.timed("blot")(&err)
	store := s.Store()
	done, err := store.Blot(ctx, data.Blotting(wish))
	if err != nil {
		return session.Blotted{}, away(err)
	}
	out := session.Blotted{Events: done.Events, Drafts: done.Drafts}
	if kept, err := data.BackupsOf(filepath.Join(filepath.Dir(store.Path()), "backups"), store.Path()); err == nil {
		out.Backups = len(kept)
	}
	return out, nil
}
