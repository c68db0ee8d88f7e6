package session

import (
	"context"
	"time"
)

// The backup before leaving is made only when something changed. A person who
// waits for more than a moment is told, and never has to wait for long.
const (
	tellQuitAfter = 300 * time.Millisecond
	quitBackupFor = 20 * time.Second
)

// backsUpFirst makes a backup before the desk closes; false when there is
// nothing to wait for.
func (d *Desk) backsUpFirst() bool {
	archive := d.backups.archive
	if archive == nil || d.backups.atEnd {
		return false
	}
	d.backups.atEnd = true
	mine := &job{keeps: true}
	d.start(backupJob, mine, func(ctx context.Context) (func(), error) {
		changed, err := archive.Changed(ctx)
		if err != nil || !changed {
			return nil, err
		}
		return d.backUp(ctx, QuitBackup)
	}, nil) // a failure was told while the program was open, and keeps nobody here
	later := func(after time.Duration, call func()) {
		d.clock.After(after, func() {
			d.threads.UI(func() {
				if d.jobs[backupJob] == mine {
					call()
				}
			})
		})
	}
	later(tellQuitAfter, func() {
		d.Say(Strip{Says: "Backing up before leaving… Everything is saved already.", Undo: "Leave now", Back: d.LeaveNow, Warning: true})
	})
	later(quitBackupFor, d.LeaveNow)
	return true
}

// LeaveNow gives up the backup that the desk makes before it closes. What was
// written is on the disk all the same.
func (d *Desk) LeaveNow() {
	if j := d.jobs[backupJob]; j != nil && d.end.asked {
		d.backups.atEnd = true
		j.cancel()
	}
}
