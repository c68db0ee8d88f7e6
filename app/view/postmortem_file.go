package view

import (
	"path"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
)

// newPlanRow is an empty row of a file: its mark, its name over its folder, and
// what happens to it.
func newPlanRow() fyne.CanvasObject {
	return kit.Inset(look.Space2, look.Space2, kit.Row(look.Space2,
		kit.NewIcon("note").Edge(18),
		kit.Grow(kit.Column(0, kit.NewText("").Cut(), kit.NewCaption("").Cut())),
		kit.NewCaption("").Bold(),
	))
}

func (v *planView) drawRow(id string, row fyne.CanvasObject) {
	parts := row.(*fyne.Container).Objects[0].(*fyne.Container).Objects
	words := parts[1].(*fyne.Container).Objects[0].(*fyne.Container).Objects
	s := v.steps[id]
	icon, role, word := v.fate(s)
	parts[0].(*kit.Icon).Set(icon, role)
	words[0].(*kit.Text).SetText(path.Base(s.Path))
	words[1].(*kit.Text).SetText(path.Dir(s.Path))
	what := parts[2].(*kit.Text)
	what.SetText(word)
	what.SetRole(role)
}

// fate says what happens to a file, or happened.
func (v *planView) fate(s session.PlanStep) (icon string, role fyne.ThemeColorName, word string) {
	if v.plan.Written {
		switch {
		case s.Kept:
			return "lock", look.WarningText, "Kept"
		case s.What == "same":
			return "step-done", look.Muted, "Same"
		default:
			return "step-done", look.SuccessText, "Written"
		}
	}
	switch {
	case v.keeps(s) && s.What == "changed":
		return "warning", look.WarningText, "Kept"
	case v.keeps(s):
		return "lock", look.WarningText, "Kept with the others"
	case s.What == "changed":
		return "error", look.ErrorText, "Overwritten"
	case s.What == "create":
		return "add", look.SuccessText, "New"
	case s.What == "update":
		return "edit", look.Primary, "Updated"
	default:
		return "step-done", look.Muted, "Same"
	}
}

// planNote is a sentence with a sign before it.
type planNote struct {
	box  *fyne.Container
	text *kit.Text
}

func newPlanNote(icon string, role fyne.ThemeColorName) *planNote {
	n := &planNote{text: kit.NewText("").Wrapped()}
	n.box = kit.TopRow(look.Space2, kit.NewIcon(icon).Edge(18).In(role), kit.Grow(n.text))
	return n
}

// conflictPanel asks about a file that somebody changed since it was written
// here.
type conflictPanel struct {
	panel     *kit.Panel
	says      *kit.Text
	texts     *kit.Segmented // the difference, or either text as a whole
	overwrite *kit.Button
	keep      *kit.Button
}

// What is shown of a file in conflict.
const (
	showDifference = "difference"
	showTheirs     = "theirs"
	showOurs       = "ours"
)

func newConflictPanel(overwrite, keep, texts func()) *conflictPanel {
	c := &conflictPanel{says: kit.NewText("").Wrapped()}
	c.texts = kit.NewSegmented([]kit.Option{
		{ID: showDifference, Word: "Difference"}, {ID: showTheirs, Word: "Theirs"}, {ID: showOurs, Word: "Ours"},
	}, func(string) { texts() })
	c.texts.Choose(showDifference)
	c.overwrite = kit.NewButton("Overwrite this file", overwrite).As(kit.Danger)
	c.keep = kit.NewButton("Keep theirs", keep)
	c.panel = kit.NewPanel("", kit.Column(look.Space2, c.says, c.texts, kit.Wrap(look.Space2, c.keep, c.overwrite))).Filled(look.WarningFill, look.WarningText)
	return c
}

// Show shows the question for a file that is in conflict.
func (c *conflictPanel) Show(conflict, written, overwritten, texts bool) {
	says := "Somebody changed this file since it was exported last. It is kept as it is. The lines with - are theirs; the lines with + are ours and are not written."
	switch {
	case overwritten && !written:
		says = "This file will be overwritten: the lines with - go, the lines with + come. What goes is only in git, if it was committed there."
	case written && overwritten:
		says = "Somebody's change of this file was overwritten, as you asked."
	}
	c.says.SetText(says)
	show(c.overwrite, !overwritten)
	show(c.keep, overwritten && !written)
	show(c.texts, texts)
	show(c.panel, conflict)
}
