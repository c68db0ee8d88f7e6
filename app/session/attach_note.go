package session

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"firebreak/workflow"
)

// NoteFiles is the draft that names the files of the half-written note: they
// come back with its text after a crash or a restart.
const NoteFiles = "composer.files"

// NoteFiles are the files of the half-written note.
func (s State) NoteFiles() []workflow.Attachment { return readNoteFiles(s.Drafts[NoteFiles].Text) }

func readNoteFiles(text string) []workflow.Attachment {
	var files []workflow.Attachment
	if json.Unmarshal([]byte(text), &files) != nil {
		return nil // of another version
	}
	return slices.DeleteFunc(files, func(f workflow.Attachment) bool { return !workflow.ValidSum(f.SHA256) })
}

func writeNoteFiles(files []workflow.Attachment) string {
	text, err := json.Marshal(files)
	if err != nil || len(files) == 0 {
		return ""
	}
	return string(text)
}

// withFiles adds files that are not there yet.
func withFiles(have, more []workflow.Attachment) []workflow.Attachment {
	have = slices.Clone(have)
	for _, a := range more {
		if !slices.Contains(have, a) {
			have = append(have, a)
		}
	}
	return have
}

// addToNote puts stored files beside the half-written note of an incident, also
// when another one lies on the desk by now.
func (d *Desk) addToNote(at home, stored []workflow.Attachment, done func(error)) {
	if at == d.here() {
		d.Draft(NoteFiles, writeNoteFiles(withFiles(d.state.NoteFiles(), stored)))
		d.SaveDrafts(done)
		d.show()
		return
	}
	started := d.clock.Now().UTC()
	d.beside(func() error {
		return addToDraft(at, stored, started)
	}, done)
}

func addToDraft(at home, stored []workflow.Attachment, started time.Time) error {
	kept, err := at.shelf.Drafts(context.Background(), at.incident)
	if err != nil {
		return err
	}
	draft := Draft{Incident: at.incident, Field: NoteFiles, Started: started}
	for _, k := range kept {
		if k.Field == NoteFiles {
			draft = k
		}
	}
	draft.Text = writeNoteFiles(withFiles(readNoteFiles(draft.Text), stored))
	return at.shelf.SaveDraft(context.Background(), draft)
}

// TakeOffNote takes files away from the half-written note: those that a person
// does not want, or those that have become an entry.
func (d *Desk) TakeOffNote(files ...workflow.Attachment) {
	left := slices.DeleteFunc(d.state.NoteFiles(), func(f workflow.Attachment) bool { return slices.Contains(files, f) })
	d.Draft(NoteFiles, writeNoteFiles(left))
	d.show()
}

// Offer looks whether a pasted text names files, and offers to attach them to
// the note instead; take is called when the person says so, before that.
func (d *Desk) Offer(pasted string, take func()) {
	d.OfferTo(pasted, take, func(files []Incoming) { d.Attach("", files, nil) })
}

// OfferTo is Offer for files that go elsewhere than to the note.
func (d *Desk) OfferTo(pasted string, take func(), attach func([]Incoming)) {
	paths := PathsIn(pasted)
	if len(paths) == 0 || !d.state.Incident.Declared() {
		return
	}
	d.Run("offer", func(context.Context) (func(), error) {
		there := Existing(paths)
		return func() {
			if len(there) == len(paths) {
				d.offerFiles(there, take, attach)
			}
		}, nil
	}, nil)
}

func (d *Desk) offerFiles(paths []string, take func(), attach func([]Incoming)) {
	files := make([]Incoming, len(paths))
	names := make([]workflow.Attachment, len(paths))
	for i, path := range paths {
		files[i] = FileAt(path)
		names[i].Name = files[i].Name
	}
	says, label := "That is a file: "+workflow.NamesOf(names)+".", "Attach it"
	if len(paths) > 1 {
		says, label = fmt.Sprintf("These are %d files: %s.", len(paths), workflow.NamesOf(names)), "Attach them"
	}
	d.Say(Strip{Says: says, Undo: label, Back: func() {
		take()
		attach(files)
	}})
}
