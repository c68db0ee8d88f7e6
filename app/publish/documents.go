package publish

import (
	"context"
	"path"
	"slices"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export"
	"firebreak/export/page"
	"firebreak/workflow"
)

// set is the documents of one export: which file belongs to which.
type set struct {
	place     repo.Place
	woven     *woven      // the increment that is there
	increment []repo.File // of one that is not yet: all of them or none
	record    []repo.File
	page      []repo.File // the record once more, for printing
	attached  attachments // of both
}

// says is what stands between the increment and its files, before they are
// written.
func (s set) says() []string {
	if s.woven == nil {
		return nil
	}
	_, cannot := s.woven.sides.Edits()
	out := append(s.woven.sides.Says(), cannot...)
	for _, d := range s.woven.sides.Differences() {
		switch d.Verdict {
		case workflow.AskFirst:
			out = append(out, "Both the incident and the file have changed "+d.Part.Named()+". The file keeps its own until you decide: see the increment.")
		case workflow.TakeTheirs:
			out = append(out, "The file has changed "+d.Part.Named()+". That comes into the incident with the next look at the increment.")
		}
	}
	return out
}

func (s set) all() []repo.File { return slices.Concat(s.increment, s.record, s.page) }

// documents makes the files of the asked documents. An increment that is in the
// repository is brought up to date with the post-mortem, because its tasks and
// its status follow from the same log.
func (p *Publisher) documents(ctx context.Context, place repo.Place, in workflow.Incident, asked []session.Document, preview bool) (set, error) {
	out := set{place: place}
	id := in.Fix.Increment.Get().ID
	wanted := slices.Contains(asked, session.IncrementDocument)
	if wanted || id != "" && !orphaned(place, in) {
		if err := p.asIncrement(ctx, &out, in, id, preview); err != nil {
			return set{}, err
		}
	}
	if err := p.asRecord(ctx, &out, in, id, asked); err != nil {
		return set{}, err
	}
	return out, nil
}

// asRecord brings the post-mortem into a set, in the forms that are asked for.
// They lie beside each other and share their attachments.
func (p *Publisher) asRecord(ctx context.Context, out *set, in workflow.Incident, id string, asked []session.Document) error {
	record, printed := slices.Contains(asked, session.PostmortemDocument), slices.Contains(asked, session.HTMLDocument)
	if !record && !printed {
		return nil
	}
	at, err := recordPath(out.place, in, id)
	if err != nil {
		return err
	}
	if out.attached, err = p.attachments(ctx, out.place.Root, in, at); err != nil {
		return err
	}
	if record {
		out.record = []repo.File{{Path: at, Content: export.PostmortemWith(in, out.attached.files)}}
	}
	if printed {
		files := page.Files{Files: out.attached.files, Read: func(sha string) ([]byte, error) { return p.read(ctx, sha) }}
		out.page = []repo.File{{Path: pagePath(at), Content: page.Postmortem(in, files)}}
	}
	return nil
}

// asIncrement brings the increment into a set: what would change in the files
// that are there, or new ones. A preview shows one that is not created yet under
// the number that it would get now.
func (p *Publisher) asIncrement(ctx context.Context, out *set, in workflow.Incident, id string, preview bool) (err error) {
	place := out.place
	switch {
	case place.SpecWeave == "":
		return notSpecWeave(place)
	case id != "" && isThere(place, id):
		if in.Fix.Increment.Get().Root == "" {
			return nil // only its name is known: it is somebody else's until it is linked
		}
		w, err := p.lookAt(ctx, place, in, id)
		out.woven = &w
		return err
	case id != "":
		at, err := incrementFolder(place, id)
		if err != nil {
			return err
		}
		out.increment, err = incrementFiles(place, in, id, at)
		return err
	case !preview:
		return trouble(nil, "This incident has no increment yet. Nothing was written. Create it first: that takes its number.")
	}
	number, _, err := repo.Next(place)
	if err != nil {
		return err
	}
	id = number + "-" + slug(in)
	out.increment, err = incrementFiles(place, in, id, path.Join(increments, id))
	return err
}

// look plans an export against what is on the disk now.
func (p *Publisher) look(ctx context.Context, folder string, in workflow.Incident, docs []session.Document, preview bool) (set, repo.Ledger, []repo.Step, error) {
	place, err := find(folder)
	if err != nil {
		return set{}, nil, nil, err
	}
	files, err := p.documents(ctx, place, in, docs, preview)
	if err != nil {
		return set{}, nil, nil, err
	}
	known, err := p.known(ctx, place.Root, files.all())
	if err != nil {
		return set{}, nil, nil, err
	}
	steps, err := files.plan(known)
	return files, known, steps, err
}

// plan is what a write would do, the increment first.
func (s set) plan(known repo.Ledger) ([]repo.Step, error) {
	steps, err := repo.Plan(s.place.Root, s.all(), known)
	if s.woven != nil {
		steps = append(s.woven.steps(), steps...)
	}
	return steps, err
}

