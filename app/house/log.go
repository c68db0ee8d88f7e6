package house

import (
	"context"
	"errors"
	"time"

	"firebreak/app/journal"
	"firebreak/data"
	"firebreak/workflow"
)

// slow is when a call to the disk is worth a line of its own: a person feels it.
const slow = 300 * time.Millisecond

// openStore opens a database and logs how that went.
func (h *House) openStore(ctx context.Context, path string, which journal.Word) (*data.Store, error) {
	began := h.clock.Steady()
	got, err := h.mended(ctx, path, which)
	store := got.store
	if which == "real" {
		h.repaired = got.says
	}
	took := journal.Took(h.clock.Steady() - began)
	if err != nil {
		h.log.Error("store.refused", journal.Is("which", which), took, journal.Failed(err))
		return nil, err
	}
	h.log.Info("store.opened", journal.Is("which", which), took, journal.Count("warnings", len(store.Warnings())))
	return store, nil
}

// heard logs how a call to the disk went. What it is called comes from a short
// list in the program, never from a person.
func (h *House) heard(doing string, took time.Duration, err error) {
	facts := []journal.Fact{journal.Is("doing", journal.Word(doing)), journal.Took(took)}
	switch {
	case errors.Is(err, workflow.ErrConflict), errors.Is(err, context.Canceled):
		h.log.Debug("disk.again", facts...)
	case err != nil:
		h.log.Error("disk.failed", append(facts, journal.Failed(err))...)
	case took >= slow:
		h.log.Warn("disk.slow", facts...)
	default:
		h.log.Debug("disk.done", facts...)
	}
}
