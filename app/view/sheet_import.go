package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// importLayer is the sheet's name among the layers.
const importLayer = "import"

// TextPaster is a world whose clipboard can be read. One that is none has no
// button for it.
type TextPaster interface{ PastedText() string }

// importSheet takes a timeline over from a document: which one, what was
// understood of it, and what of that is wanted. Nothing is taken over before
// the person says so.
type importSheet struct {
	s     *Shell
	layer *kit.Layer

	// Which document.
	path    *kit.Field
	reading *kit.Text
	choose  *kit.Scroller

	// What of it.
	choices *importChoices
	list    *importList
	picked  *importPicked
	all     *kit.Button
	none    *kit.Button
	sure    *kit.Button
	head    *kit.Text
	notes   *kit.Text
	wrong   *kit.Text
	amount  *kit.Text
	says    *kit.Text
	fold    *kit.Button // where there is little room: to the choices, and back
	pages   importPages
	room    *leastLayout    // of the list, in a window that is high
	body    *fyne.Container // holds the page that fits

	read, browse, paste, take *kit.Button
	other, leave              *kit.Button // both put the document away

	shown importShown
	stage importStage
	told  string              // why nothing was imported, until something else is chosen
	plan  workflow.ImportPlan // of what is chosen
}

// importStage says what the sheet is busy with.
type importStage int

const (
	choosing importStage = iota
	readingIt
	looking
)

// importShown says what is on the sheet, so that a tick of the clock costs
// nothing.
type importShown struct {
	choice   int
	revision workflow.Revision
	zones    session.Zones
	keys     bool
	low      bool
}

func (s *Shell) openImport() {
	i := newImportSheet(s)
	i.Show(s.state)
	i.layer.First = i.first()
	s.openSheet(i.layer, i.Show)
}

// importFile looks at a file, and opens the sheet on it.
func (s *Shell) importFile(path string) {
	s.ReadImport(session.DocumentAt(path))
	if !s.layers.IsOpen(importLayer) {
		s.openImport()
	}
}

func newImportSheet(s *Shell) *importSheet {
	i := &importSheet{s: s, stage: -1}
	i.buildChoose()
	i.buildPreview()
	i.take = kit.NewPrimary("Import", i.takeOver).Key("Ctrl+Enter")
	i.take.OnOff = func(why string) { i.refuse(why + ".") }
	actions := []*kit.Button{i.read}
	if _, can := s.world.(FilePicker); can {
		actions = append(actions, i.browse)
	}
	if _, can := s.world.(TextPaster); can {
		actions = append(actions, i.paste)
	}
	i.layer = &kit.Layer{
		ID: importLayer, Title: "Import a timeline", Body: i.body, Place: kit.Top, Width: 980,
		Actions: append(actions, i.take, i.other), Default: kit.NewButton("", i.main),
	}
	return i
}

func (i *importSheet) buildChoose() {
	i.path = kit.NewField("File").Placeholder("~/Documents/post-mortem.md")
	i.path.OnSubmit = func(string) { i.readPath() }
	i.path.OnChanged = func(string) { i.path.SetError("") }
	i.reading = kit.NewText("").In(look.Muted).Wrapped()
	i.read = kit.NewPrimary("Read it", i.readPath).Key("Enter")
	i.browse = kit.NewButton("Browse", i.browseFile).Icon("folder")
	i.paste = kit.NewButton("Paste the clipboard", i.pasteText).Icon("copy")
	i.choose = kit.NewScroller(kit.Column(look.Space3,
		kit.NewText("A post-mortem in markdown of any form, a pasted chat, a Slack export, CSV, JSON lines, or what git log prints.").Wrapped(),
		i.path, i.reading,
		kit.NewCaption("You see what was understood first; nothing is taken over before you say so. A file can also be dropped on the window. "+
			"Up to "+workflow.SizeWords(session.PaperLimit)+".").Wrapped())).Fitted()
}

