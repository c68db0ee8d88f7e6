package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"firebreak/data"
	"firebreak/workflow"
)

// autopsy is one look at a store after its writers died.
type autopsy struct {
	told    *told
	pending []batch // what was under way when they died
	beside  []word  // the same, of what is no event
	store   *data.Store
	raw     *sql.DB

	order                  []workflow.EventID // the log, in the order of arrival
	position               map[workflow.EventID]uint64
	opened                 time.Duration
	arrived                int // batches that were there though nobody had been answered
	filesSeen, backupsSeen int // files that the log names; backups that were read to their end

	missing int // events that were answered as saved and are not there
}

// examine opens the store and holds it against what was told.
func (a *autopsy) examine(ctx context.Context, path string) (err error) {
	began := time.Now()
	if a.store, err = data.Open(ctx, path, data.Options{Clock: time.Now}); err != nil {
		return fmt.Errorf("it does not open again: %w", err)
	}
	defer func() { err = errors.Join(err, a.store.Close()) }()
	a.opened = time.Since(began)
	if a.raw, err = sql.Open("sqlite", path); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.raw.Close()) }()
	for _, look := range []func(context.Context) error{a.sound, a.log, a.rest, a.turnPages, a.incidents, a.search, a.files, a.backups} {
		if err := look(ctx); err != nil {
			return err
		}
	}
	return nil
}

// sound asks the engine about its structures and the store about its chains.
func (a *autopsy) sound(ctx context.Context) error {
	var says string
	if err := a.raw.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&says); err != nil || says != "ok" {
		return fmt.Errorf("the engine's integrity check says %q (%v)", says, err)
	}
	report, err := a.store.Check(ctx)
	if err == nil && !report.Sound() {
		err = fmt.Errorf("the store's own check says %+v", report)
	}
	return err
}

// log holds every event against what was told: the acknowledged are there, byte
// by byte and where they were said to be, and nothing else but a whole batch
// that was under way.
func (a *autopsy) log(ctx context.Context) error {
	rows, err := a.raw.QueryContext(ctx, "SELECT n, id, payload FROM event ORDER BY n")
	if err != nil {
		return err
	}
	defer rows.Close()
	a.position = map[workflow.EventID]uint64{}
	there := map[workflow.EventID]string{}
	for rows.Next() {
		var n uint64
		var id workflow.EventID
		var payload string
		if err := rows.Scan(&n, &id, &payload); err != nil {
			return err
		}
		there[id], a.position[id] = payload, n
		a.order = append(a.order, id)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if err := a.adopt(there); err != nil {
		return err
	}
	for id, payload := range a.told.payloads {
		switch found, is := there[id]; {
		case !is:
			a.missing++
		case found != payload:
			return fmt.Errorf("event %s was told as %s and is %s", id, payload, found)
		}
		delete(there, id)
	}
	if a.missing > 0 || len(there) > 0 {
		return fmt.Errorf("%d acknowledged events are lost, and %d are there that nobody wrote", a.missing, len(there))
	}
	for _, b := range a.told.batches {
		if last := a.position[b.ids[len(b.ids)-1]]; b.position != 0 && b.position != last {
			return fmt.Errorf("the batch of %s was answered with position %d and ends at %d", b.ids[0], b.position, last)
		}
	}
	return nil
}

// adopt takes what was under way and is there into what was told.
func (a *autopsy) adopt(there map[workflow.EventID]string) error {
	for _, b := range a.pending {
		found := 0
		for _, id := range b.ids {
			if _, is := there[id]; is {
				found++
			}
		}
		switch {
		case found == 0:
			continue
		case found < len(b.ids):
			return fmt.Errorf("of the batch of %s that was under way, %d of %d events are there", b.ids[0], found, len(b.ids))
		}
		a.arrived++
		a.told.take(b)
	}
	return nil
}

// rest looks at what is no event: drafts, settings, the ledger of exports. What
// was under way may be there or not.
func (a *autopsy) rest(ctx context.Context) error {
	drafts, settings, exported := map[data.DraftKey]string{}, map[string]string{}, map[string]string{}
	err := errors.Join(
		a.each(ctx, "SELECT incident, field, text FROM draft", func(a, b, c string) {
			drafts[data.DraftKey{Incident: workflow.IncidentID(a), Field: b}] = c
		}),
		a.each(ctx, "SELECT name, value, '' FROM setting", func(a, b, _ string) { settings[a] = b }),
		a.each(ctx, "SELECT path, sha, '' FROM exported", func(a, b, _ string) { exported[a] = b }),
	)
	if err != nil {
		return err
	}
	for _, it := range a.beside {
		after := a.told.beside()
		if err := after.keep(it, 0); err != nil {
			return err
		}
		if reflect.DeepEqual(after.at(it), lookAt(it, drafts, settings, exported)) {
			a.told.drafts, a.told.settings, a.told.exported = after.drafts, after.settings, after.exported
		}
	}
	return errors.Join(
		sameMaps("drafts", a.told.drafts, drafts), sameMaps("settings", a.told.settings, settings), sameMaps("exports", a.told.exported, exported))
}

func (a *autopsy) each(ctx context.Context, query string, call func(a, b, c string)) error {
	rows, err := a.raw.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var one, two, three string
		if err := rows.Scan(&one, &two, &three); err != nil {
			return err
		}
		call(one, two, three)
	}
	return rows.Err()
}

