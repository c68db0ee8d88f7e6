package view

import (
	"errors"
	"fmt"
	"image"
	"maps"
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
	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

// fakeAsker records what a pane asks for. An incident that is declared moves
// on as it would on the desk: the intent is decided, folded and shown.
type fakeAsker struct {
	t      testing.TB
	state  session.State
	wants  []workflow.Intent // what was asked for and not refused
	fields [][]string        // the drafts that went with each
	says   []string          // strips that offered Undo
	ran    []string          // commands by id
	calls  []string          // the rest: "increment", "preview", "export", "copy: …", "open …"
	layers []Sheet
	refuse error // answers the next request
	show   func(session.State)
	ids    int
	take   func()                   // takes the pasted names of files away again
	later  map[string]func() string // long half-typed texts that are not saved yet

	settled []settledQuestion
	listed  []session.Listed // the increments of the repository

	pictures map[string]image.Image // of attachments, by checksum
}

var _ Asker = (*fakeAsker)(nil)

func newFakeAsker(t testing.TB, st session.State) *fakeAsker {
	t.Helper()
	if st.Drafts == nil {
		st.Drafts = map[string]session.Draft{}
	}
	return &fakeAsker{t: t, state: st}
}

func (f *fakeAsker) Do(want workflow.Intent, done func(error), fields ...string) {
	answer := func(err error) {
		if done != nil {
			done(err)
		}
	}
	if err := f.refuse; err != nil {
		f.refuse = nil
		answer(err)
		return
	}
	if f.state.Incident.Declared() {
		events, err := workflow.Decide(f.state.Incident, want, f.env(f.state.Actor(), f.state.Now))
		if err != nil {
			answer(err)
			return
		}
		f.state.Incident = f.state.Incident.With(events...)
	}
	f.wants, f.fields = append(f.wants, want), append(f.fields, fields)
	f.state.Drafts = maps.Clone(f.state.Drafts)
	for _, field := range fields {
		delete(f.state.Drafts, field)
	}
	answer(nil)
	f.Show()
}

func (f *fakeAsker) DoAndOffer(want workflow.Intent, says string, done func(error), fields ...string) {
	f.says = append(f.says, says)
	f.Do(want, done, fields...)
}

func (f *fakeAsker) Draft(field, text string) {
	f.state.Drafts = maps.Clone(f.state.Drafts)
	if text == "" {
		delete(f.state.Drafts, field)
		return
	}
	f.state.Drafts[field] = session.Draft{Incident: f.state.Incident.ID, Field: field, Text: text, Started: f.state.Now}
}

func (f *fakeAsker) DraftLater(field string, read func() string) {
	if f.later == nil {
		f.later = map[string]func() string{}
	}
	f.later[field] = read
}

// settle saves the long texts, as the desk does within a second.
func (f *fakeAsker) settle() {
	for field, read := range f.later {
		f.Draft(field, read())
	}
	clear(f.later)
}

func (f *fakeAsker) OfferFiles(pasted string, take func()) {
	f.calls, f.take = append(f.calls, "offer files: "+pasted), take
}

func (f *fakeAsker) OpenIncident(id workflow.IncidentID, done func(error)) {
	f.call("open incident "+string(id), done)
}

func (f *fakeAsker) Search(query string, _ int, done func([]session.Hit, error)) {
	f.calls = append(f.calls, "search "+query)
	done(nil, nil)
}

func (f *fakeAsker) SetPrefs(to session.Prefs, says string) {
	f.state.Prefs = to
	f.says = append(f.says, says)
	f.Show()
}

func (f *fakeAsker) CreateIncrement(done func(error)) {
	f.call("increment", func(err error) {
		if err != nil || !f.state.Incident.Declared() {
			if done != nil {
				done(err)
			}
			return
		}
		f.Do(writtenIncrement(), done)
	})
}

// writtenIncrement is what the desk records when the files are written.
func writtenIncrement() workflow.RecordIncrement {
	return workflow.RecordIncrement{
		ID: "0015-hotfix-auth-outage", Root: "/srv/shop", Path: ".specweave/increments/0015-hotfix-auth-outage", Type: "hotfix",
	}
}

func (f *fakeAsker) PreviewExport(done func(error), _ ...session.Document) { f.call("preview", done) }

func (f *fakeAsker) Export(_ []string, done func(error), _ ...session.Document) {
	f.call("export", done)
}

func (f *fakeAsker) FindLeaks(done func(error)) { f.call("find leaks", done) }

func (f *fakeAsker) ExportAnyway(_ []string, why string, done func(error), _ ...session.Document) {
	f.call("export anyway: "+why, done)
}

func (f *fakeAsker) Outgoing(then func(workflow.Incident, error)) { then(f.state.Incident, nil) }

func (f *fakeAsker) PreviewCommit(message string, done func(error)) {
	f.call("preview commit "+message, done)
}

func (f *fakeAsker) Commit(message string, done func(error)) { f.call("commit "+message, done) }
func (f *fakeAsker) CloseCommit()                            { f.calls = append(f.calls, "close commit") }

func (f *fakeAsker) ChooseRepository(folder, says string) {
	prefs := f.state.Prefs
	prefs.Repository = folder
	f.SetPrefs(prefs, says)
}

func (f *fakeAsker) EnableSpecWeave(done func(error)) { f.call("enable SpecWeave", done) }

func (f *fakeAsker) WeaveIncrement(done func(error))    { f.call("weave", done) }
func (f *fakeAsker) CompleteIncrement(done func(error)) { f.call("complete", done) }

func (f *fakeAsker) Settle(q workflow.Difference, keep workflow.Keep, done func(error)) {
	f.settled = append(f.settled, settledQuestion{q, keep})
	f.call("settle", done)
}

func (f *fakeAsker) Increments(done func([]session.Listed, error)) { done(f.listed, nil) }

func (f *fakeAsker) LinkIncrement(id string, done func(error)) { f.call("link "+id, done) }

// settledQuestion is an answer to a question as it was shown.
type settledQuestion struct {
	q    workflow.Difference
	keep workflow.Keep
}

func (f *fakeAsker) Detach(entry workflow.EventID, file workflow.Attachment, done func(error)) {
	f.DoAndOffer(workflow.Detach{Entry: entry, File: file}, file.Shown()+" was taken off the entry.", done)
}

func (f *fakeAsker) Thumbnail(a workflow.Attachment, done func(image.Image, error)) {
	if picture := f.pictures[a.SHA256]; picture != nil {
		done(picture, nil)
		return
	}
	done(nil, errors.New("its bytes cannot be read as one"))
}

func (f *fakeAsker) OpenAttachment(a workflow.Attachment) {
	f.calls = append(f.calls, "open attachment "+a.Name)
}

func (f *fakeAsker) SaveAttachmentAs(a workflow.Attachment) {
	f.calls = append(f.calls, "save attachment "+a.Name)
}

func (f *fakeAsker) CancelBackup()              { f.calls = append(f.calls, "cancel backup") }
func (f *fakeAsker) ClosePreview()              { f.calls = append(f.calls, "close preview") }
func (f *fakeAsker) Run(command string)         { f.ran = append(f.ran, command) }
func (f *fakeAsker) Copy(text, _ string)        { f.calls = append(f.calls, "copy: "+text) }
func (f *fakeAsker) OpenPath(path string)       { f.calls = append(f.calls, "open "+path) }
func (f *fakeAsker) OpenAddress(address string) { f.calls = append(f.calls, "open "+address) }
func (f *fakeAsker) CloseSheet(id string)       { f.calls = append(f.calls, "close "+id) }
func (f *fakeAsker) Layer(l Sheet)              { f.layers = append(f.layers, l) }
func (f *fakeAsker) ChooseFolder(func(string))  { f.calls = append(f.calls, "choose folder") }

func (f *fakeAsker) call(what string, done func(error)) {
	err := f.refuse
	f.refuse = nil
	f.calls = append(f.calls, what)
	if done != nil {
		done(err)
	}
}

// Show shows the state as it is now, as the desk would.
func (f *fakeAsker) Show() {
	if f.show != nil {
		f.show(f.state)
	}
}

// last is what was asked for last.
func (f *fakeAsker) last() workflow.Intent {
	f.t.Helper()
	require.NotEmpty(f.t, f.wants, "nothing was asked for")
	return f.wants[len(f.wants)-1]
}

func (f *fakeAsker) env(actor string, now time.Time) workflow.Env {
	return workflow.Env{Now: now, Zone: time.UTC, Actor: actor, Device: "device-1", NewID: func() workflow.EventID {
		f.ids++
		return workflow.EventID(fmt.Sprintf("event-%05d", f.ids))
	}}
}

// as lets another person do something at a moment, behind the pane's back.
func (f *fakeAsker) as(actor string, now time.Time, wants ...workflow.Intent) {
	f.t.Helper()
	for _, want := range wants {
		events, err := workflow.Decide(f.state.Incident, want, f.env(actor, now))
		require.NoError(f.t, err, "%T", want)
		f.state.Incident = f.state.Incident.With(events...)
	}
	f.state.Now = now
}

func standardPlaybook(t testing.TB) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	return p
}

