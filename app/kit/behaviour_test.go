package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
)

func TestEnterAndSpacePressAButton(t *testing.T) {
	pressed := 0
	button := kit.NewPrimary("Done", func() { pressed++ })
	w, _ := window(t, kit.Column(0, button), 400, 200)
	w.Canvas().Focus(button)

	press(w, fyne.KeyReturn, fyne.KeySpace, fyne.KeyEnter)
	test.Tap(button)

	assert.Equal(t, 4, pressed)
}

func TestAButtonThatIsOffSaysWhyInsteadOfRunning(t *testing.T) {
	ran, heard := false, ""
	button := kit.NewButton("Deploy", func() { ran = true })
	button.OnOff = func(reason string) { heard = reason }
	button.SetOff("The gate is closed")
	w, _ := window(t, kit.Column(0, button), 400, 200)

	w.Canvas().FocusNext()
	press(w, fyne.KeyReturn)

	require.Equal(t, fyne.Focusable(button), w.Canvas().Focused(), "Tab must reach it")
	assert.False(t, ran)
	assert.Equal(t, "The gate is closed", heard)
	assert.Equal(t, "Deploy, off: The gate is closed", button.AccessibilityLabel())
	button.SetOff("")
	press(w, fyne.KeyReturn)
	assert.True(t, ran)
}

func TestMainTargetsAreAtLeast44PixelsAtEveryTextSize(t *testing.T) {
	app := test.NewTempApp(t)
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		app.Settings().SetTheme(look.New(look.Dark, scale))
		targets := map[string]fyne.CanvasObject{
			"primary": kit.NewPrimary("Done", nil), "secondary": kit.NewButton("Skip", nil), "quiet": kit.NewQuiet("Undo", nil),
			"check": kit.NewCheck("Users cannot work", nil), "segmented": kit.NewSegmented(severities(), nil),
			"rail": kit.NewRailItem("board", "Board", "Ctrl+2", nil),
		}
		for name, target := range targets {
			assert.GreaterOrEqualf(t, target.MinSize().Height, look.Target, "%s at %.0f %%", name, 100*scale)
		}
		for name, target := range map[string]fyne.CanvasObject{
			"small": kit.NewButton("Undo", nil).Small(), "bar": kit.NewBarItem("save", "Saved", nil),
			"field": kit.NewField(""), "choice": kit.NewChoice("", nil, nil),
		} {
			assert.GreaterOrEqualf(t, target.MinSize().Height, float32(24), "%s at %.0f %%", name, 100*scale)
		}
	}
}

func TestACheckIsTickedByKeyAndTellsOnlyWhatThePersonDid(t *testing.T) {
	var heard []bool
	check := kit.NewCheck("Ann read it back", func(on bool) { heard = append(heard, on) })
	w, _ := window(t, kit.Column(0, check), 400, 200)
	w.Canvas().Focus(check)

	check.Set(true)
	press(w, fyne.KeySpace)

	assert.False(t, check.On())
	assert.Equal(t, []bool{false}, heard)
	assert.Equal(t, "Ann read it back, off", check.AccessibilityLabel())
}

func TestArrowKeysChooseASeverity(t *testing.T) {
	var heard []string
	severity := kit.NewSegmented(severities(), func(id string) { heard = append(heard, id) })
	w, _ := window(t, kit.Column(0, severity), 900, 300)
	w.Canvas().Focus(severity.Target())

	press(w, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyEnd, fyne.KeyRight)

	assert.Equal(t, []string{"2", "3", "2", "?"}, heard)
	assert.Equal(t, "?", severity.Chosen())
}

func TestARowOfFourBecomesTwoByTwoThenOneAboveTheOther(t *testing.T) {
	four := severities()[:4]
	columns := func(width float32) int {
		severity := kit.NewSegmented(four, nil)
		window(t, kit.Column(0, severity), width, 500)
		seen := map[float32]bool{}
		for _, o := range severity.Children()[0].(*fyne.Container).Objects {
			seen[o.Position().X] = true
		}
		return len(seen)
	}
	assert.Equal(t, 4, columns(900))
	assert.Equal(t, 2, columns(400))
	assert.Equal(t, 1, columns(200))
}

func TestAChoiceIsMadeByLetterAndByMenu(t *testing.T) {
	options := []kit.Option{{ID: "n", Word: "Note"}, {ID: "d", Word: "Decision"}, {ID: "u", Word: "Update"}}
	var heard []string
	choice := kit.NewChoice("Kind", options, func(id string) { heard = append(heard, id) })
	w, _ := window(t, kit.Column(0, choice), 400, 400)
	w.Canvas().Focus(choice)

	choice.TypedRune('d')
	require.Equal(t, []string{"d"}, heard)

	press(w, fyne.KeyReturn)
	require.NotNil(t, w.Canvas().Overlays().Top(), "the list drops down")
	press(w, fyne.KeyDown, fyne.KeyReturn)

	assert.Equal(t, "n", choice.Chosen())
	assert.Nil(t, w.Canvas().Overlays().Top())
	assert.Equal(t, fyne.Focusable(choice), w.Canvas().Focused(), "the focus comes back")
	assert.Equal(t, "Kind: Note", choice.AccessibilityLabel())
}

