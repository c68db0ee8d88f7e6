package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"firebreak/data"
	"firebreak/workflow"
)

// truthOf reads everything that a sound store has.
func truthOf(ctx context.Context, store *data.Store) (truth, error) {
	t := truth{
		events: map[workflow.EventID]entry{}, incidents: map[workflow.IncidentID]bool{},
		drafts: map[data.DraftKey]string{}, settings: map[string]string{},
	}
	raw, err := sql.Open("sqlite", store.Path())
	if err != nil {
		return t, err
	}
	defer raw.Close()
	rows, err := raw.QueryContext(ctx, "SELECT e.n, e.id, e.seq, d.uid, e.incident, e.payload FROM event e JOIN device d ON d.n=e.device")
	if err != nil {
		return t, err
	}
	defer rows.Close()
	for rows.Next() {
		var id workflow.EventID
		var incident workflow.IncidentID
		var k entry
		if err := rows.Scan(&k.position, &id, &k.seq, &k.device, &incident, &k.payload); err != nil {
			return t, err
		}
		t.events[id], t.incidents[incident] = k, true
	}
	if err := rows.Err(); err != nil {
		return t, err
	}
	t.drafts, t.settings, err = besideOf(ctx, raw)
	return t, err
}

func besideOf(ctx context.Context, raw *sql.DB) (drafts map[data.DraftKey]string, settings map[string]string, err error) {
	drafts, settings = map[data.DraftKey]string{}, map[string]string{}
	a := &autopsy{raw: raw}
	err = errors.Join(
		a.each(ctx, "SELECT incident, field, text FROM draft", func(incident, field, text string) {
			drafts[data.DraftKey{Incident: workflow.IncidentID(incident), Field: field}] = text
		}),
		a.each(ctx, "SELECT name, value, '' FROM setting", func(name, value, _ string) { settings[name] = value }),
	)
	return drafts, settings, err
}

// one damages a copy and looks what is said of it, and then mends two copies,
// with a backup and without one.
func (t *tearing) one(ctx context.Context, w wound, folder string) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("it panicked: %v\n%s", panicked, debug.Stack())
		}
	}()
	hurt, err := t.hurt(ctx, w, folder)
	if err != nil {
		return err
	}
	if hurt {
		if err := t.mended(ctx, w, folder, true); err != nil {
			return fmt.Errorf("mended with a backup: %w", err)
		}
		if err := t.mended(ctx, w, folder, false); err != nil {
			return fmt.Errorf("mended without a backup: %w", err)
		}
	}
	t.mu.Lock()
	t.total.Rounds++
	t.total.Acknowledged += len(t.truth.events)
	t.mu.Unlock()
	return os.RemoveAll(folder)
}

// wounded is a damaged copy in a folder.
func (t *tearing) wounded(w wound, folder string) (path string, err error) {
	err = errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o700), copyStore(t.lived, folder))
	if err == nil {
		err = w.do(folder)
	}
	return filepath.Join(folder, database), err
}

// hurt opens a damaged copy as the program does at its start, checks it as the
// program does in the background, and compares. Whatever is missing must have
// been said.
func (t *tearing) hurt(ctx context.Context, w wound, folder string) (hurt bool, err error) {
	path, err := t.wounded(w, folder)
	if err != nil {
		return false, err
	}
	diagnosis, err := data.Examine(ctx, data.ExamineWish{Path: path})
	if err != nil {
		return false, explained(err)
	}
	store, err := data.Open(ctx, path, data.Options{Clock: time.Now})
	if err != nil {
		t.count(&t.refused)
		if diagnosis.Healthy() {
			return true, fmt.Errorf("the examination finds nothing, and it does not open: %w", err)
		}
		return true, explained(err)
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	report, err := store.Check(ctx)
	if err != nil {
		return false, err
	}
	unsaid, lost, err := t.compare(ctx, store, report)
	switch {
	case err != nil:
		return true, err
	case unsaid > 0:
		t.mu.Lock()
		t.total.Lost += unsaid
		t.mu.Unlock()
		return true, fmt.Errorf("%d of %d events that are missing are named nowhere: %+v", unsaid, lost, report)
	case !report.Sound():
		t.count(&t.reported)
		if diagnosis.Healthy() {
			return true, fmt.Errorf("the examination finds nothing, and the check says %+v", report)
		}
		return true, nil
	case !diagnosis.Healthy(): // it asks more of the engine, and takes longer for that
		t.count(&t.examined)
		return true, nil
	}
	t.count(&t.harmless)
	return false, t.countUnsaid(ctx, path)
}

func (t *tearing) count(what *int) {
	t.mu.Lock()
	*what++
	t.mu.Unlock()
}

// explained says whether a refusal is one in sentences.
func explained(err error) error {
	var trouble *data.Trouble
	if errors.As(err, &trouble) && trouble.Says != "" && trouble.Safe != "" && trouble.Do != "" {
		return nil
	}
	return fmt.Errorf("it is refused without saying what is safe and what to do: %w", err)
}

// compare reads every incident and counts the events that are not there. One
// that is there must be the one that was written.
func (t *tearing) compare(ctx context.Context, store *data.Store, report data.Report) (unsaid, lost int, err error) {
	found := map[workflow.EventID]bool{}
	told := len(report.Engine) > 0 // the engine does not say which events it cannot read
	damaged := map[uint64]bool{}
	for _, d := range report.Damaged {
		damaged[d.Position] = true
	}
	for incident := range t.truth.incidents {
		log, err := store.Load(ctx, incident)
		if err != nil {
			told = true
			continue
		}
		for _, d := range log.Damaged {
			damaged[d.Position] = true
		}
		for _, e := range log.Events {
			if err := t.truth.holds(e); err != nil {
				return 0, 0, err
			}
			found[e.ID] = true
		}
	}
	for id, k := range t.truth.events {
		if found[id] {
			continue
		}
		lost++
		if !told && !damaged[k.position] && !k.in(report.Gaps) && !k.after(report.Lost) && !k.in(report.Missing) {
			unsaid++
		}
	}
	return unsaid, lost, nil
}

// holds says whether an event is the one that was written.
func (t truth) holds(e workflow.Event) error {
	k, known := t.events[e.ID]
	if !known {
		return fmt.Errorf("event %s is there, and nobody wrote it", e.ID)
	}
	payload, err := workflow.Encode(e)
	if err == nil && (string(payload) != k.payload || e.Seq != k.seq) {
		err = fmt.Errorf("event %s was written as %s and is read as %s", e.ID, k.payload, payload)
	}
	return err
}

// in says whether an event's number is in one of the gaps.
func (k entry) in(gaps []data.Gap) bool {
	for _, g := range gaps {
		if g.Device == k.device && g.From <= k.seq && k.seq <= g.To {
			return true
		}
	}
	return false
}

// after says whether an event is part of a loss.
func (k entry) after(loss *data.Loss) bool {
	return loss != nil && loss.From <= k.position && k.position <= loss.To
}

// countUnsaid counts drafts and settings that were altered while everything
// else is sound. They carry no sum.
func (t *tearing) countUnsaid(ctx context.Context, path string) error {
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer raw.Close()
	drafts, settings, err := besideOf(ctx, raw)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsaid += altered(t.truth.drafts, drafts) + altered(t.truth.settings, settings)
	return nil
}

func altered[K comparable](want, got map[K]string) (n int) {
	for key, text := range want {
		if got[key] != text {
			n++
		}
	}
	return n
}
