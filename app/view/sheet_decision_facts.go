package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// criterionRow is one criterion: its words, the facts beneath, and the answer.
type criterionRow struct {
	box      *fyne.Container
	pick     *kit.Segmented
	facts    *lineList
	proposed *kit.Text
}

func newCriterionRow(c workflow.Criterion, chosen func(id string)) *criterionRow {
	r := &criterionRow{facts: newLineList(1).Small(), proposed: kit.NewCaption("Proposed by the facts").Aligned(fyne.TextAlignTrailing)}
	r.pick = kit.NewSegmented([]kit.Option{{ID: workflow.Yes, Word: "Yes"}, {ID: workflow.No, Word: "No"}, {ID: workflow.Unsure, Word: "Unsure"}}, chosen)
	r.proposed.Hide()
	label := kit.Column(look.Space1, kit.NewText(c.Text).Wrapped())
	if c.Decisive {
		label.Add(kit.NewCaption("This alone settles it").Wrapped())
	}
	label.Add(r.facts.box)
	r.box = kit.TopRow(look.Space3, kit.Grow(label), kit.Fixed(330, kit.Column(look.Space1, r.pick, r.proposed)))
	return r
}

// show puts the answer and the facts into the row; it reports whether the
// height may have changed.
func (r *criterionRow) show(answer string, free bool, fact workflow.Weighed) bool {
	if r.pick.Chosen() != answer {
		r.pick.Choose(answer)
	}
	marked := free && answer != ""
	changed := marked != r.proposed.Visible()
	show(r.proposed, marked)
	return r.facts.Set(factLines(fact)) || changed
}

// factLines are the facts to a criterion, and where they are from.
func factLines(w workflow.Weighed) []lineOf {
	if w.Says == "" {
		return nil
	}
	from := map[workflow.EvidenceSource]lineOf{
		workflow.FromGit: {icon: "branch", role: look.Muted, text: "From git: "},
		workflow.FromLog: {icon: "history", role: look.Muted, text: "From the log: "},
	}
	line, known := from[w.Source]
	if !known {
		line = lineOf{icon: "undecided", role: look.Muted}
	}
	line.text += strings.TrimRight(w.Says, ".") + "."
	return []lineOf{line}
}

// wayPanel shows the way back, and lets a person name what git cannot know.
type wayPanel struct {
	s      *Shell
	panel  *kit.Panel
	lines  *lineList
	status *kit.Text
	again  *kit.Button
	form   *form
}

func newWayPanel(s *Shell) *wayPanel {
	w := &wayPanel{s: s, lines: newLineList(1).Small(), status: kit.NewCaption("").Wrapped()}
	w.form = newForm(s, "decision", "Look again", "", nil,
		input{name: "good", label: "Last good version", hint: "as found", mono: true},
		input{name: "suspect", label: "Commit that broke it", hint: "as found", mono: true, beside: true})
	w.form.send = func(done func(error)) { s.LookBack(w.hints(), done) }
	w.form.moved, w.form.resized = s.layers.Refresh, s.layers.Refresh
	w.again = kit.NewButton("Look again", w.look).Small()
	w.panel = kit.NewPanelWith("The way back", w.again, kit.Column(look.Space2, w.status, w.lines.box, w.form.inputs))
	return w
}

// hints are what the person named.
func (w *wayPanel) hints() workflow.WayHints {
	return workflow.WayHints{Good: strings.TrimSpace(w.form.Value("good")), Suspect: strings.TrimSpace(w.form.Value("suspect"))}
}

// look asks the repository, with what was named up to now.
func (w *wayPanel) look() {
	w.form.Show(w.s.state)
	w.s.LookBack(w.hints(), nil)
}

// tells says whether the panel says so already: what stands above all criteria
// is not said again under each.
func (w *wayPanel) tells(says string) bool {
	says = strings.TrimRight(says, ".")
	if way := w.s.state.WayBack(); way != nil {
		detected, _ := w.s.state.Incident.MilestoneAt(workflow.Detected)
		for _, l := range way.Lines(detected) {
			if strings.TrimRight(l.Says, ".") == says {
				return true
			}
		}
	}
	return says == strings.TrimRight(w.status.Text(), ".")
}

// Show brings the panel in line with a state; it reports whether the height may
// have changed.
func (w *wayPanel) Show(st session.State) bool {
	stands := st.Incident.Fix.Choice().Hints()
	w.form.Start("good", stands.Good)
	w.form.Start("suspect", stands.Suspect)
	w.form.Show(st)
	says := ""
	way := st.WayBack()
	switch {
	case st.Way.Busy && way == nil:
		says = "Looking at the repository. You can decide meanwhile."
	case way == nil:
		says = orElse(st.Way.Says, "Nobody has looked at the repository yet.")
	}
	off := ""
	if st.Way.Busy {
		off = "It is being looked at."
	}
	w.again.SetOff(off)
	changed := says != w.status.Text()
	w.status.SetText(says)
	show(w.status, says != "")
	if way == nil {
		return w.lines.Set(nil) || changed
	}
	detected, _ := st.Incident.MilestoneAt(workflow.Detected)
	return w.lines.Set(wayLines(way.Lines(detected))) || changed
}

// wayLines give the lines about the way back their shapes.
func wayLines(lines []workflow.WayLine) []lineOf {
	icons := map[string]string{"Back to": "rollback", "Lost": "history", "Migrations": "save", "Changed": "settings", "Suspect": "search", "Revert": "undo", "Command": "deploy"}
	var out []lineOf
	for _, l := range lines {
		line := lineOf{icon: icons[l.About], text: l.About + ": " + l.Says}
		switch l.Tone {
		case workflow.WayFine:
			line.icon, line.role = "step-done", look.SuccessText
		case workflow.WayWarns:
			line.icon, line.role = "warning", look.WarningText
		case workflow.WayUnknown:
			line.icon, line.role = "undecided", look.Muted
		default:
			line.role = look.Text
		}
		if l.About == "Unknown" {
			line.text = l.Says
		}
		line.text = strings.TrimRight(line.text, ".") + "."
		out = append(out, line)
	}
	return out
}
