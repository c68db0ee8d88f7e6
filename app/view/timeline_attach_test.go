package view

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// falling is a picture of an error rate.
func falling() image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, 320, 180))
	for x := range 320 {
		for y := range 180 {
			picture.Set(x, y, color.RGBA{24, 28, 38, 255})
			if y > x/2 {
				picture.Set(x, y, color.RGBA{232, 92, 74, 255})
			}
		}
	}
	return picture
}

// attachedDesk is the burning one with two files at its last line.
func attachedDesk(t *testing.T) *fakeAsker {
	t.Helper()
	f := burningDesk(t)
	graph, trace := strings.Repeat("a", 64), strings.Repeat("b", 64)
	f.pictures = map[string]image.Image{graph: falling()}
	f.as("Jane", f.state.Now, workflow.Attach{Entry: entryOf(t, f, "error rate").ID, Files: []workflow.Attachment{
		{Name: "error rate after the canary was rolled back.png", Media: "image/png", SHA256: graph, Bytes: 120 << 10},
		{Name: "trace\u202etxt.exe", SHA256: trace, Bytes: 812},
	}})
	return f
}

func TestAnEntryShowsItsFilesAndWhatCanBeDoneWithThem(t *testing.T) {
	f := attachedDesk(t)
	p, _ := openTimeline(t, f)
	p.list.Select(string(entryOf(t, f, "error rate").ID))

	said := strings.Join(kit.TextsIn(p.side.editor.files.content), "\n")
	assert.Contains(t, said, "error rate after the canary was rolled back.png")
	assert.Contains(t, said, "120 KB, PNG picture")
	assert.Contains(t, said, "tracetxt.exe", "a name cannot turn its ending around")

	files := p.side.editor.files.content
	buttonIn(files, "Open").Press()
	buttonIn(files, "Save as").Press()
	assert.Equal(t, []string{"open attachment error rate after the canary was rolled back.png", "save attachment error rate after the canary was rolled back.png"}, f.calls)
	buttonIn(files, "Attach a file").Press()
	buttonIn(files, "Paste an image").Press()
	assert.Equal(t, []string{"incident.attach", "incident.paste"}, f.ran)

	buttonIn(files, "Remove").Press()
	assert.Equal(t, "error rate after the canary was rolled back.png", f.last().(workflow.Detach).File.Name)
	assert.NotContains(t, strings.Join(kit.TextsIn(files), "\n"), "canary", "and it is gone from the list")
	assert.Contains(t, strings.Join(kit.TextsIn(files), "\n"), "tracetxt.exe")
}

func TestAPictureThatCannotBeShownSaysWhy(t *testing.T) {
	f := attachedDesk(t)
	f.pictures = nil
	p, _ := openTimeline(t, f)
	p.list.Select(string(entryOf(t, f, "error rate").ID))
	assert.Contains(t, strings.Join(kit.TextsIn(p.side.editor.files.content), "\n"), "120 KB, its bytes cannot be read as one")
}

func TestARowCountsItsFilesAndTheSearchKnowsTheirNames(t *testing.T) {
	f := attachedDesk(t)
	p, _ := openTimeline(t, f)
	row := newEntryRow()
	p.draw(string(entryOf(t, f, "error rate").ID), row)
	assert.Equal(t, "2 files", row.files.Word())
	assert.True(t, row.files.Visible())
	p.draw(string(entryOf(t, f, "Tried").ID), row)
	assert.False(t, row.files.Visible(), "rows are used again")

	p.bar.find.SetText("canary was")
	assert.True(t, p.shows(string(entryOf(t, f, "error rate").ID)))
	assert.Equal(t, 1, p.page.shown)
}

func TestOnlyWhatIsShownAndNotRunOpensByItself(t *testing.T) {
	for name, safe := range map[string]bool{
		"a.png": true, "A.PDF": true, "x.log": true, "a.exe": false, "a.sh": false, "a.desktop": false, "a.html": false, "a.svg": false,
		"a": false, "a.png.exe": false, "a.png\u202e.exe": false, "a.lnk": false, "a.png ": true, "a.command": false,
	} {
		assert.Equal(t, safe, opensSafely(workflow.Attachment{Name: name}), name)
	}
}

func TestTheKeysOfTheListAttachAndOpen(t *testing.T) {
	f := attachedDesk(t)
	p, _ := openTimeline(t, f)
	id := string(entryOf(t, f, "error rate").ID)
	p.list.Select(id)
	require.True(t, p.letter(id, 'a'))
	require.True(t, p.letter(id, 'o'))
	assert.Equal(t, []string{"incident.attach"}, f.ran)
	assert.Equal(t, []string{"open attachment error rate after the canary was rolled back.png"}, f.calls)
	assert.False(t, p.letter(string(entryOf(t, f, "Tried").ID), 'o'), "there is nothing to open")
}

func TestTheExportPreviewSaysWhatHappensToAFileWithoutLines(t *testing.T) {
	for what, words := range map[string]string{
		"create": "New file, 120 KB. The post-mortem links to it.", "update": "New content, 120 KB.",
		"changed": "Somebody changed this file. The attachment has 120 KB.",
	} {
		assert.Equal(t, words, binaryWords(session.PlanStep{What: what, Binary: true, Bytes: 120 << 10}))
	}
	assert.Equal(t, "Missing or damaged, so not written: a.png. The document says so in their place; a backup may have them.", planGaps(session.Plan{Lost: []string{"a.png"}}))
	assert.Equal(t, "Still empty: Impact. That stops nothing; the document says so in its place. tasks.md is not there.",
		planGaps(session.Plan{Empty: []string{"Impact"}, Says: []string{"tasks.md is not there."}}))
}

// TestPicturesOfAttachments draws the files of an entry into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestPicturesOfAttachments(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the screens")
	}
	picture := recordPicture{desk: attachedDesk, build: newTimeline, after: func(_ *testing.T, p Pane, w fyne.Window) {
		press(w, fyne.KeyReturn)
		editor := p.(*timeline).side.editor
		kit.Focus(buttonIn(editor.files.content, "Attach a file"))
	}}
	for size, at := range paneSizes {
		for _, scale := range []float32{1, 1.5, 2} {
			room := paneRoom(size, scale)
			name := fmt.Sprintf("attachments-%s-%d", size, int(scale*100))
			drawRecord(t, filepath.Join(dir, name+"-dark.png"), look.Dark, scale, room, picture)
			if scale == 1 {
				drawRecord(t, filepath.Join(dir, name+"-light.png"), look.Light, scale, at, picture)
			}
		}
	}
}
