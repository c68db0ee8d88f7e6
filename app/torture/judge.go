package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"firebreak/app/torture/disk"
	"firebreak/data"
	"firebreak/workflow"
)

// judge opens images of a tale's disk and holds them against what was answered
// for.
type judge struct {
	tale   *tale
	disk   *disk.Disk
	memory *memory
	folder string
	images int
	keeps  bool // what was wrong is kept, for whoever looks for the cause
}

// finding is what was found in an image.
type finding struct {
	says         string // what is wrong; "" nothing
	acknowledged int    // how many changes were answered for before the cut
	missing      int    // how many of their events are not there
	earlier      bool   // it is the whole state of an earlier moment: the newest changes are lost and nothing else is wrong
	noticed      bool   // the store itself says that something was lost
	again        int    // how many times the recovery was cut as well
	bytes        map[string][]byte
}

// image makes the image of a cut, opens it as the program would, and looks at
// everything in it. With again, the power is cut once more during that.
func (j *judge) image(ctx context.Context, record []disk.Op, cut int, luck disk.Luck, dice *rand.Rand, again bool) (finding, error) {
	mark := 0
	for _, op := range record[:cut] {
		if op.Kind == disk.Mark {
			mark = int(op.At)
		}
	}
	image := disk.Image(record, cut, luck, dice)
	found := finding{acknowledged: j.tale.told[mark].changes, bytes: image}
	folder, err := j.lay(image)
	if err != nil {
		return found, err
	}
	if again {
		if folder, image, err = j.cutAgain(ctx, folder, dice); err != nil {
			return found, err
		}
		found.again, found.bytes = 1, image
	}
	j.look(ctx, folder, mark, dice, &found)
	if found.says == "" || !j.keeps {
		return found, os.RemoveAll(folder)
	}
	// The files were opened by now; beside them, as the power left them.
	return found, errors.Join(disk.Lay(folder+"-untouched", image), ctx.Err())
}

func (j *judge) lay(image map[string][]byte) (string, error) {
	j.images++
	folder := filepath.Join(j.folder, fmt.Sprintf("image-%d", j.images))
	return folder, errors.Join(os.MkdirAll(folder, 0o700), disk.Lay(folder, image))
}

// cutAgain opens an image, records what recovery does to the disk, and answers
// what is left when the power is cut in the middle of it.
func (j *judge) cutAgain(ctx context.Context, folder string, dice *rand.Rand) (string, map[string][]byte, error) {
	if err := j.disk.Watch(folder); err != nil {
		return "", nil, err
	}
	if store, err := j.open(ctx, folder); err == nil { // one that does not open will not open afterwards either
		_ = store.Close()
	}
	record := j.disk.Record()
	first := slices.IndexFunc(record, func(op disk.Op) bool { return op.Kind != disk.Found })
	if first < 0 {
		first = len(record)
	}
	cut := first + dice.IntN(len(record)-first+1)
	image := disk.Image(record, cut, disk.AnyLuck(dice), dice)
	next, err := j.lay(image)
	return next, image, errors.Join(err, os.RemoveAll(folder))
}

func (j *judge) open(ctx context.Context, folder string) (*data.Store, error) {
	later := j.tale.now.Add(time.Hour)
	return data.Open(ctx, filepath.Join(folder, databaseName), data.Options{
		Clock: func() time.Time { return later }, NewID: func() string { return "device" },
	})
}

