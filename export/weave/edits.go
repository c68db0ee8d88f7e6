package weave

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// Edit is one file that has to change.
type Edit struct {
	Name          string
	Before, After []byte
}

// Edits makes the bytes that the files should hold, in the order in which they
// belong on the disk: the tasks, what follows from them, and the state last. A
// part that cannot be written stands in the sentences; the others are written
// all the same.
func (w *Weaving) Edits() ([]Edit, []string) {
	e := &editing{Weaving: w, now: maps.Clone(w.disk.Content)}
	e.tasks()
	e.texts()
	e.criteria()
	e.surroundings()
	e.metadata()
	var out []Edit
	for _, name := range []string{tasksFile, specFile, planFile, metadataFile} {
		if before := w.disk.Content[name]; !bytes.Equal(before, e.now[name]) {
			out = append(out, Edit{name, before, e.now[name]})
		}
	}
	return out, e.cannot
}

// editing is the files on their way to what they should hold.
type editing struct {
	*Weaving
	now    map[string][]byte
	moved  []string // tasks that are ticked or opened on this way, here or in the file
	cannot []string
}

// try carries one edit of a file out, or says why it cannot be done.
func (e *editing) try(name string, edit func([]byte) ([]byte, error)) bool {
	return e.tryOn(name, "", edit)
}

// tryOn is try for an edit of one thing in the file.
func (e *editing) tryOn(name, thing string, edit func([]byte) ([]byte, error)) bool {
	after, err := edit(e.now[name])
	if err != nil {
		e.say(strings.TrimSuffix(name+", "+thing, ", ") + ": " + err.Error())
		return false
	}
	e.now[name] = after
	return true
}

func (e *editing) say(says string) {
	if !slices.Contains(e.cannot, says) {
		e.cannot = append(e.cannot, says)
	}
}
