package view

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// lineOf is one line of a short list: a shape and words.
type lineOf struct {
	icon string
	role fyne.ThemeColorName
	text string
	bold bool
}

// lineList is a short list of lines that keeps its widgets.
type lineList struct {
	box   *fyne.Container
	slots []lineSlot
	shown []lineOf
	small bool

	columns int
}

// leastColumn is how narrow a line may become beside another.
const leastColumn float32 = 220

type lineSlot struct {
	row  *fyne.Container
	icon *kit.Icon
	text *kit.Text
}

// newLineList sets the lines in columns where there is room for them.
func newLineList(columns int) *lineList {
	l := &lineList{columns: columns}
	if columns > 1 {
		l.box = kit.Grid(look.Space1, columns)
	} else {
		l.box = kit.Column(look.Space1)
	}
	l.box.Hide()
	return l
}

// Small shows the words in caption size, for the side.
func (l *lineList) Small() *lineList { l.small = true; return l }

// Set shows other lines; it reports whether the height may have changed.
func (l *lineList) Set(lines []lineOf) bool {
	if slices.Equal(lines, l.shown) {
		return false
	}
	for len(l.slots) < len(lines) {
		slot := lineSlot{icon: kit.NewIcon("").Edge(16), text: kit.NewText("").Wrapped()}
		if l.small {
			slot.text.Sized(theme.SizeNameCaptionText)
		}
		slot.row = kit.TopRow(look.Space2, slot.icon, kit.Grow(slot.text))
		if l.columns > 1 { // narrower, the lines stand one above the other
			slot.row = kit.Fixed(leastColumn, slot.row)
		}
		l.slots = append(l.slots, slot)
		l.box.Add(slot.row)
	}
	for i, slot := range l.slots {
		show(slot.row, i < len(lines))
		if i >= len(lines) {
			continue
		}
		line := lines[i]
		role := look.Text
		if line.role != "" && line.role != look.SuccessText {
			role = line.role
		}
		slot.icon.Set(line.icon, line.role)
		slot.text.SetText(line.text)
		slot.text.SetRole(role)
		slot.text.SetBold(line.bold)
	}
	l.shown = slices.Clone(lines)
	show(l.box, len(lines) > 0)
	return true
}

// findingLines are a gate's needs: a tick and the proof, or what is missing.
func findingLines(g workflow.Gate) []lineOf {
	var out []lineOf
	for _, f := range g.Findings {
		if f.Holds {
			out = append(out, lineOf{icon: "step-done", role: look.SuccessText, text: spelled(f.Says)})
			continue
		}
		out = append(out, lineOf{icon: "step-open", role: look.WarningText, text: f.Missing})
	}
	return out
}

// toldLines say which channels have been told.
func toldLines(in workflow.Incident) []lineOf {
	last := map[workflow.Channel]workflow.Update{}
	for _, u := range in.SentUpdates() {
		last[u.Channel] = u
	}
	var out []lineOf
	for _, c := range workflow.Channels() {
		if u, ok := last[c]; ok {
			out = append(out, lineOf{icon: "step-done", role: look.SuccessText, text: capital(c.Told()) + " by " + u.By})
			continue
		}
		out = append(out, lineOf{icon: "step-open", role: look.Muted, text: "Not yet: " + c.Told()})
	}
	return out
}

// spelled begins with a capital letter, unless the first word is something
// that people spell as it is: auth_errors, npm, /api.
func spelled(s string) string {
	first, _, _ := strings.Cut(s, " ")
	for _, r := range strings.TrimRight(first, ".,:;") {
		if !unicode.IsLetter(r) && r != '-' {
			return s
		}
	}
	return capital(s)
}
