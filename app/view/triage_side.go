package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// similarBox offers past incidents that may have the answer.
type similarBox struct {
	ask     Asker
	content *fyne.Container
	slots   []similarSlot
	key     string
	past    []past
	history string // that the past was read from
}

type similarSlot struct {
	box     *fyne.Container
	chip    *kit.Chip
	title   *kit.Button
	facts   *kit.Text
	because *kit.Text
}

func newSimilarBox(ask Asker) *similarBox {
	s := &similarBox{ask: ask}
	column := kit.Column(look.Space3)
	for range mostSimilar {
		slot := similarSlot{
			chip: kit.NewChip("", kit.ChipLook{}), title: kit.NewQuiet("", nil).Small().Leading(),
			facts: kit.NewCaption("").Wrapped(), because: kit.NewCaption("").Wrapped(),
		}
		slot.box = kit.Column(2, kit.Row(look.Space1, slot.chip, kit.Grow(slim(120, slot.title))), slot.facts, slot.because)
		s.slots = append(s.slots, slot)
		column.Add(slot.box)
	}
	s.content = kit.Column(0, kit.NewPanel("Similar past incidents", column).Tight())
	s.content.Hide()
	return s
}

// Show looks again only when the words or the history have changed; it reports
// whether the height may have changed.
func (s *similarBox) Show(st session.State, title, service string) bool {
	history := historyKey(st.History)
	key := fmt.Sprintf("%s|%s|%s|%s", title, service, history, st.Incident.ID)
	if key == s.key {
		return false
	}
	s.key = key
	if history != s.history {
		s.history, s.past = history, pastOf(st.History)
	}
	found := similar(s.past, st.Incident.ID, title, service)
	for i, slot := range s.slots {
		show(slot.box, i < len(found))
		if i >= len(found) {
			continue
		}
		row := *found[i].row
		slot.chip.Set(severityWord(row.Severity), severityLook(st.Policy, row.Severity))
		slot.title.SetWord(row.Title)
		slot.title.SetRun(func() { s.ask.OpenIncident(row.ID, nil) })
		facts := summaryLine(row, st)
		if row.Cause != "" {
			facts += "\nCause: " + firstLineOf(row.Cause)
		}
		slot.facts.SetText(facts)
		slot.because.SetText("In common: " + found[i].shares)
	}
	show(s.content, len(found) > 0)
	return true
}

// historyKey changes with every incident that comes in or moves on.
func historyKey(history []workflow.Summary) string {
	if len(history) == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s %s", len(history), history[0].ID, history[0].Stage)
}

// firstRun is what somebody sees who has never declared anything.
func firstRun(ask Asker, place *kit.Text) fyne.CanvasObject {
	return kit.NewPanel("First time here?", kit.Column(look.Space3,
		kit.NewText("The sample is a real outage that you can play through and throw away.").Wrapped(),
		kit.NewButton("Open the sample incident", func() { ask.Run("sample.open") }).Icon("firebreak"),
		kit.NewButton("Import an old post-mortem", func() { ask.Run("data.import") }).Icon("import"),
		kit.Column(2, place, kit.NewCaption("No network, no telemetry.").Wrapped()))).Tight()
}

// willDo lists what declaring does, and that it does nothing else.
func willDo(p workflow.Playbook, at string) []lineOf {
	line := "First alert triggered"
	if m, ok := p.Moment(workflow.Detected); ok {
		line = m.Line
	}
	return []lineOf{
		{icon: "clock", role: look.Muted, text: "start the clock at " + at},
		{icon: "board", role: look.Muted, text: fmt.Sprintf("open the checklist: %s, version %d", p.Name, p.Version)},
		{icon: "timeline", role: look.Muted, text: "write the first timeline row: " + line},
		{icon: "lock", role: look.Muted, text: "change nothing outside this app"},
	}
}
