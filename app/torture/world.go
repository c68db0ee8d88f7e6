package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"firebreak/data"
	"firebreak/workflow"
)

// world is everything that a store was given and answered for: what must be
// found in it afterwards. It is a value; a change makes a new one.
type world struct {
	incidents map[workflow.IncidentID]workflow.Incident
	drafts    map[data.DraftKey]data.Draft
	settings  map[string]int
	exports   map[string]string
	changes   int // how many were acknowledged until here
}

func (w world) with(in workflow.Incident, cleared []data.DraftKey) world {
	w.incidents = with(w.incidents, in.ID, in)
	w.drafts = maps.Clone(w.drafts)
	for _, key := range cleared {
		delete(w.drafts, key)
	}
	return w
}

func (w world) without(key data.DraftKey) world {
	w.drafts = maps.Clone(w.drafts)
	delete(w.drafts, key)
	return w
}

// draftKeys are the drafts' keys, always in the same order: a seed must do the
// same each time.
func (w world) draftKeys() []data.DraftKey {
	return slices.SortedFunc(maps.Keys(w.drafts), func(a, b data.DraftKey) int {
		return cmp.Or(cmp.Compare(a.Incident, b.Incident), cmp.Compare(a.Field, b.Field))
	})
}

// with is a map with one more or another value; the old map stays as it is.
func with[K comparable, V any](of map[K]V, key K, value V) map[K]V {
	next := maps.Clone(of)
	if next == nil {
		next = map[K]V{}
	}
	next[key] = value
	return next
}

// memory remembers what is costly to make again, since an incident is compared
// in thousands of images.
type memory struct {
	bytes    map[workflow.EventID]string
	pictures map[workflow.Revision]string
}

func newMemory() *memory {
	return &memory{bytes: map[workflow.EventID]string{}, pictures: map[workflow.Revision]string{}}
}

// missing counts the events of a world that a store does not have, or has in
// other words.
func (m *memory) missing(ctx context.Context, w world, s *data.Store) (missing int, err error) {
	for id, in := range w.incidents {
		log, err := s.Load(ctx, id)
		if err != nil {
			return missing, err
		}
		there := map[workflow.EventID]string{}
		for _, e := range log.Events {
			if there[e.ID], err = encoded(e); err != nil {
				return missing, err
			}
		}
		for _, e := range in.Events() {
			want, err := m.encoded(e)
			if err != nil {
				return missing, err
			}
			if there[e.ID] != want {
				missing++
			}
		}
	}
	return missing, nil
}

func (m *memory) encoded(e workflow.Event) (string, error) {
	if bytes, known := m.bytes[e.ID]; known {
		return bytes, nil
	}
	bytes, err := encoded(e)
	m.bytes[e.ID] = bytes
	return bytes, err
}

func encoded(e workflow.Event) (string, error) {
	bytes, err := workflow.Encode(e)
	return string(bytes), err
}

// compare says where a store and a world differ; nil: nowhere.
func (m *memory) compare(ctx context.Context, w world, s *data.Store) error {
	list, err := s.List(ctx, data.ListQuery{})
	if err != nil {
		return err
	}
	if len(list) != len(w.incidents) {
		return fmt.Errorf("%d incidents are listed, and it should be %d", len(list), len(w.incidents))
	}
	for _, row := range list {
		want, there := w.incidents[row.ID]
		if !there {
			return fmt.Errorf("incident %s is listed, and nobody declared it", row.ID)
		}
		if row != want.Summary() {
			return fmt.Errorf("the list says %+v, and it should say %+v", row, want.Summary())
		}
		if err := m.compareLog(ctx, want, s); err != nil {
			return err
		}
	}
	return errors.Join(w.compareDrafts(ctx, s), w.compareSettings(ctx, s))
}

func (m *memory) compareLog(ctx context.Context, want workflow.Incident, s *data.Store) error {
	log, err := s.Load(ctx, want.ID)
	if err != nil {
		return err
	}
	if len(log.Damaged) > 0 {
		return fmt.Errorf("%d events are damaged: %+v", len(log.Damaged), log.Damaged[0])
	}
	wanted := want.Events()
	if len(log.Events) != len(wanted) {
		return fmt.Errorf("%s has %d events, and it should have %d", want.ID, len(log.Events), len(wanted))
	}
	there := map[workflow.EventID]string{}
	for _, e := range log.Events {
		if there[e.ID], err = encoded(e); err != nil {
			return err
		}
	}
	for _, e := range wanted {
		bytes, err := m.encoded(e)
		if err != nil {
			return err
		}
		if there[e.ID] != bytes {
			return fmt.Errorf("event %s is missing or another", e.ID)
		}
	}
	return m.compareFold(want, workflow.Fold(want.ID, unnumbered(log.Events)))
}

// unnumbered takes the numbers off that the store gives. What was decided has
// none yet, and the store's own check looks after them.
func unnumbered(events []workflow.Event) []workflow.Event {
	for i := range events {
		events[i].Seq = 0
	}
	return events
}

// compareFold holds what people see of the folded log against the incident as
// it was when its last change was made.
func (m *memory) compareFold(want, got workflow.Incident) error {
	shown, known := m.pictures[want.Revision()]
	if !known {
		var err error
		if shown, err = picture(want); err != nil {
			return err
		}
		m.pictures[want.Revision()] = shown
	}
	found, err := picture(got)
	if err != nil {
		return err
	}
	return sameText(string(want.ID), shown, found)
}

func (w world) compareDrafts(ctx context.Context, s *data.Store) error {
	ids := []workflow.IncidentID{""}
	for id := range w.incidents {
		ids = append(ids, id)
	}
	found := 0
	for _, id := range ids {
		drafts, err := s.Drafts(ctx, id)
		if err != nil {
			return err
		}
		found += len(drafts)
		for _, d := range drafts {
			want, there := w.drafts[d.Key]
			if !there || d.Text != want.Text || !d.Started.Equal(want.Started) {
				return fmt.Errorf("the draft of %q in %q is %d bytes long, and it should be %d", d.Key.Field, id, len(d.Text), len(want.Text))
			}
		}
	}
	if found != len(w.drafts) {
		return fmt.Errorf("there are %d drafts, and it should be %d", found, len(w.drafts))
	}
	return nil
}

func (w world) compareSettings(ctx context.Context, s *data.Store) error {
	for name, want := range w.settings {
		var got int
		if found, err := s.Setting(ctx, name, &got); err != nil || !found || got != want {
			return errors.Join(err, fmt.Errorf("the setting %q is %d, and it should be %d", name, got, want))
		}
	}
	for path, want := range w.exports {
		sha, found, err := s.Exported(ctx, "/srv/shop", path)
		if err != nil || !found || sha != want {
			return errors.Join(err, fmt.Errorf("the checksum of %q is %q, and it should be %q", path, sha, want))
		}
	}
	return nil
}
