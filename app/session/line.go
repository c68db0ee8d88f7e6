package session

import (
	"context"
	"errors"

	"firebreak/workflow"
)

// home is where a request belongs: the incident that was on the desk when it
// was asked, in the log that was in use then. Another incident may be opened
// before its turn comes.
type home struct {
	shelf    Shelf
	incident workflow.IncidentID
}

// here is what is on the desk now.
func (d *Desk) here() home { return home{d.shelf, d.state.Incident.ID} }

// line is the requests that wait for their turn: one is in flight at a time, in
// order.
type line struct {
	waiting []task
	busy    bool
	flying  *task // the one that is being written
	written int   // how many writes came through
}

// task is an intent that waits for its turn.
type task struct {
	want  workflow.Intent
	actor string
	via   string // the file that it was read from
	home  home
	clear map[draftKey]string // what was typed for it, as it stood when it was asked
	batch *Batch              // what was decided; it is sent again as it is when the disk refused it
	tries int
	done  func(error)

	whole  func() workflow.Intent // fills in what the repository knows, beside the UI thread; nil: it is whole
	full   workflow.Intent        // the request as it was filled in
	undoes workflow.EventID       // what an undo was first decided to take back
}

// sentence is an error for a person: what happened, what is safe, what to do.
type sentence string

func (s sentence) Error() string { return string(s) }

// errClosing refuses what comes after the last moment.
const errClosing = sentence("Firebreak is closing. What you typed is kept and will be there at the next start.")

// Do asks for a change. It is decided in its turn, written, and only then
// shown; done hears a refusal or a failed write, and nil once the disk has it.
// Fields name the drafts that the words were typed in.
func (d *Desk) Do(want workflow.Intent, done func(error), fields ...string) {
	d.DoAs(d.state.Actor(), want, done, fields...)
}

// DoAs is Do under another name: the demo plays several people.
func (d *Desk) DoAs(actor string, want workflow.Intent, done func(error), fields ...string) {
	if done == nil {
		done = d.complain
	}
	if d.end.asked {
		done(errClosing)
		return
	}
	if d.backups.still.asked {
		done(errRestoring)
		return
	}
	if workflow.Opens(want) {
		d.drop("open") // a late answer must not take the new incident off the desk
	}
	d.ask(d.resumed(task{want: want, actor: actor, home: d.here(), clear: d.typed(fields), done: done, whole: d.completes(want)}))
}

// ask puts a request into the line. What a job has done outside is put on
// record this way even while the desk closes.
func (d *Desk) ask(t task) {
	if t.done == nil {
		t.done = d.complain
	}
	d.line.waiting = append(d.line.waiting, t)
	d.pump()
}

// pump starts the next request.
func (d *Desk) pump() {
	if d.backups.still.on {
		return // another log is taking the place of this one
	}
	if d.line.busy || len(d.line.waiting) == 0 {
		d.idle()
		return
	}
	if d.drafts.saves(d.line.waiting[0].clear) {
		return // its words are on their way to the disk as a draft: that comes first
	}
	t := d.line.waiting[0]
	d.line.waiting = d.line.waiting[1:]
	d.run(t)
}

func (d *Desk) run(t task) {
	if whole := t.whole; whole != nil {
		t.whole = nil
		d.line.busy, d.line.flying = true, &t
		d.beside(func() error {
			t.full = whole()
			return nil
		}, func(error) { d.run(t) }) // should it break, the request stands as it was typed
		return
	}
	if workflow.Opens(t.want) {
		d.write(t, workflow.Fold(d.newIncident(t), nil), 0)
		return
	}
	if t.home == d.here() {
		d.write(t, d.state.Incident, d.position)
		return
	}
	d.line.busy, d.line.flying = true, &t
	var got Read
	d.beside(func() (err error) {
		got, err = t.home.shelf.Load(context.Background(), t.home.incident)
		return err
	}, func(err error) {
		if err != nil {
			d.failed(t, err)
			return
		}
		d.write(t, workflow.Fold(t.home.incident, got.Events), got.Position)
	})
}

// newIncident names the incident that a request declares.
func (d *Desk) newIncident(t task) workflow.IncidentID {
	if t.batch != nil {
		return t.batch.Incident
	}
	return workflow.IncidentID(d.newID())
}

// write decides a request on an incident and puts the answer on disk.
func (d *Desk) write(t task, in workflow.Incident, after uint64) {
	if err := d.decided(&t, in, after); err != nil {
		d.land()
		t.done(err)
		d.pump()
		return
	}
	b := *t.batch
	d.line.busy, d.line.flying = true, &t
	d.state.Saved.Since = d.clock.Now()
	var position uint64
	var written []workflow.Event
	d.beside(func() (err error) {
		position, written, err = t.home.shelf.Append(context.Background(), b)
		return err
	}, func(err error) { d.landed(t, in, position, written, err) })
}

func (d *Desk) env(t task) workflow.Env {
	return workflow.Env{Now: d.clock.Now(), Zone: d.state.Zone, Actor: t.actor, Via: t.via, Device: t.home.shelf.Device(), NewID: d.newID}
}

// land ends a flight.
func (d *Desk) land() { d.line.busy, d.line.flying = false, nil }

// maxTries bounds how often an intent is decided again while another process
// keeps writing; each try starts from what that process wrote.
const maxTries = 1000

// landed is called once the disk has answered.
func (d *Desk) landed(t task, in workflow.Incident, position uint64, written []workflow.Event, err error) {
	if errors.Is(err, workflow.ErrConflict) && t.tries < maxTries {
		t.tries++
		t.batch = nil
		d.again(t)
		return
	}
	if err != nil {
		d.failed(t, err)
		return
	}
	d.land()
	d.line.written++
	d.reached()
	after := in.With(written...)
	declared := workflow.Opens(t.want)
	switch {
	case declared && t.home.shelf == d.shelf:
		d.clearDesk()
		d.state.Incident, d.position = after, position
	case t.home != d.here(): // another incident was opened meanwhile
	case position > d.position:
		d.state.Incident, d.position = after, position
	default: // it was read back already, and more with it
		d.state.Incident = d.state.Incident.With(written...)
	}
	d.forgetDrafts(t.clear)
	if t.home.shelf == d.shelf {
		d.refreshSummary(after.Summary())
	}
	t.done(nil)
	d.show()
	d.pump()
}

// again decides a request once more, on what somebody else wrote.
func (d *Desk) again(t task) {
	if t.home != d.here() {
		d.run(t)
		return
	}
	d.catchUp(func(failed error) {
		if failed != nil {
			d.failed(t, failed)
			return
		}
		d.run(t)
	})
}

// errBroke stands for a fault of ours beside the UI thread; its details go to
// the crash log.
const errBroke = sentence("Something inside Firebreak failed. What was saved is safe, and what you typed is still there. Try it again.")

// beside works beside the UI thread and answers on it, whatever happens.
func (d *Desk) beside(work func() error, then func(error)) {
	if !d.takesOff(work, then) {
		return
	}
	d.threads.Work(func() {
		var err error = errBroke
		defer func() {
			d.threads.UI(func() {
				defer d.lands()
				then(err)
			})
		}()
		err = work()
	})
}
