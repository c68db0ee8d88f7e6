package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"firebreak/data"
	"firebreak/workflow"
)

// mended repairs a damaged copy and looks at what came of it. With a backup
// everything must be back; without one, everything that the engine can still
// read, and what is not there must be named.
func (t *tearing) mended(ctx context.Context, w wound, folder string, backup bool) error {
	path, err := t.wounded(w, folder)
	if err != nil {
		return err
	}
	readable := map[workflow.EventID]bool{}
	if backup {
		err = copyFolder(filepath.Join(t.scale.folder, "backups"), filepath.Join(folder, "backups"))
	} else {
		readable, err = t.readable(ctx, w, folder+"-read")
	}
	if err != nil {
		return err
	}
	done, err := data.Repair(ctx, data.RepairWish{Path: path, Clock: time.Now})
	var nothing *data.Missing
	if errors.As(err, &nothing) && len(readable) == 0 && !backup {
		t.mu.Lock()
		t.wanted += len(t.truth.events)
		t.mu.Unlock()
		return nil // nothing was there to save, and it says so
	}
	if err != nil {
		return err
	}
	store, err := data.Open(ctx, path, data.Options{Clock: time.Now})
	if err != nil {
		return fmt.Errorf("it was repaired and does not open: %w", err)
	}
	defer store.Close()
	report, err := store.Check(ctx)
	if err != nil || !report.Sound() {
		return fmt.Errorf("it was repaired and is not sound: %+v (%w)", report, err)
	}
	found := map[workflow.EventID]bool{}
	for incident := range t.truth.incidents {
		log, err := store.Load(ctx, incident)
		if err != nil {
			return err
		}
		for _, e := range log.Events {
			if err := t.truth.holds(e); err != nil {
				return err
			}
			found[e.ID] = true
		}
	}
	return t.tally(found, readable, done, backup)
}

func (t *tearing) tally(found, readable map[workflow.EventID]bool, done data.Repaired, backup bool) error {
	missing := len(t.truth.events) - len(found)
	t.mu.Lock()
	defer t.mu.Unlock()
	if backup {
		if missing > 0 {
			return fmt.Errorf("the backup has everything, and %d events did not come back: %+v", missing, done)
		}
		t.whole++
		return nil
	}
	t.saved += len(found)
	t.wanted += len(t.truth.events)
	beside := map[workflow.EventID]bool{} // its words are whole, its seal is not: it is kept, and shown as damaged
	for _, d := range done.Damaged {
		beside[d.ID] = d.Kept && d.Payload == t.truth.events[d.ID].payload
	}
	for id := range readable {
		if !found[id] && !beside[id] {
			return fmt.Errorf("the engine could still read event %s, and the repair left it behind: %+v", id, done)
		}
	}
	if missing > 0 && len(done.Found) == 0 {
		return fmt.Errorf("%d events are missing, and the repair says that nothing was wrong", missing)
	}
	return nil
}

// readable are the events that the engine itself can still read, row by row.
func (t *tearing) readable(ctx context.Context, w wound, folder string) (map[workflow.EventID]bool, error) {
	out := map[workflow.EventID]bool{}
	path, err := t.wounded(w, folder)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	raw, err := sql.Open("sqlite", "file://"+(&url.URL{Path: path}).EscapedPath()+"?mode=rw")
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	for id, k := range t.truth.events {
		var payload string
		err := raw.QueryRowContext(ctx, "SELECT payload FROM event NOT INDEXED WHERE n=? AND id=? AND seq=?", k.position, string(id), k.seq).Scan(&payload)
		if err == nil && payload == k.payload {
			out[id] = true
		}
	}
	return out, ctx.Err()
}

func copyFolder(from, to string) error {
	entries, err := os.ReadDir(from)
	if err == nil {
		err = os.MkdirAll(to, 0o700)
	}
	for _, entry := range entries {
		if err == nil && entry.Type().IsRegular() {
			var content []byte
			if content, err = os.ReadFile(filepath.Join(from, entry.Name())); err == nil {
				err = os.WriteFile(filepath.Join(to, entry.Name()), content, 0o600)
			}
		}
	}
	return err
}
