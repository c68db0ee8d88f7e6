package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"firebreak/app/torture/disk"
	"firebreak/data"
	"firebreak/data/repo"
)

// squeeze lets every write fail that would bring more than so many bytes, until
// the function that it answers is called.
type squeeze struct {
	says  string
	begin func(bytes int64) (end func() error, err error)
	takes func(place string) (int64, error) // how much is taken of what it limits
	grows bool                              // only what comes on top counts, not what was there before
}

// chore is one thing that writes, and that meets a full disk.
type chore struct {
	says string
	// prepare makes what is there before, in an empty folder.
	prepare func(ctx context.Context, on *tale) (task, error)
}

// task is a chore that is ready to be done.
type task struct {
	do func(context.Context) error // may be called again after it failed
	// check says what is wrong: when it was not done, what was there before must
	// be whole, and what is new whole or absent.
	check func(ctx context.Context, done bool) error
}

func chores() []chore {
	return []chore{
		{"append", prepareAppend},
		{"start", prepareStart},
		{"export", prepareExport},
		{"backup", prepareBackup},
		{"attachment", prepareAttachment},
	}
}

// fullness counts what became of the full disks.
type fullness struct {
	Runs    int
	Told    int
	Changes int
	By      map[string]int // failures by chore
}

// full lets a disk be full after N bytes, for every N of a stride, in
// everything that writes: by the size that a file may have, which is exact to
// the byte, and on a disk of its own, where the system gives one.
func full(ctx context.Context, s scale) (result, error) {
	limits, ok := fileLimit()
	if !ok {
		return result{Says: "not on this system: it has no limit for the size of files"}, nil
	}
	count := fullness{By: map[string]int{}}
	if err := count.all(ctx, s, limits); err != nil {
		return result{}, fmt.Errorf("%s: %w", limits.says, err)
	}
	byLimit := count.Told
	small, says, err := onSmallDisk(ctx, s)
	if err != nil {
		return result{}, err
	}
	count.add(small)
	var parts []string
	for _, c := range chores() {
		parts = append(parts, fmt.Sprintf("%s %d", c.says, count.By[c.says]))
	}
	return result{
		Rounds: count.Runs, Acknowledged: count.Changes,
		Says: fmt.Sprintf("told in a sentence in %d runs (%s), and done at the next try once there was room; %d by a limit of the file's size, %s",
			count.Told, strings.Join(parts, ", "), byLimit, says),
	}, nil
}

func (f *fullness) add(other fullness) {
	f.Runs, f.Told, f.Changes = f.Runs+other.Runs, f.Told+other.Told, f.Changes+other.Changes
	for says, n := range other.By {
		f.By[says] += n
	}
}

// all does every chore with every amount of room.
func (f *fullness) all(ctx context.Context, s scale, by squeeze) error {
	d, err := disk.Insert() // for the checkpoints; nothing is recorded here
	if err != nil {
		return err
	}
	d.CheckpointEvery(pagesBetweenCheckpoints)
	for kind, c := range chores() {
		if err = f.chore(ctx, d, s, by, c, kind); err != nil {
			err = fmt.Errorf("%s: %w", c.says, err)
			break
		}
	}
	return errors.Join(err, d.Remove())
}

func (f *fullness) chore(ctx context.Context, d *disk.Disk, s scale, by squeeze, c chore, kind int) error {
	need, err := f.run(ctx, d, s, by, c, kind, -1)
	if err != nil {
		return fmt.Errorf("with all the room there is: %w", err)
	}
	steps := int64(s.rounds(14, 260))
	for i := range steps {
		room := i * (need + need/steps) / steps
		if _, err := f.run(ctx, d, s, by, c, kind, room); err != nil {
			return fmt.Errorf("with room for %d bytes: %w", room, err)
		}
	}
	return nil
}

