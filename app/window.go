//go:build !nogui

package app

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"firebreak/app/house"
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/app/view"
	"firebreak/data"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// openWindow is how this build opens a window.
var openWindow = runWindow

// appID is the desktop's name for the program.
const appID = "io.github.firebreak.Firebreak"

// WindowOptions say what the window opens on.
type WindowOptions struct {
	Places  data.Places
	Sample  bool   // begin with the sample
	Open    string // an incident's id or its beginning; "" is the newest that burns
	Name    string // the person at the keyboard, until they say otherwise
	Version string
}

// runWindow opens the window and answers the exit code when it was closed.
func runWindow(opts WindowOptions) int {
	if why := noDisplay(); why != "" {
		fmt.Fprintln(os.Stderr, why)
		return exitNoDisplay
	}
	startGenerously()
	ctx := context.Background()
	home, err := house.Build(ctx, house.Named{Places: opts.Places, Clock: session.WallClock{}})
	if err != nil {
		return showTrouble(err)
	}
	defer home.Close()
	keepCrash(home.Places.Logs)

	fyneapp.SetMetadata(fyne.AppMetadata{ID: appID, Name: "Firebreak", Version: opts.Version})
	w := &window{app: fyneapp.NewWithID(appID), house: home}
	w.win = w.app.NewWindow("Firebreak")
	if err := w.open(ctx, opts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	w.win.ShowAndRun()
	return 0
}

// window is the real window: it is all that the shell knows of the machine.
type window struct {
	app     fyne.App
	win     fyne.Window
	house   *house.House
	desk    *session.Desk
	shell   *view.Shell
	shown   *workflow.IncidentID // what memory was given back for last
	leaving bool
}

func (w *window) open(ctx context.Context, opts WindowOptions) error {
	desk, err := w.house.Desk(ctx, threads(w.broken), opts.Name, localZone(), func(st session.State) {
		if w.shell != nil {
			w.shell.Show(st)
			w.giveBack(st.Incident.ID)
		}
	})
	if err != nil {
		return err
	}
	w.desk = desk
	w.shell = view.NewShell(desk, w)
	w.shell.About = view.About{Version: opts.Version, Data: opts.Places.Data}
	w.win.SetContent(w.shell.Content())
	w.win.SetMainMenu(w.shell.Menu())
	w.shell.ExtraKeys(func(key fyne.Shortcut, run func()) {
		w.win.Canvas().AddShortcut(key, func(fyne.Shortcut) { run() })
	})
	w.shell.Layers().Install(w.win.Canvas())
	w.win.SetPadded(false)
	w.win.SetCloseIntercept(w.Quit)
	w.win.SetOnDropped(w.dropped)
	w.win.Resize(w.lastSize())
	w.app.Lifecycle().SetOnStarted(func() { w.started(opts) })
	return nil
}

// started runs after the first frame: what is not needed to see something.
func (w *window) started(opts WindowOptions) {
	w.win.SetIcon(kit.AppIcon()) // drawing it takes longer than the first frame can wait
	w.desk.Show()
	w.shell.Go(w.shell.Screen())
	w.desk.Start()
	var before, inSample bool
	first := !w.desk.Recall("started", &before) && len(w.desk.State().History) == 0
	w.desk.Remember("started", true)
	w.desk.Recall("sample", &inSample)
	if opts.Sample || first || inSample && opts.Open == "" {
		w.shell.Run("sample.open")
		return
	}
	for _, row := range w.desk.State().History {
		if opts.Open != "" && strings.HasPrefix(string(row.ID), opts.Open) {
			w.desk.OpenIncident(row.ID, nil)
			break
		}
	}
	w.findRepository()
}

// findRepository offers the repository that the program was started in, when
// none is chosen yet.
func (w *window) findRepository() {
	prefs := w.desk.State().Prefs
	if prefs.Repository != "" {
		w.desk.FindRepository()
		return
	}
	here, err := os.Getwd()
	if err != nil {
		return
	}
	place, err := repo.Find(here)
	if err != nil {
		w.desk.FindRepository()
		return
	}
	prefs.Repository = place.Root
	w.desk.SetPrefs(prefs, "Documents go to "+place.Project()+" ("+place.Root+"). Settings changes it.")
}

// firstSize fits the wide layout; the smallest that every screen is made for is
// 800 by 600.
func firstSize() fyne.Size { return fyne.NewSize(1280, 800) }

func (w *window) lastSize() fyne.Size {
	var size fyne.Size
	if !w.desk.Recall("size", &size) || size.Width < 640 || size.Height < 400 || size.Width > 8000 || size.Height > 8000 {
		return firstSize()
	}
	return size
}

// Quit closes the window: what is new is refused, the write in flight ends, and
// half-typed text is saved. When that fails the window stays open and says why.
// The menu, the key and the window's own button all come here.
func (w *window) Quit() {
	if w.leaving {
		return
	}
	w.leaving = true
	w.desk.Remember("size", w.win.Canvas().Size())
	w.desk.Leave(func() {
		w.win.SetCloseIntercept(nil)
		w.app.Quit()
	}, func() { w.leaving = false })
}

// Copy puts text on the clipboard.
func (w *window) Copy(text string) { w.app.Clipboard().SetContent(text) }

// OpenPath shows a file or folder in its own program.
func (w *window) OpenPath(path string) {
	if err := w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
		w.desk.Say(session.Strip{Says: "It could not be opened here: " + path, Warning: true})
	}
}

// Wear puts the theme on.
func (w *window) Wear(mode look.Mode, scale float32) {
	w.app.Settings().SetTheme(look.New(mode, scale))
}

// Sample moves the desk to the sample's own file, or back.
func (w *window) Sample(open, reset bool, done func(error)) {
	w.desk.Remember("sample", open)
	w.house.SwitchSample(w.desk, open, reset, done)
}

// broken keeps a fault of ours from the person's work: the desk goes on from
// what the disk holds.
func (w *window) broken(problem string) {
	writeCrash(w.house.Places.Logs, problem)
	onUI(func() {
		w.desk.Say(session.Strip{
			Says:    "Something inside Firebreak failed. Everything that was saved is safe. If the screen looks wrong, quit and start again; the details are in " + w.house.Places.Logs + ".",
			Warning: true,
		})
	})
}
