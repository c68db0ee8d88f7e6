package session

import (
	"context"
	"errors"
	"maps"
	"time"

	"firebreak/workflow"
)

// Desk is one person's open incident. All of its methods are called on the UI
// thread, and it answers there.
type Desk struct {
	threads  Threads
	clock    Clock
	shelf    Shelf // the log in use: the real one, or the sample's
	settings Shelf // always the real one
	hands    Hands
	newID    func() workflow.EventID
	observe  func(State)

	state    State
	position uint64
	changed  uint64
	queue    []task
	busy     bool
	jobs     map[string]*job
	drafts   drafts
	closed   bool
	whenIdle []func()

	policies     func(folder string) (workflow.Playbook, string)
	places       func() []PlaceLine
	sampleFolder string
}

// Setup is what a desk is made of.
type Setup struct {
	Threads Threads
	Clock   Clock
	Shelf   Shelf
	Hands   Hands
	NewID   func() workflow.EventID
	Name    string // the person at the keyboard, until they say otherwise
	Zone    *time.Location
	// Policies answers the playbook in force for a repository, and why the
	// team's own is not in force when it is faulty. "" is no repository.
	Policies func(folder string) (workflow.Playbook, string)
	// Places measures what is kept where. It is called beside the UI thread;
	// nil: nothing is shown.
	Places func() []PlaceLine
	Show   func(State)
}

// Open makes a desk and reads its settings and its history. Nothing is shown
// before the first call of Show.
func Open(ctx context.Context, with Setup) (*Desk, error) {
	d := &Desk{
		threads: with.Threads, clock: with.Clock, shelf: with.Shelf, settings: with.Shelf,
		hands: with.Hands, newID: with.NewID, observe: with.Show, jobs: map[string]*job{},
	}
	d.drafts.dirty = map[draftKey]Draft{}
	prefs, err := readPrefs(ctx, with.Shelf, with.Name)
	if err != nil {
		return nil, err
	}
	d.policies, d.places = with.Policies, with.Places
	policy, fault := d.policies("")
	d.state = State{Now: with.Clock.Now(), Zone: with.Zone, Prefs: prefs, Policy: policy, Fault: fault, Drafts: map[string]Draft{}}
	if err := d.readAll(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// readAll reads the history and, when nothing is open yet, the newest incident
// that still burns.
func (d *Desk) readAll(ctx context.Context) error {
	history, err := d.shelf.List(ctx)
	if err != nil {
		return err
	}
	d.state.History = history
	if err := d.readDrafts(ctx, ""); err != nil {
		return err
	}
	if id, burns := burning(history); burns {
		return d.read(ctx, id)
	}
	return nil
}

func (d *Desk) read(ctx context.Context, id workflow.IncidentID) error {
	got, err := d.shelf.Load(ctx, id)
	if err != nil {
		return err
	}
	d.put(id, got)
	return d.readDrafts(ctx, id)
}

func (d *Desk) put(id workflow.IncidentID, got Read) {
	d.state.Incident = workflow.Fold(id, got.Events)
	d.state.Notices = got.Damaged
	d.position = got.Position
}

// State is what is shown now.
func (d *Desk) State() State { return d.state }

// Show shows the state: after opening, and whenever something changed.
func (d *Desk) Show() { d.show() }

func (d *Desk) show() {
	if d.closed || d.observe == nil {
		return
	}
	d.state.Now = d.clock.Now()
	d.state.Drafts = maps.Clone(d.state.Drafts)
	d.observe(d.state)
}

// task is an intent that waits for its turn.
type task struct {
	want  workflow.Intent
	actor string
	clear []string
	tries int
	done  func(error)
}

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
	if d.closed {
		done(errors.New("Firebreak is closing. What you typed is kept and will be there at the next start."))
		return
	}
	d.queue = append(d.queue, task{want: want, actor: actor, clear: fields, done: done})
	d.pump()
}

// complain shows what nobody else listens to.
func (d *Desk) complain(err error) {
	if err != nil {
		d.say(Strip{Says: err.Error(), Warning: true})
		d.show()
	}
}

// pump starts the next task: one is in flight at a time, in order.
func (d *Desk) pump() {
	if d.busy || len(d.queue) == 0 {
		d.idle()
		return
	}
	t := d.queue[0]
	d.queue = d.queue[1:]
	d.run(t)
}

func (d *Desk) run(t task) {
	in := d.state.Incident
	if _, first := t.want.(workflow.Declare); first {
		in = workflow.Fold(workflow.IncidentID(d.newID()), nil)
	}
	events, err := workflow.Decide(in, t.want, d.env(t.actor))
	if err != nil {
		t.done(err)
		d.pump()
		return
	}
	after := d.position
	if in.ID != d.state.Incident.ID {
		after = 0
	}
	b := Batch{Incident: in.ID, After: after, Events: events, Summary: in.With(events...).Summary(), Clear: t.clear}
	d.busy = true
	d.state.Saved.Since = d.clock.Now()
	shelf := d.shelf
	d.threads.Work(func() {
		position, written, err := shelf.Append(context.Background(), b)
		d.threads.UI(func() { d.landed(t, in, position, written, err) })
	})
}

// landed is called once the disk has answered.
func (d *Desk) landed(t task, in workflow.Incident, position uint64, written []workflow.Event, err error) {
	if errors.Is(err, workflow.ErrConflict) && t.tries < maxTries {
		t.tries++
		d.catchUp(in.ID, func(failed error) {
			if failed != nil {
				d.failed(t, failed)
				return
			}
			d.busy = false
			d.run(t)
		})
		return
	}
	if err != nil {
		d.failed(t, err)
		return
	}
	d.busy = false
	d.state.Saved = Saved{At: d.clock.Now()}
	_, declared := t.want.(workflow.Declare)
	if declared || in.ID == d.state.Incident.ID { // another incident may have been opened meanwhile
		d.state.Incident, d.position = in.With(written...), position
	}
	d.forgetDrafts(t.clear)
	d.refreshSummary(in.With(written...).Summary())
	t.done(nil)
	d.show()
	d.pump()
}

// maxTries bounds how often an intent is decided again while another process
// keeps writing; each try starts from what that process wrote.
const maxTries = 20

func (d *Desk) failed(t task, err error) {
	d.busy = false
	d.state.Saved.Since = time.Time{}
	d.state.Saved.Trouble = err.Error()
	t.done(err)
	d.show()
	d.pump()
}

// refreshSummary puts an incident's row of the history right without asking
// the disk.
func (d *Desk) refreshSummary(row workflow.Summary) {
	history := append([]workflow.Summary(nil), d.state.History...)
	for i := range history {
		if history[i].ID == row.ID {
			history[i] = row
			d.state.History = history
			return
		}
	}
	d.state.History = append([]workflow.Summary{row}, history...)
}

func (d *Desk) say(s Strip) { d.state.Strip = &s }

// Say shows a message that blocks nothing.
func (d *Desk) Say(s Strip) {
	d.say(s)
	d.show()
}

// Dismiss takes the strip away.
func (d *Desk) Dismiss() {
	d.state.Strip = nil
	d.show()
}

func (d *Desk) trouble(err error) {
	d.say(Strip{Says: err.Error(), Warning: true})
	d.show()
}
