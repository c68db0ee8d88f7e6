package view

import (
	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// trustSheet shows every command of the playbook in full, before any of them may
// run on this machine.
type trustSheet struct {
	s     *Shell
	layer *kit.Layer
	from  *kit.Text
	says  *lineList
	list  *fyne.Container
	wrong *kit.Text
	shown session.Trust
	begun bool

	accept, forget *kit.Button
}

const trustLayer = "trust"

func (s *Shell) openTrust() {
	t := newTrustSheet(s)
	s.openSheet(t.layer, t.Show)
}

func newTrustSheet(s *Shell) *trustSheet {
	t := &trustSheet{s: s, from: kit.NewText("").In(look.Muted).Wrapped(), says: newLineList(1), list: kit.Column(look.Space3), wrong: kit.NewText("").In(look.ErrorText).Wrapped()}
	t.wrong.Hide()
	t.accept = kit.NewButton("Accept these commands", t.take).OnlySpace()
	t.forget = kit.NewQuiet("Take back what was accepted", func() { s.ForgetTrust(t.answer) }).OnlySpace()
	close := kit.NewPrimary("Close", func() { s.CloseLayer(trustLayer) }).Key("Ctrl+Enter")
	body := kit.NewScroller(kit.Column(look.Space4, t.from, t.says.box, t.wrong, t.list)).Fitted()
	t.layer = &kit.Layer{
		ID: trustLayer, Title: "Commands of this playbook", Body: body, Width: 760, Place: kit.Top,
		Actions: []*kit.Button{close, t.accept, t.forget}, Default: close, First: close,
	}
	return t
}

// Show brings the sheet in line with a state. What is shown is what would be
// accepted.
func (t *trustSheet) Show(st session.State) {
	now := st.Trust
	if t.begun && sameTrust(now, t.shown) {
		return
	}
	t.begun, t.shown = true, now
	t.from.SetText(trustFrom(now))
	t.says.Set([]lineOf{trustLine(now)})
	t.list.Objects = nil
	for _, a := range now.Asked {
		t.list.Add(askedPanel(a))
	}
	if len(now.Accepted) > 0 {
		t.list.Add(kit.NewSubheading("Accepted"))
	}
	for _, a := range now.Accepted {
		t.list.Add(kit.Column(look.Space1, kit.NewCaption(useWords(a.PlaybookCommand)+", accepted by "+a.By+" on "+a.At.In(st.Shown()).Format("2006-01-02 15:04")).Wrapped(), kit.NewMono(workflow.ShownCommand(a.Run)).Wrapped()))
	}
	show(t.list, len(t.list.Objects) > 0)
	t.list.Refresh()
	t.accept.SetOff("")
	t.forget.SetOff("")
	switch {
	case now.Root == "":
		t.accept.SetOff("Choose the repository in Settings first")
	case len(now.Asked) == 0:
		t.accept.SetOff("Nothing waits to be accepted")
	}
	if len(now.Accepted)+len(now.Gone) == 0 {
		t.forget.SetOff("Nothing was accepted for this repository")
	}
	t.s.layers.Refresh()
}

func sameTrust(a, b session.Trust) bool {
	return a.Root == b.Root && a.Playbook == b.Playbook && a.Sum() == b.Sum() && len(a.Accepted) == len(b.Accepted) && len(a.Gone) == len(b.Gone)
}

// take accepts what is shown, and nothing that came since.
func (t *trustSheet) take() { t.s.AcceptCommands(t.shown.Commands(), t.answer) }

func (t *trustSheet) answer(err error) {
	if err != nil {
		t.wrong.SetText(err.Error())
	}
	show(t.wrong, err != nil)
	t.s.layers.Refresh()
}

// trustFrom says whose commands these are, and where they would run.
func trustFrom(t session.Trust) string {
	says := "The playbook is “" + t.Playbook + "”"
	if t.Declared {
		says += ", as this incident was declared under it"
	}
	if t.Root == "" {
		return says + ". No repository is chosen, so nothing of it can run."
	}
	return says + ". Its commands would run in " + t.Root + ", as you. What is accepted holds for this repository on this machine, and whatever changes is asked again."
}

func trustLine(t session.Trust) lineOf {
	if len(t.Asked) > 0 {
		return lineOf{icon: "warning", role: look.WarningText, text: t.Words(), bold: true}
	}
	return lineOf{icon: "step-done", role: look.SuccessText, text: t.Words(), bold: true}
}

// askedPanel is one command that waits, whole, and what it was before.
func askedPanel(a workflow.AskedCommand) fyne.CanvasObject {
	word := "new"
	if a.Was != nil {
		word = "changed"
	}
	parts := []fyne.CanvasObject{
		kit.NewCaption(useWords(a.PlaybookCommand) + ": " + word).Bold().Wrapped(),
		kit.NewMono(workflow.ShownCommand(a.Run)).Wrapped(),
	}
	if was := a.Was; was != nil {
		says := "Accepted before: " + workflow.ShownCommand(was.Run)
		if was.Shell != a.Shell && was.Run == a.Run {
			says = "Accepted before without a shell. A shell reads it in another way."
			if was.Shell {
				says = "Accepted before with a shell."
			}
		}
		parts = append(parts, kit.NewCaption(says).In(look.Muted).Wrapped())
	}
	return kit.NewPanel("", kit.Column(look.Space1, parts...)).Filled(look.Panel, look.WarningText)
}

func useWords(c workflow.PlaybookCommand) string {
	words := capital(string(c.Use))
	if c.Shell {
		words += ", read by a shell"
	}
	return words
}
