package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"firebreak/workflow"
)

// RestoreWish says which backup is to take a database's place.
type RestoreWish struct {
	Database    string // where it goes
	From        string // the backup
	BackupsDir  string // where a backup of what is there now goes; empty: the usual folder
	Attachments string // where attached files go back to; empty: nowhere
	Clock       func() time.Time
	NewID       func() string // names the new device; nil: random
	// Progress hears how far it has come, in bytes; see BackupWish.
	Progress func(done, all int64)

	at func(step string) error // tests look at the disk, or stop here
}

// Restored is what a restore did.
type Restored struct {
	From   Backup
	Safety *Backup // a backup of what was there before; nil: nothing was there, or it could not be read
	Aside  string  // the folder with the files as they were, when they were damaged
	// Difference is what came and went with it; nil when what was there could
	// not be read.
	Difference *Difference
	Device     workflow.DeviceID
	Files      int // attachments that were missing and are there again
}

// notRestored begins the sentence when nothing was restored.
const notRestored = "Nothing was restored"

// Restore puts a backup into the place of a database, which nobody may have
// open. What is there is backed up first; when it is damaged, its files are
// kept as they are as well. A restore that fails, is cancelled or is killed
// leaves either the old database or the new one, whole.
//
// The restored database gets a new device: the old one may have gone on
// elsewhere, and two logs that number their changes as one device could never
// be told apart. A backup of an older schema is brought up to date.
func Restore(ctx context.Context, wish RestoreWish) (Restored, error) {
	if wish.Clock == nil {
		return Restored{}, errors.New("data.Restore needs a clock")
	}
	if wish.NewID == nil {
		wish.NewID = uuid.NewString
	}
	if wish.at == nil {
		wish.at = func(string) error { return nil }
	}
	database, err := filepath.Abs(wish.Database)
	if err != nil {
		return Restored{}, explain(notRestored, wish.Database, err)
	}
	wish.Database = database
	wish.BackupsDir = orElse(wish.BackupsDir, filepath.Join(filepath.Dir(database), "backups"))
	done, err := (&restoring{wish: wish}).run(ctx)
	return done, explain(notRestored, database, err)
}

// restoring is one restore on its way.
type restoring struct {
	wish  RestoreWish
	track *track
	done  Restored
}

func (r *restoring) run(ctx context.Context) (Restored, error) {
	if err := r.refuseItself(); err != nil {
		return r.done, err
	}
	mine, err := alone(ctx, r.wish.Database)
	if err != nil {
		return r.done, err
	}
	defer mine.leave()
	from, old := size(r.wish.From), size(r.wish.Database)
	r.track = newWhole(r.wish.Progress, from+3*old+2*from) // checked; copied, compared, checked; copied, compared
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"checked", r.checkSource},
		{"kept", r.keepWhatIsThere},
		{"built", r.build},
		{"attached", r.bringFilesBack},
		{"begun", func(context.Context) error { return beginSwap(r.wish.Database) }},
		{"done", func(context.Context) error { return finishSwap(r.wish.Database) }},
	} {
		if err := ctx.Err(); err != nil && step.name != "done" {
			return r.done, errors.Join(err, r.dropUnfinished())
		}
		if err := step.do(ctx); err != nil {
			if step.name != "done" { // else whoever comes next carries it on
				err = errors.Join(err, r.dropUnfinished())
			}
			return r.done, err
		}
		if err := r.wish.at(step.name); err != nil {
			return r.done, err
		}
	}
	r.track.end()
	return r.done, nil
}

// refuseItself keeps a database from being restored from its own file.
func (r *restoring) refuseItself() error {
	from, err := os.Stat(r.wish.From)
	if errors.Is(err, fs.ErrNotExist) {
		return &Trouble{
			Says: fmt.Sprintf("%s: there is no file %s.", notRestored, r.wish.From),
			Safe: "Nothing was changed.", Do: "These backups are there: firebreak backup list.", Err: err,
		}
	}
	if err != nil {
		return err
	}
	if there, err := os.Stat(r.wish.Database); err == nil && os.SameFile(from, there) {
		return &Trouble{
			Says: fmt.Sprintf("%s: %s is the database itself.", notRestored, r.wish.From),
			Safe: "Nothing was changed.", Do: "Choose a backup: firebreak backup list.",
		}
	}
	return nil
}

