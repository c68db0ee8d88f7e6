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

// attachTarget is where a file goes: to the selected entry of the timeline, into
// the section of the post-mortem that is open, or with the note that is being
// written.
type attachTarget struct {
	entry   workflow.EventID
	section workflow.SectionPolicy
	where   string
}

// note is the target that is always there.
func (attachTarget) note() attachTarget {
	return attachTarget{where: "It goes with the note that you write next."}
}

func (s *Shell) attachTarget() attachTarget {
	if t, ok := s.panes[TimelineScreen].(*timeline); ok && s.screen == TimelineScreen {
		if e, ok := t.index.entry(t.list.Selected()); ok {
			return attachTarget{entry: e.ID, where: "It goes to the selected entry, " + clockSeconds(e.At.Get(), s.state.Shown()) + " " + beginning(strings.Join(strings.Fields(e.Text.Get()), " "), 60) + "."}
		}
	}
	if p, ok := s.panes[s.screen].(sectionFiles); ok {
		if section := p.writes(); section.ID != "" && s.focused() != s.composer.field.Target() {
			return attachTarget{section: section, where: "It goes into the text of " + section.Name + "."}
		}
	}
	return attachTarget{}.note()
}

// attachFile asks which file, by its path or with the system's dialog.
func (s *Shell) attachFile() {
	target := s.attachTarget()
	field := kit.NewField("File").Placeholder("~/Pictures/graph.png")
	says := kit.NewCaption(target.where + " Up to 25 MB. The file is copied; it can also be dropped on the window.").Wrapped()
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
		s.attachPaths(target, paths, func(err error) {
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
					s.attachPaths(target, paths, nil)
				}
			})
		}).Icon("folder"))
	}
	s.Layer(Sheet{ID: id, Title: "Attach a file", Body: kit.Column(look.Space3, field, says), First: field.Target(), Width: 560, Actions: actions, Default: attach})
}

func (s *Shell) attachPaths(target attachTarget, paths []string, done func(error)) {
	files := make([]session.Incoming, len(paths))
	for i, path := range paths {
		files[i] = session.FileAt(path)
	}
	s.attach(target, files, done)
}

// attach says what went wrong where nobody else listens, and shows where the
// file went.
func (s *Shell) attach(target attachTarget, files []session.Incoming, done func(error)) {
	said := func(err error) {
		switch {
		case done != nil:
			done(err)
		case err != nil:
			s.Say(session.Strip{Says: err.Error(), Warning: true})
		}
	}
	if target.section.ID != "" {
		s.AttachToSection(target.section.ID, files, func(stored []workflow.Attachment) { s.showInSection(target, stored) }, said)
		return
	}
	s.Desk.Attach(target.entry, files, func(err error) {
		said(err)
		if err == nil && target.entry == "" {
			s.composer.Focus()
		}
	})
}

// showInSection puts links to files into a section's text.
func (s *Shell) showInSection(target attachTarget, stored []workflow.Attachment) {
	if p, ok := s.pane(PostmortemScreen).(sectionFiles); ok {
		p.shows(target.section.ID, stored)
		s.Say(session.Strip{Says: workflow.NamesOf(stored) + " is in the text of " + target.section.Name + ". It is saved with it."})
	}
}

// OfferFiles looks whether a pasted text names files, and offers to attach them
// to what is written instead.
func (s *Shell) OfferFiles(pasted string, take func()) {
	target := s.attachTarget()
	s.OfferTo(pasted, take, func(files []session.Incoming) { s.attach(target, files, nil) })
}

// Drop attaches files that were dropped on the window: over the composer to the
// note, over the timeline to its selected entry, over the post-mortem into the
// text of the section that is open. While the import is open, or where no
// incident is, it is a document to be read.
func (s *Shell) Drop(at fyne.Position, paths []string) {
	if len(paths) > 0 && (s.layers.IsOpen(importLayer) || !s.state.Incident.Declared()) {
		s.importFile(paths[0])
		if len(paths) > 1 {
			s.Say(session.Strip{Says: "One document is read at a time: " + filepath.Base(paths[0]) + ". Drop the others when it is done."})
		}
		return
	}
	target := s.attachTarget()
	if top := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.composer.content); at.Y >= top.Y {
		target = target.note()
	}
	s.attachPaths(target, paths, nil)
}

// paste attaches the image on the clipboard. Fyne's clipboard holds text alone,
// so the system's own tool is asked.
func (s *Shell) paste() { s.pasteTo(s.attachTarget()) }

func (s *Shell) pasteTo(target attachTarget) {
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
		s.attach(target, []session.Incoming{image}, nil)
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
