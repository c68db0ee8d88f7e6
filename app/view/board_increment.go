package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// boardIncrement is the increment on the board's side: how far it is, and how
// it compares with its files.
type boardIncrement struct {
	panel *kit.Panel
	lines *lineList
	open  *kit.Button
}

func newBoardIncrement(ask Asker) *boardIncrement {
	b := &boardIncrement{lines: newLineList(1)}
	b.open = kit.NewButton("Tasks and files", func() { ask.Run("incident.weave") }).Icon("link").Key("Ctrl+Shift+I").Small()
	b.panel = kit.NewPanel("Increment", kit.Column(look.Space3, b.lines.box, kit.Row(0, b.open)))
	b.panel.Hide()
	return b
}

// Show brings the panel in line with a state; it is there once an increment is.
func (b *boardIncrement) Show(st session.State) bool {
	inc := incrementOf(st)
	visible := st.Incident.Declared() && inc.ID != ""
	changed := visible != b.panel.Visible()
	show(b.panel, visible)
	if !visible {
		return changed
	}
	return b.lines.Set(boardIncrementLines(st)) || changed
}

func boardIncrementLines(st session.State) []lineOf {
	inc := incrementOf(st)
	done, all := 0, 0
	for _, t := range st.Incident.Tasks() {
		if all++; t.Done {
			done++
		}
	}
	icon, word, role := standLook(inc.State, inc.Raw)
	if inc.At.IsZero() {
		icon, word, role = standLook(st.Incident.IncrementStand().State, "")
	}
	lines := []lineOf{{icon: "folder", role: look.Muted, text: inc.ID, bold: true}}
	lines = append(lines, lineOf{icon: icon, role: role, text: word + ", " + tasksDone(done, all)})
	if says, tone := inStep(st); weavable(st.Incident) && !inc.At.IsZero() {
		lines = append(lines, lineOf{icon: tone.Icon(), role: tone.Role(), text: says})
	}
	return lines
}
