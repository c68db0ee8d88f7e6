package view

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// recentLines is how many entries of the timeline the board shows.
const recentLines = 5

// recent is the end of the timeline, the newest first.
type recent struct {
	panel *kit.Panel
	none  *kit.Text
	slots []recentSlot
	shown []recentLine
}

type recentSlot struct {
	row  *fyne.Container
	time *kit.Text
	text *kit.Text
}

type recentLine struct{ clock, text string }

func newRecent(ask Asker) *recent {
	r := &recent{none: kit.NewCaption("Nothing noted yet. Ctrl+L writes the first line.").Wrapped()}
	column := kit.Column(look.Space2, r.none)
	for range recentLines {
		s := recentSlot{
			time: kit.NewText("").Sized(theme.SizeNameCaptionText).In(look.Muted),
			text: kit.NewText("").Wrapped(),
		}
		s.row = kit.TopRow(look.Space2, s.time, kit.Grow(s.text))
		s.row.Hide()
		r.slots = append(r.slots, s)
		column.Add(s.row)
	}
	open := kit.NewQuiet("Open timeline", func() { ask.Run("go.timeline") }).Small()
	r.panel = kit.NewPanelWith("Timeline", open, column)
	return r
}

// Show brings the entries in line with a state.
func (r *recent) Show(st session.State) bool {
	lines := recentWords(st)
	changed := len(lines) != len(r.shown)
	for i, s := range r.slots {
		show(s.row, i < len(lines))
		if i >= len(lines) || i < len(r.shown) && lines[i] == r.shown[i] {
			continue
		}
		s.time.SetText(lines[i].clock)
		s.text.SetText(lines[i].text)
		changed = true
	}
	show(r.none, len(lines) == 0)
	r.shown = lines
	return changed
}

// recentWords are the last entries, cut to what is read at a glance.
func recentWords(st session.State) []recentLine {
	all := st.Incident.Timeline.All()
	var out []recentLine
	for i := len(all) - 1; i >= 0 && len(out) < recentLines; i-- {
		e := all[i]
		if e.Hidden.Get() {
			continue
		}
		text := e.Text.Get()
		if !e.Machine && e.Who != "" {
			text = e.Who + ": " + text
		}
		out = append(out, recentLine{clock: clockOf(e.At.Get(), st), text: glance(text)})
	}
	return out
}

// glanceRunes is about two lines of the side.
const glanceRunes = 64

// glance is the beginning of a text on one line.
func glance(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= glanceRunes {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:glanceRunes-1])) + "…"
}

// entries is how many entries the timeline shows.
func entries(in workflow.Incident) int { return in.Timeline.Shown() }
