//go:build !nogui

package app

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"firebreak/app/house"
	"firebreak/app/instance"
	"firebreak/app/journal"
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/outside"
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
	// LogLevel says how much is logged: off, error, warn, info or debug; "" is info.
	LogLevel string
}

// runWindow opens the window and answers the exit code when it was closed.
func runWindow(opts WindowOptions) int {
	if why := noDisplay(); why != "" {
		fmt.Fprintln(os.Stderr, why)
		return exitNoDisplay
	}
	level, err := journal.ReadLevel(opts.LogLevel)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitUsage
	}
	place, err := instance.Take(
		instance.Place{Data: opts.Places.Data, State: opts.Places.State, Version: opts.Version},
		instance.Ask{Sample: opts.Sample, Incident: opts.Open})
	if err != nil {
		return elsewhere(err)
	}
	startGenerously()
	r := beginRun(opts, place, level)
	defer r.end()
	ctx := context.Background()
	home, err := house.Build(ctx, house.Named{Places: opts.Places, Clock: machineClock{}, Log: r.log, Live: true})
	var missing *data.Missing
	if errors.As(err, &missing) {
		return askAboutMissing(ctx, missing, opts, r)
	}
	if err != nil {
		return showTrouble(err)
	}
	defer home.Close()

	fyneapp.SetMetadata(fyne.AppMetadata{ID: appID, Name: "Firebreak", Version: opts.Version})
	w := &window{app: fyneapp.NewWithID(appID), house: home, run: r}
	w.win = w.app.NewWindow("Firebreak")
	if err := w.open(ctx, opts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	return w.untilClosed()
}

// window is the real window: it is all that the shell knows of the machine.
type window struct {
	app     fyne.App
	win     fyne.Window
	house   *house.House
	desk    *session.Desk
	shell   *view.Shell
	run     *thisRun
	shown   *workflow.IncidentID // what memory was given back for last
	leaving bool
}

func (w *window) open(ctx context.Context, opts WindowOptions) error {
	zones := newZones(zoneFile)
	desk, err := w.house.Desk(ctx, threads(w.broken), opts.Name, zones.now, func(st session.State) {
		if w.shell != nil {
			w.shell.Show(st)
			w.giveBack(st.Incident.ID)
			w.run.follow(st)
		}
	})
	if err != nil {
		return err
	}
	w.desk = desk
	w.shell = view.NewShell(desk, w)
	w.shell.About = view.About{Version: opts.Version, Data: opts.Places.Data, Logs: opts.Places.Logs, Diagnostics: w.run.diagnostics}
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
	w.shell.Begin()
	w.desk.Start()
	w.desk.WatchHealth()
	w.resume(opts)
	w.tellOfTheLastRun()
	w.run.place.Answer(func(ask instance.Ask, done func()) {
		onUI(func() {
			w.raise(ask)
			done()
		})
	})
	onHangUp(w.Quit)
	w.run.log.Info("window.shown", journal.Took(w.run.since()))
}

// resume goes on where the person was, or with what was asked for.
func (w *window) resume(opts WindowOptions) {
	var before, inSample bool
	first := !w.desk.Recall("started", &before) && len(w.desk.State().History) == 0
	w.desk.Remember("started", true)
	w.desk.Recall("sample", &inSample)
	if opts.Sample || first || inSample && opts.Open == "" {
		w.shell.Run("sample.open")
		return
	}
	if opts.Open == "" || !w.openNamed(opts.Open) {
		w.shell.Resume()
	}
	w.findRepository()
}

// openNamed opens the newest incident whose id begins with a text; false when
// there is none.
func (w *window) openNamed(begins string) bool {
	for _, row := range w.desk.State().History {
		if strings.HasPrefix(string(row.ID), begins) {
			w.desk.OpenIncident(row.ID, nil)
			return true
		}
	}
	return false
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
		w.desk.LeaveNow() // the backup before leaving keeps nobody who quits twice
		return
	}
	w.leaving = true
	w.desk.Remember("size", w.win.Canvas().Size())
	w.shell.KeepPlace()
	w.desk.Leave(func() {
		w.win.SetCloseIntercept(nil)
		w.app.Quit()
	}, func() { w.leaving = false })
}

// Copy puts text on the clipboard.
func (w *window) Copy(text string) { w.app.Clipboard().SetContent(text) }

// OpenPath shows a file or folder in its own program.
func (w *window) OpenPath(path string) {
	_, err := os.Stat(path)
	if err != nil {
		w.desk.Say(session.Strip{Says: "It is not there any more: " + path, Warning: true})
		return
	}
	if err := w.app.OpenURL(fileURL(path)); err != nil {
		w.desk.Say(session.Strip{Says: "It could not be opened here: " + path, Warning: true})
	}
}

// OpenAddress shows a web address in the browser, or writes to a mail address.
// Nothing else is ever given to the system.
func (w *window) OpenAddress(address string) {
	to, err := outside.WebAddress(address)
	if err == nil {
		err = w.app.OpenURL(to)
	}
	if err != nil {
		w.desk.Say(session.Strip{Says: "It could not be opened here: " + address, Warning: true})
	}
}

// fileURL is a path as the system's opener takes it: with a slash in front of
// a drive's letter too.
func fileURL(path string) *url.URL {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}

// Wear puts the theme on. The toolkit does not lay the window out again where the
// menu above it grows: the status bar would hang out at the bottom.
func (w *window) Wear(mode look.Mode, scale float32) {
	w.app.Settings().SetTheme(look.New(mode, scale))
	if w.win != nil && !w.win.FullScreen() && w.win.Content() != nil {
		w.win.Resize(w.win.Canvas().Size())
	}
}

// Sample moves the desk to the sample's own file, or back.
func (w *window) Sample(open, reset bool, done func(error)) {
	w.desk.Remember("sample", open)
	w.house.SwitchSample(w.desk, open, reset, done)
}

// broken keeps a fault of ours from the person's work: the desk goes on from
// what the disk holds.
func (w *window) broken(fault any, stack []byte) {
	report := w.run.survived(fault, stack)
	onUI(func() {
		w.desk.Say(session.Strip{
			Says:    "Something inside Firebreak failed. Everything that was saved is safe. If the screen looks wrong, quit and start again.",
			Warning: true, More: w.reportOffers(report),
		})
	})
}
