package kit_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/assets"
)

// TestPictures draws the widgets in every mode into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the widgets")
	}
	for name, build := range sheets() {
		for _, mode := range []look.Mode{look.Dark, look.Light, look.Contrast} {
			draw(t, filepath.Join(dir, name+"-"+string(mode)+".png"), mode, 1, build, fyne.NewSize(1000, 760))
		}
		draw(t, filepath.Join(dir, name+"-dark-150-narrow.png"), look.Dark, 1.5, build, fyne.NewSize(640, 900))
	}
}

// draw renders one sheet. After is called when the window stands, to open layers
// or to give the focus.
func draw(t *testing.T, path string, mode look.Mode, scale float32, build func() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)), size fyne.Size) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(mode, scale))
	content, after := build()
	layers := kit.NewLayers(kit.Inset(look.Space6, look.Space6, content))
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(size)
	layers.Install(w.Canvas())
	if after != nil {
		after(w, layers)
	}
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(file, w.Canvas().Capture()))
	require.NoError(t, file.Close())
}

type sheet = func() (fyne.CanvasObject, func(fyne.Window, *kit.Layers))

func sheets() map[string]sheet {
	return map[string]sheet{
		"basics":   basicsSheet,
		"icons":    iconSheet,
		"rows":     rowsSheet,
		"controls": controlsSheet,
		"palette":  paletteSheet,
		"handoff":  handoffSheet,
		"empty":    emptySheet,
		"choice":   choiceSheet,
		"appicon":  appIconSheet,
	}
}

func basicsSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	done := kit.NewPrimary("Done", nil).Icon("resolved").Key("Ctrl+Enter")
	off := kit.NewButton("Deploy", nil).Icon("lock")
	off.SetOff("The gate is closed")
	field := kit.NewField("Title").Placeholder("What is broken, in one line").Help("Only the title is required.")
	wrong := kit.NewField("Detected")
	wrong.SetText("25:61")
	wrong.SetError("There is no such time. Write 14:32, -5m or yesterday 23:50.")
	long := kit.NewLongField("Symptoms", 2, 6)
	long.SetText("500 error on /api/auth/login\nTokens with a dash are refused")
	content := kit.Column(look.Space4,
		kit.NewHeading("Roll back checkout to 1.8.2"),
		kit.Wrap(look.Space2,
			kit.NewChip("SEV1", kit.ChipLook{Icon: "sev1", Fill: look.Sev1, Label: look.SevLabel}),
			kit.NewChip("SEV2", kit.ChipLook{Icon: "sev2", Fill: look.Sev2, Label: look.SevLabel}),
			kit.NewChip("SEV3", kit.ChipLook{Icon: "sev3", Fill: look.Sev3, Label: look.SevLabel}),
			kit.NewChip("SEV4", kit.ChipLook{Icon: "sev4", Fill: look.Sev4, Label: look.SevLabel}),
			kit.NewChip("Resolved", kit.ChipLook{Icon: "resolved", Fill: look.Resolved, Label: look.SevLabel}),
			kit.NewChip("Undecided", kit.ChipLook{Icon: "undecided"}),
			kit.NewChip("SEV1", kit.ChipLook{Icon: "sev1", Fill: look.Sev1, Label: look.SevLabel}).Large()),
		kit.Wrap(look.Space3, done, kit.NewButton("Skip, why?", nil), kit.NewQuiet("Assign", nil).Icon("person"), off,
			kit.NewButton("Purge", nil).As(kit.Danger), kit.NewButton("Small", nil).Small().Icon("undo"), kit.NewQuiet("Undo", nil).Small()),
		kit.Grid(look.Space4, 2,
			kit.Column(look.Space4, field, wrong),
			kit.NewPanel("Open actions", kit.Column(look.Space2,
				kit.NewText("Bob: roll back checkout to the last good version, then watch the error rate for five minutes.").Wrapped(),
				kit.NewCaption("asked 14:29Z, check back in 2 min"),
				kit.NewMono("14:47:05Z  INC-0042")))),
		long,
	)
	return content, func(w fyne.Window, _ *kit.Layers) { w.Canvas().Focus(done) }
}

func iconSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	cells := []fyne.CanvasObject{}
	for _, name := range assets.IconNames() {
		cells = append(cells, kit.Row(look.Space2, kit.NewIcon(name).Edge(24), kit.NewIcon(name).Edge(16).In(look.Muted), kit.Grow(kit.NewCaption(name).Cut())))
	}
	return kit.Grid(look.Space4, 6, cells...), nil
}

func rowsSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	rows := kit.NewRows(func() fyne.CanvasObject {
		return kit.Inset(look.Space3, look.Space2, kit.TopRow(look.Space3, kit.NewMono(""), kit.NewIcon("note").Edge(18), kit.Grow(kit.NewText("").Wrapped()), kit.NewCaption("")))
	}, func(id string, row fyne.CanvasObject) {
		line := row.(*fyne.Container).Objects[0].(*fyne.Container)
		line.Objects[0].(*kit.Text).SetText("14:4" + id + ":05Z")
		text := "error rate 3.1%"
		if id == "3" {
			text = "No strong objections against rolling back; the fix of the token validation needs a review first, and the rollback was tried on staging this morning without trouble."
		}
		line.Objects[2].(*fyne.Container).Objects[0].(*kit.Text).SetText(text)
		line.Objects[3].(*kit.Text).SetText("Jane")
	})
	rows.SetItems([]kit.Item{{ID: "Friday 22 November", Header: true}, {ID: "1"}, {ID: "2"}, {ID: "3"}, {ID: "4"}, {ID: "Saturday 23 November", Header: true}, {ID: "5"}, {ID: "6"}})
	return kit.NewPanel("Timeline", rows).Tight(), func(w fyne.Window, _ *kit.Layers) {
		rows.Select("3")
		w.Canvas().Focus(rows)
	}
}

func severities() []kit.Option {
	return []kit.Option{
		{ID: "1", Word: "SEV1", Sub: "System down", Icon: "sev1", IconRole: look.Sev1},
		{ID: "2", Word: "SEV2", Sub: "Major feature broken", Icon: "sev2", IconRole: look.Sev2},
		{ID: "3", Word: "SEV3", Sub: "Minor feature broken", Icon: "sev3", IconRole: look.Sev3},
		{ID: "4", Word: "SEV4", Sub: "Cosmetic issue", Icon: "sev4", IconRole: look.Sev4},
		{ID: "?", Word: "Unsure", Sub: "Counts as SEV1", Icon: "undecided"},
	}
}

func controlsSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	severity := kit.NewSegmented(severities(), nil)
	severity.Choose("2")
	service := kit.NewChoice("Service", []kit.Option{{ID: "checkout", Word: "checkout"}, {ID: "auth", Word: "auth"}}, nil)
	service.Choose("checkout")
	commander := kit.NewChoice("Incident commander", nil, nil).Placeholder("Nobody yet")
	title := kit.NewField("Title")
	title.SetText("Checkout 5xx after release 1.8.3")
	on := kit.NewCheck("Users cannot work", nil)
	on.Set(true)
	ok, warn, late := kit.NewMeter(), kit.NewMeter(), kit.NewMeter()
	ok.Set("update due in 12 min", 0.4, kit.Good)
	warn.Set("update due in 3 min", 0.85, kit.Warn)
	late.Set("update 4 min late", 1, kit.Bad)
	undo, notSaved := kit.NewStrip(), kit.NewStrip()
	undo.Say(kit.Neutral, "1 entry is hidden.", "Undo", nil)
	notSaved.Say(kit.Bad, "Not saved: the disk is full. Your text is still here; free some room and press Try again.", "Try again", nil)
	bar := kit.NewBar(
		kit.NewBarItem("save", "Saved 14:47:50", nil), kit.NewBarItem("backup", "Backup 2 min", nil).Spared(),
		kit.NewBarItem("offline", "No network", nil).Spared(), kit.NewBarItem("clock", "UTC 14:47:52, local 15:47", nil),
		kit.NewBarItem("board", "2/7 steps", nil), kit.NewBarItem("person", "", nil), kit.NewBarItem("keys", "Ctrl+K", nil))
	lateItem := kit.NewBarItem("declare", "2 open, 1 late", nil)
	lateItem.Set("2 open, 1 late", kit.Warn)
	triage, board, timeline := kit.NewRailItem("triage", "Triage", "Ctrl+1", nil), kit.NewRailItem("board", "Board", "Ctrl+2", nil), kit.NewRailItem("timeline", "Timeline", "Ctrl+3", nil)
	board.SetHere(true)
	timeline.SetCount(2, true)
	content := kit.Column(look.Space4,
		kit.FullRow(look.Space4,
			kit.Fixed(190, kit.Column(look.Space1, triage, board, timeline, kit.NewRailItem("post-mortem", "Post-mortem", "Ctrl+4", nil))),
			kit.Grow(kit.Column(look.Space4,
				kit.NewText("How bad is it? If unsure choose the higher one.").Wrapped(),
				severity, title,
				kit.Grid(look.Space4, 2, service, commander),
				kit.Grid(look.Space2, 2, on, kit.NewCheck("Data loss or security", nil), kit.NewCheck("Money or a service level is at risk", nil), kit.NewCheck("It is getting worse", nil)),
			))),
		kit.Grid(look.Space6, 3, ok, warn, late),
		undo, notSaved, kit.Row(look.Space1, kit.Grow(bar), lateItem))
	return content, func(w fyne.Window, _ *kit.Layers) { w.Canvas().Focus(severity.Target()) }
}

