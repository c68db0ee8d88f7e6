package stage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/sample"
	"firebreak/app/stage"
	"firebreak/data/repo"
	"firebreak/workflow"
)

// writer types into every field that there is and looks for the words again.
type writer struct {
	t      *testing.T
	folder string
	s      *stage.Stage
	main   workflow.IncidentID // the incident that is typed about; empty: none
	other  workflow.IncidentID // one to go to meanwhile
}

// place is somewhere in the window where there are fields.
type place struct {
	name  string
	after time.Duration // of the sample incident; negative: no incident is open
	reach func(*writer)
	press string // a button that opens the fields, unless a draft has opened them again
}

// enters goes to a place.
func (w *writer) enters(at place, fields int) {
	at.reach(w)
	if at.press != "" && len(w.fields()) != fields {
		w.press(at.press)
	}
}

func (w *writer) open(now time.Time) {
	w.t.Helper()
	s, err := stage.Open(stage.Set{Folder: w.folder, Start: now, Name: "Jane", Size: fyne.NewSize(1280, 800)})
	require.NoError(w.t, err)
	w.s = s
	w.t.Cleanup(s.Close)
	w.lay()
}

// lay puts the incident on the desk that is typed about.
func (w *writer) lay() {
	w.t.Helper()
	if w.main == "" {
		w.s.Desk.PutAway()
		w.s.Pump()
		return
	}
	w.goTo(w.main)
}

func (w *writer) goTo(id workflow.IncidentID) {
	w.t.Helper()
	w.s.Desk.OpenIncident(id, nil)
	w.s.Pump()
	require.Equal(w.t, id, w.s.Desk.State().Incident.ID)
}

// written is a field with what stands in it.
type written struct{ label, text string }

// fields lists the fields in sight, in reading order, but for those that look
// for something.
func (w *writer) fields() []*kit.Field {
	var out []*kit.Field
	for _, o := range w.inSight() {
		if f, is := o.(*kit.Field); is && !searches(f) {
			out = append(out, f)
		}
	}
	return out
}

// inSight lists everything that the window shows, in reading order.
func (w *writer) inSight() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		out = append(out, o)
		var children []fyne.CanvasObject
		switch o := o.(type) {
		case *fyne.Container:
			children = o.Objects
		case kit.Parent:
			children = o.Children()
		}
		for _, child := range children {
			walk(child)
		}
	}
	walk(w.s.Win.Content())
	return out
}

// press presses the first button that says a word.
func (w *writer) press(word string) {
	w.t.Helper()
	for _, o := range w.inSight() {
		if b, is := o.(*kit.Button); is && b.Word() == word {
			b.Press()
			w.s.Pump()
			return
		}
	}
	require.Fail(w.t, "no button says "+word)
}

// searches says whether a field looks for something. What is looked for is
// nobody's note; after a restart a list that is still narrowed would hide what
// is there.
func searches(f *kit.Field) bool {
	hint := reflect.ValueOf(f.Target()).Elem().FieldByName("Entry").FieldByName("PlaceHolder").String()
	return strings.HasPrefix(hint, "Find") || strings.HasPrefix(hint, "Search")
}

func (w *writer) read() []written {
	var out []written
	for _, f := range w.fields() {
		out = append(out, written{strings.TrimSuffix(f.AccessibilityLabel(), f.Text()), f.Text()})
	}
	return out
}

// types types into every field in sight.
func (w *writer) types() []written {
	w.t.Helper()
	for i, f := range w.fields() {
		if !f.Visible() || !f.Focus() {
			continue // read only
		}
		require.NoError(w.t, w.s.Type(fmt.Sprintf("half-typed %d ", i)))
	}
	w.s.Pass(time.Second)
	return w.read()
}

func (w *writer) loses(at place, how string, want []written) {
	w.t.Helper()
	w.enters(at, len(want))
	got := w.read()
	for i := range want {
		if i < len(got) {
			assert.Equal(w.t, want[i].text, got[i].text, "%s: %q after %s", at.name, want[i].label, how)
		}
	}
	assert.Len(w.t, got, len(want), "%s after %s", at.name, how)
}

func run(command string) func(*writer) {
	return func(w *writer) {
		w.s.Shell.Run(command)
		w.s.Pump()
	}
}

// then does one thing after the other.
func then(steps ...func(*writer)) func(*writer) {
	return func(w *writer) {
		for _, step := range steps {
			step(w)
		}
	}
}

// firstEntry opens an entry of the timeline to be corrected.
func firstEntry(w *writer) {
	w.s.Key(fyne.KeyHome)
	w.s.Key(fyne.KeyReturn)
}

func newEntry(w *writer) {
	w.s.Key(fyne.KeyHome)
	w.s.Key(fyne.KeyInsert)
}