// quietState is a desk on which no incident is open.
func quietState(t testing.TB) session.State {
	t.Helper()
	prefs := session.DefaultPrefs("Jane")
	prefs.Repository = "/srv/shop"
	return session.State{
		Now: sample.Alert(), Zone: time.UTC, Prefs: prefs, Policy: standardPlaybook(t), Drafts: map[string]session.Draft{},
		Repo: session.Repo{Folder: "/srv/shop", Root: "/srv/shop", Name: "shop", SpecWeave: true, Branch: "main"},
	}
}

// newDesk is the sample incident as it stands so long after the first alert:
// everything of the script up to then has happened, and Jane looks at it.
func newDesk(t testing.TB, after time.Duration) *fakeAsker {
	t.Helper()
	f := newFakeAsker(t, quietState(t))
	f.state.Incident = workflow.Fold("incident-1", nil)
	for _, step := range sample.Script(f.state.Policy, sample.Alert()) {
		if step.After > after {
			break
		}
		var want workflow.Intent = writtenIncrement()
		if !step.Increment {
			want = step.Want(f.state.Incident)
		}
		f.as(step.Actor, sample.Alert().Add(step.After), want)
	}
	f.state.Now = sample.Alert().Add(after)
	return f
}

// stage shows a pane in a window of its own and keeps it in line with the desk.
func stage(t testing.TB, f *fakeAsker, build func(Asker) Pane, width, height float32) (Pane, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(look.Dark, 1))
	pane := build(f)
	f.show = pane.Show
	layers := kit.NewLayers(pane.Content())
	w := test.NewTempWindow(t, layers)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	layers.Install(w.Canvas())
	pane.Show(f.state)
	return pane, w
}

// press types keys into whatever has the focus, as the window would.
func press(w fyne.Window, keys ...fyne.KeyName) {
	for _, key := range keys {
		event := &fyne.KeyEvent{Name: key}
		if focused := w.Canvas().Focused(); focused != nil {
			focused.TypedKey(event)
		} else if w.Canvas().OnTypedKey() != nil {
			w.Canvas().OnTypedKey()(event)
		}
	}
}

// write types text into whatever has the focus.
func write(w fyne.Window, text string) {
	for _, r := range text {
		if focused := w.Canvas().Focused(); focused != nil {
			focused.TypedRune(r)
		}
	}
}

func (f *fakeAsker) RunTests(want session.TestsWanted, done func(error)) {
	f.calls = append(f.calls, "run: "+want.Line)
	err := f.refuse
	f.refuse = nil
	done(err)
}

func (f *fakeAsker) Trusted(c workflow.PlaybookCommand) bool {
	return slices.ContainsFunc(f.state.Trust.Accepted, func(a workflow.AcceptedCommand) bool { return a.PlaybookCommand == c })
}
