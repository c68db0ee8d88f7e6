package view

import (
	"errors"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/kit/preview"
	"firebreak/app/look"
	"firebreak/workflow"
)

// editorActions are the two buttons of an editor. There are two such pairs: under
// the inputs beside the list, and over them where height is dear.
type editorActions struct {
	save    *kit.Button
	discard *kit.Button
	content *fyne.Container
}

func newEditorActions(e *entryEditor, key string) *editorActions {
	a := &editorActions{save: kit.NewPrimary("Save", e.Save).Key(key), discard: kit.NewQuiet("Discard", e.discard)}
	a.content = kit.Row(look.Space3, a.save, a.discard)
	return a
}

func saveWord(t entryTarget) string {
	if t.entry == "" {
		return "Add entry"
	}
	return "Save"
}

func (e *entryEditor) showChanged() {
	changed := e.Changed()
	for _, actions := range []*editorActions{e.in.under, e.in.over} {
		if actions.discard.Visible() != changed {
			show(actions.discard, changed)
			actions.content.Refresh()
			e.resized()
		}
	}
}

// Save asks for what was changed.
func (e *entryEditor) Save() {
	e.clearErrors()
	at, err := e.stamp()
	if err != nil {
		e.refuse(err)
		return
	}
	now := map[string]string{}
	for _, input := range editorInputs() {
		now[input] = e.value(input)
	}
	added, says := e.target.entry == "", "Entry saved."
	if added {
		says = "Entry added at " + clockSeconds(at, e.st.Shown()) + "."
	}
	e.ask.DoAndOffer(e.target.wanted(now, e.start, at), says, func(err error) {
		if err != nil {
			e.refuse(err)
			return
		}
		e.start = now
		if added {
			e.close()
		}
		e.saved(added)
	}, e.target.drafts()...)
}

// discard puts the inputs back to what the log says.
func (e *entryEditor) discard() {
	for _, name := range e.target.drafts() {
		e.ask.Draft(name, "")
	}
	for _, input := range editorInputs() {
		e.set(input, e.start[input])
	}
	e.clearErrors()
	if e.target.entry == "" {
		e.close()
	} else {
		e.refresh()
	}
	e.escape()
}

func (e *entryEditor) refuse(err error) {
	var rule *workflow.RuleError
	switch {
	case errors.As(err, &rule) && rule.Field == textInput:
		e.in.text.SetError(rule.Says)
		e.in.text.Focus()
	case errors.As(err, &rule) && rule.Field == atInput:
		e.in.reading.SetText(rule.Says)
		e.in.reading.SetRole(look.ErrorText)
		e.in.at.Focus()
	default:
		e.in.says.SetText(err.Error())
		show(e.in.says, true)
	}
	e.content.Refresh()
}

func (e *entryEditor) clearErrors() {
	e.in.text.SetError("")
	show(e.in.says, false)
}

// readAll opens a text that is too long for a field as a page to read.
func (e *entryEditor) readAll() {
	text := e.start[textInput]
	page := preview.New()
	page.SetMarkdown(text)
	e.ask.Layer(Sheet{ID: "entry.whole", Title: "Entry, " + sizeWords(len(text)) + ", read only", Body: page, First: page, Width: 720, Side: true})
}
