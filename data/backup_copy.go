package data

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"path/filepath"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// copying is one backup on its way.
//
// The engine hands out the pages of one snapshot, also those that still lie in
// the write-ahead log, so others go on writing meanwhile and the live files are
// not opened by other means. The pages are written to the disk, read back from
// there, and compared by their sums. That takes a third of the time that the
// engine's own copying takes, and copies a damaged database as well, where
// VACUUM stops.
type copying struct {
	from  string // the database
	db    *sql.DB
	to    string // the backup, as it will be called
	wish  BackupWish
	now   time.Time
	track *track

	seed   maphash.Seed
	sums   []uint64  // of each block, as it came from the database
	facts  facts     // what the database holds
	broken string    // why that cannot be told
	file   *os.File  // the unfinished copy
	disk   io.Writer // the file; a test puts a failing disk in between
	bytes  int64
}

// blockBytes is how much is written at once. Larger blocks take four times as
// long: they do not fit into the processor's cache.
const blockBytes = 64 << 10

func (c *copying) run(ctx context.Context) (made Backup, err error) {
	partial := c.to + partialSuffix
	defer func() {
		if err != nil {
			_ = c.file.Close()
			_ = removeAll(partial, partial+"-journal")
		}
	}()
	c.disk, c.seed = c.file, maphash.MakeSeed()
	if c.wish.disk != nil {
		c.disk = c.wish.disk(c.file)
	}
	if err := c.takePages(ctx); err != nil {
		return Backup{}, err
	}
	if err := c.file.Sync(); err != nil {
		return Backup{}, err
	}
	if err := c.compare(ctx); err != nil {
		return Backup{}, err
	}
	if err := c.file.Close(); err != nil {
		return Backup{}, err
	}
	inside, left, err := c.takeAttachments(ctx, partial)
	if err != nil {
		return Backup{}, err
	}
	if made, err = c.prove(ctx, partial); err != nil {
		return Backup{}, err
	}
	made.Files, made.Left = inside, left
	if info, err := os.Stat(partial); err == nil {
		made.Bytes = info.Size()
	}
	return made, c.settle(partial, &made)
}

// takePages writes the database as it is at one moment: the transaction holds
// the snapshot until the last page is there.
func (c *copying) takePages(ctx context.Context) error {
	conn, err := c.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	var pages, size int64
	err = conn.QueryRowContext(ctx, "SELECT (SELECT page_count FROM pragma_page_count), (SELECT page_size FROM pragma_page_size)").Scan(&pages, &size)
	if err != nil {
		return err
	}
	if c.facts, err = readFacts(ctx, conn); isDamage(err) {
		c.broken = fmt.Sprintf("what it holds cannot be counted: %v", err)
	} else if err != nil {
		return err
	}
	c.track.expect(2 * pages * size) // written, and read back
	c.sums = make([]uint64, 0, pages*size/blockBytes+1)
	return conn.Raw(func(raw any) error { return c.writePages(ctx, raw, pages, size) })
}

// isDamage says whether the engine cannot make sense of what it reads.
func isDamage(err error) bool {
	code := resultCode(err)
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// writePages goes around database/sql, which would copy each page twice more.
func (c *copying) writePages(ctx context.Context, raw any, pages, size int64) error {
	queryer, can := raw.(driver.QueryerContext)
	if !can {
		return errors.New("the engine's driver cannot read pages")
	}
	rows, err := queryer.QueryContext(ctx, "SELECT pgno, data FROM sqlite_dbpage", nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	block := make([]byte, 0, blockBytes)
	values := make([]driver.Value, 2)
	for want := int64(1); want <= pages; want++ {
		if err := rows.Next(values); err != nil {
			return fmt.Errorf("page %d of %d: %w", want, pages, err)
		}
		number, _ := values[0].(int64)
		page, _ := values[1].([]byte)
		if number != want || int64(len(page)) != size {
			return fmt.Errorf("the engine answered page %d with %d bytes, and page %d with %d was wanted", number, len(page), want, size)
		}
		if want == 1 {
			standAlone(page)
		}
		if block = append(block, page...); len(block) < blockBytes && want < pages {
			continue
		}
		if err := c.writeBlock(ctx, block); err != nil {
			return err
		}
		block = block[:0]
	}
	return nil
}

// standAlone marks a first page: the file has no write-ahead log beside it, so
// it can be read on any disk, also on one that may only be read.
func standAlone(page []byte) {
	const writeVersion, readVersion, rollbackJournal = 18, 19, 1
	page[writeVersion], page[readVersion] = rollbackJournal, rollbackJournal
}

func (c *copying) writeBlock(ctx context.Context, block []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.sums = append(c.sums, maphash.Bytes(c.seed, block))
	c.bytes += int64(len(block))
	c.track.add(int64(len(block)))
	_, err := c.disk.Write(block)
	return err
}

// compare reads the copy back and holds it against what the database gave.
func (c *copying) compare(ctx context.Context) error {
	if _, err := c.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	block := make([]byte, blockBytes)
	left := c.bytes
	for i, sum := range c.sums {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := block[:min(int64(len(block)), left)]
		if _, err := io.ReadFull(c.file, part); err != nil {
			return err
		}
		if maphash.Bytes(c.seed, part) != sum {
			return fmt.Errorf("the copy differs from the database near byte %d: the disk or the memory is faulty", int64(i)*blockBytes)
		}
		left -= int64(len(part))
		c.track.add(int64(len(part)))
	}
	if n, err := c.file.Read(block); n > 0 || err != io.EOF {
		return errors.New("the copy is longer than the database")
	}
	return nil
}

// settle gives the copy its name, once it is proven.
func (c *copying) settle(partial string, made *Backup) error {
	made.Path = c.to
	if c.wish.To == "" {
		named, _ := readName(c.to)
		made.Path = filepath.Join(filepath.Dir(c.to), nameOf(named.Database, named.At, named.Why, made.Verdict))
	}
	if err := os.Rename(partial, made.Path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(made.Path))
}

// prove opens the copy as a restore would, and compares what it holds.
func (c *copying) prove(ctx context.Context, partial string) (Backup, error) {
	made := Backup{Path: c.to, Database: databaseName(c.from), At: c.now, Why: c.wish.Why, Bytes: c.bytes}
	if named, ok := readName(c.to); ok {
		made.At = named.At
	}
	held, err := factsIn(ctx, partial)
	if err != nil && !isDamage(err) {
		return made, err
	}
	if c.broken == "" && err == nil && !held.same(c.facts) {
		return made, errors.New("the copy does not hold what the database held")
	}
	made.take(c.facts)
	if err != nil && c.broken == "" {
		return made, fmt.Errorf("the copy cannot be read: %w", err)
	}
	if c.broken != "" {
		made.Verdict, made.Says = VerdictDamaged, c.broken
		return made, nil
	}
	if c.thorough() {
		err = inspect(ctx, partial, &made, c.track, c.wish.Why != Timed)
	}
	return made, err
}

// smallBackup is how large a copy may be that is read to its end each time: it
// takes half a second. A larger one is read once a day, or when asked.
const (
	smallBackup  = 64 << 20
	inspectEvery = 24 * time.Hour
)

func (c *copying) thorough() bool {
	if c.wish.compared {
		return false
	}
	if c.wish.Thorough || c.bytes <= smallBackup {
		return true
	}
	if c.wish.Why == OnQuit {
		return false // nobody waits for it at the door
	}
	for _, b := range named(filepath.Dir(c.to), databaseName(c.from)) {
		if since := c.now.Sub(b.At); b.Verdict == VerdictSound && since >= 0 && since < inspectEvery {
			return false
		}
	}
	return true
}