func TestKeysThatAWidgetHasNoUseForReachTheWindow(t *testing.T) {
	field, list := kit.NewField("Title"), twoRows()
	button, check := kit.NewButton("Skip", nil), kit.NewCheck("On", nil)
	w, _ := window(t, kit.Column(0, field, button, check, kit.Grow(list)), 400, 400)
	var heard []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { heard = append(heard, key.Name) })

	for _, target := range []fyne.Focusable{field.Target(), button, check, list} {
		heard = nil
		w.Canvas().Focus(target)
		press(w, fyne.KeyEscape, fyne.KeyF2)
		assert.Equalf(t, []fyne.KeyName{fyne.KeyEscape, fyne.KeyF2}, heard, "%T", target)
	}
}

func TestHoverAndPressAreSeen(t *testing.T) {
	button := kit.NewButton("Skip", nil)
	w, _ := window(t, kit.Column(0, button), 300, 100)
	plain := w.Canvas().Capture()
	button.MouseIn(&desktop.MouseEvent{})
	hovered := w.Canvas().Capture()
	button.MouseDown(&desktop.MouseEvent{})
	held := w.Canvas().Capture()
	button.MouseOut()

	assert.NotEqual(t, plain, hovered)
	assert.NotEqual(t, hovered, held)
	assert.Equal(t, plain, w.Canvas().Capture())
}

func TestAMeterBearsAnyNumber(t *testing.T) {
	meter := kit.NewMeter()
	window(t, kit.Column(0, meter), 300, 100)
	for _, used := range []float32{-1, 0, 0.5, 7} {
		meter.Set("update due", used, kit.Warn)
		assert.Equal(t, "update due", meter.Words())
	}
}

func TestABarAsksForNoRoomForWhatSaysNothing(t *testing.T) {
	saved, sample := kit.NewBarItem("save", "Saved", nil), kit.NewBarItem("info", "Sample data", nil)
	bar := kit.NewBar(saved, sample)
	with := bar.MinSize().Width
	sample.Set("", kit.Neutral)
	alone := kit.NewBar(kit.NewBarItem("save", "Saved", nil)).MinSize().Width
	assert.Less(t, bar.MinSize().Width, with)
	assert.InDelta(t, alone, bar.MinSize().Width, 0.1)
}

func TestTheSpareItemsOfABarGoFirst(t *testing.T) {
	saved := kit.NewBarItem("save", "Saved 14:47:50", nil)
	backup := kit.NewBarItem("backup", "Backup 2 min", nil).Spared()
	clock := kit.NewBarItem("clock", "UTC 14:47:52", nil)
	bar := kit.NewBar(saved, backup, clock)
	w, _ := window(t, kit.Column(0, bar), 900, 100)
	require.True(t, backup.Visible())

	w.Resize(fyne.NewSize(bar.MinSize().Width+20, 100))

	assert.False(t, backup.Visible())
	assert.True(t, saved.Visible())
	assert.True(t, clock.Visible())
}

func TestAStripCanOfferMoreThanOneWayOnAndStaysMeanwhile(t *testing.T) {
	var did []string
	does := func(word string) func() { return func() { did = append(did, word) } }
	strip := kit.NewStrip()
	w, _ := window(t, kit.Column(0, strip), 800, 200)
	strip.Say(kit.Warn, "It ended at 14:47.", "", nil, kit.Act{Word: "Copy", Run: does("copy")}, kit.Act{Word: "Show", Run: does("show")})
	for range 2 {
		w.Canvas().FocusNext()
		press(w, fyne.KeyReturn)
	}
	assert.Equal(t, []string{"copy", "show"}, did)
	assert.True(t, strip.Visible())

	strip.Say(kit.Neutral, "1 entry is hidden.", "Undo", does("undo"))
	for _, more := range strip.More() {
		assert.False(t, more.Visible(), "what belonged to the message before is gone")
	}
}

func TestAStripKeepsItsMessageUntilItIsClosed(t *testing.T) {
	undone := false
	strip := kit.NewStrip()
	w, _ := window(t, kit.Column(0, strip), 600, 200)
	require.False(t, strip.Visible())

	strip.Say(kit.Neutral, "1 entry is hidden.", "Undo", func() { undone = true })
	w.Canvas().FocusNext()
	press(w, fyne.KeyReturn)
	assert.True(t, undone)
	assert.Equal(t, "1 entry is hidden.", strip.Text())

	w.Canvas().FocusNext()
	press(w, fyne.KeyReturn)
	assert.False(t, strip.Visible())
}

func twoRows() *kit.Rows {
	rows := kit.NewRows(func() fyne.CanvasObject { return kit.NewText("") }, func(id string, row fyne.CanvasObject) {
		row.(*kit.Text).SetText(id)
	})
	rows.SetItems([]kit.Item{{ID: "a"}, {ID: "b"}})
	return rows
}
