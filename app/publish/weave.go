package publish

import (
	"context"
	"path"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export/weave"
	"firebreak/workflow"
)

var _ session.Weaver = (*Publisher)(nil)

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

// Weave brings an incident and its increment in step; see session.Weaver.
func (p *Publisher) Weave(ctx context.Context, folder string, in workflow.Incident) (session.Woven, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	whole := in
	in, err := p.Outgoing(ctx, in)
	if err != nil {
		return session.Woven{}, err
	}
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
	out, err := p.weave(ctx, in, w, ticked)
	return unredacted(out, whole, in), err
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

// Compare looks at both sides and writes nothing; see session.Weaver.
func (p *Publisher) Compare(ctx context.Context, folder string, in workflow.Incident) (session.Increment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in, err := p.Outgoing(ctx, in)
	if err != nil {
		return session.Increment{}, err
	}
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
