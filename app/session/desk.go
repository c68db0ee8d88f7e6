package session

import (
	"context"
	"slices"
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
	outside  Outside
	newID    func() workflow.EventID
	observe  func(State)

	state    State
	position uint64
	line     line
	watch    watch
	jobs     map[string]*job
	drafts   drafts
	attached attached
	backups  backups
	prefs    prefsOnDisk
	mend     mend
	weave    weave
	lookout  lookout
	found    *string                        // the folder that was looked for last; nil: none was
	own      map[workflow.IncidentID]string // folders of repositories that were chosen for one incident
	paper    Paper                          // the document that is being imported; empty until it was read
	choices  int                            // of imports, up to now
	prober   Prober
	probing  probing
	live     bool
	end      end
	time     keptTime
	trust    workflow.Trust // what was accepted for the repository of the desk
	kept     []Strip        // said before the one that is shown, and not closed yet

	policies     func(folder string) (workflow.Playbook, string)
	places       func() []PlaceLine
	sampleFolder string
	left         workflow.IncidentID // what lay on the desk when the sample came
}

// Setup is what a desk is made of.
type Setup struct {
	Threads Threads
	Clock   Clock
	Shelf   Shelf
	Hands   Hands
	Outside Outside // runs commands; nil: none can be run
	NewID   func() workflow.EventID
	Name    string // the person at the keyboard, until they say otherwise
	Zone    *time.Location
	// ZoneNow is the machine's zone, which can change while it runs. It is
	// called beside the UI thread; nil: it never changes.
	ZoneNow func() *time.Location
	// Warnings are sentences about the place where the data lies. Each is shown
	// until somebody closes it.
	Warnings []string
	// Repaired says what had to be done about the database before it could be
	// opened; nil: nothing.
	Repaired []string
	// Policies answers the playbook in force for a repository, and why the
	// team's own is not in force when it is faulty. "" is no repository.
	Policies func(folder string) (workflow.Playbook, string)
	// Places measures what is kept where. It is called beside the UI thread;
	// nil: nothing is shown.
	Places func() []PlaceLine
	// Archive keeps backups of the shelf; nil: there are none.
	Archive Archive
	// Prober looks at production; nil: nothing can be looked at from here.
	Prober Prober
	// Live lets the desk watch files that other programs change. A story looks
	// by hand instead.
	Live bool
	// Copies is the folder for copies of attachments that other programs show.
	Copies string
	Show   func(State)
}

// Open makes a desk and reads its settings and its history. Nothing is shown
// before the first call of Show.
func Open(ctx context.Context, with Setup) (*Desk, error) {
	d := &Desk{
		threads: with.Threads, clock: with.Clock, shelf: with.Shelf, settings: with.Shelf,
		hands: with.Hands, outside: with.Outside, newID: with.NewID, observe: with.Show, jobs: map[string]*job{},
		own: map[workflow.IncidentID]string{},
	}
	d.drafts.dirty, d.drafts.saved = map[draftKey]Draft{}, map[draftKey]string{}
	d.drafts.later = map[draftKey]func() string{}
	d.time = keptTime{wall: with.Clock.Now(), steady: with.Clock.Steady(), zone: with.ZoneNow}
	kept, err := readPrefs(ctx, with.Shelf, with.Name)
	if err != nil {
		return nil, err
	}
	d.policies, d.places = with.Policies, with.Places
	d.attached.copies = with.Copies
	d.live, d.prober = with.Live, with.Prober
	d.backups.archive = with.Archive
	policy, fault := d.policies("")
	d.state = State{Now: with.Clock.Now(), Zone: with.Zone, Prefs: kept.Prefs, Policy: policy, Fault: fault, Drafts: map[string]Draft{}, Warnings: with.Warnings}
	d.state.Backups.On = with.Archive != nil
	d.prefs.steps = kept.prefsSteps
	d.offerSteps()
	for _, warning := range slices.Backward(with.Warnings) {
		d.say(Strip{Says: warning, Warning: true, Kept: true})
	}
	d.tellRepaired(with.Repaired)
	if err := d.readAll(ctx); err != nil {
		return nil, err
	}
	d.tellLost()
	return d, nil
}

// atFirst is how much of the history the first frame needs; the first look at
// the log, half a second later, brings the rest.
const atFirst = 50

// readAll reads the newest of the history and the newest incident that still
// burns.
func (d *Desk) readAll(ctx context.Context) error {
	history, err := d.shelf.Recent(ctx, atFirst)
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
	d.own[id] = OwnRepository(ctx, d.settings, id)
	return d.readDrafts(ctx, id)
}

func (d *Desk) put(id workflow.IncidentID, got Read) {
	d.state.Incident = workflow.Fold(id, got.Events)
	d.state.Notices = got.Damaged
	if d.state.Leaks.Of.Incident != id {
		d.state.Leaks = Leaks{}
	}
	d.position = got.Position
}

// State is what is shown now.
func (d *Desk) State() State { return d.state }

// Show shows the state: after opening, and whenever something changed.
func (d *Desk) Show() { d.show() }

func (d *Desk) show() {
	if d.end.closed || d.observe == nil {
		return
	}
	d.state.Now = d.clock.Now()
	d.state.Chosen = d.folder()
	d.follow()
	d.state.Trust = d.lookAtTrust()
	d.findAgain()
	d.followRepository()
	d.state.Watching = d.watchingNow()
	d.observe(d.state)
}

// complain shows what nobody else listens to.
func (d *Desk) complain(err error) {
	if err != nil {
		d.say(Strip{Says: err.Error(), Warning: true})
		d.show()
	}
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

func (d *Desk) say(s Strip) {
	s.Since = d.clock.Now()
	d.kept = slices.DeleteFunc(d.kept, func(under Strip) bool { return under.Says == s.Says })
	if was := d.state.Strip; was != nil && was.Kept && was.Says != s.Says {
		d.kept = append(d.kept, *was)
	}
	d.state.Strip = &s
}

// unsay takes the strip away; one that waited under it is shown again.
func (d *Desk) unsay() {
	d.state.Strip = nil
	if last := len(d.kept) - 1; last >= 0 {
		under := d.kept[last]
		d.state.Strip, d.kept = &under, d.kept[:last]
	}
}

// stripTime is how long a message stays that is no warning. What it offers to
// undo can be undone by key as well, for ever.
const stripTime = 20 * time.Second

// ageStrip takes a message away that has been there long enough.
func (d *Desk) ageStrip() {
	if s := d.state.Strip; s != nil && !s.Warning && d.clock.Now().Sub(s.Since) >= stripTime {
		d.unsay()
	}
}

// Say shows a message that blocks nothing.
func (d *Desk) Say(s Strip) {
	d.say(s)
	d.show()
}

// Dismiss takes the strip away.
func (d *Desk) Dismiss() {
	d.unsay()
	d.show()
}

func (d *Desk) trouble(err error) {
	d.say(Strip{Says: err.Error(), Warning: true})
	d.show()
}
