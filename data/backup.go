package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"
)

// Reason says why a backup was made. It is a part of the file's name.
type Reason string

// The reasons. A backup before a migration is called "before-v2", after the
// schema that it was made before.
const (
	Timed         Reason = "timed"          // every quarter of an hour
	Asked         Reason = "asked"          // somebody wanted one
	OnQuit        Reason = "quit"           // the program was closed
	BeforeRestore Reason = "before-restore" // what was there before a backup took its place
)

// Verdict is how much is known of what a backup holds.
type Verdict string

// The verdicts. Every backup was compared with the database byte by byte, and
// opened. A sound one was read to its end as well: every event's seal and link,
// and the engine's own structures. A damaged one is a true copy of a database
// that was damaged itself.
const (
	VerdictCompared Verdict = ""
	VerdictSound    Verdict = "sound"
	VerdictDamaged  Verdict = "damaged"
)

// Backup is a copy of a database in one file, and what it holds.
type Backup struct {
	Path      string
	Database  string    // the name of the database: "firebreak"
	At        time.Time // when it was made, UTC
	Why       Reason    // empty: the file was renamed
	Bytes     int64
	Changes   uint64 // the position of its newest event
	Incidents int
	Newest    time.Time // when its newest event was recorded, UTC; zero: it has none
	Schema    int
	Drafts    uint64 // a sum of the half-typed text in it; 0: there is none
	Verdict   Verdict
	Says      string // what is damaged
	Files     int    // attachments that it carries inside
	Left      int    // attachments that could not be read, and are not in it
}

// BackupWish is what a backup is to be like.
type BackupWish struct {
	Dir string // the folder of the backups; the file gets its name by itself
	To  string // a file of this name instead; it must not exist
	Why Reason
	// Thorough reads the copy to its end, whatever its size. Small ones always
	// are, and large ones once a day.
	Thorough bool
	// Attachments is the folder of attached files: "" are none. They are copied
	// once into Dir, or into the file itself with To.
	Attachments string
	// Progress hears how far it has come, in bytes. It is called from several
	// goroutines, one at a time.
	Progress func(done, all int64)

	track    *track                    // of the larger work that this is a part of
	compared bool                      // comparing is enough: what is copied was read to its end
	disk     func(io.Writer) io.Writer // tests let the disk fail; nil: it is as it is
}

// notBackedUp begins the sentence when a backup could not be made.
const notBackedUp = "No backup was made"

// Backup writes a verified copy of the database as it is at this moment, while
// others go on writing. It answers when the copy is on the disk and proven: it
// was read back and compared, and it opens and holds what the database held.
// A backup that fails or is cancelled leaves nothing behind.
//
// A damaged database is copied as it is, and the backup says so.
func (s *Store) Backup(ctx context.Context, wish BackupWish) (Backup, error) {
	err := s.site.holds(notBackedUp) // else another file would be copied, or none
	var made Backup
	if err == nil {
		made, err = backUp(ctx, s.path, wish, s.clock())
	}
	if err != nil {
		return Backup{}, explain(notBackedUp, backupPlace(wish), err)
	}
	return made, nil
}

func backupPlace(wish BackupWish) string {
	if wish.To != "" {
		return wish.To
	}
	return wish.Dir
}

// backUp makes a backup of a database that this or another process has open,
// or nobody.
func backUp(ctx context.Context, database string, wish BackupWish, now time.Time) (Backup, error) {
	db, err := connect(database, readOnly, 1)
	if err != nil {
		return Backup{}, err
	}
	defer db.Close()
	// Each page is asked for once: a large cache only costs time.
	if _, err := db.ExecContext(ctx, "PRAGMA cache_size=100"); err != nil {
		return Backup{}, err
	}
	c := &copying{from: database, db: db, to: backupPlace(wish), wish: wish, now: now.UTC(), track: wish.track}
	if c.track == nil {
		c.track = newTrack(wish.Progress)
	}
	folder := wish.Dir
	if wish.To != "" {
		folder = filepath.Dir(wish.To)
	}
	if err := makeDir(folder); err != nil {
		return Backup{}, err
	}
	if wish.To == "" {
		c.to, c.file, err = claim(wish.Dir, databaseName(database), c.now, wish.Why)
	} else {
		c.file, err = claimNamed(c.to, c.now)
	}
	if err != nil {
		return Backup{}, err
	}
	return c.run(ctx)
}

// copyTo writes a whole and verified copy of an open database, also of one whose
// file has lost its name.
func copyTo(ctx context.Context, db *sql.DB, to string) error {
	if err := makeDir(filepath.Dir(to)); err != nil {
		return err
	}
	file, err := claimNamed(to, time.Time{})
	if err != nil {
		return err
	}
	made, err := (&copying{db: db, to: to, file: file, wish: BackupWish{To: to, Thorough: true}}).run(ctx)
	if err == nil && made.Verdict == VerdictDamaged {
		err = fmt.Errorf("the copy %s is as damaged as the database: %s", to, made.Says)
	}
	return err
}

// backupBefore keeps a verified copy of the database as it is, before a
// migration touches it.
func backupBefore(ctx context.Context, path string, version int, now time.Time) error {
	dir := filepath.Join(filepath.Dir(path), "backups")
	made, err := backUp(ctx, path, BackupWish{Dir: dir, Why: beforeVersion(version), Thorough: true}, now)
	if err == nil && made.Verdict == VerdictDamaged {
		err = errors.New(made.Says)
		return &Trouble{
			Says: fmt.Sprintf("%s: it needs a new schema, and it is damaged: %s.", opening, made.Says),
			Safe: "The database was not changed. A copy of it as it is was kept: " + made.Path + ".",
			Do:   "Mend it with firebreak doctor, then start again.",
			Err:  err,
		}
	}
	if err != nil {
		return &Trouble{
			Says: fmt.Sprintf("%s: it needs a new schema, and the backup before that failed: %v.", opening, err),
			Safe: "The database was not changed.",
			Do:   "Make room and allow writing in " + dir + ", then start again.",
			Err:  err,
		}
	}
	return nil
}

func beforeVersion(version int) Reason { return Reason(fmt.Sprintf("before-v%d", version)) }