func (i *importSheet) buildPreview() {
	s := i.s
	i.head = kit.NewText("").Bold().Wrapped()
	i.notes = kit.NewCaption("").Wrapped()
	i.wrong = kit.NewText("").In(look.ErrorText).Wrapped()
	i.amount = kit.NewText("").In(look.Muted).Cut()
	i.says = kit.NewCaption("").Wrapped()
	i.choices = newImportChoices(s)
	i.list = newImportList(i.toggle)
	i.list.rows.OnSelect = func(id string) { i.picked.Show(s.state, id, i.list) }
	i.list.rows.OnKey = i.key
	i.list.rows.OnRune = i.letter
	i.picked = newImportPicked(s)
	i.all = kit.NewButton("All", func() { i.pick(session.PickAll) }).Small()
	i.none = kit.NewButton("None", func() { i.pick(session.PickNone) }).Small()
	i.sure = kit.NewButton("Only the sure ones", func() { i.pick(session.PickSure) }).Small()
	i.other = kit.NewButton("Another document", func() { s.CloseImport() })
	i.leave = kit.NewButton("Another document", func() { s.CloseImport() })
	i.fold = kit.NewButton("", i.turn).Small()
	i.room = &leastLayout{listLeast}
	i.pages = i.arrange()
	i.body = kit.Column(0, i.pages.choose)
}

func (i *importSheet) readPath() {
	paths := session.PathsIn(strings.TrimSpace(i.path.Text()))
	switch {
	case strings.TrimSpace(i.path.Text()) == "":
		i.path.SetError("Type the path of a file, browse for it, or paste a text.")
	case len(paths) != 1:
		i.path.SetError("Type the whole path of one file, from the root of the disk or from ~.")
	default:
		i.s.ReadImport(session.DocumentAt(paths[0]))
	}
	i.s.layers.Refresh()
}

func (i *importSheet) browseFile() {
	i.s.world.(FilePicker).ChooseFile(func(paths []string, err error) {
		switch {
		case err != nil:
			i.path.SetError(capital(err.Error()) + ".")
		case len(paths) > 0:
			i.path.SetText(paths[0])
			i.s.ReadImport(session.DocumentAt(paths[0]))
		}
		i.s.layers.Refresh()
	})
}

// pasteText reads the clipboard without a field in between: a field would take
// minutes to show a megabyte.
func (i *importSheet) pasteText() {
	text := i.s.world.(TextPaster).PastedText()
	if paths := session.PathsIn(text); len(paths) == 1 { // a file manager copies a file as its path
		i.path.SetText(paths[0])
		i.s.ReadImport(session.DocumentAt(paths[0]))
		return
	}
	if strings.TrimSpace(text) == "" {
		i.path.SetError("There is no text on the clipboard. Copy the chat or the document first.")
		i.s.layers.Refresh()
		return
	}
	i.s.ReadImport(session.Bytes("pasted text", []byte(text)))
}

// main is what Ctrl+Enter does.
func (i *importSheet) main() {
	if i.stage == looking {
		i.take.Press()
		return
	}
	i.read.Press()
}

func (i *importSheet) takeOver() {
	i.told = ""
	if i.choices.pending() {
		says := "The times are read again with what you typed. Look at them, then import."
		if err := i.choices.read(); err != nil {
			says = err.Error()
		}
		i.refuse(says)
		return
	}
	i.choices.place()
	i.s.TakeImport(func(err error) {
		if err == nil {
			i.s.CloseLayer(importLayer)
			return
		}
		i.choices.refuse(err)
		i.refuse(err.Error())
	})
}

// refuse says above the list why nothing was imported.
func (i *importSheet) refuse(says string) {
	i.told = says
	i.wrong.SetText(says)
	show(i.wrong, true)
	i.s.layers.Refresh()
}

// key ticks the selected row.
func (i *importSheet) key(id string, key fyne.KeyName) bool {
	if key != fyne.KeySpace {
		return false
	}
	i.toggle(id)
	return true
}

func (i *importSheet) letter(_ string, r rune) bool {
	switch r {
	case 'a', 'A':
		i.all.Press()
	case 'n', 'N':
		i.none.Press()
	case 's', 'S':
		i.sure.Press()
	case 'm', 'M':
		i.picked.Open()
	default:
		return false
	}
	return true
}

// pick chooses many lines.
func (i *importSheet) pick(which session.Picking) {
	i.told = ""
	i.s.PickLines(which)
}

// toggle takes a row, or leaves it out.
func (i *importSheet) toggle(id string) {
	i.told = ""
	now := i.s.state.Import
	if now == nil {
		return
	}
	switch kind, n := importRowOf(id); kind {
	case importLine:
		i.s.PickLine(n, !now.Lines[n].Take)
	case importSection:
		pick := now.Sections[n]
		pick.Take = !pick.Take
		i.s.PickSection(n, pick)
	case importRest:
		i.s.PickRest(n, !now.Rest[n])
	}
}
