package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// weaveNone is an incident without an increment to look at: the ways to one.
type weaveNone struct {
	ask   Asker
	fit   func()
	box   *fyne.Container
	icon  *kit.Icon
	says  *kit.Text
	lines *lineList
	wrong *kit.Text
	lacks string // the reason that was shown why nothing can be created
}

func newWeaveNone(ask Asker, fit func()) *weaveNone {
	n := &weaveNone{
		ask: ask, fit: fit, icon: kit.NewIcon("folder").Edge(36).In(look.Border), says: kit.NewSubheading("").Wrapped(),
		lines: newLineList(1), wrong: kit.NewText("").In(look.ErrorText).Wrapped(),
	}
	n.wrong.Hide()
	n.box = kit.TopRow(look.Space4, n.icon, kit.Grow(kit.Column(look.Space2, n.says, n.lines.box, n.wrong)))
	return n
}

// lacking shows what is missing, until it is not missing any more.
func (n *weaveNone) lacking(why string) {
	n.heard(sentenceOf(why))
	n.lacks = why
}

// heard shows why something did not work.
func (n *weaveNone) heard(err error) {
	if err != nil {
		n.wrong.SetText(err.Error())
	}
	n.lacks = ""
	show(n.wrong, err != nil)
	n.fit()
}

// Show brings the part in line with a state.
func (n *weaveNone) Show(st session.State) {
	if n.lacks != "" && createOff(st) != n.lacks {
		n.lacks = ""
		show(n.wrong, false)
	}
	name := st.Incident.Fix.Increment.Get().ID
	if name != "" {
		n.says.SetText("Only its name is known: " + name)
		n.lines.Set([]lineOf{{icon: "link", role: look.Muted, text: "It was written by somebody else. Link it, and its files and this incident are kept in step."}})
		return
	}
	n.says.SetText("This incident has no increment yet")
	n.lines.Set(noneLines(st))
}

// noSpecWeave says what a repository lacks, and what the remedy writes.
const noSpecWeave = "This repository is no SpecWeave project yet. Enabling it writes .specweave/config.json and nothing else."

// noneLines say where it would be written, and what else there is to know.
func noneLines(st session.State) []lineOf {
	if canEnable(st) {
		return append([]lineOf{{icon: "warning", role: look.WarningText, text: noSpecWeave}}, whereLines(st)...)
	}
	return whereLines(st)
}

// canEnable says whether the repository could be made a SpecWeave project.
func canEnable(st session.State) bool {
	return st.RepoSays == "" && st.Repo.Root != "" && !st.Repo.SpecWeave
}

// createOff says why no increment can be created now.
func createOff(st session.State) string {
	switch {
	case needsFire(st) != "":
		return needsFire(st)
	case st.RepoSays != "":
		return st.RepoSays
	case st.Repo.Root == "":
		return "No repository is chosen. Choose one in Settings"
	case !st.Repo.SpecWeave:
		return "Enable SpecWeave here first, or link an increment"
	case strings.TrimSpace(st.Incident.Fix.Problem.Get()) == "":
		return "Write the problem first: the increment starts with it"
	}
	return ""
}
