package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	engine "modernc.org/sqlite/lib"

	"firebreak/app/torture/disk"
	"firebreak/data"
)

// ailment is a way in which a disk fails.
type ailment struct {
	says    string
	kind    disk.Kind
	failure disk.Failure
	stays   bool // it does not get better until it is mended
}

func ailments() []ailment {
	return []ailment{
		{says: "one write fails", kind: disk.Write, failure: disk.Failure{Code: engine.SQLITE_IOERR_WRITE}},
		{says: "one write stops half-way", kind: disk.Write, failure: disk.Failure{Code: engine.SQLITE_IOERR_WRITE, Part: 1000}},
		{says: "one sync fails", kind: disk.Sync, failure: disk.Failure{Code: engine.SQLITE_IOERR_FSYNC}},
		{says: "one truncation fails", kind: disk.Truncate, failure: disk.Failure{Code: engine.SQLITE_IOERR_TRUNCATE}},
		{says: "one deletion fails", kind: disk.Delete, failure: disk.Failure{Code: engine.SQLITE_IOERR_DELETE}},
		{says: "no write works", kind: disk.Write, failure: disk.Failure{Code: engine.SQLITE_IOERR_WRITE, Part: 300}, stays: true},
		{says: "no sync works", kind: disk.Sync, failure: disk.Failure{Code: engine.SQLITE_IOERR_FSYNC}, stays: true},
		{says: "the disk is full", kind: disk.Write, failure: disk.Failure{Code: engine.SQLITE_FULL}, stays: true},
		{says: "the disk is full in the middle of a write", kind: disk.Write, failure: disk.Failure{Code: engine.SQLITE_FULL, Part: 512}, stays: true},
	}
}

// triesWhileItLasts is how often a person tries again before the disk is
// mended.
const triesWhileItLasts = 2

// faulty counts what became of the failures.
type faulty struct {
	begun                   int
	runs, told, swallowed   int
	atStart, changes        int
	images, imagesSwallowed int
}

// faults lets the n-th operation on the disk fail, for every n of a stride and
// in many ways: what was not answered with an error must be there, what was
// must be there whole or not at all, and the store goes on once the disk does.
func faults(ctx context.Context, s scale) (result, error) {
	d, err := disk.Insert()
	if err != nil {
		return result{}, err
	}
	d.CheckpointEvery(pagesBetweenCheckpoints / 2)
	var count faulty
	for kind, a := range ailments() {
		if err = count.ailment(ctx, d, s, a, kind); err != nil {
			break
		}
	}
	if err = errors.Join(err, d.Remove()); err != nil {
		return result{}, err
	}
	return result{
		Rounds: count.runs, Acknowledged: count.changes,
		Says: fmt.Sprintf("%d ways to fail; the failure was told in %d runs (in %d of them while opening), each time the next try after it was over worked; "+
			"in %d runs the engine swallowed it inside a checkpoint, and nothing was lost there either; %d power cuts afterwards, %d of them after swallowed ones",
			len(ailments()), count.told, count.atStart, count.swallowed, count.images, count.imagesSwallowed),
	}, nil
}

// never is an operation that no tale comes to.
const never = 1 << 40

// ailment tells the same tale again and again, and another operation fails each
// time.
func (f *faulty) ailment(ctx context.Context, d *disk.Disk, s scale, a ailment, kind int) error {
	all, err := f.run(ctx, d, s, a, kind, never)
	if err != nil {
		return fmt.Errorf("without any failure: %w", err)
	}
	runs := min(all, s.rounds(14, 160))
	for i := range runs {
		n := 1 + i*all/runs
		if _, err := f.run(ctx, d, s, a, kind, n); err != nil {
			return fmt.Errorf("%s, at operation %d of %d: %w", a.says, n, all, err)
		}
	}
	return nil
}

// patient is a tale on a disk that is about to fail.
type patient struct {
	*tale
	ailment ailment
	fired   bool
	seen    int // how many operations of the ailment's kind there were
	told    int // how many errors were answered
	memory  *memory
}

// run tells one tale in which the n-th operation of a kind fails, and answers
// how many of that kind there were.
func (f *faulty) run(ctx context.Context, d *disk.Disk, s scale, a ailment, kind, n int) (seen int, err error) {
	f.begun++
	folder := filepath.Join(s.folder, fmt.Sprintf("run-%d", f.begun))
	if err := errors.Join(ctx.Err(), os.MkdirAll(folder, 0o700), d.Watch(folder)); err != nil {
		return 0, err
	}
	d.Rush(s.folder)
	p := &patient{ailment: a, memory: newMemory()}
	d.Break(p.fault(n))
	dice := rand.New(rand.NewPCG(s.seed, uint64(kind))) // the same tale for each n
	if err := f.begin(ctx, d, folder, dice, p); err != nil {
		return p.seen, err
	}
	for range 24 {
		if err := f.insist(ctx, p); err != nil {
			return p.seen, errors.Join(err, p.leave())
		}
	}
	d.Break(nil)
	err = p.whole(ctx)
	record := d.Record()
	if err = errors.Join(err, p.leave()); err != nil || !p.fired {
		return p.seen, err
	}
	f.runs++
	f.changes += p.world().changes
	if p.told > 0 {
		f.told++
	} else {
		f.swallowed++
	}
	return p.seen, errors.Join(f.powerCuts(ctx, d, s, p, record, dice), os.RemoveAll(folder))
}

