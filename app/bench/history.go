package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"firebreak/app/keep"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/assets"
	"firebreak/data"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

// history is what a data folder is filled with: outages like the sample's, of
// which the newest still burns.
type history struct {
	incidents int
	entries   int // notes in the one that burns
	newest    time.Time
}

// noteText is as long as what people write in an incident.
const noteText = "Error rate is down to 3.1% after the canary was rolled back; p95 latency back at 180 ms. Bob watches the queue, next update at 15:10."

// fill makes a data folder that was used before.
func (h history) fill(ctx context.Context, folder string) error {
	places, err := data.FindPlaces(folder)
	if err != nil {
		return err
	}
	rules, err := playbook.NewKeeper("playbook.yaml", assets.Playbook())
	if err != nil {
		return err
	}
	store, err := data.Open(ctx, places.Database(), data.Options{Clock: time.Now})
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.SetSetting(ctx, "window.started", true); err != nil {
		return err
	}
	w := writer{ctx: ctx, shelf: keep.On(store), policy: rules.InForce()}
	for age := h.incidents - 1; age >= 0; age-- {
		zero := h.newest.Add(-time.Duration(age) * 26 * time.Hour)
		if err := w.write(zero, age == 0, h.entries); err != nil {
			return err
		}
	}
	return store.Close()
}

// writer writes outages, each in one commit.
type writer struct {
	ctx    context.Context
	shelf  *keep.Shelf
	policy workflow.Playbook
}

// burning is how far the newest outage has come: the cause is known.
const burning = 12 * time.Minute

func (w writer) write(zero time.Time, burns bool, notes int) error {
	var events []workflow.Event
	player := sample.Player{
		Zero: zero, Device: w.shelf.Device(), NewID: newID,
		Write: func(_ workflow.Incident, more []workflow.Event) error {
			events = append(events, more...)
			return nil
		},
		Increment: func(workflow.Incident) (workflow.RecordIncrement, error) {
			root := filepath.Join(string(filepath.Separator), "srv", "shop")
			return workflow.RecordIncrement{ID: "0015-hotfix-auth-token", Root: root, Path: ".specweave/increments/0015-hotfix-auth-token", Type: "hotfix"}, nil
		},
	}
	var steps []sample.Step
	for _, step := range sample.Script(w.policy, zero) {
		if !burns || step.After <= burning {
			steps = append(steps, step)
		}
	}
	if burns {
		steps = append(steps, noteSteps(notes)...)
	}
	in, err := player.Play(workflow.Fold(workflow.IncidentID(newID()), nil), steps)
	if err != nil {
		return err
	}
	_, _, err = w.shelf.Append(w.ctx, session.Batch{Incident: in.ID, Events: events, Summary: in.Summary()})
	return err
}

// noteSteps are notes of a long night, one each second.
func noteSteps(count int) []sample.Step {
	steps := make([]sample.Step, count)
	for i := range steps {
		note := workflow.Note{Text: fmt.Sprintf("%d. %s", i+1, noteText)}
		steps[i] = sample.Step{
			After: burning + time.Duration(i+1)*time.Second, Actor: "Sam", Says: note.Text,
			Want: func(workflow.Incident) workflow.Intent { return note },
		}
	}
	return steps
}

func newID() workflow.EventID { return workflow.EventID(uuid.Must(uuid.NewV7()).String()) }
