package kit_test

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/assets"
)

func TestEveryIconIsDrawnInTheColourOfItsRole(t *testing.T) {
	for _, mode := range []look.Mode{look.Dark, look.Light, look.Contrast} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(look.New(mode, 1))
		for _, name := range assets.IconNames() {
			icon := kit.NewIcon("")
			w := test.NewTempWindow(t, kit.Inset(4, 4, icon))
			w.SetPadded(false)
			empty := w.Canvas().Capture()
			icon.Set(name, look.Text)
			assert.Greaterf(t, changed(empty, w.Canvas().Capture()), 8, "%s: %s is not seen", mode, name)
		}
	}
}

func TestAnUnknownIconIsAQuestionMarkAndNoCrash(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Dark, 1))
	known, unknown := kit.IconResource("undecided", look.Text), kit.IconResource("no such icon", look.Text)
	assert.Equal(t, known.Content(), unknown.Content())
}
