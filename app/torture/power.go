package main

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"os"
	"path/filepath"

	"firebreak/app/torture/disk"
)

// pagesBetweenCheckpoints is small, so that a tale of seconds sees as many
// checkpoints as a night would.
const pagesBetweenCheckpoints = 60

// imagesOfATale is how many crashes are looked at for each tale.
const imagesOfATale = 50

// cuts counts what became of the images.
type cuts struct {
	tales, images, again   int
	acknowledged           int
	seen                   map[uint64]bool // which images there were
	hash                   maphash.Seed
	unsynced, unsyncedBad  int // the controls
	careless, carelessLost int
	carelessWrong, noticed int
}

func newCuts() *cuts { return &cuts{seen: map[uint64]bool{}, hash: maphash.MakeSeed()} }

// power tells random stories on a disk that keeps a record, and opens what may
// be left when the power is cut: at any operation, with any of the sectors
// that nobody had synced. The same stories without syncs must fail.
func power(ctx context.Context, s scale) (result, error) {
	d, err := disk.Insert()
	if err != nil {
		return result{}, err
	}
	d.CheckpointEvery(pagesBetweenCheckpoints)
	count := newCuts()
	for n := range s.rounds(6, 220) {
		if err = ctx.Err(); err != nil {
			break
		}
		if err = count.tale(ctx, d, s, n); err != nil {
			err = fmt.Errorf("tale %d: %w", n, err)
			break
		}
	}
	if err = errors.Join(err, d.Remove()); err != nil {
		return result{}, err
	}
	if count.unsyncedBad == 0 || count.carelessLost == 0 {
		return result{}, fmt.Errorf("the trial does not bite: of %d images of an engine that never syncs %d were bad, of %d of one that does not sync commits %d lost something",
			count.unsynced, count.unsyncedBad, count.careless, count.carelessLost)
	}
	return count.result(), nil
}

func (c *cuts) result() result {
	return result{
		Rounds: c.images, Acknowledged: c.acknowledged,
		Says: fmt.Sprintf("%d images of %d tales, %d of them different, %d cut once more while they were being recovered; "+
			"controls: without any sync %d of %d images were bad, without the commits' syncs %d of %d had lost something (the witness noticed %d) and %d were wrong otherwise",
			c.images, c.tales, len(c.seen), c.again, c.unsyncedBad, c.unsynced, c.carelessLost, c.careless, c.noticed, c.carelessWrong),
	}
}

// tale tells one story and looks at its crashes.
func (c *cuts) tale(ctx context.Context, d *disk.Disk, s scale, n int) error {
	dice := rand.New(rand.NewPCG(s.seed, uint64(n)))
	t, record, err := tellOnto(ctx, d, s, n, dice)
	if err != nil {
		return err
	}
	c.tales++
	j := &judge{tale: t, disk: d, memory: newMemory(), folder: s.folder, keeps: true}
	for i := range imagesOfATale {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		cut, luck := dice.IntN(len(record)+1), disk.AnyLuck(dice)
		found, err := j.image(ctx, record, cut, luck, dice, i%8 == 0)
		if err != nil {
			return fmt.Errorf("image %d, cut at operation %d, %+v: %w", i, cut, luck, err)
		}
		c.images++
		c.again += found.again
		c.acknowledged += found.acknowledged
		c.see(found.bytes)
		if found.says != "" {
			return fmt.Errorf("image %d, cut at operation %d of %d (%s), %+v: %d changes lost: %s",
				i, cut, len(record), record[max(cut-1, 0)].Describe(), luck, found.missing, found.says)
		}
	}
	return c.control(ctx, j, record, dice)
}

// tellOnto tells a story into a folder of its own and answers the record of it.
func tellOnto(ctx context.Context, d *disk.Disk, s scale, n int, dice *rand.Rand) (*tale, []disk.Op, error) {
	folder := filepath.Join(s.folder, fmt.Sprintf("tale-%d", n))
	if err := errors.Join(os.MkdirAll(folder, 0o700), d.Watch(folder)); err != nil {
		return nil, nil, err
	}
	d.Rush(s.folder) // what was synced is known from the record
	t, err := newTale(ctx, d, folder, dice)
	if err != nil {
		return nil, nil, err
	}
	for range 60 + dice.IntN(60) {
		if err = t.step(ctx); err != nil {
			break
		}
	}
	if dice.IntN(2) == 0 { // the other half is cut before anybody closed anything
		err = errors.Join(err, t.leave())
		t.mark()
	}
	record := d.Record()
	if err = errors.Join(err, t.leave(), os.RemoveAll(folder)); err != nil {
		return nil, nil, err
	}
	return t, record, nil
}

// control shows that the trial bites: the same tale, the same cuts, and an
// engine that is careless with its syncs.
func (c *cuts) control(ctx context.Context, j *judge, record []disk.Op, dice *rand.Rand) error {
	j.keeps = false
	never, commits := disk.Unsynced(record), disk.CommitsUnsynced(record)
	for range imagesOfATale / 5 {
		found, err := j.image(ctx, never, dice.IntN(len(never)+1), disk.AnyLuck(dice), dice, false)
		if err != nil {
			return err
		}
		c.unsynced++
		if found.says != "" {
			c.unsyncedBad++
		}
		found, err = j.image(ctx, commits, dice.IntN(len(commits)+1), disk.AnyLuck(dice), dice, false)
		if err != nil {
			return err
		}
		c.careless++
		switch {
		case found.says == "":
		case found.earlier || found.noticed:
			c.carelessLost++
			if found.noticed {
				c.noticed++
			}
		default:
			c.carelessWrong++
		}
	}
	return nil
}

func (c *cuts) see(image map[string][]byte) {
	var sum uint64
	for name, bytes := range image {
		sum += maphash.String(c.hash, name) * (maphash.Bytes(c.hash, bytes) | 1)
	}
	c.seen[sum] = true
}
