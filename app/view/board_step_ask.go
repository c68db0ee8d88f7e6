package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// stepAsk is the question about a step of the list, in place: why it is
// skipped, what is to be noted. Escape closes it and keeps what was typed.
type stepAsk struct {
	ask   Asker
	box   *fyne.Container
	panel *kit.Panel
	title *kit.Text
	body  *fyne.Container
	send  *kit.Button
	form  *form            // of the open question
	forms map[string]*form // by their ids, so that what is half-typed is there again
	state session.State
	back  func() // gives the focus back to the list
	fit   func()
}

func newStepAsk(ask Asker) *stepAsk {
	a := &stepAsk{ask: ask, forms: map[string]*form{}, back: func() {}, fit: func() {}, title: kit.NewText("").Bold().Wrapped(), body: kit.Column(look.Space2)}
	a.send = kit.NewButton("", func() {
		if a.form != nil {
			a.form.Submit()
		}
	})
	a.panel = kit.NewPanel("", kit.Column(look.Space2, a.title, a.body, kit.Row(look.Space2, a.send, kit.NewQuiet("Close", a.close)))).Filled(look.Raised, look.Border)
	a.box = kit.Column(0, a.panel)
	a.box.Hide()
	return a
}

func (a *stepAsk) skip(id, title string) {
	a.open(fmt.Sprintf("Why is “%s” skipped?", title), newForm(a.ask, "board.step.skip."+id, "Skip it", "Step skipped.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Skip{Item: id, Reason: value("reason")}, nil
	}, input{name: "reason", hint: "There is no status page for internal services"}))
}

func (a *stepAsk) note(id, title string) {
	a.open(fmt.Sprintf("Note on “%s”", title), newForm(a.ask, "board.step.note."+id, "Add note", "Noted.", func(value func(string) string) (workflow.Intent, error) {
		if strings.TrimSpace(value("text")) == "" {
			return nil, refusal("text", "Write what happened first; a word is enough.")
		}
		return workflow.Note{Text: title + ": " + strings.TrimSpace(value("text"))}, nil
	}, input{name: "text", hint: "It goes into the timeline, with the step's name"}))
}

func (a *stepAsk) evidence(id, title, asks string) {
	inputs := []input{{name: "evidence", label: "Evidence, if there is any", hint: "A link, a line of output, what was seen"}}
	if asks != "" {
		inputs = append([]input{{name: "value", label: capital(asks)}}, inputs...)
	}
	a.open(fmt.Sprintf("“%s” is done", title), newForm(a.ask, "board.step.done."+id, "Done", "Done: "+title+".", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Tick{Item: id, Evidence: strings.TrimSpace(value("evidence")), Value: strings.TrimSpace(value("value"))}, nil
	}, inputs...))
}

func (a *stepAsk) reopen(id, title string) {
	a.open(fmt.Sprintf("Open “%s” again?", title), newForm(a.ask, "board.step.open."+id, "Open it again", "Step open again.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Untick{Item: id, Reason: value("reason")}, nil
	}, input{name: "reason", hint: "Why it is not done"}))
}

func (a *stepAsk) add(p workflow.PhaseView) {
	a.open("Add an item to "+p.Name+", for this incident only", newForm(a.ask, "board.step.add."+p.ID, "Add item", "Item added.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.AddItem{Phase: p.ID, Text: value("text")}, nil
	}, input{name: "text", hint: "Ten words at most, such as: Purge the CDN"}))
}

func (a *stepAsk) confirm(p workflow.PhaseView) {
	var open []string
	for _, item := range p.OpenItems() {
		open = append(open, item.Text)
	}
	title := fmt.Sprintf("%s has open items: %s. Why is it left with them?", p.Name, strings.Join(open, ", "))
	a.open(title, newForm(a.ask, "board.step.confirm."+p.ID, "Confirm with open items", p.Name+" confirmed.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.ConfirmPhase{Phase: p.ID, Reason: value("reason")}, nil
	}, input{name: "reason", hint: "The status page is down as well"}))
}

// open asks one question and gives it the focus.
func (a *stepAsk) open(title string, f *form) {
	if before := a.forms[f.id]; before != nil {
		f = before
	}
	a.forms[f.id] = f
	a.form = f
	a.title.SetText(title)
	a.send.SetWord(f.button.Word())
	show(a.send, true)
	f.after = a.close
	f.resized = func() { a.fit() }
	for _, field := range f.fields {
		field.OnEscape = func() bool { a.close(); return true }
	}
	f.Show(a.state)
	a.body.Objects = []fyne.CanvasObject{f.inputs}
	show(a.box, true)
	a.fit()
	if first := f.first(); first != nil {
		focusIn(a.box, first)
	}
}

// show brings what the questions know in line with a state.
func (a *stepAsk) show(st session.State) {
	if st.Incident.ID != a.state.Incident.ID && a.state.Incident.ID != "" {
		a.forms = map[string]*form{}
		a.form, a.body.Objects = nil, nil
		show(a.box, false)
	}
	a.state = st
}

// warn shows why a step was refused; nothing when it was not.
func (a *stepAsk) warn(err error) {
	if err == nil {
		if a.form == nil && a.box.Visible() {
			a.close()
		}
		return
	}
	a.form = nil
	a.title.SetText(err.Error())
	show(a.send, false)
	a.body.Objects = nil
	show(a.box, true)
	a.fit()
}

// close takes the question away; what was typed stays a draft.
func (a *stepAsk) close() {
	a.form = nil
	a.body.Objects = nil
	show(a.box, false)
	a.fit()
	a.back()
}

// Submit sends the open question; false when there is none or the caret is
// somewhere else.
func (a *stepAsk) Submit() bool {
	if a.form == nil || !a.box.Visible() || !a.form.hasCaret() {
		return false
	}
	a.form.Submit()
	return true
}
