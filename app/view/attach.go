package view

import (
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// FilePicker is a world in which files can be looked for and pasted. One that
// is none has no such buttons.
type FilePicker interface {
	// ChooseFile lets a person choose files with the system's own dialog; none
	// when it was closed.
	ChooseFile(done func(paths []string, err error))
	// Pasted answers the image on the clipboard, or why there is none.
	Pasted(done func(session.Incoming, error))
}

// attachTarget is where a file goes: to the selected entry of the timeline, or
// with the note that is being written.
func (s *Shell) attachTarget() (workflow.EventID, string) {
	if t, ok := s.panes[TimelineScreen].(*timeline); ok && s.screen == TimelineScreen {
		if e, ok := t.index.entry(t.list.Selected()); ok {
			return e.ID, "It goes to the selected entry, " + clockSeconds(e.At.Get(), s.state.Shown()) + " " + beginning(strings.Join(strings.Fields(e.Text.Get()), " "), 60) + "."
		}
	}
	return "", "It goes with the note that you write next."
}

// attachFile asks which file, by its path or with the system's dialog.
func (s *Shell) attachFile() {
	entry, where := s.attachTarget()
	field := kit.NewField("File").Placeholder("~/Pictures/graph.png")
	says := kit.NewCaption(where + " Up to 25 MB. The file is copied; it can also be dropped on the window.").Wrapped()
	const id = "attach"
	attach := kit.NewPrimary("Attach", func() {
		path := strings.TrimSpace(field.Text())
		if path == "" {
			field.SetError("Type the path of a file, or browse for it.")
			return
		}
		paths := session.PathsIn(path)
		if len(paths) == 0 {
			field.SetError("Type the whole path, from the root of the disk or from ~.")
			return
		}
		s.attachPaths(entry, paths, func(err error) {
			if err != nil {
				field.SetError(err.Error())
				return
			}
			s.CloseLayer(id)
		})
	}).Icon("attach").Key("Enter")
	field.OnSubmit = func(string) { attach.Press() }
	field.OnChanged = func(string) { field.SetError("") }
	actions := []*kit.Button{attach}
	if picker, ok := s.world.(FilePicker); ok {
		actions = append(actions, kit.NewButton("Browse", func() {
			picker.ChooseFile(func(paths []string, err error) {
				switch {
				case err != nil:
					field.SetError(capital(err.Error()) + ".")
				case len(paths) > 0:
					s.CloseLayer(id)
					s.attachPaths(entry, paths, nil)
				}
			})
		}).Icon("folder"))
	}
	s.Layer(Sheet{ID: id, Title: "Attach a file", Body: kit.Column(look.Space3, field, says), First: field.Target(), Width: 560, Actions: actions, Default: attach})
}

func (s *Shell) attachPaths(entry workflow.EventID, paths []string, done func(error)) {
	files := make([]session.Incoming, len(paths))
	for i, path := range paths {
		files[i] = session.FileAt(path)
	}
	s.attach(entry, files, done)
}

// attach says what went wrong where nobody else listens, and shows where the
// file went.
func (s *Shell) attach(entry workflow.EventID, files []session.Incoming, done func(error)) {
	s.Desk.Attach(entry, files, func(err error) {
		switch {
		case done != nil:
			done(err)
		case err != nil:
			s.Say(session.Strip{Says: err.Error(), Warning: true})
		}
		if err == nil && entry == "" {
			s.composer.Focus()
		}
	})
}

// Drop attaches files that were dropped on the window: over the composer to the
// note, over the timeline to its selected entry. While the import is open, or
// where no incident is, it is a document to be read.
func (s *Shell) Drop(at fyne.Position, paths []string) {
	if len(paths) > 0 && (s.layers.IsOpen(importLayer) || !s.state.Incident.Declared()) {
		s.importFile(paths[0])
		if len(paths) > 1 {
			s.Say(session.Strip{Says: "One document is read at a time: " + filepath.Base(paths[0]) + ". Drop the others when it is done."})
		}
		return
	}
	entry, _ := s.attachTarget()
	if top := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.composer.content); at.Y >= top.Y {
		entry = ""
	}
	s.attachPaths(entry, paths, nil)
}

// paste attaches the image on the clipboard. Fyne's clipboard holds text alone,
// so the system's own tool is asked.
func (s *Shell) paste() { entry, _ := s.attachTarget(); s.pasteTo(entry) }

func (s *Shell) pasteTo(entry workflow.EventID) {
	picker, ok := s.world.(FilePicker)
	if !ok {
		s.Say(session.Strip{Says: "Images cannot be pasted here. Attach the file instead (Ctrl+Shift+U)."})
		return
	}
	if why := needsIncident(s.state); why != "" {
		s.Say(session.Strip{Says: why + ", so there is nothing to attach an image to."})
		return
	}
	picker.Pasted(func(image session.Incoming, err error) {
		if err != nil {
			s.Say(session.Strip{Says: capital(err.Error()) + "."})
			return
		}
		image.Name = "pasted " + s.state.Now.In(s.state.Shown()).Format("2006-01-02 15.04.05") + filepath.Ext(image.Name)
		s.attach(entry, []session.Incoming{image}, nil)
	})
}

// OpenAttachment shows an attachment in its own program, or, where opening it
// could run it, the folder that a copy of it lies in.
func (s *Shell) OpenAttachment(a workflow.Attachment) {
	s.Desk.OpenAttachment(a, func(path string) {
		if opensSafely(a) {
			s.OpenPath(path)
			return
		}
		s.OpenPath(filepath.Dir(path))
		s.Say(session.Strip{Says: a.Shown() + " could be a program, so it is not opened from here: a copy lies in the folder that opens."})
	}, nil)
}

// opensSafely says whether the program for a file only shows it. A name from
// somebody else must not start something.
func opensSafely(a workflow.Attachment) bool {
	switch strings.ToLower(filepath.Ext(a.FileName())) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".pdf",
		".txt", ".log", ".md", ".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".ini", ".conf", ".diff", ".patch", ".har", ".sql",
		".mp4", ".mov", ".webm", ".mp3", ".wav", ".zip", ".gz", ".tar", ".tgz":
		return true
	default:
		return false
	}
}

// SaveAttachmentAs asks where a copy goes.
func (s *Shell) SaveAttachmentAs(a workflow.Attachment) {
	const id = "attachment.save"
	field := kit.NewField("Save as")
	field.SetText(session.SaveThere(a))
	save := kit.NewPrimary("Save", nil).Icon("save").Key("Enter")
	save.SetRun(func() {
		s.Desk.SaveAttachment(a, field.Text(), func(err error) {
			if err != nil {
				field.SetError(err.Error())
				return
			}
			s.CloseLayer(id)
		})
	})
	field.OnSubmit = func(string) { save.Press() }
	field.OnChanged = func(string) { field.SetError("") }
	s.Layer(Sheet{
		ID: id, Title: "Save " + a.Shown(), First: field.Target(), Width: 620, Actions: []*kit.Button{save}, Default: save,
		Body: kit.Column(look.Space3, field, kit.NewCaption(fmt.Sprintf("%s. A file that is there already is kept. SHA-256 %s", workflow.SizeWords(a.Bytes), a.SHA256)).Wrapped()),
	})
}
