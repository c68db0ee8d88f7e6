// Package house puts together what a desk stands on: the two databases, the
// playbook and the repository. The window, the demo and the stories live in the
// same one.
package house

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"

	"firebreak/app/journal"
	"firebreak/app/keep"
	"firebreak/app/outside"
	"firebreak/app/publish"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/assets"
	"firebreak/data"
	"firebreak/data/playbook"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// House is everything that a desk stands on.
type House struct {
	Places data.Places
	clock  session.Clock
	newID  func() workflow.EventID
	log    *journal.Journal

	reading sync.Mutex // of the playbook: repositories are looked at beside the UI thread
	rules   playbook.Keeper

	live       bool
	startEmpty bool     // an empty beginning was asked for
	repaired   []string // what had to be done before the database could be opened

	playing sync.Mutex  // of the sample: it is opened and reset beside the UI thread
	shelf   *keep.Shelf // on the database of real incidents
	play    *keep.Shelf // on the sample's, which is opened when it is first asked for
}

// Named is what a house is built from.
type Named struct {
	Places data.Places
	Clock  session.Clock
	NewID  func() workflow.EventID // nil: random, in order of time
	Log    *journal.Journal        // nil: nothing is logged
	// StartEmpty begins an empty log where the database is missing although
	// there are traces of one. They are kept.
	StartEmpty bool
	// Live lets the desk watch the increment's files: it lives beside other
	// programs. A story looks by hand.
	Live bool
}

// Build opens the database and reads the built-in playbook. Errors are
// sentences for a person.
func Build(ctx context.Context, with Named) (*House, error) {
	places := with.Places
	rules, err := playbook.NewKeeper("playbook.yaml", assets.Playbook())
	if err != nil {
		return nil, err
	}
	h := &House{Places: places, clock: with.Clock, newID: with.NewID, log: with.Log, rules: rules, startEmpty: with.StartEmpty, live: with.Live}
	if h.newID == nil {
		h.newID = randomID
	}
	store, err := h.openStore(ctx, places.Database(), "real")
	if err != nil {
		return nil, err
	}
	h.shelf = keep.On(store).Watched(h.heard).With(data.AttachmentsIn(places.Attachments()))
	return h, nil
}

func randomID() workflow.EventID { return workflow.EventID(uuid.Must(uuid.NewV7()).String()) }

// Close closes the databases, once nothing writes any more.
func (h *House) Close() {
	h.playing.Lock()
	defer h.playing.Unlock()
	for _, shelf := range []*keep.Shelf{h.shelf, h.play} {
		if shelf != nil {
			_ = shelf.Store().Close()
		}
	}
}

// Desk opens a desk in this house. The zone is the machine's, asked for again
// while the desk is open.
func (h *House) Desk(ctx context.Context, threads session.Threads, name string, zone func() *time.Location, show func(session.State)) (*session.Desk, error) {
	desk, err := h.desk(ctx, threads, name, zone, show)
	if err != nil && h.mendedAgain(ctx, err) {
		return h.desk(ctx, threads, name, zone, show)
	}
	return desk, err
}

func (h *House) desk(ctx context.Context, threads session.Threads, name string, zone func() *time.Location, show func(session.State)) (*session.Desk, error) {
	return session.Open(ctx, session.Setup{
		Threads: threads, Clock: h.clock, Shelf: h.shelf, Hands: h.hands(), Outside: h.outside(), NewID: h.newID,
		Name: name, Zone: zone(), ZoneNow: zone, Warnings: h.shelf.Store().Warnings(), Repaired: h.repaired, Policies: h.policies, Places: h.measure, Copies: h.Places.Opened(), Archive: h.archive(), Live: h.live, Show: show,
		Prober: outside.NewProber(h.clock.Now, outside.Runner{Steady: h.clock.Steady}.Run),
	})
}

// measure says what is kept where on this machine, for the settings.
func (h *House) measure() []session.PlaceLine {
	var lines []session.PlaceLine
	for _, m := range h.Places.Measure() {
		line := session.PlaceLine{Name: m.Name, Path: m.Path, Size: m.Bytes}
		if m.Exists {
			line.Folder = m.Folder
		}
		lines = append(lines, line)
	}
	return lines
}

// hands write into repositories. The sample's attachments lie in a folder of
// their own.
func (h *House) hands() *publish.Publisher {
	return publish.New(h.ledger(), data.AttachmentsIn(h.Places.Attachments()), data.AttachmentsIn(h.Places.SampleAttachments()))
}

// outside runs the desk's commands. What they print is kept without secrets:
// those of the environment, and those that only their form tells.
func (h *House) outside() outside.Runner {
	return outside.Runner{Steady: h.clock.Steady, Scan: publish.WithoutSecrets}
}

