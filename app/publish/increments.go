package publish

import (
	"context"
	"slices"
	"sync"

	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/export/specweave"
	"firebreak/workflow"
)

// Increments lists the increments of a repository, the newest number first.
// What cannot be understood is in the list as it stands on the disk.
func (p *Publisher) Increments(ctx context.Context, folder string) ([]session.Listed, error) {
	place, err := find(folder)
	if err != nil {
		return nil, err
	}
	if place.SpecWeave == "" {
		return nil, notSpecWeave(place)
	}
	var mu sync.Mutex
	var out []session.Listed
	err = repo.EachIncrement(ctx, place, func(raw repo.Raw) {
		one := listed(raw)
		mu.Lock()
		defer mu.Unlock()
		out = append(out, one)
	})
	slices.SortFunc(out, func(a, b session.Listed) int { return specweave.Later(b.ID, a.ID) })
	return out, err
}

func listed(raw repo.Raw) session.Listed {
	content := func(name string) []byte { return raw.Files[name].Content }
	glance := specweave.Glance(raw.ID, content(metadataName), content("spec.md"), content("tasks.md"))
	one := session.Listed{
		ID: raw.ID, Title: glance.Title, Type: glance.Type, State: glance.Status, Group: raw.Group,
		Tasks: glance.Tasks, Done: glance.Done, Incident: workflow.IncidentID(glance.Incident), Says: glance.Says,
	}
	if one.State == "" {
		one.State = glance.RawStatus
	}
	if raw.Says != "" {
		one.Says = append(one.Says, raw.Says)
	}
	for _, file := range raw.Files {
		if file.Says != "" {
			one.Says = append(one.Says, file.Says)
		}
	}
	return one
}

// Link answers what to record so that an incident belongs to an increment that
// is in the repository already: its tasks take the place of the playbook's. One
// that says it belongs to another incident can be linked all the same, because
// logs get lost and laptops change; what it says of that stays in it.
func (p *Publisher) Link(_ context.Context, folder string, _ workflow.Incident, id string) (workflow.LinkIncrement, error) {
	place, err := find(folder)
	if err != nil {
		return workflow.LinkIncrement{}, err
	}
	if place.SpecWeave == "" {
		return workflow.LinkIncrement{}, notSpecWeave(place)
	}
	raw, err := repo.ReadIncrement(place, id)
	if err != nil {
		return workflow.LinkIncrement{}, err
	}
	tasks := specweave.ReadTasks(raw.Files["tasks.md"].Content)
	if tasks.Says != "" && len(tasks.List) == 0 {
		return workflow.LinkIncrement{}, trouble(nil, "%s Nothing was linked: the tasks of %s could not be taken over.", tasks.Says, id)
	}
	meta, _ := specweave.ReadMetadata(raw.Files[metadataName].Content) // what is broken in it is said by every look
	link := workflow.LinkIncrement{WrittenIncrement: workflow.WrittenIncrement{
		ID: raw.ID, Root: place.Root, Path: raw.Folder, Type: specweave.Kind(meta.Type),
	}}
	seen := map[string]bool{}
	for _, t := range tasks.List {
		if !seen[t.ID] {
			seen[t.ID] = true
			link.Tasks = append(link.Tasks, workflow.LinkedTask{ID: t.ID, Title: t.Title, Done: t.Done})
		}
	}
	return link, nil
}

// Watch watches the files of an incident's increment; see session.Weaver.
func (p *Publisher) Watch(folder string, in workflow.Incident, changed func()) (stop func(), err error) {
	place, err := home(folder, in)
	if err != nil {
		return nil, err
	}
	return repo.Watch(place, in.Fix.Increment.Get().ID, changed)
}
