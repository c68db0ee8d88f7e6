package house

import (
	"context"
	"errors"

	"firebreak/app/journal"
	"firebreak/data"
)

// recovered is a database that was opened, and what had to be done before.
type recovered struct {
	store *data.Store
	says  []string // what a repair found and did; none: nothing had to be done
}

// mended opens a database. A damaged one is repaired first: at three in the
// morning nobody wants to be asked, and nothing that was there is thrown away.
func (h *House) mended(ctx context.Context, path string, which journal.Word) (recovered, error) {
	store, done, err := data.OpenMended(ctx, path, data.Options{Clock: h.clock.Now, StartEmpty: h.startEmpty && which == "real"})
	if err != nil || done == nil {
		return recovered{store: store}, err
	}
	h.log.Warn("store.repaired", journal.Is("which", which), journal.Count("found", len(done.Found)),
		journal.Count("events", done.Events), journal.Count("damaged", len(done.Damaged)), journal.Count("missing", len(done.Missing)))
	return recovered{store, done.Words()}, nil
}

// mendedAgain repairs a database that could be opened, and in which the first
// incident could not be read; false when that was not the trouble or did not help.
func (h *House) mendedAgain(ctx context.Context, failed error) bool {
	var trouble *data.Trouble
	if !errors.As(failed, &trouble) || trouble.Code != data.CodeDamaged || h.shelf.Store().Close() != nil {
		return false
	}
	store, err := h.openStore(ctx, h.Places.Database(), "real")
	if err != nil {
		return false
	}
	h.shelf.Move(store)
	return true
}
