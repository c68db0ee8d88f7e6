package view

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// gates are the gates at a glance: which way was decided, and which of them are
// open, or what is missing.
type gates struct {
	panel *kit.Panel
	list  *lineList
}

func newGates() *gates {
	g := &gates{list: newLineList(1)}
	g.panel = kit.NewPanel("Gates", g.list.box)
	return g
}

// choiceLines are the decision that stands, in a line.
func choiceLines(in workflow.Incident) []lineOf {
	h, decided := in.Fix.ChoiceRegister().Head()
	if !decided {
		return nil
	}
	icon := "deploy"
	if h.Value.Option == workflow.RollbackOption {
		icon = "rollback"
	}
	return []lineOf{{icon: icon, role: look.Muted, text: fmt.Sprintf("%s decided for a %s: %s", h.By, h.Value.Option, h.Value.Reason)}}
}

// sinceLines say in one line which facts have come to speak against the
// decision since it was made.
func sinceLines(st session.State) []lineOf {
	if st.WayBack() == nil || !st.Incident.Deciding() {
		return nil
	}
	since := st.Incident.SinceWords(st.Weighed())
	if since == "" {
		return nil
	}
	return []lineOf{{icon: "warning", role: look.WarningText, text: since + ". Look at the decision again (Ctrl+Shift+D)."}}
}

// Show brings the gates in line with a state.
func (g *gates) Show(st session.State) bool {
	return g.list.Set(append(choiceLines(st.Incident), gateLines(st.Incident)...))
}

func gateLines(in workflow.Incident) []lineOf {
	var out []lineOf
	for _, gate := range in.AllGates() {
		back := in.Fix.Choice().Option == workflow.RollbackOption
		if gate.ID == workflow.RollbackGate && !back || gate.ID == workflow.DeployGate && back {
			continue // the way that is not taken needs no gate
		}
		missing := gate.Missing()
		switch {
		case len(missing) == 0:
			out = append(out, lineOf{icon: "unlock", role: look.SuccessText, text: gate.Name + ": open", bold: true})
			continue
		case gate.Open():
			out = append(out, lineOf{icon: "unlock", role: look.WarningText, text: gate.Name + ": overridden by " + gate.Overridden.By, bold: true})
		default:
			out = append(out, lineOf{icon: "lock", role: look.Text, text: gate.Name + ": closed", bold: true})
		}
		for _, f := range missing {
			out = append(out, lineOf{icon: "step-open", role: look.Muted, text: f.Missing})
		}
	}
	return out
}

// flowRows are how an incident of this level goes: the hotfix's row or the
// normal flow's, aspect by aspect.
type flowRows struct {
	panel *kit.Panel
	list  *fyne.Container
	shown []string
}

func newFlowRows() *flowRows {
	f := &flowRows{list: kit.Column(look.Space1)}
	f.panel = kit.NewPanel("Flow", f.list)
	return f
}

// Show brings the rows in line with a state.
func (f *flowRows) Show(st session.State) bool {
	heading, rows := flowWords(st.Incident)
	words := []string{heading}
	for _, r := range rows {
		words = append(words, r[0], r[1])
	}
	if slices.Equal(words, f.shown) {
		return false
	}
	f.shown = words
	f.panel.SetHeading(heading)
	f.list.Objects = nil
	for _, r := range rows {
		f.list.Objects = append(f.list.Objects, kit.TopRow(look.Space2, kit.Fixed(124, kit.NewCaption(r[0])), kit.Grow(kit.NewText(r[1]).Wrapped())))
	}
	f.list.Refresh()
	return true
}

// flowWords are the heading and the rows of the flow that holds.
func flowWords(in workflow.Incident) (string, [][2]string) {
	level := in.Effective()
	heading := "Hotfix flow"
	if level.Flow == workflow.NormalFlow {
		heading = "Normal flow (" + level.ID + ")"
	}
	var rows [][2]string
	for _, r := range in.Playbook.Flow {
		words := r.Hotfix
		if level.Flow == workflow.NormalFlow {
			words = r.Normal
		}
		rows = append(rows, [2]string{r.Aspect, words})
	}
	return heading, rows
}
