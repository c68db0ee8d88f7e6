package view

import (
	"slices"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// composerFiles are the files that go with the note: one button each, which
// takes it off again.
type composerFiles struct {
	ask     *Shell
	content *fyne.Container
	files   []workflow.Attachment
}

func newComposerFiles(s *Shell) *composerFiles {
	f := &composerFiles{ask: s, content: kit.Wrap(look.Space2)}
	f.content.Hide()
	return f
}

// Show lists the files, and reports whether the composer needs another height.
func (f *composerFiles) Show(st session.State) (changed bool) {
	files := st.NoteFiles()
	if slices.Equal(files, f.files) {
		return false
	}
	f.files = files
	f.content.Objects = nil
	if len(files) > 0 {
		f.content.Add(kit.NewCaption("With the note:"))
	}
	for _, a := range files {
		word := "Take off " + beginning(a.Shown(), 40) + ", " + workflow.SizeWords(a.Bytes)
		f.content.Add(kit.NewButton(word, func() { f.takeOff(a) }).Icon("close").Small())
	}
	show(f.content, len(files) > 0)
	return true
}

// takeOff takes a file off the note; the strip brings it back.
func (f *composerFiles) takeOff(a workflow.Attachment) {
	before := f.ask.State().Drafts[session.NoteFiles].Text
	f.ask.TakeOffNote(a)
	f.ask.Say(session.Strip{Says: a.Shown() + " was taken off the note.", Undo: "Undo", Back: func() {
		f.ask.Desk.Draft(session.NoteFiles, before)
		f.ask.Desk.Show()
	}})
	f.ask.composer.Focus()
}