func commands() []kit.Command {
	return []kit.Command{
		{ID: "done", Title: "Mark done: roll back checkout to 1.8.2", Key: "Ctrl+Enter"},
		{ID: "decision", Title: "Add a decision", Key: "Ctrl+Shift+D"},
		{ID: "deploy", Title: "Deploy the fix", OffReason: "The gate is closed: no test has passed"},
		{ID: "handoff", Title: "Hand off", Key: "Ctrl+Shift+H"},
		{ID: "rollback", Title: "Open the rollback checklist"},
		{ID: "settings", Title: "Go to settings", Key: "Ctrl+6"},
		{ID: "theme", Title: "Change the theme"},
		{ID: "export", Title: "Export the post-mortem", Key: "Ctrl+Shift+X"},
	}
}

func paletteSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	content, _ := basicsSheet()
	return content, func(_ fyne.Window, layers *kit.Layers) {
		palette := kit.NewPalette(commands(), nil, nil)
		layers.Open(&kit.Layer{ID: "palette", Body: palette, First: palette.Target(), Place: kit.Top, Width: 640})
	}
}

func handoffSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	content, _ := basicsSheet()
	return content, func(_ fyne.Window, layers *kit.Layers) {
		body := kit.Column(look.Space3,
			kit.NewText("SEV1, mitigating, 47 min, started 14:01Z").Wrapped(),
			kit.NewText("Now: rolling back checkout, Bob, due 14:50Z").Wrapped(),
			kit.NewText("If it fails: drain region B. Risk: the payments queue grows while the rollback runs.").Wrapped(),
			kit.NewChoice("To", []kit.Option{{ID: "ann", Word: "Ann"}}, nil),
			kit.NewCheck("Ann read it back", nil))
		hand := kit.NewPrimary("Hand over", nil).Key("Ctrl+Enter")
		layers.Open(&kit.Layer{ID: "handoff", Title: "Hand off INC-0042", Body: body, Actions: []*kit.Button{hand, kit.NewButton("Copy as text", nil).Icon("copy")}, Default: hand})
	}
}

func emptySheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	return kit.NewPanel("Timeline", kit.NewEmpty("timeline", "Nothing noted yet. What you write below gets the time of your first key.", kit.NewButton("Write the first line", nil).Key("Ctrl+L"))), nil
}

func appIconSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	return kit.TopRow(look.Space4, kit.NewIcon(assets.AppIcon).Edge(256), kit.NewIcon(assets.AppIcon).Edge(64), kit.NewIcon(assets.AppIcon).Edge(32), kit.NewIcon(assets.AppIcon).Edge(16)), nil
}

func choiceSheet() (fyne.CanvasObject, func(fyne.Window, *kit.Layers)) {
	choice := kit.NewChoice("Kind", []kit.Option{{ID: "n", Word: "Note", Icon: "note"}, {ID: "d", Word: "Decision", Icon: "decision"}, {ID: "u", Word: "Update", Icon: "update"}}, nil)
	choice.Choose("d")
	return kit.Column(look.Space4, kit.Row(look.Space4, kit.Fixed(240, choice), kit.Grow(kit.NewField("Text")))), func(w fyne.Window, _ *kit.Layers) {
		w.Canvas().Focus(choice)
		press(w, fyne.KeyReturn, fyne.KeyDown)
	}
}
