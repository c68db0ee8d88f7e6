// Package weave holds an incident against the files of its increment: what each
// of them says, on what they differ, what has to be asked for in the incident,
// and which bytes have to change in the files.
//
// The incident's side is read from the files as they would be written now, by
// the same readers as the side that lies on the disk. So both are in one form,
// and nothing has to be escaped or unescaped to be compared.
//
// Everything here is a function of values: no disk, no clock.
package weave

import (
	"firebreak/export"
	"firebreak/export/specweave"
	"firebreak/workflow"
)

// The files of an increment.
const (
	metadataFile = "metadata.json"
	specFile     = "spec.md"
	planFile     = "plan.md"
	tasksFile    = "tasks.md"
)

// Files are the files of an increment by their names. One that is missing is
// absent; one that cannot be read is absent as well, with its sentence in Says.
type Files struct {
	Content map[string][]byte
	Says    map[string]string
}

// side is one side of an increment, parsed.
type side struct {
	tasks    specweave.Tasks
	spec     specweave.Spec
	plan     specweave.Spec
	metadata specweave.Metadata
}

// Ours is the incident's side: its files as they would be written now, and what
// they say. It can be made before the disk is read.
type Ours struct {
	in    workflow.Incident
	place export.Place
	fresh map[string][]byte
	mine  side
}

// OursOf makes the incident's side for an increment at a place.
func OursOf(in workflow.Incident, place export.Place) *Ours {
	o := &Ours{in: in, place: place, fresh: make(map[string][]byte, len(fileNames))}
	for _, f := range export.Increment(in, place) {
		o.fresh[f.Name] = f.Content
	}
	o.mine.tasks = specweave.ReadTasks(o.fresh[tasksFile])
	o.mine.spec = specweave.ReadSpec(o.fresh[specFile])
	o.mine.plan = specweave.ReadSpec(o.fresh[planFile])
	o.mine.metadata, _ = specweave.ReadMetadata(o.fresh[metadataFile]) // it was written a moment ago
	return o
}

// Fits says whether this side was made for a place.
func (o *Ours) Fits(place export.Place) bool { return o.place == place }

// Weaving is both sides of an increment.
type Weaving struct {
	*Ours
	disk   Files
	theirs side
	twice  []string          // tasks that the file has more than once
	closed map[string]string // files that take no part, and why
	meta   error             // metadata.json cannot be understood

	ours    workflow.Said // in the file's form
	written workflow.Said // ours, where the file holds what the incident says word for word
	says    workflow.Said
	last    workflow.Agreement
	differs []workflow.Difference
}

// Of holds an incident against the files of its increment. The agreement tells
// what the two said when they were last alike.
func Of(in workflow.Incident, place export.Place, disk Files, last workflow.Agreement) *Weaving {
	return OursOf(in, place).Beside(disk, last)
}

// Beside holds the incident's side against the files.
func (o *Ours) Beside(disk Files, last workflow.Agreement) *Weaving {
	w := &Weaving{
		Ours: o, disk: disk, last: last, closed: map[string]string{},
		ours: workflow.Said{}, says: workflow.Said{}, written: workflow.Said{},
	}
	w.read()
	w.say()
	w.differs = o.in.Compare(w.ours, w.says, last)
	return w
}

// Glance is the increment as its files stand, in a few numbers.
func (w *Weaving) Glance(id string) specweave.Overview {
	return specweave.Glance(id, w.disk.Content[metadataFile], w.disk.Content[specFile], w.disk.Content[tasksFile])
}

// Differences are the parts that the two sides do not say alike.
func (w *Weaving) Differences() []workflow.Difference { return w.differs }
