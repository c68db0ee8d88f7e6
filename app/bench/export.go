package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"firebreak/app/keep"
	"firebreak/app/publish"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/assets"
	"firebreak/data"
	"firebreak/data/playbook"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// How exports are measured.
const (
	exportedEntries = 10_000
	exportPairs     = 25
)

// measureExport exports a long incident as the program does it: the look at what
// is there, the text, the difference, the file synced, renamed and read back, and
// the ledger in the store. The floor writes the same bytes by a temporary file,
// fsync, rename and fsync of the folder.
func measureExport(b bench) ([]number, error) {
	place, err := repo.Init(filepath.Join(b.folder, "papers"))
	if err != nil {
		return nil, err
	}
	places, err := data.FindPlaces(filepath.Join(b.folder, "export"))
	if err != nil {
		return nil, err
	}
	store, err := data.Open(b.ctx, places.Database(), data.Options{Clock: time.Now})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	x := &exports{hands: publish.New(keep.On(store)), root: place.Root, now: sample.Alert()}
	if err := x.fill(); err != nil {
		return nil, err
	}
	stop, err := b.startProfile()
	if err != nil {
		return nil, err
	}
	defer stop()
	var numbers []number
	for _, of := range []struct {
		doc    session.Document
		what   string
		target float64
	}{
		{session.PostmortemDocument, "export of 10,000 entries as markdown / the same bytes bare", 5},
		{session.HTMLDocument, "the same as a page", pageTarget},
	} {
		n, err := x.measure(b.ctx, of.doc)
		n.what, n.target = of.what, of.target
		numbers = append(numbers, n)
		if err != nil {
			return numbers, err
		}
	}
	return numbers, nil
}

// pageTarget is only to be seen: a page is laid out where the markdown is copied.
const pageTarget = 15

// exports is a long incident beside a repository.
type exports struct {
	hands *publish.Publisher
	in    workflow.Incident
	root  string
	now   time.Time
}

// reported is what people write: most of it plain, some with code and a link or
// a list, and one in fifty with something that was pasted.
func reported(n int) string {
	switch n % 50 {
	case 9:
		return fmt.Sprintf("The answer was\n\n```json\n{\"status\": \"captured\", \"id\": %d}\n```\n\n> nobody knows *why*\n", n)
	}
	switch n % 10 {
	case 3:
		return fmt.Sprintf("Restarted `worker-%d`, see https://grafana.example.org/d/%d and **watch the queue**", n%40, n)
	case 7:
		return fmt.Sprintf("Tried so far:\n\n- restart of worker %d\n- a smaller batch\n", n%40)
	default:
		return fmt.Sprintf("%s (%d)", noteText, n)
	}
}

// fill makes the incident. Its notes are all in the report.
func (x *exports) fill() error {
	rules, err := playbook.NewKeeper("playbook.yaml", assets.Playbook())
	if err != nil {
		return err
	}
	x.in = workflow.Fold("incident-export", nil)
	if err := x.add(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: rules.InForce()}); err != nil {
		return err
	}
	notes := make([]workflow.Intent, exportedEntries)
	for i := range notes {
		notes[i] = workflow.Note{Text: reported(i)}
	}
	return x.add(notes...)
}

// add lets people do something, one step each ten seconds.
func (x *exports) add(wants ...workflow.Intent) error {
	var all []workflow.Event
	for _, want := range wants {
		x.now = x.now.Add(10 * time.Second)
		events, err := workflow.Decide(x.in, want, workflow.Env{
			Now: x.now, Zone: time.UTC, Actor: "Sam", Device: "bench",
			NewID: func() workflow.EventID { return workflow.EventID(uuid.NewString()) },
		})
		if err != nil {
			return err
		}
		all = append(all, events...)
	}
	x.in = x.in.With(all...)
	return nil
}

// measure exports again and again, each time with one entry more.
func (x *exports) measure(ctx context.Context, doc session.Document) (number, error) {
	var n number
	var ours, floor, worked []float64
	size := 0
	for pair := range exportPairs + 2 {
		if err := x.add(workflow.Note{Text: fmt.Sprintf("Still there, look %d", pair)}); err != nil {
			return n, err
		}
		before, err := spent()
		if err != nil {
			return n, err
		}
		start := time.Now()
		plan, err := x.hands.Write(ctx, x.root, x.in, nil, doc)
		if err != nil {
			return n, err
		}
		took := time.Since(start)
		after, err := spent()
		if err != nil {
			return n, err
		}
		step := plan.Steps[len(plan.Steps)-1]
		content, err := repo.Read(x.root, step.Path)
		if err != nil {
			return n, err
		}
		if step.What == string(repo.Same) || step.Kept {
			return n, fmt.Errorf("%s was not written: %s", step.Path, step.What)
		}
		start = time.Now()
		if err := bareWriteSynced(filepath.Dir(filepath.Join(x.root, filepath.FromSlash(step.Path))), content); err != nil {
			return n, err
		}
		bare := time.Since(start)
		if pair < 2 { // until everything is warm
			continue
		}
		size = len(content)
		worked = append(worked, micro(after-before))
		ours, floor = append(ours, micro(took)), append(floor, micro(bare))
		n.ratios = append(n.ratios, float64(took)/float64(bare))
	}
	n.how = fmt.Sprintf("%s beside %s (at best %s beside %s, %s of processor time) for %d KB: rendered, compared, synced, read back and remembered, beside a temporary file, fsync, rename and fsync of the folder; %d pairs",
		micros(median(ours)), micros(median(floor)), micros(slices.Min(ours)), micros(slices.Min(floor)), micros(median(worked)), size/1024, exportPairs)
	return n, nil
}

// bareWriteSynced is the least that a write takes after which the file is there
// whole whatever happens.
func bareWriteSynced(folder string, content []byte) error {
	if err := bareWrite(folder, "bare", content); err != nil {
		return err
	}
	at, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(at.Sync(), at.Close())
}