// checkSource reads the backup to its end before anything else is touched.
func (r *restoring) checkSource(ctx context.Context) error {
	from, err := checkBackup(ctx, r.wish.From, r.track)
	if err != nil {
		return err
	}
	r.done.From = from
	if from.Verdict == VerdictDamaged {
		return &Trouble{
			Says: fmt.Sprintf("%s: the backup %s is damaged: %s.", notRestored, r.wish.From, from.Says),
			Safe: "Nothing was changed.",
			Do:   "Choose another one: firebreak backup list. What can be read of this one, firebreak doctor can fetch.",
		}
	}
	return nil
}

// keepWhatIsThere backs up what the restore will replace.
func (r *restoring) keepWhatIsThere(ctx context.Context) error {
	if err := errors.Join(dropWorkings(r.wish.Database), removeAll(r.wish.Database+freshSuffix+partialSuffix)); err != nil {
		return err
	}
	if err := r.rollBack(ctx); err != nil {
		return err
	}
	_, err := lookFirst(ctx, r.wish.Database)
	var damaged *Damaged
	var missing *Missing
	switch {
	case errors.As(err, &missing), err == nil && size(r.wish.Database) == 0:
		return r.keepOriginals() // a log without a database, perhaps
	case errors.As(err, &damaged):
		if err := r.keepOriginals(); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		if err := r.refuseForeign(ctx); err != nil {
			return err
		}
	}
	safety, err := backUp(ctx, r.wish.Database, BackupWish{
		Dir: r.wish.BackupsDir, Why: BeforeRestore, Thorough: true, track: r.track,
	}, r.wish.Clock())
	switch {
	case err == nil:
		r.done.Safety = &safety
	case ctx.Err() != nil:
		return ctx.Err()
	case !isDamage(err):
		return fmt.Errorf("what is there now could not be backed up: %w", err)
	}
	if r.done.Safety == nil || safety.Verdict == VerdictDamaged {
		if err := r.keepOriginals(); err != nil {
			return err
		}
	}
	if r.done.Safety != nil {
		r.done.Difference, _ = Compare(ctx, safety.Path, r.wish.From) // it is told, never needed
	}
	return ctx.Err()
}

// rollBack lets the engine undo a change of the schema that was cut off, as it
// would at the next start. Its journal must not lie beside another file.
func (r *restoring) rollBack(ctx context.Context) error {
	if size(r.wish.Database+"-journal") == 0 {
		return nil
	}
	db, err := connect(r.wish.Database, readWrite, 1)
	if err != nil {
		return err
	}
	var tables int
	err = errors.Join(db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables), db.Close())
	if err == nil || isDamage(err) {
		err = removeAll(r.wish.Database + "-journal")
	}
	return err
}

// refuseForeign leaves a database of another program, or of a newer one, alone.
func (r *restoring) refuseForeign(ctx context.Context) error {
	db, err := connect(r.wish.Database, readOnly, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	steps := migrations()
	_, err = identify(ctx, db, r.wish.Database, steps[len(steps)-1].version)
	if isDamage(err) {
		return r.keepOriginals()
	}
	return err
}

// keepOriginals keeps the files that are there, as they are, in a folder of
// their own.
func (r *restoring) keepOriginals() (err error) {
	if r.done.Aside != "" {
		return nil
	}
	there := false
	for _, suffix := range companions {
		there = there || size(r.wish.Database+suffix) > 0
	}
	if there {
		r.done.Aside, err = keepOriginals(r.wish.Database, r.wish.Clock())
	}
	return err
}

// dropUnfinished removes what was being built.
func (r *restoring) dropUnfinished() error {
	return errors.Join(dropWorkings(r.wish.Database), removeAll(r.wish.Database+freshSuffix+partialSuffix))
}
