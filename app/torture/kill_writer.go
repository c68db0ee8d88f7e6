package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // for checkpoints, which the store leaves to the engine

	"firebreak/data"
	"firebreak/workflow"
)

// job is what a writer is told when it is started.
type job struct {
	Path    string // of the database
	Seed    uint64
	Name    string // of this writer in this round: nobody else's notes and fields begin with it
	Favours string // what it does more often than the others
	Most    int    // it ends by itself after so many acts; 0: when it is told to
	Hangs   bool   // it does not close the store then, but waits for its end
}

// places is where things lie beside the database.
func (j job) places() data.Places { return data.Places{Data: filepath.Dir(j.Path)} }

// writer is a process that writes into a store until it is killed or told to
// stop. It tells each thing that was answered as saved.
type writer struct {
	job   job
	dice  *rand.Rand
	out   io.Writer
	store *data.Store
	raw   *sql.DB
	rules workflow.Playbook
	known map[workflow.IncidentID]*shown
	ids   int
}

// shown is an incident as the writer has read it.
type shown struct {
	in       workflow.Incident
	position uint64
}

// write is a writer's life. It ends when in does.
func (w *writer) write(ctx context.Context, in io.Reader) error {
	var stop atomic.Bool
	go func() {
		_, _ = io.Copy(io.Discard, in)
		stop.Store(true)
	}()
	w.say(word{Says: saysOpening})
	var err error
	if w.store, err = data.Open(ctx, w.job.Path, data.Options{Clock: time.Now}); err != nil {
		return err
	}
	if w.raw, err = sql.Open("sqlite", w.job.Path); err != nil {
		return err
	}
	w.say(word{Says: saysOpened})
	for done := 0; !stop.Load() && (w.job.Most == 0 || done < w.job.Most); done++ {
		if err := w.act(ctx); err != nil {
			return err
		}
	}
	if w.job.Hangs {
		return w.hang(ctx)
	}
	w.say(word{Says: saysClosing})
	if err := errors.Join(w.raw.Close(), w.store.Close()); err != nil {
		return err
	}
	w.say(word{Says: saysClosed})
	return nil
}

// hang lets the store's witness come up to date, which it does once a second,
// and then waits to be killed.
func (w *writer) hang(ctx context.Context) error {
	time.Sleep(1100 * time.Millisecond)
	if err := w.append(ctx, workflow.IncidentID(w.name("incident")), doesBatch, deed{Does: declares, Text: "the last"}); err != nil {
		return err
	}
	w.say(word{Says: saysClosing})
	select {} // the end comes from outside
}

// say writes one line at once: what was said before a kill is heard.
func (w *writer) say(it word) {
	line, err := json.Marshal(it)
	if err != nil {
		line = []byte(`{"says":"fault","reason":"a word that cannot be said"}`)
	}
	_, _ = w.out.Write(append(line, '\n'))
}

// acts says how often each thing is done.
var acts = []struct {
	what   string
	weight int
}{
	{doesBatch, 60},
	{doesImport, 3},
	{doesDraft, 14},
	{doesDrop, 3},
	{doesSetting, 5},
	{doesExported, 3},
	{doesIndex, 3},
	{doesCheckpoint, 2},
	{doesBackup, 2},
}

func (w *writer) act(ctx context.Context) error {
	all := 0
	for _, a := range acts {
		all += a.weight
	}
	what, left := w.job.Favours, w.dice.IntN(all)
	if what == "" || w.dice.IntN(4) > 0 {
		for _, a := range acts {
			if left -= a.weight; left < 0 {
				what = a.what
				break
			}
		}
	}
	switch what {
	case doesBatch, doesImport, doesFile:
		return w.change(ctx, what)
	case doesBackup:
		return w.backUp(ctx)
	default:
		return w.beside(ctx, what)
	}
}

// name is one that nobody else gives.
func (w *writer) name(what string) string {
	w.ids++
	return fmt.Sprintf("%s %s %d", w.job.Name, what, w.ids)
}

