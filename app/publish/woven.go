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

// woven is an increment on the disk, held against its incident.
type woven struct {
	place  repo.Place
	raw    repo.Raw
	sides  *weave.Weaving
	last   agreement
	meta   specweave.Metadata
	handed string // why SpecWeave must close it; empty when it is closed from here
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
