package view

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// verifySheet is how production is proven well: the probes with what they see,
// how long each has stayed green, and what is still missing.
type verifySheet struct {
	s     *Shell
	layer *kit.Layer
	head  *lineList
	rows  []*probeRow
	list  *fyne.Container
	none  *fyne.Container
	wrong *kit.Text
	body  *kit.Scroller
	laid  bool

	watch, once, add, person *kit.Button
}

const verifyLayer = "verify"

func (s *Shell) openVerify() {
	v := newVerifySheet(s)
	v.Show(s.state)
	v.laid = true
	s.openSheet(v.layer, v.Show)
}

func newVerifySheet(s *Shell) *verifySheet {
	v := &verifySheet{s: s, head: newLineList(1), list: kit.Column(look.Space3), wrong: kit.NewText("").In(look.ErrorText).Wrapped()}
	v.wrong.Hide()
	v.none = kit.Column(look.Space2,
		kit.NewText("Nothing looks at production yet.").Bold().Wrapped(),
		kit.NewText("Add a probe: paste the curl line that you would try by hand, name a metric that must fall, a command, or something that a person looks at. The fix counts as verified when every probe stayed green for long enough.").In(look.Muted).Wrapped())
	v.watch = kit.NewPrimary("Start watching", v.toggle).Key("Ctrl+Enter")
	v.once = kit.NewButton("Look once", func() { s.LookOnce(v.answer) })
	v.add = kit.NewButton("Add a probe…", func() { s.openProbe(workflow.Probe{}) }).Icon("add")
	v.person = kit.NewButton("Record what you saw…", s.openChecked).Icon("person")
	v.body = kit.NewScroller(kit.Column(look.Space4, v.head.box, v.wrong, v.none, v.list)).Fitted()
	v.layer = &kit.Layer{
		ID: verifyLayer, Title: "Verify in production", Body: v.body, Width: 860, Place: kit.Top,
		Actions: []*kit.Button{v.watch, v.once, v.add, v.person}, Default: v.watch, First: v.watch,
	}
	return v
}

// toggle begins or ends to watch; where there is nothing to watch, it asks for
// something.
func (v *verifySheet) toggle() {
	st := v.s.state
	if len(st.Watching.Probes) == 0 {
		v.s.openProbe(workflow.Probe{})
		return
	}
	v.s.Watch(!st.Watching.On, v.answer)
}

func (v *verifySheet) answer(err error) {
	if err != nil {
		v.wrong.SetText(err.Error())
	}
	show(v.wrong, err != nil)
	v.fit()
}

func (v *verifySheet) fit() {
	if v.laid {
		v.s.layers.Refresh()
	}
}

// Show brings the sheet in line with a state.
func (v *verifySheet) Show(st session.State) {
	w := st.Watching
	moved := v.head.Set(verifyLines(st))
	for len(v.rows) < len(w.Probes) {
		row := newProbeRow(v.s)
		v.rows = append(v.rows, row)
		v.list.Add(row.panel)
		moved = true
	}
	for i, row := range v.rows {
		moved = showing(row.panel, i < len(w.Probes)) || moved
		if i < len(w.Probes) {
			moved = row.Show(st, w.Probes[i]) || moved
		}
	}
	moved = showing(v.none, len(w.Probes) == 0) || moved
	moved = showing(v.list, len(w.Probes) > 0) || moved
	v.offer(st)
	if moved {
		v.list.Refresh()
		v.fit()
	}
}

// offer brings the buttons in line.
func (v *verifySheet) offer(st session.State) {
	w, over := st.Watching, needsFire(st)
	switch {
	case len(w.Probes) == 0:
		v.watch.SetWord("Add a probe…")
	case w.On:
		v.watch.SetWord("Stop watching")
	default:
		v.watch.SetWord("Start watching")
	}
	show(v.add, len(w.Probes) > 0)
	show(v.once, len(w.Probes) > 0)
	v.watch.SetOff(over)
	v.once.SetOff(over)
}

// verifyLines say how far the proof is.
func verifyLines(st session.State) []lineOf {
	in, w := st.Incident, st.Watching
	found := in.Find(workflow.FixVerified)
	_, deployed := in.LastDeploy()
	var lines []lineOf
	switch {
	case found.Holds:
		lines = append(lines, lineOf{icon: "step-done", role: look.SuccessText, text: "Verified: " + found.Says, bold: true})
	case !deployed && len(w.Probes) > 0:
		lines = append(lines, lineOf{icon: "info", role: look.Muted, text: "Nothing is deployed yet. What is seen now is what it was before."})
	case len(w.Probes) > 0 && fails(w):
		lines = append(lines, lineOf{icon: "error", role: look.ErrorText, text: soakLine(st), bold: true})
	case len(w.Probes) > 0:
		lines = append(lines, lineOf{icon: "step-open", role: look.Text, text: soakLine(st), bold: true})
	}
	if w.On && !found.Holds {
		lines = append(lines, lineOf{icon: "show", role: look.Muted, text: "Watching, each probe every " + workflow.Briefly(in.LookEvery()) + ". It goes on while this is closed, and ends with the incident."})
	}
	return lines
}

// fails says whether the newest look of any probe failed.
func fails(w session.Watching) bool {
	return slices.ContainsFunc(w.Probes, func(p session.ProbeState) bool { return p.Outcome == workflow.CheckFailed })
}

// probesItem is how production stands while it is watched, for the status bar.
func probesItem(st session.State) (string, kit.Tone) {
	w := st.Watching
	if !w.On {
		return "", kit.Neutral
	}
	_, deployed := st.Incident.LastDeploy()
	if fails(w) && deployed {
		return "Production fails", kit.Bad
	}
	left := time.Duration(0)
	for _, p := range w.Probes {
		if !p.Proven && !p.Person() {
			left = max(left, p.Left)
		}
	}
	switch {
	case !deployed:
		return "Production watched", kit.Neutral
	case left == 0:
		return "Production well", kit.Good
	default:
		return "Proven in " + soakClock(left), kit.Neutral
	}
}
