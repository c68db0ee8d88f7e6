package editor

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// TestPictures draws the editor in every mode into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the editor")
	}
	text := "## What happened\n\nA regex in the token validation was changed in PR #423. Tokens with a dash were refused, and Bob forgot to test them; the canary was off.\n\n" +
		"It took {{metric time-to-resolve}} in all.\n\n1. Alert at 14:32\n2. Rollback\n   - [x] tried twice\n\n```go\nfunc valid(token string) bool {\n\treturn expr.MatchString(token)\n}\n```\n\n> a quote 漢字 שלום 👩‍👩‍👧\n"
	for name, mode := range map[string]look.Mode{"dark": look.Dark, "light": look.Light, "contrast": look.Contrast} {
		for scene, set := range map[string]func(*Editor){
			"text":     func(e *Editor) { e.SetText(text); e.Select(30, 30) },
			"selected": func(e *Editor) { e.SetText(text); e.Select(40, 260) },
			"error":    func(e *Editor) { e.SetText(text); e.SetError("The disk is full. Your text is still here.") },
			"final":    func(e *Editor) { e.SetText(text); e.SetReadOnly(true) },
			"empty":    func(*Editor) {},
		} {
			scale := float32(1)
			if name == "contrast" {
				scale = 1.5
			}
			draw(t, filepath.Join(dir, "editor-"+scene+"-"+name+".png"), mode, scale, set)
		}
	}
}

func draw(t *testing.T, path string, mode look.Mode, scale float32, set func(*Editor)) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(mode, scale))
	e := New().Placeholder("Write here, in markdown. The preview shows how it reads.").Notes(func(line string) string {
		if strings.Contains(line, "{{metric") {
			return "47 minutes"
		}
		return ""
	}).Finder(func(text string) (int, int, bool) {
		at := strings.Index(text, "Bob forgot")
		return at, at + 10, at >= 0
	})
	layers := kit.NewLayers(kit.Inset(look.Space6, look.Space6, e))
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(560, 520))
	e.Focus()
	set(e)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(file, w.Canvas().Capture()))
	require.NoError(t, file.Close())
}
