package view

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/workflow"
)

// shellDesk is a shell on a desk whose log is a slice, whose clock is moved by
// hand and whose threads are one queue.
type shellDesk struct {
	t      *testing.T
	shell  *Shell
	window fyne.Window
	shelf  *memoryShelf
	now    time.Time
	set    time.Duration // how far the clock was set by hand
	queue  []func()
	copied string
	opened []string
	hands  session.Hands   // what the desk does outside itself
	runner session.Outside // runs commands; nil: none can be run
	prober session.Prober
}

// newShellDesk puts the sample incident on a desk as it stands so long after
// the first alert. A negative time is a desk without an incident.
func newShellDesk(t *testing.T, after time.Duration, width, height float32) *shellDesk {
	t.Helper()
	d := &shellDesk{t: t, now: sample.Alert().Add(max(after, 0)), shelf: newMemoryShelf()}
	if after >= 0 {
		in := newDesk(t, after).state.Incident
		d.shelf.keep(in.ID, in.Events(), in.Summary())
	}
	return d.open(width, height)
}

// open makes the window again from what the disk holds, as after a kill.
func (d *shellDesk) open(width, height float32) *shellDesk {
	d.t.Helper()
	d.queue = nil
	test.NewTempApp(d.t)
	ids := 0
	desk, err := session.Open(context.Background(), session.Setup{
		Threads: session.Threads{UI: func(f func()) { d.queue = append(d.queue, f) }, Work: func(f func()) { f() }},
		Clock:   d, Shelf: d.shelf, Hands: d.hands, Outside: d.runner, Live: d.hands != nil, Prober: d.prober, Name: "Jane", Zone: time.UTC,
		NewID: func() workflow.EventID {
			ids++
			return workflow.EventID(fmt.Sprintf("shell-%d-%05d", d.shelf.opened, ids))
		},
		Policies: func(string) (workflow.Playbook, string) { return standardPlaybook(d.t), "" },
		Show: func(st session.State) {
			if d.shell != nil {
				d.shell.Show(st)
			}
		},
	})
	require.NoError(d.t, err)
	d.shelf.opened++
	d.shell = nil
	d.shell = NewShell(desk, d)
	d.window = test.NewTempWindow(d.t, d.shell.Content())
	d.window.SetPadded(false)
	d.window.Resize(fyne.NewSize(width, height))
	d.shell.Layers().Install(d.window.Canvas())
	desk.Show()
	d.shell.Go(d.shell.Screen())
	d.pump()
	return d
}

func (d *shellDesk) Now() time.Time { return d.now }

func (d *shellDesk) Steady() time.Duration { return d.now.Add(-d.set).Sub(time.Unix(0, 0)) }

func (d *shellDesk) After(_ time.Duration, call func()) func() { call(); return func() {} }

// pump runs what waits for the UI thread.
func (d *shellDesk) pump() {
	for len(d.queue) > 0 {
		next := d.queue[0]
		d.queue = d.queue[1:]
		next()
	}
}

// run runs a command by its id.
func (d *shellDesk) run(id string) {
	d.shell.Run(id)
	d.pump()
}

// later moves the clock and shows the window again, as a tick does.
func (d *shellDesk) later(by time.Duration) {
	d.now = d.now.Add(by)
	d.shell.Desk.Show()
	d.pump()
}

// write types into what has the focus.
func (d *shellDesk) write(text string) {
	write(d.window, text)
	d.pump()
}

// press presses keys where the focus is.
func (d *shellDesk) press(keys ...fyne.KeyName) {
	press(d.window, keys...)
	d.pump()
}

func (d *shellDesk) incident() workflow.Incident { return d.shell.State().Incident }

