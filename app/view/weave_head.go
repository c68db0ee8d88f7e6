package view

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// weaveHead says which increment it is, where it stands and lies, how the two
// sides compare, and what is wrong with its files.
type weaveHead struct {
	ask    Asker
	box    *fyne.Container
	id     *kit.Text
	title  *kit.Text
	state  *kit.Chip
	kind   *kit.Text
	folder *kit.Text
	below  *kit.Text
	step   *kit.Text
	sign   *kit.Icon
	meter  *kit.Meter
	looked *kit.Text
	notes  *lineList
	open   *kit.Button // shows the folder
	st     session.State
}

// headColumn is how narrow the progress may become beside the comparison.
const headColumn float32 = 310

func newWeaveHead(ask Asker) *weaveHead {
	h := &weaveHead{
		ask: ask, id: kit.NewMono("").Cut(), title: kit.NewSubheading("").Wrapped(), state: kit.NewChip("", kit.ChipLook{}),
		kind: kit.NewCaption(""), folder: kit.NewMono("").Wrapped(), below: kit.NewCaption("").Cut(),
		step: kit.NewText("").Bold().Wrapped(), sign: kit.NewIcon("").Edge(18), meter: kit.NewMeter().Sign("resolved"),
		looked: kit.NewCaption("").Wrapped(), notes: newLineList(1),
	}
	h.open = kit.NewButton("Open the folder", h.openFolder).Icon("folder")
	h.box = kit.Column(look.Space3,
		kit.Column(look.Space1, h.title, kit.Row(look.Space2, h.state, h.kind, kit.Grow(h.id))),
		kit.Column(0, h.folder, h.below),
		kit.Grid(look.Space4, 2,
			kit.Fixed(headColumn, kit.Column(2, kit.TopRow(look.Space2, h.sign, kit.Grow(h.step)), h.looked)),
			kit.Fixed(headColumn, h.meter)),
		h.notes.box)
	return h
}

func (h *weaveHead) openFolder() {
	inc := incrementOf(h.st)
	folder, _ := folderWords(inc)
	h.ask.OpenPath(filepath.Join(inc.Root, filepath.FromSlash(folder)))
}

// Show brings the head in line with a state.
func (h *weaveHead) Show(st session.State) {
	h.st = st
	inc := incrementOf(st)
	h.id.SetText(inc.ID)
	h.title.SetText(orElse(inc.Title, inc.ID))
	icon, word, role := standLook(inc.State, inc.Raw)
	show(h.state, !inc.At.IsZero())
	h.state.Set(word, kit.ChipLook{Icon: icon, Label: role})
	h.kind.SetText(inc.Type)
	show(h.kind, inc.Type != "")
	folder, below := folderWords(inc)
	h.folder.SetText(folder)
	h.below.SetText(below)
	says, tone := inStep(st)
	h.step.SetText(says)
	h.step.SetRole(tone.Role())
	h.sign.Set(tone.Icon(), tone.Role())
	h.looked.SetText(lookedWords(st))
	used := float32(0)
	if inc.Tasks+inc.Criteria > 0 {
		used = float32(inc.Done+inc.Met) / float32(inc.Tasks+inc.Criteria)
	}
	how := kit.Neutral
	if used == 1 {
		how = kit.Good
	}
	h.meter.Set(progressWords(inc), used, how)
	show(h.meter, !inc.At.IsZero())
	h.notes.Set(headNotes(st))
}

// headNotes are what is held back, what is wrong with the files, where the
// incident says otherwise, and what the last look wrote.
func headNotes(st session.State) []lineOf {
	inc, stand := st.Increment, st.Incident.IncrementStand()
	var out []lineOf
	warn := func(text string) {
		out = append(out, lineOf{icon: "warning", role: look.WarningText, text: text})
	}
	if inc.Held != "" {
		warn(inc.Held)
	}
	for _, says := range inc.Says {
		warn(says)
	}
	if inc.Group != "" {
		out = append(out, lineOf{icon: "info", role: look.Muted, text: "It lies in " + inc.Group + "."})
	}
	if !inc.At.IsZero() && stand.State != inc.State && (inc.State != "" || inc.Raw != "") {
		_, word, _ := standLook(stand.State, "")
		warn("The incident says: " + inSentence(word) + ".")
	}
	if stand.Reason != "" {
		_, word, _ := standLook(stand.State, "")
		out = append(out, lineOf{icon: "note", role: look.Muted, text: word + ": " + firstOf(stand.Reason)})
	}
	if len(inc.Wrote) > 0 {
		out = append(out, lineOf{icon: "save", role: look.Muted, text: "Written at this look: " + someOf(inc.Wrote, 6)})
	}
	return out
}

