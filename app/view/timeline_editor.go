package view

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/kit/preview"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// entryEditor corrects an entry, or writes a new one between others. It stands
// beside the list or beneath it and is never a dialog.
type entryEditor struct {
	ask     Asker
	st      session.State
	target  entryTarget
	open    bool
	start   map[string]string // what the inputs hold while nobody typed
	showing bool

	in       editorWidgets
	versions *entryVersions
	filled   fyne.CanvasObject
	none     fyne.CanvasObject
	under    *editorActions
	over     *editorActions
	content  *kit.Scroller

	saved   func(added bool) // the disk has it
	escape  func()           // back to the list; nothing is lost
	resized func()           // the buttons need another width
}

// editorWidgets are the inputs of an editor, in reading order.
type editorWidgets struct {
	heading   *kit.Text
	at        *kit.Field
	earlier   *kit.Button
	later     *kit.Button
	reading   *kit.Text
	kind      *kit.Choice
	milestone *kit.Choice
	text      *kit.Field
	readAll   *kit.Button
	pinned    *kit.Check
	reported  *kit.Check
	hidden    *kit.Check
	says      *kit.Text
}

// editorActions are the two buttons of an editor. There are two such pairs: under
// the inputs beside the list, and over them where height is dear.
type editorActions struct {
	save    *kit.Button
	discard *kit.Button
	content *fyne.Container
}

func newEditorActions(e *entryEditor) *editorActions {
	a := &editorActions{save: kit.NewPrimary("Save", e.Save).Key("Ctrl+Enter"), discard: kit.NewQuiet("Discard", e.discard)}
	a.content = kit.Row(look.Space3, a.save, a.discard)
	return a
}

func newEntryEditor(ask Asker) *entryEditor {
	e := &entryEditor{ask: ask, versions: newEntryVersions(ask), resized: func() {}}
	in := &e.in
	in.heading = kit.NewSubheading("").Cut()
	in.at = kit.NewField("").Mono().Placeholder("14:32, -5m, ~13:30, 14:??")
	in.earlier = kit.NewButton("-1 min", func() { e.move(-time.Minute) })
	in.later = kit.NewButton("+1 min", func() { e.move(time.Minute) })
	in.reading = kit.NewCaption("").Wrapped()
	in.kind = kit.NewChoice("Kind", nil, func(id string) { e.typed(kindInput, id) })
	in.milestone = kit.NewChoice("Milestone", nil, func(id string) { e.typed(milestoneInput, id) })
	in.text = kit.NewLongField("Text", 2, 10).Placeholder("What happened")
	in.readAll = kit.NewButton("Read all of it", e.readAll).Icon("show")
	in.pinned = kit.NewCheck("Pinned", func(on bool) { e.typed(pinnedInput, yesNo(on)) })
	in.reported = kit.NewCheck("In the post-mortem", func(on bool) { e.typed(reportedInput, yesNo(on)) })
	in.hidden = kit.NewCheck("Hidden", func(on bool) { e.typed(hiddenInput, yesNo(on)) })
	in.says = kit.NewCaption("").In(look.ErrorText).Wrapped()
	e.under, e.over = newEditorActions(e), newEditorActions(e)
	for name, field := range map[string]*kit.Field{atInput: in.at, textInput: in.text} {
		field.OnChanged = func(text string) { e.typed(name, text) }
		field.OnSubmit = func(string) { e.Save() }
		field.OnEscape = func() bool { e.escape(); return true }
	}
	e.filled = kit.NewResponsive(editorLineFrom, e.inLine(), e.inColumn())
	e.none = kit.NewCaption("Choose an entry to see how it came about and to correct it.").Wrapped()
	e.content = kit.NewScroller(container.NewStack(e.none, e.filled))
	e.close()
	return e
}

// editorLineFrom is the width from which the short inputs stand in one line.
const editorLineFrom float32 = 500

// inColumn is the editor beside the list.
func (e *entryEditor) inColumn() fyne.CanvasObject {
	in := &e.in
	return kit.Column(look.Space3, in.heading, e.timeInputs(),
		kit.Grid(look.Space3, 2, in.kind, in.milestone),
		in.text, in.readAll,
		kit.Column(0, kit.Grid(look.Space2, 2, in.pinned, in.hidden), in.reported),
		in.says, e.under.content, e.versions.content)
}

