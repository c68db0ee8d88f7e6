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

// boardScenes are the named states of the board that are looked at.
func boardScenes(t *testing.T) map[string]func() *fakeAsker {
	minutes := func(n int) func() *fakeAsker {
		return func() *fakeAsker { return newDesk(t, time.Duration(n)*time.Minute) }
	}
	return map[string]func() *fakeAsker{
		"empty":     func() *fakeAsker { return newFakeAsker(t, quietState(t)) },
		"undecided": func() *fakeAsker { return undecided(t) },
		"tell":      minutes(3),
		"confirm":   minutes(5),
		"increment": minutes(8),
		"cause":     minutes(9),
		"nospecweave": func() *fakeAsker {
			f := newDesk(t, 8*time.Minute)
			f.state.Repo.SpecWeave = false
			return f
		},
		"fix": func() *fakeAsker {
			f := newDesk(t, 14*time.Minute)
			f.state.Now = f.state.Now.Add(4 * time.Minute)
			return f
		},
		"late": func() *fakeAsker {
			f := newDesk(t, 14*time.Minute)
			f.state.Now = f.state.Now.Add(18 * time.Minute)
			return f
		},
		"tests": minutes(19),
		"gate": func() *fakeAsker {
			f := newDesk(t, 22*time.Minute)
			f.as("Jane", f.state.Now, workflow.ConfirmPhase{Phase: "during"})
			return f
		},
		"deploy":   minutes(25),
		"verify":   minutes(26),
		"allclear": minutes(40),
		"schedule": minutes(47),
		"over":     minutes(60),
		"normal": func() *fakeAsker {
			f := undecided(t)
			f.as("Jane", f.state.Now, workflow.SetSeverity{Level: "SEV3"})
			return f
		},
	}
}

// boardMoments are the board in the middle of something.
func boardMoments() map[string]func(*fakeAsker, *board) {
	list := func(b *board, step string) {
		b.steps.rows.Focus()
		b.steps.rows.Select(step)
	}
	return map[string]func(*fakeAsker, *board){
		"list":  func(_ *fakeAsker, b *board) { list(b, "impact-understood") },
		"why":   func(_ *fakeAsker, b *board) { list(b, "critical-tests-pass"); b.steps.Skip("critical-tests-pass") },
		"give":  func(_ *fakeAsker, b *board) { b.side.tasks.Give("Dump the heap of node 3") },
		"roles": func(_ *fakeAsker, b *board) { b.tabs.Go(rolesTab); b.side.crew.openForm() },
		"log":   func(_ *fakeAsker, b *board) { b.tabs.Go(logTab) },
		"rest": func(f *fakeAsker, _ *board) {
			f.as("Sam", f.state.Now, workflow.Note{Text: "Support is flooded"})
			f.state.Now = f.state.Now.Add(4 * time.Minute)
			f.Show()
		},
		"typing": func(f *fakeAsker, b *board) {
			b.card.ways[wayCause].first().TypedRune('T')
			f.state.Now = f.state.Now.Add(20 * time.Minute)
			f.Show()
		},
		"refused": func(_ *fakeAsker, b *board) { b.Main() },
	}
}

// undecided is an incident that was declared in one line.
func undecided(t *testing.T) *fakeAsker {
	f := newFakeAsker(t, quietState(t))
	f.state.Incident = workflow.Fold("incident-2", nil)
	f.as("Jane", f.state.Now, workflow.Declare{Title: "Checkout 5xx after release 1.8.3", Playbook: f.state.Policy})
	return f
}

// TestBoardPictures draws the board into the directory that
// FIREBREAK_PICTURES names, to be looked at; nothing is compared.
func TestBoardPictures(t *testing.T) {
	dir := os.Getenv("FIREBREAK_PICTURES")
	if dir == "" {
		t.Skip("set FIREBREAK_PICTURES to a directory to draw the board")
	}
	for name, scene := range boardScenes(t) {
		if only := os.Getenv("FIREBREAK_SCENE"); only != "" && only != name {
			continue
		}
		// The sizes are those that the frame leaves of 1280x800 and 800x600.
		drawBoard(t, filepath.Join(dir, "board-"+name+"-wide.png"), look.Dark, 1, scene(), nil, fyne.NewSize(1130, 590))
		drawBoard(t, filepath.Join(dir, "board-"+name+"-narrow.png"), look.Light, 1, scene(), nil, fyne.NewSize(660, 400))
		drawBoard(t, filepath.Join(dir, "board-"+name+"-150.png"), look.Dark, 1.5, scene(), nil, fyne.NewSize(620, 360))
	}
	for name, moment := range boardMoments() {
		drawBoard(t, filepath.Join(dir, "board-do-"+name+"-wide.png"), look.Light, 1, newDesk(t, 9*time.Minute), moment, fyne.NewSize(1130, 590))
		drawBoard(t, filepath.Join(dir, "board-do-"+name+"-narrow.png"), look.Contrast, 1, newDesk(t, 9*time.Minute), moment, fyne.NewSize(660, 400))
	}
}

// drawBoard draws the board as it stands after it was entered.
func drawBoard(t *testing.T, path string, mode look.Mode, scale float32, f *fakeAsker, moment func(*fakeAsker, *board), size fyne.Size) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(mode, scale))
	pane := newBoard(f)
	f.show = pane.Show
	layers := kit.NewLayers(pane.Content())
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(size)
	layers.Install(w.Canvas())
	pane.Show(f.state)
	pane.Enter()
	if moment != nil {
		moment(f, pane.(*board))
	}
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, png.Encode(file, w.Canvas().Capture()))
	require.NoError(t, file.Close())
}
