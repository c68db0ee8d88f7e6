// Package stage is the whole program without a display: the real desk, the
// real database and the real screens on a toolkit that draws into memory, with
// a clock and a queue that are moved by hand. The stories, the demo and the
// gallery stand on it.
package stage

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"firebreak/app/house"
	"firebreak/app/journal"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/app/view"
	"firebreak/data"
	"firebreak/workflow"
)

// Set is what a stage is set up with.
type Set struct {
	Folder     string // of the data
	Repository string // folder that documents go to; "" is none
	Start      time.Time
	Name       string
	Size       fyne.Size
	NewID      func() workflow.EventID
	Live       bool // the increment's files are watched, by the clock on the wall
}

// Stage is the program, headless.
type Stage struct {
	House *house.House
	Desk  *session.Desk
	Shell *view.Shell
	Win   fyne.Window
	Clock *Clock
	Zone  *time.Location // the machine's

	Clipboard string
	Image     []byte   // on the clipboard, beside the text
	Opened    []string // paths and addresses that were shown in their own programs
	queue     queue
	fyne      fyne.App
	log       *journal.Journal
	closed    bool
}

// Open raises the curtain. Close it when done.
func Open(set Set) (*Stage, error) {
	s := &Stage{Clock: &Clock{now: set.Start}, Zone: time.UTC, fyne: test.NewApp()}
	places, err := data.FindPlaces(set.Folder)
	if err != nil {
		return nil, err
	}
	if s.log, err = journal.Open(places.Logs, journal.Debug); err != nil {
		return nil, err
	}
	home, err := house.Build(context.Background(), house.Named{Places: places, Clock: s.Clock, NewID: set.NewID, Log: s.log, Live: set.Live})
	if err != nil {
		return nil, err
	}
	s.House = home
	threads := session.Threads{UI: s.queue.add, Work: s.queue.add}
	s.Desk, err = home.Desk(context.Background(), threads, set.Name, func() *time.Location { return s.Zone }, func(st session.State) {
		if s.Shell != nil {
			s.Shell.Show(st)
		}
	})
	if err != nil {
		home.Close()
		return nil, err
	}
	s.Shell = view.NewShell(s.Desk, world{s})
	s.Win = test.NewWindow(s.Shell.Content())
	s.Win.SetPadded(false)
	s.Win.Resize(set.Size)
	s.Shell.Layers().Install(s.Win.Canvas())
	s.Desk.Show()
	s.Shell.Begin()
	s.Desk.Start()
	s.Shell.Resume()
	if set.Repository != "" {
		prefs := s.Desk.State().Prefs
		prefs.Repository = set.Repository
		s.Desk.SetPrefs(prefs, "")
	}
	s.Pump()
	return s, nil
}

// Pump runs everything that waits, on this goroutine.
func (s *Stage) Pump() { s.queue.run() }

// Pass moves the clock on; what was due in between runs in its order.
func (s *Stage) Pass(d time.Duration) {
	s.Pump()
	s.Clock.move(d, s.Pump)
	s.Pump()
}

// Until moves the clock on to a moment; one that is past changes nothing.
func (s *Stage) Until(moment time.Time) {
	if d := moment.Sub(s.Clock.Now()); d > 0 {
		s.Clock.jump(moment)
		s.Desk.Look()
		s.Pump()
	}
}

// Press does what a key of the command table does.
func (s *Stage) Press(key string) error {
	if !s.Shell.Press(key) {
		return fmt.Errorf("no command has the key %s", key)
	}
	s.Pump()
	return nil
}

// Type types into what has the focus.
func (s *Stage) Type(text string) error {
	focused := s.Win.Canvas().Focused()
	if focused == nil {
		return fmt.Errorf("nothing has the focus, so %q cannot be typed", text)
	}
	test.Type(focused, text)
	s.Pump()
	return nil
}

// Key gives one key to what has the focus, or to the window.
func (s *Stage) Key(name fyne.KeyName) {
	event := &fyne.KeyEvent{Name: name}
	switch focused := s.Win.Canvas().Focused(); {
	case name == fyne.KeyTab:
		s.Win.Canvas().FocusNext()
	case focused != nil:
		focused.TypedKey(event)
	case s.Win.Canvas().OnTypedKey() != nil:
		s.Win.Canvas().OnTypedKey()(event)
	}
	s.Pump()
}

// Picture writes what the window shows as a PNG.
func (s *Stage) Picture(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, s.Win.Canvas().Capture()); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}

// Close lowers the curtain as the window does: nothing that was typed is lost.
func (s *Stage) Close() {
	if s.closed {
		return
	}
	s.closed = true
	s.Shell.KeepPlace()
	s.Desk.Close(func() {})
	s.Pump()
	s.leave()
}

// Kill leaves as kill -9 does: nothing is saved on the way out.
func (s *Stage) Kill() {
	if s.closed {
		return
	}
	s.closed = true
	s.leave()
}

func (s *Stage) leave() {
	s.House.Close()
	_ = s.log.Close()
	s.Win.Close()
}

// world is the machine that the shell thinks it runs on.
type world struct{ *Stage }

func (w world) Copy(text string)           { w.Clipboard = text }
func (w world) OpenPath(path string)       { w.Opened = append(w.Opened, path) }
func (w world) OpenAddress(address string) { w.Opened = append(w.Opened, address) }
func (w world) Quit()                      { w.Close() }
func (w world) Wear(mode look.Mode, scale float32) {
	w.fyne.Settings().SetTheme(look.New(mode, scale))
}

// ChooseFile chooses nothing: stories type the path.
func (w world) ChooseFile(done func([]string, error)) { done(nil, nil) }

func (w world) Pasted(done func(session.Incoming, error)) {
	if w.Image == nil {
		done(session.Incoming{}, errors.New("there is no image on the clipboard"))
		return
	}
	done(session.Bytes("pasted.png", w.Image), nil)
}

// PastedText is what lies on the stage's clipboard.
func (w world) PastedText() string { return w.Clipboard }

func (w world) Sample(open, reset bool, done func(error)) {
	w.House.SwitchSample(w.Desk, open, reset, done)
}
