package main

import (
	"encoding/json"
	"fmt"
	"maps"

	"firebreak/data"
	"firebreak/workflow"
)

// told is what a store was told and has answered as saved, as its parent keeps
// it from the words of the writers.
type told struct {
	batches  []batch // answered as saved, in no order
	payloads map[workflow.EventID]string
	drafts   map[data.DraftKey]string
	settings map[string]string // as JSON
	exported map[string]string

	books   map[workflow.IncidentID]*book
	backups []backedUp // made in this round

	upTo uint64 // the position that the books have been brought to
	logs map[workflow.IncidentID][]workflow.Event
}

// batch is one deed with its events.
type batch struct {
	incident workflow.IncidentID
	deed     deed
	ids      []workflow.EventID
	payloads []string
	position uint64 // 0: it was not answered
	clears   *data.DraftKey
}

// backedUp is a backup that was answered as made.
type backedUp struct {
	path     string
	position uint64 // it says that it has everything up to here
	least    uint64 // and so far its maker had been answered before
}

func nothingTold() *told {
	return &told{
		payloads: map[workflow.EventID]string{}, drafts: map[data.DraftKey]string{}, settings: map[string]string{},
		exported: map[string]string{}, books: map[workflow.IncidentID]*book{}, logs: map[workflow.IncidentID][]workflow.Event{},
	}
}

// heard takes in a writer's life: what was answered as saved is to be there for
// ever. What was under way at its end is the answer.
func (t *told) heard(l *life) (unanswered *word, answered int, err error) {
	var will word
	var saved uint64 // the newest position that this writer was answered
	for _, it := range l.words {
		switch {
		case it.Says == saysWill:
			will = it
		case it.Says == saysDid && it.What == doesBackup:
			t.backups = append(t.backups, backedUp{path: it.Text, position: it.Position, least: saved})
		case it.Says == saysDid:
			answered++
			saved = max(saved, it.Position)
			if err := t.keep(will, it.Position); err != nil {
				return nil, answered, err
			}
		}
	}
	return l.unanswered(), answered, nil
}

// keep remembers what was answered as saved.
func (t *told) keep(it word, position uint64) error {
	key := data.DraftKey{Incident: workflow.IncidentID(it.Incident), Field: it.Field}
	switch it.What {
	case doesBatch, doesImport:
		b, err := batchOf(it, position)
		if err != nil {
			return err
		}
		t.take(b)
	case doesDraft:
		t.drafts[key] = it.Text
	case doesDrop:
		delete(t.drafts, key)
	case doesSetting:
		text, err := json.Marshal(it.Text)
		if err != nil {
			return err
		}
		t.settings[it.Field] = string(text)
	case doesExported:
		t.exported[it.Field] = it.Text
	}
	return nil
}

func batchOf(it word, position uint64) (batch, error) {
	b := batch{incident: workflow.IncidentID(it.Incident), deed: it.Deed, position: position}
	for _, line := range it.Events {
		e, err := workflow.Decode(line)
		if err != nil {
			return b, fmt.Errorf("a writer wrote what cannot be read: %w", err)
		}
		b.ids, b.payloads = append(b.ids, e.ID), append(b.payloads, string(line))
	}
	if it.Field != "" {
		b.clears = &data.DraftKey{Incident: b.incident, Field: it.Field}
	}
	return b, nil
}

// take adds a batch that is in the log.
func (t *told) take(b batch) {
	t.batches = append(t.batches, b)
	for i, id := range b.ids {
		t.payloads[id] = b.payloads[i]
	}
	if b.clears != nil {
		delete(t.drafts, *b.clears)
	}
}

// beside is a copy of what is no event.
func (t *told) beside() *told {
	return &told{drafts: maps.Clone(t.drafts), settings: maps.Clone(t.settings), exported: maps.Clone(t.exported)}
}

// at is what was told of the thing that a word is about.
func (t *told) at(it word) any { return lookAt(it, t.drafts, t.settings, t.exported) }

func lookAt(it word, drafts map[data.DraftKey]string, settings, exported map[string]string) any {
	text, there := "", false
	switch it.What {
	case doesDraft, doesDrop:
		text, there = drafts[data.DraftKey{Incident: workflow.IncidentID(it.Incident), Field: it.Field}]
	case doesSetting:
		text, there = settings[it.Field]
	case doesExported:
		text, there = exported[it.Field]
	}
	return [2]any{text, there}
}

// events are an incident's events as they were told.
func (t *told) events(id workflow.IncidentID) ([]workflow.Event, error) {
	for _, b := range t.batches {
		if b.incident != id {
			continue
		}
		for _, payload := range b.payloads {
			e, err := workflow.Decode([]byte(payload))
			if err != nil {
				return nil, err
			}
			t.logs[id] = append(t.logs[id], e)
		}
	}
	return t.logs[id], nil
}

// settle ends a round: its batches are in the books.
func (t *told) settle() { t.batches, t.backups = nil, nil }
