package house

import (
	"context"
	"errors"
	"sync"

	"firebreak/app/journal"
	"firebreak/app/session"
	"firebreak/data"
)

// archive keeps the backups of the real log.
type archive struct {
	house *House

	mu   sync.Mutex
	last *data.Backup // the one that was made last in this run; nil: none yet
}

var _ session.Archive = (*archive)(nil)

func (h *House) archive() session.Archive { return &archive{house: h} }

// Backups lists the backups of the real log, the newest first.
func (a *archive) Backups(context.Context) ([]session.Backup, error) {
	found, err := a.list()
	list := make([]session.Backup, len(found))
	for i, b := range found {
		list[i] = shown(b)
	}
	return list, err
}

func (a *archive) list() ([]data.Backup, error) {
	return data.BackupsOf(a.house.Places.Backups(), a.house.Places.Database())
}

func shown(b data.Backup) session.Backup {
	s := session.Backup{
		Path: b.Path, At: b.At, Why: session.BackupReason(b.Why), Bytes: b.Bytes, Changes: b.Changes, Incidents: b.Incidents, Newest: b.Newest,
		Read: b.Verdict == data.VerdictSound, Left: b.Left,
	}
	if b.Verdict == data.VerdictDamaged {
		s.Damaged = b.Says
		if s.Damaged == "" {
			s.Damaged = "the database was damaged when it was made"
		}
	}
	return s
}

// Changed says whether the log holds anything that the newest backup lacks. The
// newest is the one that was made last, also when the clock was set back since.
func (a *archive) Changed(ctx context.Context) (bool, error) {
	a.mu.Lock()
	last := a.last
	a.mu.Unlock()
	if last == nil {
		found, err := a.list()
		if err != nil {
			return false, err
		}
		if last = &(data.Backup{}); len(found) > 0 {
			last = &found[0]
		}
	}
	return a.house.shelf.Store().Lacks(ctx, *last)
}

// Backup makes one, and removes those that are too many.
func (a *archive) Backup(ctx context.Context, why session.BackupReason, progress func(done, all int64)) (session.Backup, error) {
	places := a.house.Places
	made, err := a.house.shelf.Store().Backup(ctx, data.BackupWish{
		Dir: places.Backups(), Why: data.Reason(why), Thorough: why == session.AskedBackup,
		Attachments: places.Attachments(), Progress: progress,
	})
	if err != nil {
		a.house.log.Error("backup.failed", journal.Is("why", journal.Word(why)), journal.Failed(err))
		return session.Backup{}, err
	}
	a.house.log.Info("backup.made", journal.Is("why", journal.Word(why)), journal.Is("verdict", journal.Word(made.Verdict)), journal.Count("changes", int(made.Changes)))
	a.mu.Lock()
	a.last = &made
	a.mu.Unlock()
	if _, err := data.Thin(places.Backups(), places.Database(), a.house.clock.Now(), data.KeepBackups); err != nil {
		a.house.log.Error("backup.thin", journal.Failed(err)) // one too many is none too few
	}
	return shown(made), nil
}

// Compare says what a restore would take and bring.
func (a *archive) Compare(ctx context.Context, path string) (session.Difference, error) {
	d, err := data.Compare(ctx, a.house.Places.Database(), path)
	if err != nil {
		return session.Difference{}, err
	}
	return session.Difference{Lacks: d.Lacks, Incidents: d.Incidents, Adds: d.Adds}, nil
}

// Restore closes the real log, puts a backup into its place, and opens what is
// there then. The desk stands still meanwhile.
func (a *archive) Restore(ctx context.Context, path string, progress func(done, all int64)) (session.Restored, error) {
	h := a.house
	closing := h.shelf.Store().Close() // what it says of the old log hinders nobody
	done, err := data.Restore(ctx, data.RestoreWish{
		Database: h.Places.Database(), From: path, BackupsDir: h.Places.Backups(), Attachments: h.Places.Attachments(),
		Clock: h.clock.Now, Progress: progress,
	})
	store, opening := h.openStore(ctx, h.Places.Database(), "real")
	if opening == nil {
		h.shelf.Move(store)
	}
	if err = errors.Join(err, opening); err != nil {
		h.log.Error("restore.failed", journal.Failed(errors.Join(err, closing)))
		return session.Restored{}, err
	}
	h.log.Info("restore.done", journal.Count("changes", int(done.From.Changes)))
	a.mu.Lock()
	a.last = nil
	a.mu.Unlock()
	r := session.Restored{From: shown(done.From), Aside: done.Aside, Lacks: -1}
	if done.Safety != nil {
		r.Safety = done.Safety.Path
	}
	if done.Difference != nil {
		r.Lacks = done.Difference.Lacks
	}
	return r, nil
}