// beside is everything that is not an event.
func (w *writer) beside(ctx context.Context, what string) error {
	it := word{Says: saysWill, What: what, Incident: string(w.somewhere(ctx)), Text: w.name("text")}
	it.Field = fmt.Sprintf("%s-%d", w.job.Name, w.dice.IntN(3))
	w.say(it)
	key := data.DraftKey{Incident: workflow.IncidentID(it.Incident), Field: it.Field}
	var err error
	switch what {
	case doesDraft:
		err = w.store.SaveDraft(ctx, data.Draft{Key: key, Text: it.Text, Started: alert()})
	case doesDrop:
		err = w.store.DropDraft(ctx, key)
	case doesSetting:
		err = w.store.SetSetting(ctx, it.Field, it.Text)
	case doesExported:
		err = w.store.RecordExported(ctx, "repository", it.Field, it.Text)
	case doesIndex:
		_, err = w.store.Index(ctx, 0)
	case doesCheckpoint:
		_, err = w.raw.ExecContext(ctx, "PRAGMA wal_checkpoint("+pick(w.dice, []string{"PASSIVE", "FULL", "RESTART", "TRUNCATE"})+")")
		if err != nil {
			w.say(word{Says: saysNo, What: what, Reason: err.Error()}) // it was busy: a checkpoint is no promise
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	it.Says = saysDid
	w.say(it)
	return nil
}

// somewhere is an incident of the store; "" while there is none.
func (w *writer) somewhere(ctx context.Context) workflow.IncidentID {
	list, err := w.store.List(ctx, data.ListQuery{Limit: 8})
	list = slices.DeleteFunc(list, func(s workflow.Summary) bool { return s.Severity == "" })
	if err != nil || len(list) == 0 {
		return ""
	}
	return pick(w.dice, list).ID
}

// change does a deed and writes what it leads to. When another process was
// faster, it is decided again on what that one wrote.
func (w *writer) change(ctx context.Context, what string) error {
	id := w.somewhere(ctx)
	if id == "" || w.dice.IntN(60) == 0 {
		id = workflow.IncidentID(w.name("incident"))
		return w.append(ctx, id, doesBatch, deed{Does: declares, Text: string(id)})
	}
	if err := w.catchUp(ctx, id); err != nil {
		return err
	}
	d := someDeed(w.dice, read(w.known[id].in), w.name("note"))
	if what == doesFile {
		what = doesBatch
		d = deed{Does: attaches, Which: oneOf(w.dice, read(w.known[id].in).Notes), Text: w.name("file"), Count: 1 + w.dice.IntN(20_000)}
	}
	if what == doesImport {
		d = deed{Does: imports, Text: w.name("import"), Count: 40 + w.dice.IntN(200)}
	}
	return w.append(ctx, id, what, d)
}

func (w *writer) append(ctx context.Context, id workflow.IncidentID, what string, d deed) error {
	field := ""
	if d.Does == notes && w.dice.IntN(3) == 0 {
		field = fmt.Sprintf("%s-%d", w.job.Name, w.dice.IntN(3))
	}
	if d.Does == attaches {
		if err := w.putFile(ctx, d); err != nil {
			return err
		}
	}
	for {
		if err := w.catchUp(ctx, id); err != nil {
			return err
		}
		at := w.known[id]
		events, err := w.decide(at.in, d)
		if err != nil {
			w.say(word{Says: saysNo, What: what, Reason: err.Error()})
			return nil
		}
		will := word{Says: saysWill, What: what, Incident: string(id), Deed: d, Field: field}
		for _, e := range events {
			line, err := workflow.Encode(e)
			if err != nil {
				return err
			}
			will.Events = append(will.Events, line)
		}
		w.say(will)
		after := at.in.With(events...)
		batch := data.Batch{Incident: id, After: at.position, Events: events, Summary: after.Summary()}
		if field != "" {
			batch.Clear = []data.DraftKey{{Incident: id, Field: field}}
		}
		position, written, err := w.store.Append(ctx, batch)
		if errors.Is(err, workflow.ErrConflict) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", d.Does, err)
		}
		w.say(word{Says: saysDid, What: what, Position: position})
		w.known[id] = &shown{in: at.in.With(written...), position: position}
		return nil
	}
}

// putFile stores a file's bytes, which must be there before an event names them.
func (w *writer) putFile(ctx context.Context, d deed) error {
	w.say(word{Says: saysWill, What: doesFile})
	got, err := data.AttachmentsIn(w.job.places().Attachments()).Put(ctx, d.file().Name, bytes.NewReader(d.content()))
	if err == nil && got.SHA256 != d.file().SHA256 {
		err = fmt.Errorf("%s was stored as %s", d.file().SHA256, got.SHA256)
	}
	if err == nil {
		w.say(word{Says: saysNo, What: doesFile, Reason: "the event is still to come"})
	}
	return err
}

// backUp makes a backup as the window does every quarter of an hour.
func (w *writer) backUp(ctx context.Context) error {
	w.say(word{Says: saysWill, What: doesBackup})
	made, err := w.store.Backup(ctx, data.BackupWish{
		Dir: w.job.places().Backups(), Why: data.Timed, Attachments: w.job.places().Attachments(),
	})
	if err != nil {
		return err
	}
	w.say(word{Says: saysDid, What: doesBackup, Text: made.Path, Position: made.Changes})
	return nil
}

// catchUp reads what is new in an incident.
func (w *writer) catchUp(ctx context.Context, id workflow.IncidentID) error {
	at, known := w.known[id]
	if !known {
		at = &shown{in: workflow.Fold(id, nil)}
		w.known[id] = at
	}
	log, err := w.store.Since(ctx, id, at.position)
	if err != nil {
		return err
	}
	if len(log.Damaged) > 0 {
		return fmt.Errorf("incident %s has %d damaged events", id, len(log.Damaged))
	}
	at.in, at.position = at.in.With(log.Events...), log.Position
	return nil
}

func (w *writer) env() workflow.Env {
	return workflow.Env{Now: time.Now(), Actor: w.job.Name, Device: w.store.Device(), NewID: func() workflow.EventID {
		w.ids++
		return workflow.EventID(fmt.Sprintf("%s-%05d", w.job.Name, w.ids))
	}}
}

// decide answers the events of a deed; an import is one batch of many notes.
func (w *writer) decide(in workflow.Incident, d deed) ([]workflow.Event, error) {
	if d.Does != imports {
		return workflow.Decide(in, d.asked(in, w.rules), w.env())
	}
	var all []workflow.Event
	for i := range d.Count {
		events, err := workflow.Decide(in, workflow.Note{Text: imported(d.Text, i)}, w.env())
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
		all[i].Batch = all[0].ID
		in = in.With(all[i])
	}
	return all, nil
}

// writerVariable tells a process of this program that it is a writer.
const writerVariable = "FIREBREAK_TORTURE_WRITER"

// beWriter is main for a process that a trial has started to be killed; it
// answers false in every other.
func beWriter() (code int, is bool) {
	if code, is := beUpgrader(); is {
		return code, is
	}
	told, is := os.LookupEnv(writerVariable)
	if !is {
		return 0, false
	}
	w := &writer{out: os.Stdout, known: map[workflow.IncidentID]*shown{}}
	err := json.Unmarshal([]byte(told), &w.job)
	if err == nil {
		w.rules, err = rules()
	}
	if err == nil {
		w.dice = rand.New(rand.NewPCG(w.job.Seed, 0))
		err = w.write(context.Background(), os.Stdin)
	}
	if err != nil {
		w.say(word{Says: saysFault, Reason: err.Error()})
		return 1, true
	}
	return 0, true
}