func (d *shellDesk) Copy(text string)               { d.copied = text }
func (d *shellDesk) PastedText() string             { return d.copied }
func (d *shellDesk) OpenPath(path string)           { d.opened = append(d.opened, path) }
func (d *shellDesk) OpenAddress(address string)     { d.opened = append(d.opened, address) }
func (d *shellDesk) ChooseFolder(func(string))      {}
func (d *shellDesk) Sample(bool, bool, func(error)) {}
func (d *shellDesk) Quit()                          {}
func (d *shellDesk) Wear(mode look.Mode, scale float32) {
	fyne.CurrentApp().Settings().SetTheme(look.New(mode, scale))
}

// memoryShelf is a log in memory.
type memoryShelf struct {
	logs     map[workflow.IncidentID][]workflow.Event
	rows     []workflow.Summary
	drafts   map[string]session.Draft
	settings map[string]json.RawMessage
	opened   int
	health   session.Health // what an examination finds
}

var _ session.Shelf = (*memoryShelf)(nil)

func newMemoryShelf() *memoryShelf {
	return &memoryShelf{logs: map[workflow.IncidentID][]workflow.Event{}, drafts: map[string]session.Draft{}, settings: map[string]json.RawMessage{}}
}

func (m *memoryShelf) keep(id workflow.IncidentID, events []workflow.Event, row workflow.Summary) {
	m.logs[id] = append(m.logs[id], events...)
	m.rows = slices.DeleteFunc(m.rows, func(old workflow.Summary) bool { return old.ID == id })
	m.rows = append([]workflow.Summary{row}, m.rows...)
}

func (m *memoryShelf) Device() workflow.DeviceID { return "device-1" }

func (m *memoryShelf) Load(_ context.Context, id workflow.IncidentID) (session.Read, error) {
	return session.Read{Events: m.logs[id], Position: uint64(len(m.logs[id]))}, nil
}

func (m *memoryShelf) Since(_ context.Context, id workflow.IncidentID, after uint64) (session.Read, error) {
	return session.Read{Events: m.logs[id][after:], Position: uint64(len(m.logs[id]))}, nil
}

func (m *memoryShelf) Append(_ context.Context, b session.Batch) (uint64, []workflow.Event, error) {
	m.keep(b.Incident, b.Events, b.Summary)
	for _, field := range b.Clear {
		delete(m.drafts, field)
	}
	return uint64(len(m.logs[b.Incident])), b.Events, nil
}

func (m *memoryShelf) Recent(ctx context.Context, _ int) ([]workflow.Summary, error) {
	return m.List(ctx)
}

func (m *memoryShelf) List(context.Context) ([]workflow.Summary, error) {
	return slices.Clone(m.rows), nil
}

func (m *memoryShelf) Changed(context.Context) (uint64, error) { return 0, nil }

func (m *memoryShelf) Search(context.Context, string, int) ([]session.Hit, error) { return nil, nil }

func (m *memoryShelf) Drafts(_ context.Context, id workflow.IncidentID) ([]session.Draft, error) {
	var out []session.Draft
	for _, d := range m.drafts {
		if d.Incident == id {
			out = append(out, d)
		}
	}
	return out, nil
}

func (m *memoryShelf) SaveDraft(_ context.Context, d session.Draft) error {
	m.drafts[d.Field] = d
	return nil
}

func (m *memoryShelf) DropDraft(_ context.Context, _ workflow.IncidentID, field string) error {
	delete(m.drafts, field)
	return nil
}

func (m *memoryShelf) Setting(_ context.Context, key string) ([]byte, bool, error) {
	value, ok := m.settings[key]
	return value, ok, nil
}

func (m *memoryShelf) SetSetting(_ context.Context, key string, value []byte) error {
	m.settings[key] = value
	return nil
}

// scrollersIn lists the scrolling parts under an object that are shown.
func scrollersIn(o fyne.CanvasObject) []*kit.Scroller {
	var out []*kit.Scroller
	if o == nil || !o.Visible() {
		return nil
	}
	if s, ok := o.(*kit.Scroller); ok {
		out = append(out, s)
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case kit.Parent:
		children = o.Children()
	}
	for _, child := range children {
		out = append(out, scrollersIn(child)...)
	}
	return out
}
