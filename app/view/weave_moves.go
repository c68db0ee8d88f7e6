package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

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
	reveal  func(fyne.CanvasObject)
	st      session.State
}

func newWeaveMoves(ask Asker, fit func()) *weaveMoves {
	m := &weaveMoves{ask: ask, fit: fit, reveal: func(fyne.CanvasObject) {}, buttons: map[workflow.Standing]*kit.Button{}, why: kit.NewCaption("").In(look.WarningText).Wrapped()}
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
	m.reveal(m.open)
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
	for _, b := range m.buttons {
		if !b.Visible() && hasFocus(b) { // it did its work, and the hand is still there
			focusIn(m.box, m.buttons[workflow.Abandoned])
		}
	}
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