// look fills in what is wrong with a folder, where at least everything up to
// the mark must be found.
func (j *judge) look(ctx context.Context, folder string, mark int, dice *rand.Rand, found *finding) {
	if dice.IntN(4) == 0 { // the doctor sees it as it lies there
		if d, err := data.Examine(ctx, data.ExamineWish{Path: filepath.Join(folder, databaseName)}); err != nil || !d.Healthy() {
			found.says = fmt.Sprintf("an examination says %+v (%v)", d.Harm(), err)
			found.noticed = onlyEndLost(d.Harm())
			return
		}
	}
	store, err := j.open(ctx, folder)
	if err != nil {
		found.says, found.missing = fmt.Sprintf("it does not open: %v", err), found.acknowledged
		var damaged *data.Damaged
		found.noticed = errors.As(err, &damaged) && onlyEndLost(damaged.Findings)
		return
	}
	defer store.Close()
	if err := j.compare(ctx, store, mark, found); err != nil {
		found.says = err.Error()
		return
	}
	if err := sound(ctx, store); err != nil {
		found.says, found.noticed = err.Error(), missed(ctx, store)
		return
	}
	if err := j.goesOn(ctx, store, dice); err != nil {
		found.says = fmt.Sprintf("it does not go on: %v", err)
	}
}

// onlyEndLost says whether the newest commits are gone, and nothing else is
// wrong.
func onlyEndLost(findings []data.Finding) bool {
	return !slices.ContainsFunc(findings, func(f data.Finding) bool {
		return f.Fault != data.EndLost && f.Fault != data.GarbledWAL && f.Fault != data.LogReplaced
	})
}

// compare finds the state of the mark, or the one after it: a change that was
// on its way is there whole or not at all.
func (j *judge) compare(ctx context.Context, store *data.Store, mark int, found *finding) error {
	told := j.tale.told
	exact := j.memory.compare(ctx, told[mark], store)
	if exact == nil || mark+1 < len(told) && j.memory.compare(ctx, told[mark+1], store) == nil {
		return nil
	}
	var err error
	if found.missing, err = j.memory.missing(ctx, told[mark], store); err != nil {
		return err
	}
	for earlier := mark - 1; earlier >= 0 && !found.earlier; earlier-- {
		found.earlier = j.memory.compare(ctx, told[earlier], store) == nil
	}
	found.noticed = missed(ctx, store)
	return exact
}

// missed says whether the store itself knows that the end of the log is gone.
func missed(ctx context.Context, store *data.Store) bool {
	report, err := store.Check(ctx)
	return err == nil && report.Lost != nil
}

// sound asks the store and the engine whether anything is wrong.
func sound(ctx context.Context, store *data.Store) error {
	report, err := store.Check(ctx)
	if err != nil {
		return err
	}
	if !report.Sound() {
		return fmt.Errorf("the store's check says %+v", report)
	}
	return foreign(store.Path(), func(db *sql.DB) error {
		var says string
		if err := db.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&says); err != nil {
			return err
		}
		if says != "ok" {
			return fmt.Errorf("the engine's check says: %s", says)
		}
		return nil
	})
}

// goesOn writes one more note, lets search catch up, and finds the note.
func (j *judge) goesOn(ctx context.Context, store *data.Store, dice *rand.Rand) error {
	list, err := store.List(ctx, data.ListQuery{Limit: 1})
	if err != nil || len(list) == 0 {
		return err
	}
	log, err := store.Load(ctx, list[0].ID)
	if err != nil {
		return err
	}
	in, name := workflow.Fold(list[0].ID, log.Events), fmt.Sprintf("afterwards%d", dice.IntN(1_000_000))
	events, err := workflow.Decide(in, workflow.Note{Text: name}, workflow.Env{
		Now: j.tale.now.Add(time.Hour), Actor: "Jane", Device: store.Device(),
		NewID: func() workflow.EventID { return workflow.EventID(name) },
	})
	if err != nil {
		return err
	}
	if _, _, err = store.Append(ctx, data.Batch{Incident: in.ID, After: log.Position, Events: events, Summary: in.With(events...).Summary()}); err != nil {
		return err
	}
	hits, err := store.Search(ctx, name, 5)
	if err == nil && len(hits) != 1 {
		return fmt.Errorf("search finds %d of 1 new notes", len(hits))
	}
	return errors.Join(err, store.RebuildIndex(ctx))
}
