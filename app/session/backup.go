package session

import (
	"context"
	"fmt"
	"time"
)

// Archive keeps backups of the real log, and can put one back in its place. Its
// errors are sentences for a person.
type Archive interface {
	// Backups lists them, the newest first.
	Backups(ctx context.Context) ([]Backup, error)
	// Changed says whether the log holds anything that the newest backup lacks.
	Changed(ctx context.Context) (bool, error)
	// Backup makes one, and removes those that are too many.
	Backup(ctx context.Context, why BackupReason, progress func(done, all int64)) (Backup, error)
	// Compare says what a restore would take and bring.
	Compare(ctx context.Context, path string) (Difference, error)
	// Restore puts a backup into the place of the log. When it answers, the log
	// is open again: the restored one, or after an error the one from before.
	Restore(ctx context.Context, path string, progress func(done, all int64)) (Restored, error)
}

// BackupReason says why a backup is made.
type BackupReason string

// The reasons. Those made before a migration or a restore have others.
const (
	TimedBackup BackupReason = "timed"
	AskedBackup BackupReason = "asked"
	QuitBackup  BackupReason = "quit"
)

// Backup is a verified copy of the log.
type Backup struct {
	Path      string
	At        time.Time
	Why       BackupReason
	Bytes     int64
	Changes   uint64
	Incidents int
	Newest    time.Time // when its newest change was recorded; zero: it has none
	Read      bool      // it was read to its end, and is sound
	Damaged   string    // what is damaged in it; empty: nothing that is known
	Left      int       // attached files that could not be read, and are not with it
}

// Difference is what a restore would take and bring.
type Difference struct {
	Lacks     int // changes of now that the backup does not hold
	Incidents int // incidents of now that the backup knows nothing of
	Adds      int // changes of the backup that are not there now
}

// Restored is what a restore did.
type Restored struct {
	From   Backup
	Safety string // the backup of what was there before; empty: nothing was there
	Aside  string // the folder with the files as they were, when they were damaged
	Lacks  int    // changes of before that are not there now; they are in Safety. -1: not known
}

// Backups is what is known of the backups.
type Backups struct {
	On        bool // there is somebody who makes them
	Known     bool // they were looked at
	List      []Backup
	Last      time.Time // when the newest was made; zero: there is none
	Changed   bool      // the log holds something that the newest lacks
	Trouble   string    // the last one failed, or the log is damaged: what happened, what is safe, what to do
	Running   bool
	Restoring bool
	Done, All int64 // of what is running, in bytes
}

// BackupEvery is how often a backup is made while something is written.
const BackupEvery = 15 * time.Minute

// retryBackup is how long the desk waits after an attempt that found nothing to
// do, or failed.
const retryBackup = time.Minute

// backups is how far the desk has come with them.
type backups struct {
	archive Archive
	listed  time.Time // when the list was read last
	tried   time.Time // when it was last looked whether one is due; zero: never
	told    time.Time // when the progress was shown last
	warned  string    // the trouble that was said last
	given   bool      // the one under way was given up, and ends soon
	atEnd   bool      // the one before leaving was made, or given up
	still   still
}

// backupJob is the key of the one backup that can be under way.
const backupJob = "backup"

// watchBackups makes a backup when one is due. It goes by the clock on the wall,
// so a laptop that slept through the time makes it when it wakes up, and a
// clock that was set back does not put it off.
func (d *Desk) watchBackups() {
	if d.backups.archive == nil || d.end.asked || d.backups.still.asked || d.Running(backupJob) {
		return
	}
	now := d.clock.Now()
	if !d.state.Backups.Known {
		d.backups.tried = now // the first is not made while the program starts
		d.readBackups()
		return
	}
	if passed(d.backups.listed, now, retryBackup) {
		d.readBackups() // a terminal makes some too
		return
	}
	if !passed(d.state.Backups.Last, now, BackupEvery) || !passed(d.backups.tried, now, retryBackup) {
		return
	}
	d.backups.tried = now
	archive := d.backups.archive
	d.start(backupJob, &job{keeps: true}, func(ctx context.Context) (func(), error) {
		changed, err := archive.Changed(ctx)
		if err != nil || !changed {
			return func() {
				d.state.Backups.Changed = false
			}, err
		}
		d.threads.UI(func() { d.state.Backups.Changed = true })
		return d.backUp(ctx, TimedBackup)
	}, d.backedUp(nil))
}