// run does a chore with so much room; -1 is all of it. It answers how much
// would have been enough.
func (f *fullness) run(ctx context.Context, d *disk.Disk, s scale, by squeeze, c chore, kind int, room int64) (need int64, err error) {
	folder := filepath.Join(s.folder, fmt.Sprintf("%s-%d", c.says, f.Runs))
	f.Runs++
	if err := errors.Join(ctx.Err(), os.MkdirAll(folder, 0o700)); err != nil {
		return 0, err
	}
	d.Rush(s.folder)
	on, err := newTale(ctx, d, folder, rand.New(rand.NewPCG(s.seed, uint64(kind))))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, on.leave()) }()
	for len(on.told) < 12 {
		if err := on.step(ctx); err != nil {
			return 0, err
		}
	}
	t, err := c.prepare(ctx, on)
	if err != nil {
		return 0, fmt.Errorf("preparing: %w", err)
	}
	before, err := by.takes(folder)
	if err != nil {
		return 0, err
	}
	if err := f.pinch(ctx, by, t, c, room); err != nil {
		return 0, err
	}
	f.Changes += on.world().changes
	if need, err = by.takes(folder); err != nil {
		return 0, err
	}
	if by.grows {
		need -= before
	}
	return need, os.RemoveAll(folder)
}

// pinch does the task while there is no room, looks, and does it again when
// there is.
func (f *fullness) pinch(ctx context.Context, by squeeze, t task, c chore, room int64) error {
	if room >= 0 {
		end, err := by.begin(room)
		if err != nil {
			return err
		}
		failed := t.do(ctx)
		if err := end(); err != nil {
			return err
		}
		if failed != nil {
			f.Told++
			f.By[c.says]++
			if err := errors.Join(isSentence(failed), t.check(ctx, false)); err != nil {
				return fmt.Errorf("after %q: %w", failed, err)
			}
		}
	}
	if err := t.do(ctx); err != nil {
		return fmt.Errorf("it does not work, though there is room: %w", err)
	}
	return t.check(ctx, true)
}

// isSentence is inSentences for the working tree as well, whose errors say
// everything in one.
func isSentence(err error) error {
	var trouble *repo.Trouble
	if errors.As(err, &trouble) && strings.HasSuffix(strings.TrimSuffix(trouble.Says, ")"), ".") {
		return nil
	}
	return inSentences(err)
}

// prepareAppend is a stretch of a tale: notes, drafts, settings, and both
// stores opened again.
func prepareAppend(_ context.Context, on *tale) (task, error) {
	memory, left := newMemory(), 30
	var next *turn
	return task{
		do: func(ctx context.Context) error {
			for ; left > 0; left-- {
				if next == nil {
					next = on.plan()
				}
				if err := next.try(ctx); err != nil && next.says == foreignTurn {
					return &data.Trouble{Says: err.Error(), Safe: "-", Do: "-", Err: err}
				} else if err != nil {
					return err
				}
				on.done(next)
				next = nil
			}
			return nil
		},
		check: func(ctx context.Context, done bool) error {
			return withFresh(ctx, on, func(store *data.Store) error {
				err := memory.compare(ctx, on.world(), store)
				if err != nil && !done && next != nil && memory.compare(ctx, next.after, store) == nil {
					err = nil
				}
				return errors.Join(err, sound(ctx, store))
			})
		},
	}, nil
}

// withFresh opens the tale's database once more.
func withFresh(ctx context.Context, on *tale, look func(*data.Store) error) error {
	store, err := on.open(ctx, on.path)
	if err != nil {
		return err
	}
	return errors.Join(look(store), store.Close())
}

// prepareStart is a start of the program: on a database that is there, and on
// none.
func prepareStart(_ context.Context, on *tale) (task, error) {
	memory, fresh := newMemory(), filepath.Join(on.folder, "another", databaseName)
	return task{
		do: func(ctx context.Context) error {
			for _, path := range []string{on.path, fresh} {
				store, err := on.open(ctx, path)
				if err == nil {
					err = store.Close()
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
		check: func(ctx context.Context, _ bool) error {
			return withFresh(ctx, on, func(store *data.Store) error {
				return errors.Join(memory.compare(ctx, on.world(), store), sound(ctx, store))
			})
		},
	}, nil
}
