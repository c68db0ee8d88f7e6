package data

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gofrs/flock"

	sqlite3 "modernc.org/sqlite/lib"
)

// enterAfter is enter, with a look at the place before. Whoever comes first
// looks while nobody else has the database open; who comes later finds it looked
// at.
func enterAfter(ctx context.Context, path string, look func() error) (*presence, error) {
	lock := flock.New(path+presenceSuffix, flock.SetPermissions(0o600))
	waiting, stop := context.WithTimeout(ctx, waitToEnter)
	defer stop()
	for {
		first, err := lock.TryLock()
		if err != nil {
			return nil, err
		}
		if first {
			err := errors.Join(look(), lock.Unlock())
			if err != nil {
				return nil, err
			}
			return enter(ctx, path)
		}
		if shared, err := lock.TryRLock(); shared || err != nil {
			return &presence{lock: lock}, err
		}
		select {
		case <-waiting.Done():
			return enter(ctx, path) // it says who is in the way
		case <-time.After(askAgain):
		}
	}
}

// looked is what a first look says about a database that can be used.
type looked struct {
	unclean bool // it was not closed the last time
}

// lookFirst carries an interrupted swap to its end and then looks.
func lookFirst(ctx context.Context, path string) (looked, error) {
	if err := finishSwap(path); err != nil {
		return looked{}, err
	}
	return look(ctx, path)
}

// look looks at a database before the engine may write to it: what the engine
// would do with a foreign or garbled write-ahead log cannot be taken back. The
// database must be held alone. Nothing is changed.
func look(ctx context.Context, path string) (looked, error) {
	if rollsBack(path) {
		return looked{unclean: true}, nil
	}
	if size(path) == 0 {
		return looked{}, lookAtNothing(ctx, path)
	}
	if wish, err := os.ReadFile(path + wishSuffix); err == nil {
		return looked{}, newDamaged(path, nil, damage(UnfinishedMend, "%s", orElse(string(wish), "a repair was asked for.")))
	}
	seen, known := readWitness(path)
	if f, wrong := lookAtHead(path, known); wrong {
		return looked{}, newDamaged(path, nil, f)
	}
	wal, err := readWAL(path)
	if err != nil {
		return looked{}, err
	}
	if f, wrong := lookAtMark(ctx, path, known); wrong {
		return looked{}, newDamaged(path, nil, f)
	}
	if f, wrong, err := lookAtWAL(ctx, path, wal, seen); err != nil || wrong {
		return looked{}, refusal(path, f, wrong, err)
	}
	if known {
		if f, wrong, err := lookAtEnd(ctx, path, wal, seen); err != nil || wrong {
			return looked{}, refusal(path, f, wrong, err)
		}
	}
	return looked{unclean: wal != nil}, nil
}

// journalMagic begins a rollback journal that is in force.
var journalMagic = []byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}

// rollsBack says whether the engine will first undo what was being written when
// the power went. Our databases have such a journal while they are being made,
// and after a restore until they are opened. Before that the file may have any
// size and any head, and means nothing.
func rollsBack(path string) bool {
	f, err := os.Open(path + "-journal")
	if err != nil {
		return false
	}
	defer f.Close()
	begins := make([]byte, len(journalMagic))
	n, _ := f.ReadAt(begins, 0)
	return n == len(begins) && bytes.Equal(begins, journalMagic)
}

