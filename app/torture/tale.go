package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"firebreak/app/torture/disk"
	"firebreak/data"
	"firebreak/workflow"
)

// databaseName is the file that the tales are written into.
const databaseName = "firebreak.db"

// tale is a random story of real intents, drafts and settings, written by two
// open stores on one database that take turns.
type tale struct {
	disk   *disk.Disk
	folder string
	path   string
	dice   *rand.Rand
	rules  workflow.Playbook
	now    time.Time
	ids    int
	hands  []*teller

	told    []world // told[k] is what must be found once k was marked in the record
	witness string  // as it lay beside the database after the last turn
}

// teller is one open store and what it has read.
type teller struct {
	store *data.Store
	in    map[workflow.IncidentID]workflow.Incident
	at    map[workflow.IncidentID]uint64
}

// turn is one thing that is about to be done. It can be tried again: what is
// done already is recognised.
type turn struct {
	says  string
	after world // what must be found once it was answered
	try   func(context.Context) error
}

func newTale(ctx context.Context, d *disk.Disk, folder string, dice *rand.Rand) (*tale, error) {
	policy, err := rules()
	if err != nil {
		return nil, err
	}
	t := &tale{
		disk: d, folder: folder, path: filepath.Join(folder, databaseName),
		dice: dice, rules: policy, now: alert(),
	}
	t.told = []world{{}}
	if err := errors.Join(t.enter(ctx), t.enter(ctx)); err != nil {
		return nil, errors.Join(err, t.leave())
	}
	t.mark()
	return t, nil
}

func (t *tale) enter(ctx context.Context) error {
	store, err := t.open(ctx, t.path)
	if err == nil {
		t.hands = append(t.hands, &teller{store: store, in: map[workflow.IncidentID]workflow.Incident{}, at: map[workflow.IncidentID]uint64{}})
	}
	return err
}

func (t *tale) open(ctx context.Context, path string) (*data.Store, error) {
	return data.Open(ctx, path, data.Options{Clock: func() time.Time { return t.now }, NewID: func() string { return "device" }})
}

// leave closes the stores.
func (t *tale) leave() error {
	var failed []error
	for _, h := range t.hands {
		failed = append(failed, h.store.Close())
	}
	t.hands = nil
	return errors.Join(failed...)
}

// world is what was answered for so far.
func (t *tale) world() world { return t.told[len(t.told)-1] }

// step plans a turn and takes it.
func (t *tale) step(ctx context.Context) error {
	next := t.plan()
	if err := next.try(ctx); err != nil {
		return fmt.Errorf("%s: %w", next.says, err)
	}
	t.done(next)
	return nil
}

// done notes that a turn was answered: from here on it must be found.
func (t *tale) done(last *turn) {
	t.told = append(t.told, last.after)
	t.mark()
}

func (t *tale) mark() {
	if bytes, err := os.ReadFile(t.path + ".witness"); err == nil && string(bytes) != t.witness {
		t.witness = string(bytes)
		t.disk.Put(databaseName+".witness", bytes)
	}
	t.disk.Mark(len(t.told) - 1)
}

func (t *tale) hand() *teller { return pick(t.dice, t.hands) }

func (t *tale) name(of string) string {
	t.ids++
	return fmt.Sprintf("%s-%06d", of, t.ids)
}

func (t *tale) plan() *turn {
	t.now = t.now.Add(time.Duration(t.dice.IntN(2500)) * time.Millisecond)
	chance := t.dice.IntN(100)
	switch {
	case chance < 62 || len(t.world().incidents) == 0:
		return t.planChange()
	case chance < 78:
		return t.planDraft()
	case chance < 82:
		return t.planDrop()
	case chance < 86:
		return t.planSetting()
	case chance < 89:
		return t.planExport()
	case chance < 93:
		return t.planIndex()
	case chance < 97:
		return t.planCheckpoint()
	default:
		return t.planReopen()
	}
}

