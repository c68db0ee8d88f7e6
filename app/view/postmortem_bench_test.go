package view

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// benchPostmortem is the screen of an incident with 5,000 entries.
func benchPostmortem(b *testing.B) (*postmortem, *fakeAsker) {
	b.Helper()
	app := test.NewApp()
	b.Cleanup(app.Quit)
	app.Settings().SetTheme(look.New(look.Dark, 1))
	f := longDesk(b, 5000)
	p := newPostmortem(f).(*postmortem)
	f.show = p.Show
	w := app.NewWindow("")
	w.SetContent(kit.NewLayers(p.Content()))
	w.Resize(fyne.NewSize(1110, 700))
	p.Show(f.state)
	p.choose(workflow.ImpactSection)
	return p, f
}

// BenchmarkReviewTick is what every second costs; the budget is 16 ms.
func BenchmarkReviewTick(b *testing.B) {
	p, f := benchPostmortem(b)
	for b.Loop() {
		f.state.Now = f.state.Now.Add(time.Second)
		p.Show(f.state)
	}
}

// BenchmarkReviewKey is what a key in the editor costs, the preview with it;
// the budget is 16 ms.
func BenchmarkReviewKey(b *testing.B) {
	p, _ := benchPostmortem(b)
	n := 0
	for b.Loop() {
		n++
		retype(p, fmt.Sprintf("- ~2,000 users affected %d\n- **more** to come", n))
	}
}

// BenchmarkReviewLetter is a letter typed and taken back in a short section and in
// one of a megabyte.
func BenchmarkReviewLetter(b *testing.B) {
	for name, text := range map[string]string{"line": "One line.", "MB": megabyteOf("A paragraph of it, with some words.")} {
		b.Run(name, func(b *testing.B) {
			p, f := benchPostmortem(b)
			retype(p, text)
			f.settle()
			p.parts.text.field.Select(len(text)/2, len(text)/2)
			for b.Loop() {
				p.parts.text.field.TypedRune('x')
				p.parts.text.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			}
		})
	}
}

// BenchmarkReviewChange is what a change of the incident costs.
func BenchmarkReviewChange(b *testing.B) {
	p, f := benchPostmortem(b)
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

// BenchmarkReviewTimeline is what it costs to open the longest section.
func BenchmarkReviewTimeline(b *testing.B) {
	p, _ := benchPostmortem(b)
	for b.Loop() {
		p.choose(workflow.TimelineSection)
		p.choose(workflow.ImpactSection)
	}
}
