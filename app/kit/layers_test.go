package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
)

func TestALayerTakesTheFocusAndEscapeGivesItBack(t *testing.T) {
	behind, inside := kit.NewField("Note"), kit.NewField("To")
	w, layers := window(t, kit.Column(0, behind), 800, 600)
	w.Canvas().Focus(behind.Target())
	closed := 0

	layers.Open(&kit.Layer{ID: "handoff", Title: "Hand off", Body: kit.Column(0, kit.NewText("To whom?"), inside), OnClose: func() { closed++ }})
	require.Equal(t, inside.Target(), w.Canvas().Focused())
	assert.Nil(t, w.Canvas().Overlays().Top(), "a layer is no modal overlay")

	press(w, fyne.KeyEscape)
	assert.Nil(t, layers.Top())
	assert.Equal(t, behind.Target(), w.Canvas().Focused())
	assert.Equal(t, 1, closed)
}

func TestEscapeClosesOneLayerAtATime(t *testing.T) {
	w, layers := window(t, kit.Column(0, kit.NewField("Note")), 800, 600)
	first, second := kit.NewField("First"), kit.NewField("Second")
	layers.Open(&kit.Layer{ID: "a", Body: first})
	layers.Open(&kit.Layer{ID: "b", Body: second})

	press(w, fyne.KeyEscape)
	assert.True(t, layers.IsOpen("a"))
	assert.Equal(t, first.Target(), w.Canvas().Focused())

	press(w, fyne.KeyEscape)
	assert.False(t, layers.Escape(), "nothing is left to close")
}

func TestOpeningALayerTwiceKeepsOneAndTheWayBack(t *testing.T) {
	behind := kit.NewField("Note")
	w, layers := window(t, kit.Column(0, behind), 800, 600)
	w.Canvas().Focus(behind.Target())

	layers.Open(&kit.Layer{ID: "palette", Body: kit.NewField("")})
	layers.Open(&kit.Layer{ID: "palette", Body: kit.NewField("")})
	press(w, fyne.KeyEscape)

	assert.Nil(t, layers.Top())
	assert.Equal(t, behind.Target(), w.Canvas().Focused())
}

func TestEnterPressesTheDefaultWhereNoWidgetUsesIt(t *testing.T) {
	handed := 0
	hand := kit.NewPrimary("Hand over", func() { handed++ })
	field := kit.NewField("To")
	w, layers := window(t, kit.Column(0, kit.NewField("Note")), 800, 600)

	layers.Open(&kit.Layer{Body: field, Actions: []*kit.Button{hand}, Default: hand})
	press(w, fyne.KeyReturn)
	assert.Equal(t, 1, handed)
	assert.True(t, layers.Submit(), "the window's main action asks here first")
	assert.Equal(t, 2, handed)
}

func TestClosingALayerWhoseOpenerIsGoneLeavesNoFocusBehind(t *testing.T) {
	field := kit.NewField("Note")
	box := kit.Column(0, field)
	w, layers := window(t, box, 800, 600)
	w.Canvas().Focus(field.Target())
	layers.Open(&kit.Layer{ID: "a", Body: kit.NewField("")})

	box.Remove(field)
	press(w, fyne.KeyEscape)

	assert.Nil(t, w.Canvas().Focused())
}

func TestALayerStaysInsideTheWindow(t *testing.T) {
	lines := []fyne.CanvasObject{}
	for range 80 {
		lines = append(lines, kit.NewText("A line that is there to be read, in a list that is longer than the window.").Wrapped())
	}
	for _, place := range []kit.Place{kit.Middle, kit.Top, kit.Side} {
		_, layers := window(t, kit.Column(0, kit.NewText("behind")), 500, 400)
		layers.Open(&kit.Layer{Title: "Keys", Body: kit.NewScroller(kit.Column(0, lines...)).Fitted(), Place: place, Width: 700})
		sheet := layers.Children()[1]
		assert.GreaterOrEqual(t, sheet.Position().X, float32(0))
		assert.GreaterOrEqual(t, sheet.Position().Y, float32(0))
		assert.LessOrEqual(t, sheet.Position().X+sheet.Size().Width, float32(500))
		assert.LessOrEqual(t, sheet.Position().Y+sheet.Size().Height, float32(400))
	}
}

