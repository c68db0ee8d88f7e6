package session

import (
	"context"
	"errors"
	"fmt"

	"firebreak/workflow"
)

// still is a desk that holds its breath while another log takes the place of
// the one that it stands on.
type still struct {
	asked  bool // no change is taken any more
	on     bool // nothing is started beside the UI thread either
	begin  func()
	flying int      // what is under way beside the UI thread
	held   []func() // what was to be started meanwhile
}

// errRestoring refuses a change while a backup is being restored.
const errRestoring = sentence("A backup is being restored. Nothing was changed; what you typed stays in its field. Try again when it is done.")

// Compare asks what a restore would take and bring.
func (d *Desk) Compare(path string, done func(Difference, error)) {
	archive := d.backups.archive
	if archive == nil {
		return
	}
	d.Run("compare", func(ctx context.Context) (func(), error) {
		found, err := archive.Compare(ctx, path)
		return func() { done(found, nil) }, err
	}, func(err error) {
		if err != nil {
			done(Difference{}, err)
		}
	})
}

// Restore puts a backup into the place of the real log. Writes in flight end
// first and half-typed text is saved, so that both are in the backup that is
// made of what is there now.
func (d *Desk) Restore(path string, done func(error)) {
	switch {
	case d.backups.archive == nil:
		d.answer(done, sentence("There is no place for backups here. Nothing was changed."))
		return
	case d.end.asked:
		d.answer(done, errClosing)
		return
	case d.backups.still.asked:
		d.answer(done, errRestoring)
		return
	}
	d.SaveDrafts(func(err error) {
		if err != nil || d.backups.still.asked || d.end.asked {
			d.answer(done, errors.Join(errSavedFirst, err))
			return
		}
		d.backups.still.asked = true
		d.state.Backups.Restoring, d.state.Backups.Done, d.state.Backups.All = true, 0, 0
		d.backups.still.begin = func() { d.restore(path, done) }
		d.show()
		d.rest()
	})
}

const errSavedFirst = sentence("Nothing was restored, because what is half-typed could not be saved first.")

// rest begins once nothing is under way any more.
func (d *Desk) rest() {
	s := &d.backups.still
	if s.begin == nil || d.line.busy || len(d.line.waiting) > 0 || d.prefs.saving > 0 {
		return
	}
	for key, j := range d.jobs {
		if j.keeps {
			return
		}
		j.cancel() // it reads a log that is about to go
		delete(d.jobs, key)
	}
	s.on = true
	if s.flying == 0 {
		begin := s.begin
		s.begin = nil
		begin()
	}
}

// takesOff counts what is started beside the UI thread; false when it must
// wait for another log.
func (d *Desk) takesOff(work func() error, then func(error)) bool {
	s := &d.backups.still
	if s.on {
		s.held = append(s.held, func() { d.beside(work, then) })
		return false
	}
	s.flying++
	return true
}

// lands counts what has ended.
func (d *Desk) lands() {
	d.backups.still.flying--
	d.rest()
}

// restore runs while the desk stands still.
func (d *Desk) restore(path string, done func(error)) {
	var restored Restored
	d.threads.Work(func() {
		var err error = errBroke
		defer func() { d.threads.UI(func() { d.restored(restored, err, done) }) }()
		restored, err = d.backups.archive.Restore(context.Background(), path, d.progress)
	})
}

// restored lets the desk breathe again, on whichever log is there now.
func (d *Desk) restored(r Restored, failed error, done func(error)) {
	d.state.Backups.Restoring = false
	held := d.backups.still.held
	d.backups.still = still{}
	if failed != nil {
		d.say(Strip{Says: failed.Error(), Warning: true})
		d.resume(held)
		d.answer(done, failed)
		return
	}
	d.settle()
	typed, at := d.state.Drafts, d.state.Incident.ID
	for i := range d.mend.failed {
		d.mend.failed[i].batch = nil // it is decided anew, on what is there now
	}
	d.state.Backups.Known, d.backups.tried = false, d.clock.Now()
	told := Strip{Says: restoredWords(r), Warning: true}
	if r.Safety != "" {
		told.Undo, told.Back = "Restore what was there before", func() { d.Restore(r.Safety, nil) }
	}
	d.say(told)
	d.savePrefs() // the settings stay as they are
	if d.shelf != d.settings {
		d.resume(held) // the sample is on the desk, and stays there
		d.answer(done, nil)
		return
	}
	d.clearDesk()
	d.state.Drafts, d.state.History, d.left = nil, nil, ""
	d.drafts.dirty = map[draftKey]Draft{}
	d.reread(at, typed, done)
	d.resume(held)
}

func (d *Desk) resume(held []func()) {
	for _, call := range held {
		call()
	}
	d.show()
	d.pump()
}

// reread lays what the restored log holds on the desk: the incident that lay
// there, if it knows it. What was half-typed stays in its field.
func (d *Desk) reread(at workflow.IncidentID, typed map[string]Draft, done func(error)) {
	shelf := d.shelf
	d.Run("open", func(ctx context.Context) (func(), error) {
		history, err := shelf.List(ctx)
		if err != nil {
			return nil, err
		}
		drafts, err := shelf.Drafts(ctx, "")
		return func() {
			d.state.History, d.watch.seen = history, 0
			d.layOut(drafts)
			id, found := burning(history)
			for _, row := range history {
				if row.ID == at {
					id, found = at, true
				}
			}
			finish := func(err error) {
				d.retype(typed)
				d.show()
				d.answer(done, err)
			}
			if found {
				d.OpenIncident(id, finish)
				return
			}
			finish(nil)
		}, err
	}, func(err error) {
		if err != nil {
			d.answer(done, err)
		}
	})
}

// retype brings half-typed text back into the fields that are there and empty.
func (d *Desk) retype(typed map[string]Draft) {
	for field, draft := range typed {
		if draft.Incident != "" && draft.Incident != d.state.Incident.ID || d.state.Drafts[field].Text != "" {
			continue
		}
		d.showDraft(draft)
		d.drafts.dirty[d.draftKey(field)] = draft
		d.saveDraftsSoon()
	}
}

// restoredWords say what was done and what is in the way back.
func restoredWords(r Restored) string {
	says := "The backup of " + r.From.At.UTC().Format("2006-01-02 15:04") + " UTC is restored."
	switch {
	case r.Lacks == 1:
		says += " 1 change that was made since is not in it; it is kept in " + r.Safety + "."
	case r.Lacks > 1:
		says += fmt.Sprintf(" %d changes that were made since are not in it; they are kept in %s.", r.Lacks, r.Safety)
	case r.Safety != "":
		says += " Nothing is missing in it. What was there before is kept in " + r.Safety + "."
	}
	if r.Aside != "" {
		says += " The files from before, which were damaged, are in " + r.Aside + "."
	}
	return says
}
