package view

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// emptyWidth keeps the words of an empty place together.
const emptyWidth float32 = 480

// historyEmpty says why no row is there, and what to do.
type historyEmpty struct {
	content fyne.CanvasObject
	words   *kit.Text
	buttons *fyne.Container
	declare *kit.Button
}

func newHistoryEmpty(ask Asker) *historyEmpty {
	e := &historyEmpty{}
	e.declare = kit.NewPrimary("Declare incident", func() { ask.Run("incident.declare") }).Icon("declare").Key("Ctrl+N")
	sample := kit.NewButton("Open the sample", func() { ask.Run("sample.open") })
	about := kit.NewEmpty("history", "", nil)
	e.words = emptyWords(about)
	from := kit.NewButton("Import", func() { ask.Run("data.import") }).Icon("import").Key("Ctrl+I")
	e.buttons = kit.Grid(look.Space3, 3, e.declare, from, sample)
	e.content = container.New(inMiddle{width: emptyWidth}, kit.Column(look.Space4, about, e.buttons))
	e.content.Hide()
	return e
}

// Show says the reason, when nothing is listed.
func (e *historyEmpty) Show(st session.State, query string, empty bool) {
	words := "No incidents yet. Declare one (Ctrl+N), import one (Ctrl+I) or open the sample."
	switch {
	case query != "" && st.Incident.Declared():
		words = "Nothing for “" + beginning(query, 40) + "”. Enter adds it as a note."
	case query != "":
		words = "Nothing for “" + beginning(query, 40) + "”. Esc shows the incidents again."
	case len(st.History) > 0:
		words = "No incident is like that. Choose other ones above."
	}
	e.words.SetText(words)
	show(e.buttons, query == "" && len(st.History) == 0)
	show(e.content, empty)
	e.content.Refresh()
}

func (e *historyEmpty) focus() {
	if e.content.Visible() && e.buttons.Visible() {
		kit.Focus(e.declare)
	}
}

// inMiddle keeps an object in the middle of its room, no wider than a width.
type inMiddle struct{ width float32 }

// Layout sets the object in the middle.
func (m inMiddle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		width := min(size.Width, m.width*textScale())
		height := min(size.Height, kit.HeightFor(o, width))
		o.Move(fyne.NewPos((size.Width-width)/2, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
}

// MinSize is as narrow as the object can become, and as high as it is then.
func (m inMiddle) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.Size{}
	for _, o := range objects {
		width := kit.LeastWidth(o)
		least = least.Max(fyne.NewSize(width, kit.HeightFor(o, width)))
	}
	return least
}
