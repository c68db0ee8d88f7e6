package data

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"firebreak/workflow"
)

// RepairWish says which database is to be repaired, and with what.
type RepairWish struct {
	Path    string           // of the database
	Backups string           // their folder; empty: the one beside the database
	Clock   func() time.Time // required
	NewID   func() string    // names a new device; nil: random

	// step hears of each step that is done; tests end the repair there, as a
	// power cut would.
	step func(done string) error
}

// Repaired is what a repair did.
type Repaired struct {
	Found   []Finding // what was wrong; none: there was nothing to do
	Kept    string    // the folder with the files as they were found; empty: nothing was replaced
	Events  int       // in the log now
	Fetched []Fetched // what backups had
	Carved  int       // events that only a search of every page found
	Damaged []Damage  // kept beside the log, as they were found
	Missing []Gap     // that no backup had
	Device  workflow.DeviceID
}

// Lost says whether something could not be brought back.
func (r Repaired) Lost() bool { return len(r.Damaged)+len(r.Missing) > 0 }

// Repair makes a usable database of a damaged one. It saves every event that
// can be read, fetches what is missing from the newest backups that have it,
// keeps half-typed text, settings and the ledger of exports, makes summaries and
// search anew, checks the result, and only then puts it in the old one's place.
// The files as they were found go to damaged/<time>/, and nothing is ever
// deleted. It can be cut off at any moment and begun again.
//
// Nobody else may have the database open. One that is sound is left alone. When
// there is nothing to save at all, the error is a *Missing: to begin empty is
// for a person to say.
func Repair(ctx context.Context, wish RepairWish) (Repaired, error) {
	path, err := filepath.Abs(wish.Path)
	if err != nil {
		return Repaired{}, err
	}
	wish.Path = path
	wish.Backups = backupsOf(path, wish.Backups)
	only, err := alone(ctx, path)
	if err != nil {
		return Repaired{}, explain(notRepaired, path, err)
	}
	defer only.leave()
	done, err := repair(ctx, wish)
	return done, explain(notRepaired, path, err)
}

// notRepaired begins the sentence when a repair failed.
const notRepaired = "The database was not repaired"

func repair(ctx context.Context, wish RepairWish) (Repaired, error) {
	if err := errors.Join(finishSwap(wish.Path), dropWorkings(wish.Path), takeBack(ctx, wish.Path)); err != nil {
		return Repaired{}, err
	}
	found, err := inspectAlone(ctx, wish)
	if err != nil || len(found) == 0 {
		return Repaired{}, err
	}
	w := &repairing{ctx: ctx, wish: wish, now: wish.Clock(), done: Repaired{Found: found}}
	defer func() { _ = removeAll(wish.Path + scratchSuffix) }()
	if err := w.run(); err != nil {
		return Repaired{}, errors.Join(err, w.takeBackFolder())
	}
	return w.done, nil
}

// takeBackFolder removes the second names of the files as they were found, when
// nothing was replaced: they lie where they were.
func (w *repairing) takeBackFolder() error {
	if _, err := os.Stat(w.wish.Path + swapSuffix); err == nil || w.done.Kept == "" || w.wish.step != nil {
		return nil
	}
	return os.RemoveAll(w.done.Kept)
}

// takeBack lets the engine undo what was being written when the power went: the
// file belongs to two moments until then, and that is no damage.
func takeBack(ctx context.Context, path string) error {
	if !rollsBack(path) {
		return nil
	}
	db, err := connect(path, readWrite, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	var tables int // reading anything is enough; what it cannot read is found right after
	_ = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
	return ctx.Err()
}

// repairing is a repair on its way.
type repairing struct {
	ctx  context.Context
	wish RepairWish
	now  time.Time
	done Repaired

	seen    witnessed
	wal     *walFile // the one that belongs to the database; nil: none does
	ground  string   // the file to read from; empty: nothing is there
	garbled bool     // pages or the write-ahead log are damaged
}

// steps are what a repair is made of. Until the last one nothing that was there
// is touched.
func (w *repairing) run() error {
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"look", w.look},
		{"keep", w.keep},
		{"fill", w.fill},
		{"finish", w.finish},
		{"begin swap", func() error { return beginSwap(w.wish.Path) }},
		{"swap", func() error { return finishSwap(w.wish.Path) }},
	} {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := step.do(); err != nil {
			return err
		}
		if w.wish.step == nil {
			continue
		}
		if err := w.wish.step(step.name); err != nil {
			return err
		}
	}
	return nil
}

