package view

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
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
	files    *entryFiles
	filled   fyne.CanvasObject
	none     fyne.CanvasObject
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
	under     *editorActions // beside the list
	over      *editorActions // under it
}

func newEntryEditor(ask Asker) *entryEditor {
	e := &entryEditor{ask: ask, versions: newEntryVersions(ask), files: newEntryFiles(ask), resized: func() {}}
	in := &e.in
	in.heading = kit.NewSubheading("").Cut()
	in.at = kit.NewField("").Placeholder("14:32, -5m, ~13:30, 14:??")
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
	in.under, in.over = newEditorActions(e, "Ctrl+Enter"), newEditorActions(e, "")
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
		in.says, in.under.content, e.files.content, e.versions.content)
}

// inLine is the editor under the list, where height is dear.
func (e *entryEditor) inLine() fyne.CanvasObject {
	in := &e.in
	return kit.Column(look.Space2, in.heading,
		kit.TopRow(look.Space3, kit.Grow(e.timeInputs()), in.kind, in.milestone),
		in.text, in.readAll,
		kit.Grid(look.Space2, 3, in.pinned, in.hidden, in.reported),
		in.says, in.under.content, e.files.content, e.versions.content)
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
	for _, actions := range []*editorActions{e.in.under, e.in.over} {
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
	e.files.Show(e.target.entry, e.st)
	e.versions.Show(e.target.entry, e.st)
	e.content.Refresh()
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
