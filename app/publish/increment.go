package publish

import (
	"context"
	"errors"
	"io/fs"
	"path"

	"firebreak/data/repo"
	"firebreak/export"
	"firebreak/export/specweave"
	"firebreak/workflow"
)

// CreateIncrement takes the next number, writes the increment's four files and
// answers what to record. An increment that is there already, in whichever
// repository, is brought up to date instead. Without SpecWeave it refuses, and says how to enable it.
func (p *Publisher) CreateIncrement(ctx context.Context, folder string, in workflow.Incident) (workflow.RecordIncrement, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	in, err := p.Outgoing(ctx, in)
	if err != nil {
		return workflow.RecordIncrement{}, err
	}
	place, err := home(folder, in)
	if err != nil {
		return workflow.RecordIncrement{}, err
	}
	if place.SpecWeave == "" {
		return workflow.RecordIncrement{}, notSpecWeave(place)
	}
	id, at := in.Fix.Increment.Get().ID, ""
	if id == "" {
		id, at = adopted(place, in)
	} else if at, err = incrementFolder(place, id); err != nil {
		return workflow.RecordIncrement{}, err
	}
	switch {
	case id == "":
		id, at, err = p.create(ctx, place, in)
	case !isThere(place, id):
		if err = p.fill(ctx, place, in, id, at); err == nil {
			err = p.agree(ctx, place, in, id)
		}
	default:
		err = p.bringUp(ctx, place, in, id)
	}
	if err != nil {
		return workflow.RecordIncrement{}, err
	}
	kind := export.IncrementType(in)
	if in.Linked() {
		kind = in.Fix.Increment.Get().Type // it was there first, with a type of its own
	}
	return workflow.RecordIncrement{ID: id, Root: place.Root, Path: at, Type: kind}, nil
}

func isThere(place repo.Place, id string) bool {
	_, found := repo.Locate(place, id)
	return found
}

// create reserves a number and fills its folder. If that fails, the number is
// given back: SpecWeave reports an increment without files as damaged.
func (p *Publisher) create(ctx context.Context, place repo.Place, in workflow.Incident) (id, at string, err error) {
	id, _, err = repo.Reserve(place, slug(in))
	if err != nil {
		return "", "", err
	}
	at = path.Join(increments, id)
	if err := p.fill(ctx, place, in, id, at); err != nil {
		return "", "", errors.Join(err, repo.Release(place, id))
	}
	return id, at, p.agree(ctx, place, in, id)
}

// fill writes the four files of an increment that has none yet.
func (p *Publisher) fill(ctx context.Context, place repo.Place, in workflow.Incident, id, at string) error {
	files, err := incrementFiles(place, in, id, at)
	if err != nil {
		return err
	}
	report, err := repo.WriteTogether(place.Root, files, nil)
	if err != nil {
		return err
	}
	if len(report.Kept) > 0 {
		return trouble(fs.ErrExist, "Another program wrote into %s just now. Nothing of it was overwritten. "+
			"Look into that folder, then create the increment again.", at)
	}
	return nil
}

// agree remembers what both sides of an increment say alike now.
func (p *Publisher) agree(ctx context.Context, place repo.Place, in workflow.Incident, id string) error {
	w, err := p.lookAt(ctx, place, in, id)
	if err != nil {
		return err
	}
	return p.keepAgreed(ctx, w, in, w.sides)
}

// bringUp brings an increment that is there up to date.
func (p *Publisher) bringUp(ctx context.Context, place repo.Place, in workflow.Incident, id string) error {
	w, err := p.lookAt(ctx, place, in, id)
	if err != nil {
		return err
	}
	if in.Fix.Increment.Get().Root == "" && w.meta.Incident != string(in.ID) {
		return trouble(nil, "Only the name of %s is known, and it was not written for this incident. Nothing was written. "+
			"If it is this incident's all the same, link it: then its tasks are taken over.", id)
	}
	if w.last.ahead(in) {
		return nil // whoever is ahead has brought it up already
	}
	if err := heldByGit(ctx, place, w.steps()); err != nil {
		return err
	}
	_, err = p.weave(ctx, in, w, nil)
	return err
}

// incrementFiles makes the four files of a new increment.
func incrementFiles(place repo.Place, in workflow.Incident, id, at string) ([]repo.File, error) {
	record, err := recordPath(place, in, id)
	if err != nil {
		return nil, err
	}
	var files []repo.File
	for _, f := range export.Increment(in, export.Place{
		ID: id, Project: place.Project(), RecordPath: record, External: handedTo(place, in, specweave.Metadata{}) != "",
	}) {
		files = append(files, repo.File{Path: path.Join(at, f.Name), Content: f.Content})
	}
	return files, nil
}

// heldByGit refuses to touch files that exist while git is in the middle of
// something: it would mix our change into theirs. New files are in nobody's way.
func heldByGit(ctx context.Context, place repo.Place, steps []repo.Step) error {
	busy := repo.FactsOf(ctx, place).Busy
	if busy == "" {
		return nil
	}
	for _, s := range steps {
		if s.What == repo.Update {
			return trouble(nil, "Git is in the middle of %s in %s. Nothing was written, so that our change of %s does not get mixed into it. "+
				"Finish or abort it, then try again.", busy, place.Root, s.Path)
		}
	}
	return nil
}
