package house

import (
	"context"

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