// weaveMoves give the increment a state of its own: a reason is asked in place.
type weaveMoves struct {
	ask     Asker
	fit     func()
	box     *fyne.Container
	buttons map[workflow.Standing]*kit.Button // "": follow the incident
	why     *kit.Text
	open    *fyne.Container
	form    *form
	to      workflow.Standing // what the open form is for
	st      session.State
}

func newWeaveMoves(ask Asker, fit func()) *weaveMoves {
	m := &weaveMoves{ask: ask, fit: fit, buttons: map[workflow.Standing]*kit.Button{}, why: kit.NewCaption("").In(look.WarningText).Wrapped()}
	m.why.Hide()
	m.form = newForm(ask, "weave.move", "", "", m.intent, input{name: "reason", label: "Why", hint: "We wait for the vendor"})
	m.form.resized, m.form.after = func() { m.fit() }, m.close
	m.form.fields["reason"].OnEscape = func() bool { m.close(); return true }
	m.open = kit.Column(look.Space2, m.form.inputs, kit.Row(look.Space2, m.form.button.Small().Key("").As(kit.Secondary), kit.NewQuiet("Close", m.close).Small()))
	m.open.Hide()
	row := kit.Wrap(look.Space2)
	for _, move := range []struct {
		to   workflow.Standing
		word string
		run  func()
	}{
		{workflow.Paused, "Pause…", func() { m.askWhy(workflow.Paused, "Pause it") }},
		{workflow.Abandoned, "Abandon…", func() { m.askWhy(workflow.Abandoned, "Abandon it") }},
		{workflow.Active, "Make active", func() { m.move(workflow.Active, "The increment is active.") }},
		{"", "Follow the incident", func() { m.move("", "The increment follows the incident.") }},
	} {
		b := kit.NewButton(move.word, move.run).Small()
		b.OnOff = m.tell
		m.buttons[move.to] = b
		row.Add(b)
	}
	m.box = kit.Column(look.Space2, row, m.why, m.open)
	return m
}

// tell says why a button is off.
func (m *weaveMoves) tell(why string) {
	m.why.SetText(why)
	show(m.why, why != "")
	m.fit()
}

func (m *weaveMoves) intent(value func(string) string) (workflow.Intent, error) {
	m.form.done = "The increment is " + m.to.Word() + "."
	return workflow.MoveIncrement{To: m.to, Reason: value("reason")}, nil
}

func (m *weaveMoves) move(to workflow.Standing, says string) {
	m.tell("")
	m.ask.DoAndOffer(workflow.MoveIncrement{To: to}, says, func(err error) {
		if err != nil {
			m.tell(err.Error())
		}
	})
}

func (m *weaveMoves) askWhy(to workflow.Standing, word string) {
	m.to = to
	m.form.done = "The increment is " + to.Word() + "." // said when the disk has it
	m.form.button.SetWord(word)
	m.tell("")
	show(m.open, true)
	m.fit()
	focusIn(m.open, m.form.fields["reason"].Target())
}

func (m *weaveMoves) close() {
	show(m.open, false)
	m.fit()
	focusIn(m.box, m.buttons[m.to])
}

// Show offers what the increment may become.
func (m *weaveMoves) Show(st session.State) {
	m.st = st
	stand := st.Incident.IncrementStand()
	for to, b := range m.buttons {
		b.SetOff(mayNotMove(st, to))
	}
	show(m.buttons[workflow.Active], stand.State != workflow.Active)
	show(m.buttons[""], stand.Said)
	m.form.Show(st)
}

// mayNotMove says why an increment cannot be given a state; empty when it can.
func mayNotMove(st session.State, to workflow.Standing) string {
	env := workflow.Env{Now: st.Now, Zone: st.Zone, Actor: st.Actor(), NewID: func() workflow.EventID { return "asked" }}
	_, err := workflow.Decide(st.Incident, workflow.MoveIncrement{To: to, Reason: "asked"}, env)
	if err != nil {
		return err.Error()
	}
	return ""
}