// inLine is the editor under the list, where height is dear.
func (e *entryEditor) inLine() fyne.CanvasObject {
	in := &e.in
	return kit.Column(look.Space2, in.heading,
		kit.TopRow(look.Space3, kit.Grow(e.timeInputs()), in.kind, in.milestone),
		in.text, in.readAll,
		kit.Grid(look.Space2, 3, in.pinned, in.hidden, in.reported),
		in.says, e.under.content, e.versions.content)
}

func (e *entryEditor) timeInputs() fyne.CanvasObject {
	in := &e.in
	return kit.Column(look.Space1+2, kit.NewText("Time").Bold(),
		kit.Row(look.Space2, kit.Grow(in.at), in.earlier, in.later), in.reading)
}

// Open turns the editor to an entry. What somebody began to change is there again.
func (e *entryEditor) Open(t entryTarget, st session.State) {
	e.st, e.target, e.open = st, t, true
	e.start = t.startValues(st)
	e.in.heading.SetText("New entry")
	show(e.in.heading, t.entry == "")
	for _, actions := range []*editorActions{e.under, e.over} {
		actions.save.SetWord(saveWord(t))
	}
	show(e.in.reported, t.entry != "")
	show(e.in.hidden, t.entry != "")
	e.in.kind.SetOptions(kindOptions(workflow.EntryKind(e.start[kindInput])))
	e.in.milestone.SetOptions(milestoneOptions(st.Incident.Playbook, workflow.Milestone(e.start[milestoneInput])))
	for _, input := range editorInputs() {
		value := e.start[input]
		if d, ok := st.Drafts[t.draft(input)]; ok {
			value = d.Text
		}
		e.set(input, value)
	}
	show(e.in.readAll, len(e.start[textInput]) > kit.PasteLimit)
	show(e.none, false)
	show(e.filled, true)
	e.clearErrors()
	e.content.ScrollTo(0)
	e.refresh()
}

func (e *entryEditor) close() {
	e.open = false
	show(e.none, true)
	show(e.filled, false)
	e.content.Refresh()
}

// Show follows the log: an input that nobody typed in shows what the entry says
// now. What was typed stays.
func (e *entryEditor) Show(st session.State, changed bool) {
	e.st = st
	if !e.open {
		return
	}
	if !changed {
		e.showReading()
		return
	}
	if e.target.entry != "" {
		entry, found := st.Incident.Entry(e.target.entry)
		if !found {
			e.close()
			return
		}
		e.target.at = entry.At.Get()
	}
	before := e.start
	e.start = e.target.startValues(st)
	for _, input := range editorInputs() {
		if e.value(input) == before[input] {
			e.set(input, e.start[input])
		}
	}
	e.refresh()
}

// refresh brings in line what follows from the inputs.
func (e *entryEditor) refresh() {
	e.showReading()
	e.showChanged()
	e.versions.Show(e.target.entry, e.st)
	e.content.Refresh()
}

func saveWord(t entryTarget) string {
	if t.entry == "" {
		return "Add entry"
	}
	return "Save"
}

func (e *entryEditor) showChanged() {
	changed := e.Changed()
	for _, actions := range []*editorActions{e.under, e.over} {
		if actions.discard.Visible() != changed {
			show(actions.discard, changed)
			actions.content.Refresh()
			e.resized()
		}
	}
}

// Changed says whether an input holds anything that is not saved.
func (e *entryEditor) Changed() bool {
	if !e.open {
		return false
	}
	for _, input := range editorInputs() {
		if e.value(input) != e.start[input] {
			return true
		}
	}
	return false
}

// typed keeps what a person changed as a draft.
func (e *entryEditor) typed(input, value string) {
	if e.showing {
		return
	}
	if input == textInput {
		e.in.text.SetError("")
	}
	kept := value
	if value == e.start[input] {
		kept = "" // as it was: nothing to keep
	}
	e.ask.Draft(e.target.draft(input), kept)
	if e.target.entry == "" && input != atInput {
		e.ask.Draft(e.target.draft(atInput), e.in.at.Text()) // where it was begun
	}
	if input == atInput {
		e.showReading()
	}
	e.showChanged()
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