func places() []place {
	all := []place{
		{"triage, before", -1, run("go.triage"), ""},
		{"settings", -1, run("go.settings"), ""},
		{"history, before", -1, run("go.history"), ""},
		{"triage", 9 * time.Minute, run("go.triage"), ""},
		{"history", 9 * time.Minute, run("go.history"), ""},
		{"an entry", 20 * time.Minute, then(run("go.timeline"), firstEntry), ""},
		{"a new entry", 20 * time.Minute, then(run("go.timeline"), newEntry), ""},
		{"post-mortem, burning", 20 * time.Minute, run("go.post-mortem"), ""},
		{"post-mortem", 50 * time.Minute, run("go.post-mortem"), ""},
	}
	for _, minutes := range []time.Duration{0, 2, 4, 6, 8, 9, 12, 18, 22, 26, 33, 47} {
		all = append(all, place{fmt.Sprintf("board, minute %d", minutes), minutes * time.Minute, run("go.board"), ""})
	}
	for _, word := range []string{"Skip, why?", "Assign…", "Add item", "Give a task", "Give a role to somebody"} {
		all = append(all, place{"board, " + word, 9 * time.Minute, run("go.board"), word})
	}
	all = append(all,
		place{"triage, Change", 9 * time.Minute, run("go.triage"), "Change"},
		place{"triage, Record another", 9 * time.Minute, run("go.triage"), "Record another"},
		place{"post-mortem, Change the date", 50 * time.Minute, run("go.post-mortem"), "Change the date"})
	for _, command := range []string{
		"incident.severity", "incident.update", "incident.decision", "incident.action", "incident.skip", "incident.handoff",
		"incident.approve", "incident.cancel", "incident.note",
	} { // over a screen that stays the same
		all = append(all, place{command, 24 * time.Minute, then(run("go.history"), run(command)), ""})
	}
	return append(all, place{"incident.allclear", 40 * time.Minute, then(run("go.history"), run("incident.allclear")), ""})
}

// begins copies a data folder in which the sample has come so far, beside an
// older incident.
func (w *writer) begins(from string) {
	w.t.Helper()
	require.NoError(w.t, os.CopyFS(w.folder, os.DirFS(from)))
}

// played plays the sample up to a time into a folder, once for all places.
func played(t *testing.T, after time.Duration) (folder string, main, other workflow.IncidentID) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "played")
	shop := filepath.Join(t.TempDir(), "shop-api")
	_, err := repo.Init(shop)
	require.NoError(t, err)
	s, err := stage.Open(stage.Set{Folder: folder, Repository: shop, Start: sample.Alert().Add(-time.Hour), Name: "Jane", Size: fyne.NewSize(1280, 800)})
	require.NoError(t, err)
	s.Desk.Do(workflow.Declare{Title: "A false alarm", Playbook: s.Desk.State().Policy}, nil)
	s.Desk.Do(workflow.Cancel{Reason: "a false alarm"}, nil)
	s.Pump()
	other = s.Desk.State().Incident.ID
	s.Desk.PutAway()
	if after >= 0 {
		require.NoError(t, s.PlaySample(after))
		main = s.Desk.State().Incident.ID
	}
	s.Pump()
	s.Close()
	return folder, main, other
}

func TestHalfTypedTextOfEveryFieldOutlivesAKillARestartAndEveryWayOut(t *testing.T) {
	if testing.Short() {
		t.Skip("every field of every screen: long, and on one queue")
	}
	type base struct {
		folder      string
		main, other workflow.IncidentID
	}
	bases := map[time.Duration]base{}
	fields := 0
	for _, at := range places() {
		b, ok := bases[at.after]
		if !ok {
			b.folder, b.main, b.other = played(t, at.after)
			bases[at.after] = b
		}
		w := &writer{t: t, folder: filepath.Join(t.TempDir(), "data"), main: b.main, other: b.other}
		w.begins(b.folder)
		now := sample.Alert().Add(max(at.after, 0) + time.Second)
		w.open(now)
		w.enters(at, -1)
		want := w.types()
		require.NotEmpty(t, want, at.name)
		fields += len(want)

		w.s.Shell.Run("view.dismiss")
		w.s.Shell.Run("go.settings")
		w.s.Shell.Run("go.history")
		w.s.Pump()
		w.loses(at, "a change of screen", want)

		w.s.Kill()
		w.open(now.Add(time.Minute))
		w.loses(at, "a kill", want)

		w.goTo(w.other)
		w.lay()
		w.loses(at, "another incident", want)

		w.s.Close()
		w.open(now.Add(2 * time.Minute))
		w.loses(at, "a restart", want)
		w.s.Close()
	}
	t.Logf("%d places, %d fields", len(places()), fields)
	assert.Greater(t, fields, 80)
}
