package publish

import (
	"context"
	"io/fs"
	"path"
	"strings"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export"
	"firebreak/export/specweave"
	"firebreak/export/weave"
	"firebreak/workflow"
)

var _ session.Weaver = (*Publisher)(nil)

// woven is an increment on the disk, held against its incident.
type woven struct {
	place  repo.Place
	raw    repo.Raw
	sides  *weave.Weaving
	last   agreement
	meta   specweave.Metadata
	handed string // why SpecWeave must close it; empty when it is closed from here
}

// home is where an incident's increment is looked for: where it was written, as
// long as that folder is there, else the chosen repository.
func home(folder string, in workflow.Incident) (repo.Place, error) {
	if root := in.Fix.Increment.Get().Root; root != "" {
		if place, err := repo.Find(root); err == nil && place.SpecWeave != "" {
			return place, nil
		}
	}
	return find(folder)
}

// lookAt reads an increment and holds it against the incident.
func (p *Publisher) lookAt(ctx context.Context, place repo.Place, in workflow.Incident, id string) (woven, error) {
	w, err := p.found(ctx, place, in, id)
	if err != nil {
		return woven{}, err
	}
	return p.hold(w, in)
}

// found reads an increment, and what was last agreed about it.
func (p *Publisher) found(ctx context.Context, place repo.Place, in workflow.Incident, id string) (woven, error) {
	if place.SpecWeave == "" {
		return woven{}, notSpecWeave(place)
	}
	agreed := make(chan error, 1)
	w := woven{place: place}
	go func() {
		var err error
		w.last, err = p.lastAgreed(ctx, place.Root, in, id)
		agreed <- err
	}()
	raw, err := repo.ReadIncrement(place, id)
	if also := <-agreed; err == nil {
		err = also
	}
	if err != nil {
		return woven{}, err
	}
	w.raw = raw
	w.meta, _ = specweave.ReadMetadata(raw.Files[metadataName].Content) // what is broken in it is said by the weaving
	if w.meta.Incident != "" && w.meta.Incident != string(in.ID) && !in.Linked() {
		return woven{}, trouble(fs.ErrExist, "%s in %s belongs to another incident. Nothing was compared and nothing was written. "+
			"Choose the repository that this incident's increment lies in, or link another increment.", id, place.Root)
	}
	return w, nil
}

// hold holds an increment as it was read against the incident.
func (p *Publisher) hold(w woven, in workflow.Incident) (woven, error) {
	w.handed = handedTo(w.place, in, w.meta)
	record, err := recordPath(w.place, in, w.raw.ID)
	if err != nil {
		return woven{}, err
	}
	files := weave.Files{Content: map[string][]byte{}, Says: map[string]string{}}
	for name, file := range w.raw.Files {
		if file.Says != "" {
			files.Says[name] = file.Says
		} else {
			files.Content[name] = file.Content
		}
	}
	w.sides = weave.Of(in, export.Place{
		ID: w.raw.ID, Project: w.place.Project(), RecordPath: record, External: w.handed != "",
	}, files, w.last.tells)
	return w, nil
}

const metadataName = "metadata.json"

// handedTo says why SpecWeave itself must close an increment; empty when the
// program does.
func handedTo(place repo.Place, in workflow.Incident, meta specweave.Metadata) string {
	kind := specweave.Kind(meta.Type)
	switch {
	case len(meta.Linked) > 0:
		return "It is tied to a tracker (" + strings.Join(meta.Linked, ", ") + " in metadata.json), and only SpecWeave closes the issues there."
	case place.Config.SyncBecause != "":
		return "The project's settings say that closing does more (" + place.Config.SyncBecause + " in .specweave/config.json), and only SpecWeave does it."
	case kind != "hotfix" && kind != "experiment" && kind != "":
		return "It is of the type " + kind + ", and SpecWeave asks reports of those before it closes them."
	case kind == "" && export.IncrementType(in) != "hotfix":
		return "It follows the normal flow, and SpecWeave asks reports before it closes it."
	default:
		return ""
	}
}

// Weave brings an incident and its increment in step; see session.Weaver.
func (p *Publisher) Weave(ctx context.Context, folder string, in workflow.Incident) (session.Woven, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place, err := home(folder, in)
	if err != nil {
		return session.Woven{}, err
	}
	w, err := p.found(ctx, place, in, in.Fix.Increment.Get().ID)
	if err != nil {
		return session.Woven{}, err
	}
	busy := repo.Busy(place)
	var ticked []string
	ahead := w.last.ahead(in)
	if busy == "" && !ahead {
		if ticked, err = tickFirst(&w, in); err != nil {
			return session.Woven{}, err
		}
	}
	if w, err = p.hold(w, in); err != nil {
		return session.Woven{}, err
	}
	if busy != "" {
		out := session.Woven{Increment: w.shown(in, w.sides)}
		out.Increment.Held = held(busy)
		return out, nil
	}
	if ahead {
		out := session.Woven{Increment: w.shown(in, w.sides), Behind: true}
		out.Increment.Held = "Another window or terminal has brought the files in step with something newer. Nothing was written from here, and it is looked at again once that is read."
		return out, nil
	}
	return p.weave(ctx, in, w, ticked)
}

