package view

import (
	"fmt"
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

// benchTimeline is a screen with 5,000 entries, as long as an incident gets.
func benchTimeline(b *testing.B) (*timeline, *fakeAsker) {
	b.Helper()
	app := test.NewApp()
	b.Cleanup(app.Quit)
	app.Settings().SetTheme(look.New(look.Dark, 1))
	f := longDesk(b, 5000)
	p := newTimeline(f).(*timeline)
	f.show = p.Show
	w := app.NewWindow("")
	w.SetContent(kit.NewLayers(p.Content()))
	w.Resize(fyne.NewSize(1088, 606))
	p.Show(f.state)
	p.Enter()
	return p, f
}

// BenchmarkTick is what every second costs; the budget is 16 ms.
func BenchmarkTick(b *testing.B) {
	p, f := benchTimeline(b)
	for b.Loop() {
		f.state.Now = f.state.Now.Add(time.Second)
		p.Show(f.state)
	}
}

// BenchmarkSearchKey is what a key of the search costs; the budget is 100 ms.
func BenchmarkSearchKey(b *testing.B) {
	p, _ := benchTimeline(b)
	words := []string{"p", "po", "pool", "pool 19", "pool 199"}
	i := 0
	for b.Loop() {
		p.bar.find.SetText(words[i%len(words)])
		i++
	}
}

// BenchmarkNewLine is what a line that somebody writes costs.
func BenchmarkNewLine(b *testing.B) {
	p, f := benchTimeline(b)
	f.state.Prefs.Name = "Jane"
	for b.Loop() {
		b.StopTimer()
		events, err := workflow.Decide(f.state.Incident, workflow.Note{Text: "one more"}, f.env("Sam", f.state.Now))
		if err != nil {
			b.Fatal(err)
		}
		f.state.Incident = f.state.Incident.With(events...)
		b.StartTimer()
		p.Show(f.state)
	}
}

// BenchmarkArrowKey is what a step in the list costs.
func BenchmarkArrowKey(b *testing.B) {
	p, _ := benchTimeline(b)
	for b.Loop() {
		p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	}
}

// longDesk is an incident with as many lines as are asked for, a minute apart.
func longDesk(t testing.TB, lines int) *fakeAsker {
	t.Helper()
	f := &fakeAsker{state: session.State{
		Now: sample.Alert(), Zone: time.UTC, Prefs: session.DefaultPrefs("Jane"), Drafts: map[string]session.Draft{},
	}}
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	f.state.Incident = workflow.Fold("incident-1", nil)
	declared, err := workflow.Decide(f.state.Incident, sample.Declaration(p), f.env("Jane", sample.Alert()))
	require.NoError(t, err)
	f.state.Incident = f.state.Incident.With(declared...)
	events := f.state.Incident.Events()
	clock := f.state.Incident.Revision().Clock
	for i := range lines {
		at := sample.Alert().Add(time.Duration(i) * time.Minute)
		clock = clock.Next(at)
		id := workflow.EventID(fmt.Sprintf("line-%06d", i))
		events = append(events, workflow.Event{
			ID: id, Batch: id, Incident: f.state.Incident.ID, Device: "device-1", Actor: []string{"Jane", "Sam", "Bob"}[i%3],
			Clock: clock, At: workflow.StampAt(at, time.UTC), Recorded: at,
			Body: workflow.Noted{Type: workflow.EntryKinds()[i%5], Text: fmt.Sprintf("line %04d: connections to the pool of the token service, %d of 200", i, i%200)},
		})
		f.state.Now = at
	}
	f.state.Incident = workflow.Fold(f.state.Incident.ID, events)
	return f
}
