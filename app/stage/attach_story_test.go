package stage_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/app/view"
	"firebreak/workflow"
)

// graph is a picture of an error rate that falls.
func graph(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 640, 360))
	for x := range 640 {
		for y := range 360 {
			picture.Set(x, y, color.RGBA{24, 28, 38, 255})
		}
		height := 300 * math.Exp(-math.Pow(float64(x-260)/90, 2))
		for y := 340 - int(height); y < 340; y++ {
			picture.Set(x, y, color.RGBA{232, 92, 74, 255})
		}
	}
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, picture))
	return out.Bytes()
}

// file writes a file of the person's own.
func (st *story) file(name string, content []byte) string {
	st.t.Helper()
	path := filepath.Join(filepath.Dir(st.folder), name)
	require.NoError(st.t, os.WriteFile(path, content, 0o600))
	return path
}

// inShop reads a file of the repository.
func (st *story) inShop(path string) string {
	st.t.Helper()
	content, err := os.ReadFile(filepath.Join(st.shop, filepath.FromSlash(path)))
	require.NoError(st.t, err)
	return string(content)
}

// drops drops files on the window: low down on the composer, high up on the
// screen.
func (st *story) drops(y float32, paths ...string) *story {
	st.s.Shell.Drop(fyne.NewPos(400, y), paths)
	st.s.Pump()
	return st
}

const onComposer, onScreen = 570, 200

// pictured draws the window into the directory that FIREBREAK_PICTURES names.
func (st *story) pictured(name string) *story {
	st.t.Helper()
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		return st
	}
	for size, at := range map[string]fyne.Size{"800x600": fyne.NewSize(800, 600), "1280x800": fyne.NewSize(1280, 800)} {
		for _, theme := range []string{"dark", "light"} {
			prefs := st.s.Desk.State().Prefs
			prefs.Theme = theme
			st.s.Desk.SetPrefs(prefs, "")
			st.s.Win.Resize(at)
			st.s.Pump()
			require.NoError(st.t, st.s.Picture(filepath.Join(dir, name+"-"+size+"-"+theme+".png")))
		}
	}
	st.s.Win.Resize(fyne.NewSize(800, 600))
	st.s.Pump()
	return st
}

func (st *story) fileNames() string {
	var all []workflow.Attachment
	for _, f := range st.in().Attachments() {
		all = append(all, f.Attachment)
	}
	return workflow.NamesOf(all)
}

func TestADroppedFileIsThereAfterAPowerCutAndLiesBesideThePostMortem(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Playbook: st.s.Desk.State().Policy})
	shot := st.file("error rate 31%.png", graph(t))
	st.drops(onComposer, shot)
	require.NoError(t, st.s.Press("Ctrl+L"))
	require.NoError(t, st.s.Type("error rate 31%"))
	st.pictured("composer-files")

	st.losesPower()
	require.Equal(t, "error rate 31%.png", workflow.NamesOf(st.s.Desk.State().NoteFiles()), "it was not sent yet, and is still there")
	require.NoError(t, os.Remove(shot), "the person's own file is not needed any more")
	require.NoError(t, st.s.Press("Ctrl+L"))
	st.s.Key(fyne.KeyReturn)
	assert.Empty(t, st.s.Desk.State().NoteFiles())
	assert.Equal(t, "error rate 31%.png", st.fileNames())

	st.losesPower()
	assert.Equal(t, "error rate 31%.png", st.fileNames())
	st.s.Shell.Go(view.TimelineScreen)
	st.s.Key(fyne.KeyEnd)
	st.drops(onScreen, st.file("trace\u202etxt.log", []byte("panic: regexp")))
	assert.Equal(t, "error rate 31%.png, trace\u202etxt.log", st.named())
	st.pictured("timeline-files")

	docs := session.PostmortemDocument
	st.waits(func(done func(error)) { st.s.Desk.Export(nil, done, docs) })
	record := st.s.Desk.State().Plan.Steps[0].Path
	text := st.inShop(record)
	at := strings.Index(text, "![error rate 31%.png](")
	require.Positive(t, at, text)
	link, _, _ := strings.Cut(text[at+len("![error rate 31%.png]("):], ")")
	path, err := url.PathUnescape(link)
	require.NoError(t, err)
	assert.Equal(t, string(graph(t)), st.inShop(filepath.Join(filepath.Dir(record), path)), "the link leads to the picture")
	assert.Equal(t, "panic: regexp", st.inShop(filepath.Join(filepath.Dir(record), strings.Split(path, "/")[0], "tracetxt.log")))
	st.s.Shell.Go(view.PostmortemScreen)
	st.pictured("export-files")
}