// fault lets the n-th operation of the ailment's kind fail.
func (p *patient) fault(n int) disk.Fault {
	return func(op disk.Op) disk.Failure {
		if op.Kind != p.ailment.kind {
			return disk.Failure{}
		}
		if p.seen++; p.seen == n || p.ailment.stays && p.seen > n {
			p.fired = true
			return p.ailment.failure
		}
		return disk.Failure{}
	}
}

// begin opens the stores. When that fails it fails in sentences, and a mended
// disk opens.
func (f *faulty) begin(ctx context.Context, d *disk.Disk, folder string, dice *rand.Rand, p *patient) error {
	for try := 0; ; try++ {
		var err error
		p.tale, err = newTale(ctx, d, folder, dice)
		if err == nil {
			return nil
		}
		p.told++
		if err := inSentences(err); err != nil || try > triesWhileItLasts {
			return fmt.Errorf("opening: %w", errors.Join(err, errors.New("it does not open once the disk is mended")))
		}
		if try == 0 {
			f.atStart++
		}
		if !p.ailment.stays || try == triesWhileItLasts-1 {
			d.Break(nil)
		}
	}
}

// insist takes a turn, and takes it again when the disk failed.
func (f *faulty) insist(ctx context.Context, p *patient) error {
	next := p.plan()
	for try := 0; ; try++ {
		err := next.try(ctx)
		if err == nil {
			p.done(next)
			return nil
		}
		p.told++
		if next.says != foreignTurn {
			if strange := inSentences(err); strange != nil {
				return fmt.Errorf("%s: %w", next.says, strange)
			}
		}
		if try > triesWhileItLasts || !p.fired {
			return fmt.Errorf("%s does not work, though the disk does: %w", next.says, err)
		}
		if err := p.between(ctx, next); err != nil {
			return fmt.Errorf("after a failed %s: %w", next.says, err)
		}
		if !p.ailment.stays || try == triesWhileItLasts-1 {
			p.disk.Break(nil)
		}
	}
}

// between looks while the disk is still sick: what failed is there whole or
// not at all, and everything before it is.
func (p *patient) between(ctx context.Context, failed *turn) error {
	for _, h := range p.hands {
		before := p.memory.compare(ctx, p.world(), h.store)
		if before != nil && p.memory.compare(ctx, failed.after, h.store) != nil {
			return before
		}
	}
	return nil
}

// whole compares what both stores say with what was answered, and then what a
// newly opened one says.
func (p *patient) whole(ctx context.Context) error {
	for _, h := range p.hands {
		if err := errors.Join(p.memory.compare(ctx, p.world(), h.store), sound(ctx, h.store)); err != nil {
			return err
		}
	}
	fresh, err := p.open(ctx, p.path)
	if err != nil {
		return err
	}
	return errors.Join(p.memory.compare(ctx, p.world(), fresh), sound(ctx, fresh), fresh.Close())
}

// powerCuts shows that also what comes after a failure is durable: a sync that
// failed is remembered as one, and what it should have kept may be gone.
func (f *faulty) powerCuts(ctx context.Context, d *disk.Disk, s scale, p *patient, record []disk.Op, dice *rand.Rand) error {
	j := &judge{tale: p.tale, disk: d, memory: p.memory, folder: s.folder, keeps: true}
	images := 1
	if p.told == 0 {
		images = 5
		f.imagesSwallowed += images
	}
	for range images {
		cut, luck := len(record)/3+dice.IntN(len(record)-len(record)/3+1), disk.AnyLuck(dice)
		found, err := j.image(ctx, record, cut, luck, dice, false)
		if err == nil && found.says != "" {
			err = fmt.Errorf("cut at operation %d of %d, %+v: %d changes lost: %s", cut, len(record), luck, found.missing, found.says)
		}
		if err != nil {
			return err
		}
		f.images++
	}
	return nil
}

// inSentences is nil when an error says what happened, what is safe and what to
// do.
func inSentences(err error) error {
	var trouble *data.Trouble
	if errors.As(err, &trouble) && trouble.Says != "" && trouble.Safe != "" && trouble.Do != "" {
		return nil
	}
	return fmt.Errorf("the error is no sentence for a person: %w", err)
}