// ledger remembers what was written into repositories: always in the real
// database, because the files are real also when the incident is a sample.
func (h *House) ledger() publish.Ledger { return h.shelf }

// policies answers the playbook in force for a repository. A faulty one of the
// team leaves the last good one in force and says why.
func (h *House) policies(folder string) (workflow.Playbook, string) {
	h.reading.Lock()
	defer h.reading.Unlock()
	if folder == "" {
		h.rules = h.rules.Standard()
		return h.rules.InForce(), ""
	}
	place, err := repo.Find(folder)
	if err != nil {
		return h.rules.InForce(), ""
	}
	path, found := repo.PlaybookPath(place)
	if !found {
		h.rules = h.rules.Standard()
		return h.rules.InForce(), ""
	}
	src, err := repo.ReadPlaybook(path)
	if err != nil {
		return h.rules.InForce(), err.Error()
	}
	next, err := h.rules.Load(path, src)
	h.rules = next
	if err != nil {
		return h.rules.InForce(), err.Error()
	}
	return h.rules.InForce(), ""
}

// sampleLead is how far the sample has come when it is opened: the cause is
// known, and the person goes on from there.
const sampleLead = 12 * time.Minute

// Sample opens the sample's own database, beside the real one and never in it.
// It is played up to the point where the person takes over, a moment ago.
func (h *House) Sample(ctx context.Context, reset bool) (*keep.Shelf, string, error) {
	h.playing.Lock()
	defer h.playing.Unlock()
	folder := h.Places.SampleRepository()
	if reset {
		if err := h.dropSample(folder); err != nil {
			return nil, "", err
		}
	}
	if h.play == nil {
		store, err := h.openStore(ctx, h.Places.SampleDatabase(), "sample")
		if err != nil {
			return nil, "", err
		}
		h.play = keep.On(store).Watched(h.heard).With(data.AttachmentsIn(h.Places.SampleAttachments()))
	}
	if _, err := repo.Init(folder); err != nil {
		return nil, "", err
	}
	have, err := h.play.List(ctx)
	if err != nil || len(have) > 0 {
		return h.play, folder, err
	}
	return h.play, folder, h.playSample(ctx, folder)
}

// SwitchSample moves a desk to the sample's own file, or back to the real one.
func (h *House) SwitchSample(desk *session.Desk, open, reset bool, done func(error)) {
	if !open {
		desk.Switch(h.shelf, false, "", done)
		return
	}
	play := func(err error) {
		if err != nil {
			done(err)
			return
		}
		desk.Run("sample", func(ctx context.Context) (func(), error) {
			shelf, folder, err := h.Sample(ctx, reset)
			return func() { desk.Switch(shelf, true, folder, done) }, err
		}, func(err error) {
			if err != nil {
				done(err)
			}
		})
	}
	if reset && desk.State().Sample { // the desk must not stand on what is thrown away
		desk.Switch(h.shelf, false, "", play)
		return
	}
	play(nil)
}

// dropSample throws the sample away, its database and its repository. Both were
// made here and hold nothing but the sample.
func (h *House) dropSample(folder string) error {
	if h.play != nil {
		if err := h.play.Store().Close(); err != nil {
			return err
		}
		h.play = nil
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".witness"} {
		if err := os.Remove(h.Places.SampleDatabase() + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return errors.Join(os.RemoveAll(folder), os.RemoveAll(h.Places.SampleAttachments()))
}

// standard is the playbook that the program ships with.
func (h *House) standard() workflow.Playbook {
	h.reading.Lock()
	defer h.reading.Unlock()
	return h.rules.Standard().InForce()
}

func (h *House) playSample(ctx context.Context, folder string) error {
	zero := h.clock.Now().Add(-sampleLead).Truncate(time.Minute)
	var steps []sample.Step
	for _, s := range sample.Script(h.standard(), zero) {
		if s.After < sampleLead {
			steps = append(steps, s)
		}
	}
	hands := h.hands()
	var position uint64
	player := sample.Player{
		Zero: zero, Device: h.play.Device(), NewID: h.newID,
		Write: func(in workflow.Incident, events []workflow.Event) error {
			at, _, err := h.play.Append(ctx, session.Batch{Incident: in.ID, After: position, Events: events, Summary: in.Summary()})
			position = at
			return err
		},
		Increment: func(in workflow.Incident) (workflow.RecordIncrement, error) {
			return hands.CreateIncrement(ctx, folder, in)
		},
	}
	_, err := player.Play(workflow.Fold(workflow.IncidentID(h.newID()), nil), steps)
	return err
}
