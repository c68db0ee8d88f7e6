package view

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// fakeRepository is hands on a repository that says what it is told to say.
type fakeRepository struct {
	repo    session.Repo
	now     session.Increment // what a look finds
	listed  []session.Listed
	print   []string // what SpecWeave's command prints
	fails   error    // and how it ends
	looks   int
	made    int
	enabled bool
	changed func() // tells the desk that the files have moved

	understand func(session.Paper, workflow.ReadAs) workflow.Reading
}

var (
	_ session.Hands  = (*fakeRepository)(nil)
	_ session.Weaver = (*fakeRepository)(nil)
)

func (r *fakeRepository) Find(context.Context, string) (session.Repo, error) { return r.repo, nil }

func (r *fakeRepository) CreateIncrement(context.Context, string, workflow.Incident) (workflow.RecordIncrement, error) {
	r.made++
	return writtenIncrement(), nil
}

func (r *fakeRepository) Preview(context.Context, string, workflow.Incident, ...session.Document) (session.Plan, error) {
	return session.Plan{}, nil
}

func (r *fakeRepository) Write(context.Context, string, workflow.Incident, []string, ...session.Document) (session.Plan, error) {
	return session.Plan{}, nil
}

func (r *fakeRepository) Understand(_ context.Context, paper session.Paper, as workflow.ReadAs, _ time.Time) (workflow.Reading, error) {
	if r.understand == nil {
		return workflow.Reading{}, errors.New("no document is read here")
	}
	return r.understand(paper, as), nil
}

func (r *fakeRepository) Enable(context.Context, string, string) error {
	r.enabled, r.repo.SpecWeave = true, true
	return nil
}

func (r *fakeRepository) Compare(context.Context, string, workflow.Incident) (session.Increment, error) {
	return r.now, nil
}

func (r *fakeRepository) Weave(context.Context, string, workflow.Incident) (session.Woven, error) {
	r.looks++
	return session.Woven{Increment: r.now}, nil
}

func (r *fakeRepository) Watch(_ string, _ workflow.Incident, changed func()) (func(), error) {
	r.changed = changed
	return func() {}, nil
}

func (r *fakeRepository) Increments(context.Context, string) ([]session.Listed, error) {
	return r.listed, nil
}

func (r *fakeRepository) Link(_ context.Context, _ string, _ workflow.Incident, id string) (workflow.LinkIncrement, error) {
	for _, one := range r.listed {
		if one.ID == id {
			r.now.ID, r.now.Title, r.now.Type = one.ID, one.Title, one.Type
			return workflow.LinkIncrement{
				WrittenIncrement: workflow.WrittenIncrement{ID: id, Root: r.repo.Root, Path: ".specweave/increments/" + id, Type: one.Type},
				Tasks:            []workflow.LinkedTask{{ID: "T-001", Title: "Add the limit"}, {ID: "T-002", Title: "Prove the limit", Done: true}},
			}, nil
		}
	}
	return workflow.LinkIncrement{}, errors.New("There is no such increment. Nothing was linked.")
}

func (r *fakeRepository) Complete(_ context.Context, _ string, _ workflow.Incident, printed func(string)) error {
	for _, text := range r.print {
		printed(text)
	}
	return r.fails
}

// inStepIncrement is an increment that says what the incident says.
func inStepIncrement() session.Increment {
	w := writtenIncrement()
	return session.Increment{
		ID: w.ID, Root: w.Root, Folder: w.Path, Title: "Auth: 500 on login after v1.2.3", Type: "hotfix",
		State: workflow.Active, Tasks: 4, Done: 2, Criteria: 4, Met: 2,
	}
}

// ask is a question between both sides.
func ask(part workflow.Part, ours, theirs string) workflow.Difference {
	return workflow.Difference{Part: part, Ours: ours, Theirs: theirs, Verdict: workflow.AskFirst}
}

// weaveDesk is the sample incident some minutes in, beside a repository.
func weaveDesk(t *testing.T, minutes time.Duration, r *fakeRepository, width, height float32) *shellDesk {
	t.Helper()
	d := &shellDesk{t: t, now: newDesk(t, minutes*time.Minute).state.Now, shelf: newMemoryShelf(), hands: r}
	in := newDesk(t, minutes*time.Minute).state.Incident
	d.shelf.keep(in.ID, in.Events(), in.Summary())
	if r.repo.Root == "" {
		r.repo = session.Repo{Folder: "/srv/shop", Root: "/srv/shop", Name: "shop", SpecWeave: true, Branch: "main"}
	}
	d.open(width, height)
	if !d.incident().Declared() { // one that is over is not opened by itself
		d.shell.OpenIncident(in.ID, nil)
		d.pump()
	}
	prefs := d.shell.State().Prefs
	prefs.Repository = r.repo.Folder
	d.shell.SetPrefs(prefs, "")
	d.pump()
	d.shell.Dismiss()
	d.pump()
	return d
}

// manyIncrements is a repository that has been in use for years.
func manyIncrements(n int) []session.Listed {
	kinds := []string{"feature", "hotfix", "bug", "refactor", "change-request"}
	states := []string{"completed", "completed", "active", "paused", "in flight"}
	titles := []string{"Rate limits per customer", "Auth: 500 on login", "Search forgets its filter", "One cache for all prices", "Invoices in the customer's language"}
	out := make([]session.Listed, 0, n)
	for i := n; i > 0; i-- {
		one := session.Listed{
			ID: fmt.Sprintf("%04d-%s", i, strings.ToLower(strings.ReplaceAll(strings.Fields(titles[i%5])[0], ":", ""))), Title: titles[i%5],
			Type: kinds[i%5], State: states[i%5], Tasks: i%9 + 1, Done: i % 4,
		}
		if i < n-12 {
			one.Group, one.State, one.Done = "_archive", "completed", one.Tasks
		}
		if i%97 == 0 {
			one.Title, one.Says = "", []string{"metadata.json: a comma stands before the closing brace in line 9."}
		}
		out = append(out, one)
	}
	return out
}

// look lets the desk look at the files again, as a watch does.
func (d *shellDesk) look(r *fakeRepository, now session.Increment) {
	d.t.Helper()
	require.NotNil(d.t, r.changed, "nobody watches the files")
	r.now = now
	r.changed()
	d.pump()
}

// layerBody is the scrolling part of the top sheet.
func (d *shellDesk) layerBody() *kit.Scroller {
	d.t.Helper()
	all := scrollersIn(d.shell.layers.Top().Body)
	require.NotEmpty(d.t, all)
	return all[0]
}
