package kit_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"

	"firebreak/app/kit"
	"firebreak/app/look"
)

// changed counts the pixels whose contrast against themselves unfocused is 3:1.
func changed(before, after image.Image) int {
	luminance := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		channel := func(v uint32) float64 {
			s := float64(v) / 0xffff
			if s <= 0.04045 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
	}
	count := 0
	for y := range before.Bounds().Dy() {
		for x := range before.Bounds().Dx() {
			a, b := luminance(before.At(x, y)), luminance(after.At(x, y))
			if (math.Max(a, b)+0.05)/(math.Min(a, b)+0.05) >= 3 {
				count++
			}
		}
	}
	return count
}

func TestTheFocusIsSeenOnEveryWidgetInEveryMode(t *testing.T) {
	for _, mode := range []look.Mode{look.Dark, look.Light, look.Contrast} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(look.New(mode, 1))
		field, long, list := kit.NewField(""), kit.NewLongField("", 2, 2), twoRows()
		severity := kit.NewSegmented(severities()[:2], nil)
		cases := map[string]struct {
			shown  fyne.CanvasObject
			target fyne.Focusable
		}{
			"field": {field, field.Target()}, "long field": {long, long.Target()}, "segmented": {severity, severity.Target()},
			"rows": {list, list},
		}
		for name, w := range map[string]fyne.CanvasObject{
			"primary": kit.NewPrimary("Done", nil), "secondary": kit.NewButton("Skip", nil), "quiet": kit.NewQuiet("Undo", nil),
			"check": kit.NewCheck("Users cannot work", nil), "choice": kit.NewChoice("", nil, nil),
			"rail": kit.NewRailItem("board", "Board", "", nil), "bar": kit.NewBarItem("save", "Saved 14:47:50", nil),
		} {
			cases[name] = struct {
				shown  fyne.CanvasObject
				target fyne.Focusable
			}{w, w.(fyne.Focusable)}
		}
		for name, c := range cases {
			list.Select("a")
			w := test.NewTempWindow(t, kit.Inset(12, 12, kit.Column(0, c.shown)))
			w.SetPadded(false)
			w.Resize(fyne.NewSize(320, 150))
			before := w.Canvas().Capture()
			w.Canvas().Focus(c.target)
			after := w.Canvas().Capture()

			// WCAG 2.4.13: the area of a line of two pixels around the widget. What
			// has a height of its own is measured by it, a row by itself.
			size := c.target.(fyne.CanvasObject).Size()
			if name == "rows" {
				size.Height = look.RowHeight
			}
			needed := int(4 * (size.Width + size.Height))
			assert.GreaterOrEqualf(t, changed(before, after), needed, "%s, %s", mode, name)
		}
	}
}

func TestTheRingGoesWhenTheFocusGoes(t *testing.T) {
	button := kit.NewButton("Skip", nil)
	w, _ := window(t, kit.Inset(12, 12, kit.Column(0, button)), 200, 100)
	plain := w.Canvas().Capture()
	w.Canvas().Focus(button)
	w.Canvas().Unfocus()
	assert.Equal(t, plain, w.Canvas().Capture())
}

func TestAnotherThemeReachesEveryColour(t *testing.T) {
	app := test.NewTempApp(t)
	content, _ := basicsSheet()
	app.Settings().SetTheme(look.New(look.Dark, 1))
	w := test.NewTempWindow(t, kit.NewLayers(content))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(800, 700))
	app.Settings().SetTheme(look.New(look.Light, 1.25))
	w.Content().Refresh()
	w.Resize(fyne.NewSize(801, 700))
	w.Resize(fyne.NewSize(800, 700))
	switched := w.Canvas().Capture()

	fresh, _ := basicsSheet()
	other := test.NewTempWindow(t, kit.NewLayers(fresh))
	other.SetPadded(false)
	other.Resize(fyne.NewSize(800, 700))
	assert.LessOrEqual(t, changed(other.Canvas().Capture(), switched), 40, "only the caret and roundings may differ")
}