// planDraft is half-typed text, now and then a long one.
func (t *tale) planDraft() *turn {
	key := data.DraftKey{Incident: t.someIncident(), Field: pick(t.dice, []string{"note", "problem", "impact"})}
	if t.dice.IntN(5) == 0 {
		key = data.DraftKey{Field: "app.declare.title"}
	}
	draft := data.Draft{Key: key, Text: t.words(), Started: t.now.Truncate(time.Millisecond)}
	after := t.world()
	after.drafts = with(after.drafts, key, draft)
	after.changes++
	h := t.hand()
	return &turn{says: "a draft", after: after, try: func(ctx context.Context) error { return h.store.SaveDraft(ctx, draft) }}
}

func (t *tale) planDrop() *turn {
	after, h := t.world(), t.hand()
	key := data.DraftKey{Incident: t.someIncident(), Field: "note"}
	if keys := after.draftKeys(); len(keys) > 0 {
		key = pick(t.dice, keys)
	}
	after = after.without(key)
	after.changes++
	return &turn{says: "a draft thrown away", after: after, try: func(ctx context.Context) error { return h.store.DropDraft(ctx, key) }}
}

func (t *tale) planSetting() *turn {
	after, h := t.world(), t.hand()
	name, value := pick(t.dice, []string{"window", "prefs", "zone"}), t.dice.IntN(1000)
	after.settings = with(after.settings, name, value)
	after.changes++
	return &turn{says: "a setting", after: after, try: func(ctx context.Context) error { return h.store.SetSetting(ctx, name, value) }}
}

func (t *tale) planExport() *turn {
	after, h := t.world(), t.hand()
	path, sha := pick(t.dice, []string{"docs/a.md", "docs/b.md"}), t.name("sha")
	after.exports = with(after.exports, path, sha)
	after.changes++
	return &turn{says: "an export remembered", after: after, try: func(ctx context.Context) error {
		return h.store.RecordExported(ctx, "/srv/shop", path, sha)
	}}
}

func (t *tale) planIndex() *turn {
	h := t.hand()
	return &turn{says: "search catching up", after: t.world(), try: func(ctx context.Context) error {
		_, err := h.store.Index(ctx, 0)
		return err
	}}
}

// planCheckpoint is another program that carries the write-ahead log over, in
// any of the ways there are.
func (t *tale) planCheckpoint() *turn {
	mode := pick(t.dice, []string{"PASSIVE", "FULL", "RESTART", "TRUNCATE"})
	return &turn{says: foreignTurn, after: t.world(), try: func(ctx context.Context) error {
		return foreign(t.path, func(db *sql.DB) error {
			_, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint("+mode+")")
			return err
		})
	}}
}

// foreignTurn is done by another program, which may fail in its own words.
const foreignTurn = "another program's checkpoint"

// foreign opens the database as another program would, without the store.
func foreign(path string, do func(*sql.DB) error) error {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=rw&_pragma=busy_timeout(5000)&_pragma=synchronous(full)")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(do(db), db.Close())
}

// planReopen closes one store or both, and opens them again.
func (t *tale) planReopen() *turn {
	both := t.dice.IntN(2) == 0
	return &turn{says: "closing and opening", after: t.world(), try: func(ctx context.Context) error {
		var failed []error
		if both {
			failed = append(failed, t.leave())
		} else if len(t.hands) > 0 {
			failed = append(failed, t.hands[0].store.Close())
			t.hands = t.hands[1:]
		}
		for len(t.hands) < 2 && errors.Join(failed...) == nil {
			failed = append(failed, t.enter(ctx))
		}
		return errors.Join(failed...)
	}}
}

func (t *tale) someIncident() workflow.IncidentID {
	return workflow.IncidentID(fmt.Sprintf("incident-%d", t.dice.IntN(len(t.world().incidents))))
}

// words are as long as what people type, and now and then as what they paste.
func (t *tale) words() string {
	long := t.dice.IntN(120)
	if t.dice.IntN(12) == 0 {
		long = t.dice.IntN(20000)
	}
	return t.name("words") + strings.Repeat(" fire", long/5)
}
