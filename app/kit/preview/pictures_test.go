package preview

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"firebreak/app/look"
)

// TestPicturesForTheEye draws the samples as PNG files into the directory that
// FIREBREAK_PICTURES names. They are looked at, not compared.
func TestPicturesForTheEye(t *testing.T) {
	directory := os.Getenv("FIREBREAK_PICTURES")
	if directory == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the samples")
	}
	samples, err := filepath.Glob("testdata/*.md")
	require.NoError(t, err)
	for _, sample := range samples {
		text, err := os.ReadFile(sample)
		require.NoError(t, err)
		name := filepath.Base(sample)
		for _, mode := range []look.Mode{look.Dark, look.Light} {
			draw(t, string(text), mode, 1, fyne.NewSize(760, 3300), filepath.Join(directory, name+"."+string(mode)+".png"))
		}
		draw(t, string(text), look.Light, 1, fyne.NewSize(340, 4300), filepath.Join(directory, name+".narrow.png"))
		draw(t, string(text), look.Contrast, 2, fyne.NewSize(900, 5600), filepath.Join(directory, name+".contrast-200.png"))
	}
}

func draw(t *testing.T, text string, mode look.Mode, scale float32, size fyne.Size, path string) {
	t.Helper()
	view := onScreen(t, look.New(mode, scale), size)
	view.Images = graph
	view.SetMarkdown(text)
	writePNG(t, fyne.CurrentApp().Driver().CanvasForObject(view).Capture(), path)
}

// onScreen puts an empty view into a window of the test driver.
func onScreen(t *testing.T, theme fyne.Theme, size fyne.Size) *View {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme)
	view := New()
	window := test.NewTempWindow(t, view)
	window.SetPadded(false)
	window.Resize(size)
	return view
}

func writePNG(t *testing.T, picture image.Image, path string) {
	t.Helper()
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(file, picture))
	require.NoError(t, file.Close())
}

// graph is a picture as the owner of a view would answer it.
func graph(string) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, 320, 120))
	for x := range 320 {
		for y := range 120 {
			picture.Set(x, y, color.RGBA{uint8(40 + x/4), uint8(90 + y), 160, 255})
		}
	}
	return picture
}