// passed says whether so much time has gone by since a moment. A moment in the
// future counts as long ago: the clock was set back since.
func passed(since, now time.Time, span time.Duration) bool {
	gone := now.Sub(since)
	return since.IsZero() || gone >= span || gone < -time.Minute
}

// readBackups looks at the backups that are there.
func (d *Desk) readBackups() {
	d.backups.listed = d.clock.Now()
	archive := d.backups.archive
	d.Run("backups", func(ctx context.Context) (func(), error) {
		list, err := archive.Backups(ctx)
		return func() {
			d.state.Backups.Known = true
			d.listBackups(list)
			d.show()
		}, err
	}, func(err error) {
		if err != nil {
			d.state.Backups.Known = true
			d.backupTrouble(err.Error())
			d.show()
		}
	})
}

func (d *Desk) listBackups(list []Backup) {
	d.state.Backups.List = list
	last, now := d.state.Backups.Last, d.clock.Now()
	if len(list) > 0 && (last.IsZero() || last.Before(list[0].At) && !list[0].At.After(now)) {
		d.state.Backups.Last = list[0].At
	}
}

// BackUp makes a backup now, because somebody asked for it.
func (d *Desk) BackUp(done func(error)) {
	switch {
	case d.backups.archive == nil:
		d.answer(done, sentence("There is no place for backups here. Nothing was changed."))
	case d.end.asked:
		d.answer(done, errClosing)
	case d.Running(backupJob), d.backups.still.asked:
		d.answer(done, sentence("A backup is being made already. Wait for it to end; nothing was started twice."))
	default:
		d.state.Backups.Running, d.state.Backups.Done, d.state.Backups.All = true, 0, 0
		d.show()
		d.start(backupJob, &job{keeps: true}, func(ctx context.Context) (func(), error) {
			return d.backUp(ctx, AskedBackup)
		}, d.backedUp(done))
	}
}

// backUp works beside the UI thread; what it answers is shown on it.
func (d *Desk) backUp(ctx context.Context, why BackupReason) (func(), error) {
	made, err := d.backups.archive.Backup(ctx, why, d.progress)
	if err != nil {
		return nil, err
	}
	list, err := d.backups.archive.Backups(ctx)
	if err != nil {
		list = []Backup{made}
	}
	return func() {
		d.state.Backups.Last, d.state.Backups.Changed, d.state.Backups.Known = d.clock.Now(), false, true
		d.listBackups(list)
		if made.Damaged != "" {
			d.backupTrouble("The database is damaged: " + made.Damaged + ". It was backed up as it is, and the sound backups are kept. Quit, and run firebreak doctor.")
			return
		}
		if made.Left > 0 {
			d.backupTrouble(fmt.Sprintf("The backup is made, but %d of the attached files could not be read and are not with it. Run firebreak doctor: it says which, and looks for them.", made.Left))
			return
		}
		d.state.Backups.Trouble, d.backups.warned = "", ""
		if why == AskedBackup {
			d.say(Strip{Says: "Backed up and checked: " + made.Path})
		}
	}, nil
}

// backedUp hears how a backup ended.
func (d *Desk) backedUp(done func(error)) func(error) {
	d.backups.given = false
	return func(err error) {
		d.state.Backups.Running = false
		if err != nil {
			d.backupTrouble(err.Error())
		}
		d.show()
		if done != nil {
			done(err)
		}
	}
}

// backupTrouble keeps a trouble where it can be read, and says it once.
func (d *Desk) backupTrouble(says string) {
	d.state.Backups.Trouble = says
	if d.backups.warned != says {
		d.backups.warned = says
		d.say(Strip{Says: says, Warning: true})
	}
}

// progressEvery is how often progress is shown: more often is only flicker.
const progressEvery = 100 * time.Millisecond

// progress is called beside the UI thread.
func (d *Desk) progress(done, all int64) {
	d.threads.UI(func() {
		if d.end.closed || d.backups.given || !d.Running(backupJob) && !d.backups.still.on {
			return
		}
		d.state.Backups.Running, d.state.Backups.Done, d.state.Backups.All = !d.backups.still.on, done, all
		if now := d.clock.Now(); passed(d.backups.told, now, progressEvery) {
			d.backups.told = now
			d.show()
		}
	})
}

// CancelBackup gives up the backup that is under way. Nothing is left of it.
func (d *Desk) CancelBackup() {
	if j := d.jobs[backupJob]; j != nil {
		j.cancel()
		d.backups.given, d.state.Backups.Running = true, false
		d.say(Strip{Says: "The backup was given up. Nothing of it was kept, and the earlier ones are as they were."})
		d.show()
	}
}
