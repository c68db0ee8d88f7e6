package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"

	"firebreak/data"
	"firebreak/workflow"
)

// torn damages copies of a store that died while it was in use, in every way
// that a disk, a copying program or a hand can: what is missing or altered
// afterwards must be said, what can be read must be saved, and what a backup has
// must come back.
func torn(ctx context.Context, s scale) (result, error) {
	t := newTearing(s)
	if err := t.original(ctx); err != nil {
		return result{}, err
	}
	wounds, err := t.wounds()
	if err != nil {
		return result{}, err
	}
	if err := t.each(ctx, wounds); err != nil {
		return t.total, err
	}
	t.total.Says = fmt.Sprintf(
		"%d events; %d wounds were harmless, %d were said at the start, %d by the check, %d by the doctor alone; with a backup everything came back %d times; without one %d of %d events were saved, and no event that the engine could read was left behind; beside the log %d altered words went unsaid",
		len(t.truth.events), t.harmless, t.refused, t.reported, t.examined, t.whole, t.saved, t.wanted, t.unsaid)
	return t.total, nil
}

func newTearing(s scale) *tearing {
	return &tearing{scale: s, dice: rand.New(rand.NewPCG(s.seed, 0)), acts: 60}
}

// tearing is the trial under way.
type tearing struct {
	scale scale
	dice  *rand.Rand
	acts  int    // how much is done in each of a store's two lives
	lived string // the folder of the store that died
	other string // the folder of another one
	truth truth

	mu       sync.Mutex
	total    result
	harmless int // nothing was lost, and nothing was said
	refused  int // opening said it
	reported int // opening went well, and the check said it
	examined int // only the doctor's examination said it
	whole    int // repairs with a backup that brought everything back
	saved    int // events that repairs without a backup saved
	wanted   int // of so many
	unsaid   int // drafts and settings that were altered, and nothing said so
}

// truth is all that was in the store before it was damaged.
type truth struct {
	events    map[workflow.EventID]entry
	incidents map[workflow.IncidentID]bool
	drafts    map[data.DraftKey]string
	settings  map[string]string
}

// entry is an event and where it lay.
type entry struct {
	position uint64
	seq      uint64
	device   workflow.DeviceID
	payload  string
}

// original makes the two stores, one to be damaged and one to take foreign files
// from, and a backup of everything.
func (t *tearing) original(ctx context.Context) error {
	for _, name := range []string{"lived", "other"} {
		folder := filepath.Join(t.scale.folder, name)
		first := job{Path: filepath.Join(folder, database), Seed: t.dice.Uint64(), Name: name + "1", Most: t.acts}
		last := job{Path: first.Path, Seed: t.dice.Uint64(), Name: name + "2", Most: t.acts, Hangs: true}
		for _, j := range []job{first, last} { // the first ends as it should: its events are in the database
			one, err := start(ctx, j, aim{says: map[bool]string{true: saysClosing}[j.Hangs]})
			if err != nil {
				return err
			}
			<-one.ended
			if err := one.fault(); err != nil {
				return err
			}
		}
		if err := os.RemoveAll(filepath.Join(folder, "backups")); err != nil {
			return err
		}
	}
	t.lived, t.other = filepath.Join(t.scale.folder, "lived"), filepath.Join(t.scale.folder, "other")
	whole := filepath.Join(t.scale.folder, "whole")
	if err := errors.Join(os.Mkdir(whole, 0o700), copyStore(t.lived, whole)); err != nil {
		return err
	}
	store, err := data.Open(ctx, filepath.Join(whole, "firebreak.db"), data.Options{Clock: time.Now})
	if err != nil {
		return err
	}
	if t.truth, err = truthOf(ctx, store); err == nil {
		_, err = store.Backup(ctx, data.BackupWish{Dir: filepath.Join(t.scale.folder, "backups"), Why: data.Timed})
	}
	return errors.Join(err, store.Close())
}

// storeFiles are what a store consists of when nobody has it open.
var storeFiles = []string{"firebreak.db", "firebreak.db-wal", "firebreak.db.witness"}

func copyStore(from, to string) error {
	for _, name := range storeFiles {
		content, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), content, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// each tries all wounds, on as many hands as the machine has.
func (t *tearing) each(ctx context.Context, wounds []wound) error {
	const hands = 2
	work := make(chan wound)
	var at sync.WaitGroup
	failed := make(chan error, hands)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for hand := range hands {
		at.Go(func() {
			for w := range work {
				if err := t.one(ctx, w, filepath.Join(t.scale.folder, fmt.Sprint("hand-", hand))); err != nil {
					failed <- fmt.Errorf("%s: %w", w.says, err)
					stop()
					return
				}
			}
		})
	}
	for _, w := range wounds {
		select {
		case work <- w:
		case <-ctx.Done():
		}
	}
	close(work)
	at.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return ctx.Err()
	}
}
