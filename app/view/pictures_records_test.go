package view

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// paneSizes are what a window leaves for a screen: 1280x800 beside the wide
// rail, and 800x600 beside the narrow one.
var paneSizes = map[string]fyne.Size{"wide": fyne.NewSize(1088, 606), "narrow": fyne.NewSize(648, 404)}

// paneRoom is a pane's size under larger text: rail, header and composer grow.
func paneRoom(size string, scale float32) fyne.Size {
	at := paneSizes[size]
	rail := map[string]float32{"wide": railWide, "narrow": railNarrow}[size]
	return fyne.NewSize(at.Width-rail*(scale-1), at.Height-80*(scale-1))
}

// recordPicture is one named state of the timeline or of the history.
type recordPicture struct {
	desk  func(*testing.T) *fakeAsker
	build func(Asker) Pane
	after func(*testing.T, Pane, fyne.Window)
}

// TestPicturesOfTheRecords draws the timeline and the history into the directory
// that FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestPicturesOfTheRecords(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the screens")
	}
	for name, picture := range recordPictures() {
		for size, at := range paneSizes {
			drawRecord(t, filepath.Join(dir, name+"-"+size+"-dark.png"), look.Dark, 1, at, picture)
			drawRecord(t, filepath.Join(dir, name+"-"+size+"-light.png"), look.Light, 1, at, picture)
			drawRecord(t, filepath.Join(dir, name+"-"+size+"-150.png"), look.Dark, 1.5, paneRoom(size, 1.5), picture)
			drawRecord(t, filepath.Join(dir, name+"-"+size+"-200.png"), look.Contrast, 2, paneRoom(size, 2), picture)
		}
	}
}

func drawRecord(t *testing.T, path string, mode look.Mode, scale float32, size fyne.Size, picture recordPicture) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(mode, scale))
	f := picture.desk(t)
	pane := picture.build(searchable{f, pastHits})
	f.show = pane.Show
	layers := kit.NewLayers(pane.Content())
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(size)
	layers.Install(w.Canvas())
	pane.Show(f.state)
	pane.Enter()
	if picture.after != nil {
		picture.after(t, pane, w)
	}
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(file, w.Canvas().Capture()))
	require.NoError(t, file.Close())
}

func recordPictures() map[string]recordPicture {
	return map[string]recordPicture{
		"timeline-burning": {desk: burningDesk, build: newTimeline},
		"timeline-over":    {desk: func(t *testing.T) *fakeAsker { return newDesk(t, 80*time.Minute) }, build: newTimeline},
		"timeline-editing": {desk: burningDesk, build: newTimeline, after: func(_ *testing.T, p Pane, w fyne.Window) {
			press(w, fyne.KeyReturn)
			w.Canvas().Focused().(interface{ SetText(string) }).SetText("error rate 3.1% (was 31%)")
		}},
		"timeline-metrics": {desk: func(t *testing.T) *fakeAsker { return newDesk(t, 80*time.Minute) }, build: newTimeline, after: func(_ *testing.T, p Pane, _ fyne.Window) {
			p.(*timeline).side.choose(metricsTab)
		}},
		"timeline-changes": {desk: burningDesk, build: newTimeline, after: func(_ *testing.T, p Pane, _ fyne.Window) {
			p.(*timeline).side.choose(changesTab)
		}},
		"history":       {desk: pastDesk, build: newHistory},
		"history-first": {desk: func(t *testing.T) *fakeAsker { return newFakeAsker(t, quietState(t)) }, build: newHistory},
		"history-sample": {desk: func(t *testing.T) *fakeAsker {
			f := newDesk(t, 80*time.Minute)
			f.state.Sample = true
			f.state.History = []workflow.Summary{f.state.Incident.Summary()}
			return f
		}, build: newHistory},
		"history-search": {desk: pastDesk, build: newHistory, after: func(_ *testing.T, p Pane, w fyne.Window) {
			p.(Finder).Find()
			write(w, "token")
		}},
		"history-nothing": {desk: pastDesk, build: newHistory, after: func(_ *testing.T, p Pane, w fyne.Window) {
			p.(Finder).Find()
			write(w, "xyz")
		}},
		"history-numbers": {desk: pastDesk, build: newHistory, after: func(_ *testing.T, p Pane, _ fyne.Window) {
			p.(*history).side.open()
		}},
		"timeline-empty": {desk: func(t *testing.T) *fakeAsker { return newFakeAsker(t, quietState(t)) }, build: newTimeline},
	}
}