// named are the files with their names as they were typed.
func (st *story) named() string {
	var names []string
	for _, f := range st.in().Attachments() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

func TestAFileIsAttachedByItsPathAndAnImageIsPasted(t *testing.T) {
	st := begin(t)
	require.NoError(t, st.s.Press("Ctrl+Shift+U"), "without an incident it says why")
	assert.Contains(t, st.s.Desk.State().Strip.Says, "No incident is open")
	st.at(0).does("Jane", workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Playbook: st.s.Desk.State().Policy})

	require.NoError(t, st.s.Press("Ctrl+Shift+U"))
	st.pictured("attach-sheet")
	require.NoError(t, st.s.Type(filepath.Join(st.folder, "none.png")))
	st.s.Key(fyne.KeyReturn)
	assert.Empty(t, st.s.Desk.State().NoteFiles(), "a mistyped path is said under the field")
	st.s.Shell.CloseLayer("attach")
	require.NoError(t, st.s.Press("Ctrl+Shift+U"))
	require.NoError(t, st.s.Type(st.file("trace.log", []byte("panic"))))
	st.s.Key(fyne.KeyReturn)
	assert.Equal(t, "trace.log", workflow.NamesOf(st.s.Desk.State().NoteFiles()))

	require.NoError(t, st.s.Press("Ctrl+Shift+V"))
	assert.Contains(t, st.s.Desk.State().Strip.Says, "There is no image on the clipboard")
	st.s.Image = graph(t)
	require.NoError(t, st.s.Press("Ctrl+Shift+V"))
	assert.Equal(t, "trace.log, pasted 2024-11-25 14.32.00.png", workflow.NamesOf(st.s.Desk.State().NoteFiles()))
	require.NoError(t, st.s.Press("Ctrl+L"))
	st.s.Key(fyne.KeyReturn)
	assert.Equal(t, "trace.log, pasted 2024-11-25 14.32.00.png", st.fileNames())

	files := st.in().Attachments()
	st.s.Shell.OpenAttachment(files[1].Attachment)
	st.s.Pump()
	require.Len(t, st.s.Opened, 1)
	content, err := os.ReadFile(st.s.Opened[0])
	require.NoError(t, err)
	assert.Equal(t, graph(t), content, "a copy, checked, under its own name")
	assert.Equal(t, "pasted 2024-11-25 14.32.00.png", filepath.Base(st.s.Opened[0]))
}

func TestAProgramIsNotStartedByOpeningIt(t *testing.T) {
	st := begin(t)
	st.at(0).does("Jane", workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Playbook: st.s.Desk.State().Policy})
	st.drops(onComposer, st.file("fix.sh", []byte("rm -rf /")))
	st.s.Shell.OpenAttachment(st.s.Desk.State().NoteFiles()[0])
	st.s.Pump()
	require.Len(t, st.s.Opened, 1)
	info, err := os.Stat(st.s.Opened[0])
	require.NoError(t, err)
	assert.True(t, info.IsDir(), "the folder of its copy is shown instead")
	assert.Contains(t, st.s.Desk.State().Strip.Says, "could be a program")
}