// look finds the ground that can be read: the database with every page of its
// own write-ahead log in it, also those that the engine would drop.
func (w *repairing) look() error {
	path := w.wish.Path
	w.seen, _ = readWitness(path)
	for _, f := range w.done.Found {
		switch f.Fault {
		case PagesDamaged, CutShort, NotADatabase, GarbledWAL, ForeignWAL, NoDatabase:
			w.garbled = true
		}
	}
	wal, err := readWAL(path)
	if err != nil {
		return err
	}
	if err := w.copyGround(); err != nil || wal == nil {
		return err
	}
	if w.ground != "" && wal.pageSize != pageSizeIn(w.ground) {
		return nil
	}
	scratch := path + scratchSuffix
	if w.ground == path {
		if err := copyFile(path, scratch); err != nil {
			return err
		}
	}
	if err := wal.applyTo(scratch); err != nil {
		return err
	}
	if w.ground != "" && w.foreign(scratch) {
		w.garbled = true
		if bytes.Equal(w.seen.WAL, wal.salt[:]) {
			w.wal = wal // it is the database that is foreign: what was ours is in here
		}
		return w.copyGround()
	}
	w.ground, w.wal = scratch, wal
	return nil
}

// copyGround finds the ground without a write-ahead log: the database itself,
// or where its head is destroyed a copy with one that can be read.
func (w *repairing) copyGround() error {
	path := w.wish.Path
	switch {
	case size(path) == 0:
		w.ground = ""
	case hasFault(w.done.Found, NotADatabase) && size(path) > databaseHead:
		w.ground = path + scratchSuffix
		return withNewHead(path, w.ground)
	default:
		w.ground = path
	}
	return nil
}

// foreign says whether the database lost something by what was written into it.
func (w *repairing) foreign(scratch string) bool {
	one, err := connectStill(w.wish.Path)
	if err != nil {
		return false
	}
	defer one.Close()
	other, err := connectStill(scratch)
	if err != nil {
		return true
	}
	defer other.Close()
	taken, err := differs(w.ctx, one, other)
	return taken || err != nil || w.strangeTo(other)
}

// strangeTo says whether a log has never heard of the device that wrote the
// newest event that was seen here.
func (w *repairing) strangeTo(db *sql.DB) bool {
	var known bool
	err := db.QueryRowContext(w.ctx, "SELECT EXISTS(SELECT 1 FROM device WHERE uid=?)", w.seen.Device).Scan(&known)
	return w.seen.Device != "" && err == nil && !known
}

func (w *repairing) keep() (err error) {
	w.done.Kept, err = keepOriginals(w.wish.Path, w.now)
	return err
}