func TestWhatLiesBehindALayerCanStillBePressed(t *testing.T) {
	pressed := 0
	button := kit.NewButton("Done", func() { pressed++ })
	w, layers := window(t, kit.Column(0, kit.Row(0, button)), 900, 600)
	layers.Open(&kit.Layer{ID: "a", Title: "Keys", Body: kit.NewText("keys")})

	test.TapCanvas(w.Canvas(), fyne.NewPos(10, 10))
	assert.Equal(t, 1, pressed)
	test.TapCanvas(w.Canvas(), fyne.NewPos(450, 300))
	assert.Equal(t, 1, pressed, "a tap on the layer stays on the layer")
}

func TestThePaletteFindsRunsAndSaysWhyNot(t *testing.T) {
	var ran []string
	palette := kit.NewPalette(commands(), []string{"theme", "handoff"}, func(id string) { ran = append(ran, id) })
	w, layers := window(t, kit.Column(0, kit.NewField("Note")), 900, 700)
	layers.Open(&kit.Layer{ID: "palette", Body: palette, First: palette.Target(), Place: kit.Top})

	require.Equal(t, []string{"theme", "handoff", "done"}, palette.Found()[:3], "what was run last comes first")
	press(w, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, []string{"handoff"}, ran)

	test.Type(palette.Target(), "roll")
	assert.ElementsMatch(t, []string{"done", "rollback"}, palette.Found()[:2])
	second := palette.Found()[1]
	press(w, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, []string{"handoff", second}, ran)
}

func TestThePaletteShowsButDoesNotRunWhatIsOff(t *testing.T) {
	ran := false
	palette := kit.NewPalette(commands(), nil, func(string) { ran = true })
	w, _ := window(t, palette, 700, 600)
	w.Canvas().Focus(palette.Target())

	test.Type(palette.Target(), "deploy")
	require.Equal(t, "deploy", palette.Selected())
	press(w, fyne.KeyReturn)

	assert.False(t, ran)
}

func TestThePaletteOffersWhatItDidNotFind(t *testing.T) {
	typed := ""
	palette := kit.NewPalette(commands(), nil, nil)
	palette.OnNothing = func(text string) { typed = text }
	w, _ := window(t, palette, 700, 600)
	w.Canvas().Focus(palette.Target())

	test.Type(palette.Target(), "zzzz")
	press(w, fyne.KeyReturn)

	assert.Empty(t, palette.Found())
	assert.Equal(t, "zzzz", typed)
}

func TestWideAndNarrowShareTheirWidgets(t *testing.T) {
	field := kit.NewField("Note")
	main, side := kit.Column(0, field), kit.NewPanel("Roles", kit.NewText("IC Jane"))
	columns := kit.NewColumns(700, main, side)
	w, _ := window(t, columns, 900, 500)
	w.Canvas().Focus(field.Target())
	test.Type(field.Target(), "half typed")
	require.True(t, columns.IsWide())
	require.Equal(t, kit.SideWidth, side.Size().Width)

	w.Resize(fyne.NewSize(600, 500))
	assert.False(t, columns.IsWide())
	assert.Equal(t, float32(600), side.Size().Width)
	assert.Equal(t, "half typed", field.Text())
	assert.Equal(t, field.Target(), w.Canvas().Focused())

	w.Resize(fyne.NewSize(900, 500))
	assert.Equal(t, kit.SideWidth, side.Size().Width)
}

func TestWideCountsTheTextScale(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Dark, 1.5))
	columns := kit.NewColumns(700, kit.NewText("main"), kit.NewText("side"))
	w := test.NewTempWindow(t, columns)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 500))
	assert.False(t, columns.IsWide(), "900 px at 150 % is room for 600")
}

func TestTheFocusScrollsIntoView(t *testing.T) {
	var objects []fyne.CanvasObject
	var fields []*kit.Field
	for range 30 {
		field := kit.NewField("Field")
		fields = append(fields, field)
		objects = append(objects, field)
	}
	scroller := kit.NewScroller(kit.NewPanel("Fields", kit.Column(8, objects...)))
	w, _ := window(t, scroller, 400, 300)

	w.Canvas().Focus(fields[20].Target())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(fields[20])
	assert.GreaterOrEqual(t, at.Y, float32(0))
	assert.LessOrEqual(t, at.Y+fields[20].Size().Height, float32(300))

	w.Canvas().Focus(fields[0].Target())
	assert.GreaterOrEqual(t, fyne.CurrentApp().Driver().AbsolutePositionForObject(fields[0]).Y, float32(0))
}