func sameMaps[K comparable](what string, want, got map[K]string) error {
	if maps.Equal(want, got) {
		return nil
	}
	for key, text := range want {
		if got[key] != text {
			return fmt.Errorf("%s: %v was told as %q and is %q", what, key, text, got[key])
		}
	}
	return fmt.Errorf("%s: %d were told and %d are there", what, len(want), len(got))
}

// turnPages brings the model up to the log, deed by deed.
func (a *autopsy) turnPages(context.Context) error {
	begins := map[workflow.EventID]batch{}
	for _, b := range a.told.batches {
		begins[b.ids[0]] = b
	}
	for _, id := range a.order {
		b, is := begins[id]
		if a.position[id] <= a.told.upTo || !is {
			continue
		}
		if b.deed.Does == declares {
			a.told.books[b.incident] = opened(freshPage(b.deed.Text))
		} else if !a.told.books[b.incident].apply(b.deed) {
			return fmt.Errorf("incident %s: the model refuses %+v, which was written", b.incident, b.deed)
		}
	}
	if len(a.order) > 0 {
		a.told.upTo = a.position[a.order[len(a.order)-1]]
	}
	return nil
}

// incidents folds what is on the disk and holds it against the model, against a
// fold of what was told, and against the list.
func (a *autopsy) incidents(ctx context.Context) error {
	rows, err := a.store.List(ctx, data.ListQuery{})
	if err != nil {
		return err
	}
	listed := map[workflow.IncidentID]workflow.Summary{}
	for _, row := range rows {
		listed[row.ID] = row
	}
	touched := map[workflow.IncidentID]bool{}
	for _, b := range a.told.batches {
		touched[b.incident] = true
	}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		log, err := a.store.Load(ctx, id)
		if err != nil {
			return err
		}
		in := workflow.Fold(id, log.Events)
		events, err := a.told.events(id)
		if err != nil {
			return err
		}
		number(events, log.Events)
		if err := sameIncident("incident "+string(id), workflow.Fold(id, events), in); err != nil {
			return err
		}
		if err := sameValue("the model of "+string(id), a.told.books[id].now(), read(in)); err != nil {
			return err
		}
		if err := sameValue("the row of "+string(id), in.Summary(), listed[id]); err != nil {
			return err
		}
	}
	return nil
}

// number gives events the numbers that the store gave them.
func number(told, stored []workflow.Event) {
	seq := make(map[workflow.EventID]uint64, len(stored))
	for _, e := range stored {
		seq[e.ID] = e.Seq
	}
	for i := range told {
		told[i].Seq = seq[told[i].ID]
	}
}

func sameValue(what string, want, got any) error {
	a, err := json.Marshal(want)
	if err != nil {
		return err
	}
	b, err := json.Marshal(got)
	if err != nil {
		return err
	}
	return sameText(what, string(a), string(b))
}

// search finds a note that was just written.
func (a *autopsy) search(ctx context.Context) error {
	for _, b := range slices.Backward(a.told.batches) {
		if b.deed.Does != notes {
			continue
		}
		hits, err := a.store.Search(ctx, b.deed.Text, 50)
		if err == nil && !slices.ContainsFunc(hits, func(h data.Hit) bool { return h.Event == b.ids[0] }) {
			err = fmt.Errorf("the note %q is saved, and search does not find it", b.deed.Text)
		}
		return err
	}
	return nil
}
