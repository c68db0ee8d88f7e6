package view

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// reportLines shows what the timeline section is made from: nobody writes it
// here, people correct the log instead.
type reportLines struct {
	content fyne.CanvasObject
	title   *kit.Text
	says    *kit.Text
	rows    *kit.Rows
	lines   map[string]workflow.Entry
	rev     workflow.Revision
}

func newReportLines(ask Asker) *reportLines {
	l := &reportLines{title: kit.NewSubheading("").Cut(), says: kit.NewCaption("").Wrapped(), lines: map[string]workflow.Entry{}}
	l.rows = kit.NewRows(func() fyne.CanvasObject {
		return kit.Inset(look.Space2, look.Space1, kit.TopRow(look.Space3, kit.Fixed(64, kit.NewText("")), kit.Grow(kit.NewText("").Wrapped())))
	}, l.draw)
	l.rows.OnActivate = func(string) { ask.Run("go.timeline") }
	correct := kit.NewButton("Go to the timeline", func() { ask.Run("go.timeline") }).Icon("timeline")
	l.content = kit.Column(look.Space2, l.title, l.says, kit.Grow(l.rows), kit.Row(look.Space2, correct))
	return l
}

func (l *reportLines) draw(id string, row fyne.CanvasObject) {
	parts := row.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	e := l.lines[id]
	parts[0].(*fyne.Container).Objects[0].(*kit.Text).SetText(drawn(e.At.Get().Clock(time.UTC)))
	parts[1].(*fyne.Container).Objects[0].(*kit.Text).SetText(firstWords(e.Text.Get()))
}

// firstWords keeps a row short: the whole text is on the timeline.
func firstWords(text string) string {
	const most = 240
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	return string(r[:most]) + "…"
}

// Show brings the lines in line with the incident.
func (l *reportLines) Show(facts *reviewFacts, section workflow.SectionPolicy) {
	l.title.SetText(section.Name)
	if facts.rev == l.rev {
		return
	}
	l.rev = facts.rev
	entries := facts.lines
	l.says.SetText(fmt.Sprintf("Made from the timeline, in UTC: %d of its lines are in the post-mortem. Correct a time or a text there, or choose what belongs here.", len(entries)))
	items := make([]kit.Item, len(entries))
	l.lines = make(map[string]workflow.Entry, len(entries))
	for i, e := range entries {
		items[i] = kit.Item{ID: string(e.ID)}
		l.lines[string(e.ID)] = e
	}
	l.rows.SetItems(items)
}
