package view

import (
	"image"
	"slices"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// entryFiles are the files of the entry in the editor: each with its name, its
// size, a small picture where it is one, and what can be done with it.
type entryFiles struct {
	ask     Asker
	content *fyne.Container
	list    *fyne.Container
	drawn   filesDrawn
}

// filesDrawn says what is on the screen, so that it is drawn again only when
// something else would be there.
type filesDrawn struct {
	entry workflow.EventID
	files []workflow.Attachment
}

func newEntryFiles(ask Asker) *entryFiles {
	v := &entryFiles{ask: ask, list: kit.Column(look.Space3)}
	add := kit.NewButton("Attach a file", func() { ask.Run("incident.attach") }).Icon("attach").Small()
	paste := kit.NewQuiet("Paste an image", func() { ask.Run("incident.paste") }).Small()
	v.content = kit.Column(look.Space2, kit.NewText("Attachments").Bold(), v.list, kit.Wrap(look.Space2, add, paste))
	return v
}

// Show lists the files of an entry; a new one has none yet.
func (v *entryFiles) Show(id workflow.EventID, st session.State) {
	entry, found := st.Incident.Entry(id)
	show(v.content, found)
	want := filesDrawn{entry: id}
	for _, f := range entry.Files() {
		want.files = append(want.files, f.Attachment)
	}
	if want.entry == v.drawn.entry && slices.Equal(want.files, v.drawn.files) {
		return
	}
	v.drawn = want
	v.list.Objects = nil
	for _, f := range want.files {
		v.list.Add(v.line(id, f))
	}
	show(v.list, len(want.files) > 0)
	v.content.Refresh()
}

// The box of a small picture, at 100 % text scale.
var thumbBox = fyne.NewSize(84, 60)

// line is one file.
func (v *entryFiles) line(entry workflow.EventID, a workflow.Attachment) fyne.CanvasObject {
	about := kit.NewCaption(workflow.SizeWords(a.Bytes) + mediaWord(a))
	thumb := kit.NewPicture("attach", a.Shown(), thumbBox)
	if a.Image() {
		v.ask.Thumbnail(a, func(picture image.Image, err error) {
			if err != nil {
				about.SetText(workflow.SizeWords(a.Bytes) + ", " + pictureTrouble(err))
				v.content.Refresh()
				return
			}
			thumb.Set(picture)
		})
	}
	name := a.Shown()
	open := kit.NewQuiet("Open", func() { v.ask.OpenAttachment(a) }).Small()
	save := kit.NewQuiet("Save as", func() { v.ask.SaveAttachmentAs(a) }).Small()
	remove := kit.NewQuiet("Remove", func() { v.ask.Detach(entry, a, nil) }).Small()
	words := kit.Column(2, kit.NewText(name).Wrapped(), about.Wrapped())
	return kit.Column(look.Space1, kit.TopRow(look.Space3, thumb, kit.Grow(words)), kit.Wrap(look.Space1, open, save, remove))
}

// mediaWord says what a file is, where its bytes say so.
func mediaWord(a workflow.Attachment) string {
	switch a.Media {
	case "image/png":
		return ", PNG picture"
	case "image/jpeg":
		return ", JPEG picture"
	case "image/gif":
		return ", GIF picture"
	case "image/webp":
		return ", WebP picture"
	case "application/pdf":
		return ", PDF"
	case "application/zip", "application/gzip":
		return ", archive"
	case "text/plain":
		return ", text"
	default:
		return ""
	}
}

// filesWord is what a row says of its files.
func filesWord(e workflow.Entry) string {
	return plural(len(e.Files()), "file", "files")
}

// pictureTrouble is why a picture is not shown, to stand behind its size.
func pictureTrouble(err error) string { return err.Error() }