// fill writes the fresh database. It is thrown away when anything fails, so it
// need not be synced before it is whole.
func (w *repairing) fill() (err error) {
	fresh := w.wish.Path + freshSuffix
	if err := createFile(fresh); err != nil {
		return err
	}
	db, err := connect(fresh, readWrite, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrate(w.ctx, db, fresh, w.now, migrations()); err != nil {
		return err
	}
	tx, err := db.BeginTx(w.ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit there is nothing to roll back
	s, err := newSalvage(w.ctx, tx, w.now)
	if err != nil {
		return err
	}
	if err := w.gather(s); err != nil {
		return err
	}
	return tx.Commit()
}

// gather asks every source in turn: the database itself, its pages without the
// engine, and the backups.
func (w *repairing) gather(s *salvage) (err error) {
	var got gleaned
	if w.ground != "" {
		if got, err = w.readGround(s); err != nil {
			return err
		}
	}
	if s.sound == 0 {
		if w.done.Fetched, err = s.takeWhole(w.wish.Backups, w.wish.Path); err != nil {
			return err
		}
	}
	missing, err := s.gaps()
	if err != nil {
		return err
	}
	if w.ground != "" && (w.garbled || got.holes || !got.end || len(missing) > 0 || s.harm > 0) {
		if w.done.Carved, err = s.carveFile(w.ground, w.wal); err != nil {
			return err
		}
	}
	fetched, err := s.fetch(w.wish.Backups, w.wish.Path)
	if err != nil {
		return err
	}
	w.done.Fetched = append(w.done.Fetched, fetched...)
	if w.done.Missing, err = s.accountFor(w.seen); err != nil {
		return err
	}
	if s.sound == 0 {
		return w.nothing(s)
	}
	return w.settleDevice(s, got)
}

func (w *repairing) readGround(s *salvage) (got gleaned, err error) {
	from, err := connectStill(w.ground)
	if err != nil {
		return got, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if got, err = s.takeLog(from, w.seen.N); err != nil {
		return got, err
	}
	return got, s.takeTables(from)
}

// nothing is the answer when no source had a single event. A database that
// never had one is no loss.
func (w *repairing) nothing(s *salvage) error {
	traces, err := tracesOf(w.wish.Path)
	if err != nil {
		return err
	}
	if w.ground != "" {
		traces = append(traces, "a file that nothing can be read from")
	}
	if w.seen.N == 0 && s.harm == 0 && w.readable() {
		return w.settleDevice(s, gleaned{end: true})
	}
	return newMissing(w.wish.Path, traces)
}

// readable says whether the ground is a database of ours at all.
func (w *repairing) readable() bool {
	if w.ground == "" {
		return false
	}
	db, err := connectStill(w.ground)
	if err != nil {
		return false
	}
	defer db.Close()
	var device string
	return db.QueryRowContext(w.ctx, "SELECT uid FROM device WHERE self=1").Scan(&device) == nil
}

// settleDevice keeps the device's name when its newest events are there for
// sure. Otherwise a new one begins: two events of one device with the same
// number could never be told apart.
func (w *repairing) settleDevice(s *salvage, got gleaned) error {
	var newest sql.NullInt64
	if err := s.tx.QueryRowContext(w.ctx, "SELECT max(n) FROM event").Scan(&newest); err != nil {
		return err
	}
	sure := !w.garbled && got.end && uint64(newest.Int64) >= w.seen.N && s.self != "" && !w.replaced()
	for _, g := range w.done.Missing {
		end, _, err := s.chainEnd(g.Device)
		if err != nil {
			return err
		}
		sure = sure && g.To < end
	}
	if !sure {
		return nil
	}
	alias, err := s.alias(s.self)
	if err != nil {
		return err
	}
	_, err = s.tx.ExecContext(w.ctx, "UPDATE device SET self=1 WHERE n=?", alias)
	return err
}

func (w *repairing) replaced() bool {
	for _, f := range w.done.Found {
		if f.Fault == LogReplaced || f.Fault == EndLost {
			return true
		}
	}
	return false
}

// finish makes the copies of the log anew and reads the result to its end.
func (w *repairing) finish() (err error) {
	fresh := w.wish.Path + freshSuffix
	s, err := Open(w.ctx, fresh, Options{Clock: w.wish.Clock, NewID: w.wish.NewID})
	if err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, s.Close(), removeAll(fresh+presenceSuffix, fresh+reserveSuffix), syncFile(fresh))
	}()
	if err := w.makeCopies(s); err != nil {
		return err
	}
	report, err := s.Check(w.ctx)
	if err != nil {
		return err
	}
	if !report.Sound() {
		return fmt.Errorf("what was saved is not whole: %s", inWords(report))
	}
	w.done.Events, w.done.Damaged, w.done.Device = report.Events, report.Kept, s.Device()
	return nil
}

// indexAtOnce is how many events are worth waiting for until search knows them;
// with more it catches up when somebody searches.
const indexAtOnce = 20_000

// makeCopies makes the list and search anew. Nothing of it needs to last before
// all of it is synced at the end.
func (w *repairing) makeCopies(s *Store) error {
	if _, err := s.write.ExecContext(w.ctx, "PRAGMA synchronous=OFF"); err != nil {
		return err
	}
	if err := s.rebuildSummaries(w.ctx); err != nil {
		return err
	}
	var events int
	if err := s.read.QueryRowContext(w.ctx, "SELECT count(*) FROM event").Scan(&events); err != nil {
		return err
	}
	if events <= indexAtOnce {
		if _, err := s.Index(w.ctx, 0); err != nil {
			return err
		}
	}
	_, err := s.write.ExecContext(w.ctx, "PRAGMA synchronous=FULL")
	return err
}

// withNewHead copies a database whose head is destroyed, and gives the copy one
// that can be read.
func withNewHead(path, scratch string) error {
	if err := copyFile(path, scratch); err != nil {
		return err
	}
	f, err := os.OpenFile(scratch, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(newHead(size(path)/usualPageSize), 0)
	return errors.Join(err, f.Close())
}

// applyTo writes the pages of a write-ahead log into a copy of its database, in
// the order in which they were committed.
func (w *walFile) applyTo(scratch string) error {
	f, err := os.OpenFile(scratch, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	frames := w.upToLastCommit()
	var pages uint32
	for _, frame := range frames {
		if frame.commit != 0 && frame.whole {
			pages = frame.commit
		}
	}
	for _, frame := range frames {
		if frame.page == 0 || pages > 0 && frame.page > pages {
			continue
		}
		if _, err := f.WriteAt(w.content(frame), int64(frame.page-1)*int64(w.pageSize)); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}
