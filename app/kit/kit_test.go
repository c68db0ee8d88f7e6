package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// window shows an object under our theme, with layers around it, at a size.
func window(t *testing.T, content fyne.CanvasObject, width, height float32) (fyne.Window, *kit.Layers) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Dark, 1))
	layers := kit.NewLayers(content)
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	layers.Install(w.Canvas())
	return w, layers
}

// press types keys into whatever has the focus, as the window would.
func press(w fyne.Window, keys ...fyne.KeyName) {
	for _, key := range keys {
		event := &fyne.KeyEvent{Name: key}
		if f := w.Canvas().Focused(); f != nil {
			f.TypedKey(event)
		} else if w.Canvas().OnTypedKey() != nil {
			w.Canvas().OnTypedKey()(event)
		}
	}
}
