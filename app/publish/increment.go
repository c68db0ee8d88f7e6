package publish

import (
	"context"
	"errors"
	"io/fs"
	"path"

	"firebreak/data/repo"
	"firebreak/export"
	"firebreak/workflow"
)

// CreateIncrement takes the next number, writes the increment's four files and
// answers what to record. An increment that is there already is written again
// instead. Without SpecWeave it refuses, and says how to enable it.
func (p *Publisher) CreateIncrement(ctx context.Context, folder string, in workflow.Incident) (workflow.RecordIncrement, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place, err := find(folder)
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
	if id != "" {
		err = p.rewrite(ctx, place, in, id, at)
	} else {
		id, at, err = p.create(ctx, place, in)
	}
	if err != nil {
		return workflow.RecordIncrement{}, err
	}
	return workflow.RecordIncrement{ID: id, Root: place.Root, Path: at, Type: export.IncrementType(in)}, nil
}

// create reserves a number and fills its folder. If that fails, the number is
// given back: SpecWeave reports an increment without files as damaged.
func (p *Publisher) create(ctx context.Context, place repo.Place, in workflow.Incident) (id, at string, err error) {
	id, _, err = repo.Reserve(place, slug(in))
	if err != nil {
		return "", "", err
	}
	at = path.Join(increments, id)
	files, err := incrementFiles(place, in, id, at)
	if err == nil {
		var report repo.Report
		report, err = repo.WriteTogether(place.Root, files, nil)
		if err == nil && len(report.Kept) > 0 {
			err = trouble(fs.ErrExist, "Another program wrote into %s just now. Nothing of it was overwritten. "+
				"Look into that folder, then create the increment again.", at)
		}
		if keeping := p.keep(ctx, place.Root, report); err == nil {
			return id, at, keeping
		}
	}
	return "", "", errors.Join(err, repo.Release(place, id))
}

// rewrite brings the files of an increment up to date, all of them or none.
func (p *Publisher) rewrite(ctx context.Context, place repo.Place, in workflow.Incident, id, at string) error {
	files, err := incrementFiles(place, in, id, at)
	if err != nil {
		return err
	}
	known, err := p.known(ctx, place.Root, files)
	if err != nil {
		return err
	}
	steps, err := repo.Plan(place.Root, files, known)
	if err != nil {
		return err
	}
	if err := heldByGit(ctx, place, steps); err != nil {
		return err
	}
	report, err := repo.WriteTogether(place.Root, files, known)
	if err != nil {
		return err
	}
	if len(report.Kept) > 0 {
		return trouble(fs.ErrExist, "%s is there already, and somebody changed %s in it. Nothing was written. "+
			"Export the increment to see the difference and decide.", id, path.Base(report.Kept[0].Path))
	}
	return p.keep(ctx, place.Root, report)
}

// incrementFiles makes the four files for where they go. What SpecWeave wrote
// into its metadata since stays in it.
func incrementFiles(place repo.Place, in workflow.Incident, id, at string) ([]repo.File, error) {
	record, err := recordPath(place, in, id)
	if err != nil {
		return nil, err
	}
	theirs, err := repo.Read(place.Root, path.Join(at, "metadata.json"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	state := export.ReadMetadata(theirs)
	var files []repo.File
	for _, f := range export.Increment(in, export.Place{
		ID: id, Project: place.Project(), RecordPath: record,
		External: place.Config.ExternalSync || state.Linked, Status: state.Status,
	}) {
		if f.Name == "metadata.json" && theirs != nil {
			// What cannot be read cannot be merged; it shows up as changed, and is
			// only replaced when a person agrees.
			if merged, err := export.MergeMetadata(theirs, f.Content); err == nil {
				f.Content = merged
			}
		}
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