// tickFirst writes the ticks of the incident before anything is worked out that
// follows from them: that is what somebody beside the screen waits for.
func tickFirst(w *woven, in workflow.Incident) (wrote []string, err error) {
	tasks := w.raw.Files["tasks.md"]
	edit, ok := weave.Ticks(in, tasks.Content, w.last.tells)
	if !ok {
		return nil, nil
	}
	wrote, moved, err := swap(*w, []weave.Edit{edit})
	if moved == "" && err == nil {
		tasks.Content = edit.After
		w.raw.Files["tasks.md"] = tasks
	}
	return wrote, err // a file that somebody changed meanwhile is swapped against below, and told there
}

// steps are what a look would write, file by file.
func (w woven) steps() []repo.Step {
	edits, _ := w.sides.Edits()
	var out []repo.Step
	for _, name := range []string{metadataName, "spec.md", "plan.md", "tasks.md"} {
		content := w.raw.Files[name].Content
		if content == nil {
			continue
		}
		step := repo.Step{Path: path.Join(w.raw.Folder, name), What: repo.Same, Before: content, After: content}
		for _, e := range edits {
			if e.Name == name {
				step.What, step.After = repo.Update, e.After
			}
		}
		out = append(out, step)
	}
	return out
}

// Compare looks at both sides and writes nothing; see session.Weaver.
func (p *Publisher) Compare(ctx context.Context, folder string, in workflow.Incident) (session.Increment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place, err := home(folder, in)
	if err != nil {
		return session.Increment{}, err
	}
	w, err := p.lookAt(ctx, place, in, in.Fix.Increment.Get().ID)
	if err != nil {
		return session.Increment{}, err
	}
	found := w.shown(in, w.sides)
	_, cannot := w.sides.Edits()
	found.Says = append(found.Says, cannot...)
	if busy := repo.Busy(place); busy != "" {
		found.Held = held(busy)
	}
	return found, nil
}

func held(busy string) string {
	return "Git is in the middle of " + busy + ". Nothing is read from the files or written into them until it is over."
}

// weave writes what only the incident changed, and answers what only the files
// changed.
func (p *Publisher) weave(ctx context.Context, in workflow.Incident, w woven, ticked []string) (session.Woven, error) {
	edits, cannot := w.sides.Edits()
	wrote, moved, err := swap(w, edits)
	if err != nil {
		return session.Woven{}, err
	}
	after := w.sides
	if len(edits) > 0 {
		after = w.sides.After(edits[:len(wrote)])
	}
	out := session.Woven{Increment: w.shown(in, after)}
	out.Increment.Wrote = append(ticked, wrote...)
	out.Increment.Says = append(out.Increment.Says, cannot...)
	if moved != "" {
		// Somebody wrote in the same moment. Nothing of theirs was touched; their
		// change wakes the watch, and the next look starts from it.
		out.Increment.Held = path.Base(moved) + " changed in the same moment. It was left as it is and is looked at again."
	}
	if err := p.keepAgreed(ctx, w, in, after); err != nil {
		return out, err
	}
	out.Takes = p.takes(ctx, w)
	return out, nil
}

// swap puts edits on the disk, each only where the file still is as it was read.
func swap(w woven, edits []weave.Edit) (wrote []string, moved string, err error) {
	if len(edits) == 0 {
		return nil, "", nil
	}
	files := make([]repo.Edit, len(edits))
	for i, e := range edits {
		files[i] = repo.Edit{Path: path.Join(w.raw.Folder, e.Name), Before: e.Before, After: e.After}
	}
	done, moved, err := repo.Swap(w.place.Root, files)
	for _, e := range edits[:done] {
		wrote = append(wrote, e.Name)
	}
	return wrote, moved, err
}

// takes are what only the files changed, with who changed it as far as git
// knows.
func (p *Publisher) takes(ctx context.Context, w woven) []session.Take {
	var out []session.Take
	who := map[string][2]string{}
	for _, t := range w.sides.Takes() {
		if _, asked := who[t.File]; !asked {
			who[t.File] = [2]string{t.File, t.File}
			if name, commit, ok := repo.Author(ctx, w.place, path.Join(w.raw.Folder, t.File)); ok {
				who[t.File] = [2]string{name, t.File + ", commit " + commit}
			}
		}
		out = append(out, session.Take{Want: t.Want, By: who[t.File][0], Via: who[t.File][1]})
	}
	return out
}

// shown is an increment as the desk shows it.
func (w woven) shown(in workflow.Incident, sides *weave.Weaving) session.Increment {
	glance := sides.Glance(w.raw.ID)
	state, known := specweave.State(glance.RawStatus)
	i := session.Increment{
		ID: w.raw.ID, Root: w.place.Root, Folder: w.raw.Folder, Group: w.raw.Group,
		Title: glance.Title, Type: glance.Type, Tasks: glance.Tasks, Done: glance.Done, Criteria: glance.Criteria, Met: glance.Met,
		Differences: sides.Differences(), Hypothesis: sides.Hypothesis(), Says: sides.Says(),
	}
	if known {
		i.State = workflow.Standing(state)
	} else {
		i.Raw = glance.RawStatus
	}
	i.Handover = w.handover(in, i.State)
	return i
}

// handover says how SpecWeave closes the increment, where it must.
func (w woven) handover(in workflow.Incident, state workflow.Standing) session.Handover {
	if w.handed == "" || state == workflow.Completed || state == workflow.Abandoned {
		return session.Handover{}
	}
	number := numberOf(w.raw.ID)
	stand := in.IncrementStand()
	return session.Handover{
		Because: w.handed, Command: "specweave complete " + number + " --yes", Skill: "/sw:done " + number,
		Installed: installed(), Ready: stand.State == workflow.Completed,
	}
}

func numberOf(id string) string {
	number, _, _ := strings.Cut(id, "-")
	return number
}