// refusal is damage where the engine or a finding says so. An engine that does
// not know our tables is told apart later, by who the file belongs to.
func refusal(path string, f Finding, wrong bool, err error) error {
	if wrong {
		return newDamaged(path, err, f)
	}
	if damaged, is := asDamaged(path, err); is {
		return damaged
	}
	if resultCode(err) == sqlite3.SQLITE_ERROR {
		return nil
	}
	return err
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// lookAtNothing is the look at a place without a database, or with an empty
// file: nothing else there, and it is the first start.
func lookAtNothing(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil && size(path+"-wal") > walHeaderSize {
		return newDamaged(path, nil, damage(CutShort, "%s is empty, and its write-ahead log is not.", path))
	}
	traces, err := tracesOf(path)
	if err != nil || len(traces) == 0 {
		return err
	}
	missing := newMissing(path, traces)
	missing.Newest = newestCopy(ctx, backupsOf(path, ""), path)
	return missing
}

// databaseHead is how many bytes the head of a database has.
const databaseHead = 100

// lookAtHead reads the first bytes of a database that nobody has open.
func lookAtHead(path string, ours bool) (Finding, bool) {
	f, err := os.Open(path)
	if err != nil {
		return Finding{}, false // the engine says it better
	}
	defer f.Close()
	head := make([]byte, databaseHead)
	n, _ := f.ReadAt(head, 0)
	if n < databaseHead || !isHead(head) || ours && binary.BigEndian.Uint32(head[56:]) != inUTF8 {
		return damage(NotADatabase, "%s is not a database, or its beginning is destroyed.", path), true
	}
	pages, whole := int64(binary.BigEndian.Uint32(head[28:])), pageSizeOf(head)
	current := bytes.Equal(head[24:28], head[92:96]) // else the number of pages is not to be relied on
	if current && size(path+"-wal") == 0 && size(path) < pages*int64(whole) {
		return damage(CutShort, "%s was cut short: %d of %d bytes are there.", path, size(path), pages*int64(whole)), true
	}
	return Finding{}, false
}

// lookAtMark tells a head whose marks are damaged from the file of another
// program or of a newer version: there is a witness only beside our own, and
// each version has its record in the file.
func lookAtMark(ctx context.Context, path string, ours bool) (Finding, bool) {
	destroyed := damage(NotADatabase, "the beginning of %s is damaged: it does not say any more what the file is.", path)
	db, err := openToRead(path, size(path+"-wal") > 0)
	if err != nil {
		return Finding{}, false
	}
	defer db.Close()
	var application, version, recorded, fields int
	err = db.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema WHERE name='migration')`).Scan(&application, &version, &fields)
	if err != nil || fields == 0 {
		return destroyed, ours && ctx.Err() == nil && !fromOutside(err)
	}
	if err := db.QueryRowContext(ctx, "SELECT max(version) FROM migration").Scan(&recorded); err != nil {
		return destroyed, ours && ctx.Err() == nil && !fromOutside(err)
	}
	return destroyed, ours && application != applicationID || version != recorded && application == applicationID
}

// magic begins every database, and inUTF8 is the encoding of ours.
const (
	magic  = "SQLite format 3\x00"
	inUTF8 = 1
)

// isHead says whether the fields that are the same in every database are.
func isHead(head []byte) bool {
	return string(head[:16]) == magic && isPageSize(sizeInHead(head)) &&
		(head[18] == 1 || head[18] == 2) && (head[19] == 1 || head[19] == 2) && bytes.Equal(head[21:24], []byte{64, 32, 32})
}

// newHead is a head that the engine can read a database of ours with, when its
// own is destroyed.
func newHead(pages int64) []byte {
	head := make([]byte, databaseHead)
	copy(head, magic)
	binary.BigEndian.PutUint16(head[16:], usualPageSize)
	copy(head[18:], []byte{1, 1, 0, 64, 32, 32})
	const counter, schemaFormat = 1, 4
	for at, value := range map[int]uint32{
		24: counter, 28: uint32(pages), 40: counter, 44: schemaFormat, 56: inUTF8, 60: uint32(len(migrations())), 68: applicationID, 92: counter,
	} {
		binary.BigEndian.PutUint32(head[at:], value)
	}
	return head
}

// pageSizeIn is the size of the pages of a database that nobody has open.
func pageSizeIn(path string) int {
	f, err := os.Open(path)
	if err != nil {
		return usualPageSize
	}
	defer f.Close()
	head := make([]byte, databaseHead)
	_, _ = f.ReadAt(head, 0)
	return pageSizeOf(head)
}

// pageSizeOf reads the size of a database's pages from its head.
func pageSizeOf(head []byte) int {
	if n := sizeInHead(head); isPageSize(n) {
		return n
	}
	return usualPageSize
}

func sizeInHead(head []byte) int {
	const largest = 65536 // does not fit, and is written as 1
	if n := int(binary.BigEndian.Uint16(head[16:])); n != 1 {
		return n
	}
	return largest
}

// lookAtWAL asks whether the engine may use the write-ahead log that an unclean
// end left behind.
func lookAtWAL(ctx context.Context, path string, wal *walFile, seen witnessed) (f Finding, wrong bool, err error) {
	if wal == nil {
		return Finding{}, false, nil
	}
	if lost := wal.dropped(); lost > 0 {
		return damage(GarbledWAL, "the write-ahead log of %s is garbled in its middle: %s in it would be dropped.", path, plural(lost, "saved change", "saved changes")), true, nil
	}
	if bytes.Equal(seen.WAL, wal.salt[:]) {
		return Finding{}, false, nil
	}
	foreign, err := isForeign(ctx, path)
	if foreign {
		return damage(ForeignWAL, "the write-ahead log beside %s belongs to another database.", path), true, nil
	}
	return Finding{}, false, err
}

// isForeign says whether the write-ahead log of a database takes away what the
// database alone has: the log only ever grows, so its own never does.
func isForeign(ctx context.Context, path string) (bool, error) {
	alone, err := connectStill(path)
	if err != nil {
		return false, err
	}
	defer alone.Close()
	with, err := connect(path, readOnly, 1)
	if err != nil {
		return false, err
	}
	defer with.Close()
	return differs(ctx, alone, with)
}

// differs says whether what one log has is not in the other: an event, the
// name of the device, or the order of the pages. When the first cannot be read
// itself, nothing is known.
func differs(ctx context.Context, one, other *sql.DB) (bool, error) {
	var device, otherDevice string
	const self = "SELECT uid FROM device WHERE self=1"
	if err := one.QueryRowContext(ctx, self).Scan(&device); err != nil {
		return false, ctx.Err()
	}
	lacks := other.QueryRowContext(ctx, self).Scan(&otherDevice) != nil || device != otherDevice
	if !lacks {
		var err error
		if lacks, err = lacksEvents(ctx, one, other); err != nil {
			return false, err
		}
	}
	// In the middle of a checkpoint that a power cut ended, the database alone
	// makes no sense, and can seem to have anything.
	return (lacks || !engineContent(ctx, other)) && engineContent(ctx, one), ctx.Err()
}

// engineContent says whether the engine finds nothing wrong.
func engineContent(ctx context.Context, db *sql.DB) bool {
	var says string
	return db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&says) == nil && says == "ok"
}

// lacksEvents goes through two logs side by side.
func lacksEvents(ctx context.Context, one, other *sql.DB) (bool, error) {
	const all = "SELECT n, sum FROM event ORDER BY n"
	have, err := one.QueryContext(ctx, all)
	if err != nil {
		return false, ctx.Err()
	}
	defer have.Close()
	there, err := other.QueryContext(ctx, all)
	if err != nil {
		return true, ctx.Err()
	}
	defer there.Close()
	for have.Next() {
		var n, m uint64
		var a, b sum
		if have.Scan(&n, &a) != nil {
			continue
		}
		for m < n && there.Next() {
			if err := there.Scan(&m, &b); err != nil {
				return true, ctx.Err()
			}
		}
		if m != n || a != b {
			return true, ctx.Err()
		}
	}
	return false, ctx.Err()
}

// lookAtEnd holds the log against the witness.
func lookAtEnd(ctx context.Context, path string, wal *walFile, seen witnessed) (f Finding, wrong bool, err error) {
	db, err := openToRead(path, wal != nil)
	if err != nil {
		return Finding{}, false, err
	}
	defer db.Close()
	lost, err := seen.missingFrom(ctx, db)
	if err != nil || lost == nil {
		return Finding{}, false, err
	}
	return lossFinding(*lost), true, nil
}

func lossFinding(lost Loss) Finding {
	if lost.Replaced {
		return damage(LogReplaced, "other changes stand where %d known ones were: somebody put another database in this place.", lost.To)
	}
	return damage(EndLost, "the end of the log is missing: %s up to number %d.", plural(int(lost.To-lost.From+1), "saved change", "saved changes"), lost.To)
}

// setAside moves what is left of a database into a folder of its own, so that
// an empty one can begin.
func setAside(path string, now time.Time) error {
	if _, err := keepOriginals(path, now); err != nil {
		return fmt.Errorf("what is left could not be kept: %w", err)
	}
	return removeAll(path+"-wal", path+"-shm", path+".witness", path+wishSuffix)
}