// Preview says what Write would do, and changes nothing.
func (p *Publisher) Preview(ctx context.Context, folder string, in workflow.Incident, docs ...session.Document) (session.Plan, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in, err := p.Outgoing(ctx, in)
	if err != nil {
		return session.Plan{}, err
	}
	files, _, steps, err := p.look(ctx, folder, in, docs, true)
	if err != nil {
		return session.Plan{}, err
	}
	for _, s := range steps {
		p.seen[seenKey(files.place.Root, s.Path)] = repo.Hash(s.Before)
	}
	for _, one := range files.attached.planned {
		p.seen[seenKey(files.place.Root, one.at)] = one.before
	}
	return planOf(files, in, steps), nil
}

// Write writes the documents. A file that somebody changed is kept, unless its
// path is accepted and it is still what the last preview showed. An increment's
// files are written together or not at all: its boxes must agree.
func (p *Publisher) Write(ctx context.Context, folder string, in workflow.Incident, accept []string, docs ...session.Document) (session.Plan, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in, err := p.released(ctx, in, accept)
	if err != nil {
		return session.Plan{}, err
	}
	files, known, steps, err := p.look(ctx, folder, in, docs, false)
	if err != nil {
		return session.Plan{}, err
	}
	root := files.place.Root
	if len(accept) > 0 { // else the look was the plan
		known = p.accepted(root, steps, known, accept)
		if steps, err = files.plan(known); err != nil {
			return session.Plan{}, err
		}
	}
	if err := heldByGit(ctx, files.place, slices.Concat(steps, files.attached.steps())); err != nil {
		return session.Plan{}, err
	}
	if err := ctx.Err(); err != nil {
		return session.Plan{}, err
	}
	plan := planOf(files, in, steps)
	// What the post-mortem links to is there before it.
	if err := p.writeAttachments(ctx, files, accept, &plan); err != nil {
		return session.Plan{}, err
	}
	if err := p.carryOut(ctx, in, files, known, &plan); err != nil {
		return session.Plan{}, err
	}
	plan.Written = true
	return plan, nil
}

// accepted puts into the ledger what the person has seen and given up.
func (p *Publisher) accepted(root string, steps []repo.Step, known repo.Ledger, accept []string) repo.Ledger {
	for _, s := range steps {
		if s.What != repo.Changed || !slices.Contains(accept, s.Path) {
			continue
		}
		shown, previewed := p.seen[seenKey(root, s.Path)]
		if !previewed || shown == repo.Hash(s.Before) {
			known = known.Accept(s.Path, s.Before)
		}
	}
	return known
}

// carryOut writes the increment first: it is the smaller one, and the
// post-mortem refers to it.
func (p *Publisher) carryOut(ctx context.Context, in workflow.Incident, files set, known repo.Ledger, plan *session.Plan) error {
	root := files.place.Root
	if files.woven != nil && !files.woven.last.ahead(in) {
		if _, err := p.weave(ctx, in, *files.woven, nil); err != nil {
			return err
		}
	}
	for _, part := range [][]repo.File{files.increment, files.record, files.page} {
		report, err := repo.WriteTogether(root, part, known)
		if keeping := p.keep(ctx, root, report); err == nil {
			err = keeping
		}
		if err != nil {
			return err
		}
		hold(plan, part, report.Kept)
	}
	return nil
}

// planOf is the plan as the desk shows it.
func planOf(files set, in workflow.Incident, steps []repo.Step) session.Plan {
	plan := session.Plan{Root: files.place.Root}
	for _, s := range steps {
		document := session.IncrementDocument
		switch {
		case isIn(files.record, s.Path):
			document = session.PostmortemDocument
		case isIn(files.page, s.Path):
			document = session.HTMLDocument
		}
		step := session.PlanStep{
			Document: document, Path: s.Path, What: string(s.What), Diff: repo.UnifiedDiff(s.Before, s.After, s.Path),
		}
		if s.What == repo.Changed {
			step.Theirs, step.Ours = string(s.Before), string(s.After)
		}
		plan.Steps = append(plan.Steps, step)
	}
	files.attached.addTo(&plan)
	plan.Says = files.says()
	if len(files.record) > 0 || len(files.page) > 0 {
		for _, section := range in.EmptySections() {
			plan.Empty = append(plan.Empty, section.Name)
		}
	}
	return plan
}

// hold marks files that were left alone: those that somebody changed, and those
// that belong to them.
func hold(plan *session.Plan, files []repo.File, kept []repo.Conflict) {
	if len(kept) == 0 {
		return
	}
	for n, step := range plan.Steps {
		if !isIn(files, step.Path) || step.What == string(repo.Same) {
			continue
		}
		plan.Steps[n].Kept = true
		if slices.ContainsFunc(kept, func(c repo.Conflict) bool { return c.Path == step.Path }) {
			plan.Steps[n].What = string(repo.Changed)
		}
	}
}

func isIn(files []repo.File, at string) bool {
	return slices.ContainsFunc(files, func(f repo.File) bool { return f.Path == at })
}

func seenKey(root, at string) string { return root + "\x00" + at }
