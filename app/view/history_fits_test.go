package view

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"firebreak/app/look"
)

func TestTheRecordsFitASmallWindowWithLargeText(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		for name, picture := range recordPictures() {
			t.Run(fmt.Sprintf("%s at %.0f %%", name, 100*scale), func(t *testing.T) {
				f := picture.desk(t)
				app := test.NewTempApp(t)
				app.Settings().SetTheme(look.New(look.Dark, scale))
				pane := picture.build(f)
				w := test.NewTempWindow(t, pane.Content())
				w.SetPadded(false)
				room := paneRoom("narrow", scale)
				w.Resize(room)
				pane.Show(f.state)

				least := pane.Content().MinSize()
				assert.LessOrEqual(t, least.Width, room.Width)
				assert.LessOrEqual(t, least.Height, room.Height)
			})
		}
	}
}
