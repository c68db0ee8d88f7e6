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

// Weaving is both sides of an increment.
type Weaving struct {
	in     workflow.Incident
	place  export.Place
	fresh  map[string][]byte // as the incident would be written now
	disk   Files
	mine   side
	theirs side
	twice  []string          // tasks that the file has more than once
	closed map[string]string // files that take no part, and why; "" for one that is not there
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
	w := &Weaving{in: in, place: place, disk: disk, last: last, fresh: map[string][]byte{}, closed: map[string]string{}}
	for _, f := range export.Increment(in, place) {
		w.fresh[f.Name] = f.Content
	}
	w.read()
	w.ours, w.says = workflow.Said{}, workflow.Said{}
	w.written = workflow.Said{}
	w.say()
	w.differs = in.Compare(w.ours, w.says, last)
	return w
}

// Glance is the increment as its files stand, in a few numbers.
func (w *Weaving) Glance(id string) specweave.Overview {
	return specweave.Glance(id, w.disk.Content[metadataFile], w.disk.Content[specFile], w.disk.Content[tasksFile])
}

// Differences are the parts that the two sides do not say alike.
func (w *Weaving) Differences() []workflow.Difference { return w.differs }
