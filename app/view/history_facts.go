package view

import (
	"strconv"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// sampleNote says that nothing here is real.
func sampleNote() fyne.CanvasObject {
	return kit.Column(look.Space1,
		kit.Row(0, kit.NewChip("Sample data", kit.ChipLook{Icon: "info", Fill: look.InfoFill})),
		kit.NewCaption("This is the sample, not your team. Leave it to see your own incidents.").Wrapped())
}

// incidentFacts is what is known of the incident that is selected.
func incidentFacts(s workflow.Summary, st session.State, open func(workflow.IncidentID)) fyne.CanvasObject {
	word, how := chipOf(s, st.Policy)
	button := kit.NewPrimary("Open", func() { open(s.ID) }).Key("Enter")
	if s.ID == st.Incident.ID {
		button.SetWord("Go on with it")
	}
	lines := []fyne.CanvasObject{
		kit.Row(look.Space2, kit.NewChip(word, how), kit.NewCaption(capital(stageWords(s.Stage)))),
		kit.NewSubheading(s.Title).Wrapped(),
		factLine("Detected", dateAndClock(s.Detected, st)),
	}
	if took := tookWords(s, st.Now); took != "" {
		name := "Took"
		if burns(s) {
			name = "Running"
		}
		lines = append(lines, factLine(name, took))
	}
	if s.Service != "" {
		lines = append(lines, factLine("Service", s.Service))
	}
	lines = append(lines,
		factLine("Timeline", plural(s.Entries, "entry", "entries")),
		factLine("Action items", actionsWord(s.Actions)))
	cause := "No root cause is written down yet."
	if s.Cause != "" {
		cause = beginning(s.Cause, 400)
	}
	return kit.Column(look.Space2, append(lines,
		kit.Column(2, kit.NewCaption("Cause"), kit.NewText(cause).Wrapped()),
		kit.Row(0, button))...)
}

func actionsWord(open int) string {
	if open == 0 {
		return "none open"
	}
	return strconv.Itoa(open) + " open"
}

// factLine is a name at the left and what it is at the right.
func factLine(name, value string) fyne.CanvasObject {
	return kit.TopRow(look.Space3, kit.Fixed(96, kit.NewCaption(name)), kit.Grow(kit.NewText(value).Wrapped()))
}

// numberFacts are the counts of what is listed.
func numberFacts(n historyNumbers) []fyne.CanvasObject {
	value, why := n.median()
	lines := []fyne.CanvasObject{
		kit.NewText("Numbers").Bold(),
		factPair("Incidents", strconv.Itoa(n.incidents), countNote(n)),
		factPair("Median time to resolve", value, why),
		factPair("Open action items", strconv.Itoa(n.actions), ""),
	}
	for i, repeat := range n.repeats {
		if i == 0 {
			lines = append(lines, kit.NewCaption("More than once"))
		}
		lines = append(lines, kit.NewText(repeat).Wrapped())
	}
	numbers := kit.Column(look.Space2, append([]fyne.CanvasObject{kit.NewRule()}, lines...)...)
	return []fyne.CanvasObject{numbers, monthBars(n)}
}

func countNote(n historyNumbers) string {
	note := ""
	if n.open > 0 {
		note = strconv.Itoa(n.open) + " still open. "
	}
	if n.cancelled > 0 {
		note += strconv.Itoa(n.cancelled) + " called off."
	}
	return note
}

// factPair is a name and a number on one line, and beneath it how it came about.
func factPair(name, value, why string) fyne.CanvasObject {
	line := kit.TopRow(look.Space3, kit.Grow(kit.NewText(name).Wrapped()), kit.NewText(value).Bold())
	if why == "" {
		return line
	}
	return kit.Column(2, line, kit.NewCaption(why).Wrapped())
}

// monthBars are the incidents of the last months, as bars with their numbers.
func monthBars(n historyNumbers) fyne.CanvasObject {
	column := kit.Column(look.Space2, kit.NewRule(), kit.NewText("Per month").Bold())
	for _, m := range n.months {
		share := float32(0)
		if most := n.most(); most > 0 {
			share = float32(m.count) / float32(most)
		}
		column.Add(kit.Row(look.Space3,
			kit.Fixed(72, kit.NewCaption(m.name)), kit.Grow(newShareBar(0, share)),
			kit.Fixed(28, kit.NewText(strconv.Itoa(m.count)).Aligned(fyne.TextAlignTrailing))))
	}
	return column
}
