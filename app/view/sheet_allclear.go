package view

import (
	"errors"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// openAllClear ends the fire. Its gate names what is missing; a person can
// override it by name, with a reason.
func (s *Shell) openAllClear() {
	f := newForm(s, "allclear", "Declare the all-clear", "All-clear declared. Schedule the post-mortem while it is fresh.", func(value func(string) string) (workflow.Intent, error) {
		at, err := s.typedStamp("allclear.at", value("at"))
		return workflow.GiveAllClear{Text: value("text"), At: at}, err
	},
		input{name: "text", label: "What everyone is told", lines: 2, hint: "Login works for everyone again. Post-mortem tomorrow at 10:00."},
		input{name: "at", label: "When", hint: "now"},
	)
	f.button.OnOff = func(why string) { f.refuse(errors.New(why + ".")) }
	gate := newGateBox(s, workflow.AllClearGate)
	s.openForm(formSheet{
		id: "allclear", title: "Declare the all-clear", form: f, width: 640, above: []fyne.CanvasObject{gate.content},
		follow: func(st session.State) {
			gate.Show(st)
			f.button.SetOff(gateShut(st.Incident.Gate(workflow.AllClearGate)))
		},
	})
}

// gateShut is why a gate does not let through; empty when it does.
func gateShut(g workflow.Gate) string {
	if g.Open() {
		return ""
	}
	return "The gate is closed. Do what is missing, or override it by name with a reason"
}

// gateBox lists what a gate needs and lets a named person override it.
type gateBox struct {
	id       string
	content  *fyne.Container
	lines    *lineList
	says     *kit.Text
	override *form
	closed   bool
	laid     bool
	layers   *kit.Layers
}

func newGateBox(s *Shell, id string) *gateBox {
	g := &gateBox{id: id, lines: newLineList(1), says: kit.NewText("").Bold().Wrapped(), layers: s.layers}
	g.override = newForm(s, "override."+id, "Override the gate", "Gate overridden. It goes into the post-mortem.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Override{Gate: id, By: value("by"), Reason: value("reason")}, nil
	},
		input{name: "reason", label: "Override it, because", hint: "The probe itself is down; three customers confirmed it", help: "It goes into the timeline and the post-mortem under this name."},
		input{name: "by", label: "By", hint: s.state.Actor()},
	)
	g.override.button.As(kit.Secondary).SetKey("")
	g.override.moved = s.layers.Refresh
	g.content = kit.Column(look.Space3, g.says, g.lines.box, g.override.content)
	return g
}

// Show brings the gate in line with the log.
func (g *gateBox) Show(st session.State) {
	gate := st.Incident.Gate(g.id)
	g.override.Show(st)
	closed := !gate.Open()
	switch {
	case closed:
		g.says.SetText("The gate is closed")
	case len(gate.Missing()) > 0:
		g.says.SetText("Overridden by " + gate.Overridden.By + ": " + gate.Overridden.Reason)
	default:
		g.says.SetText("The gate is open: everything holds")
	}
	show(g.override.content, closed)
	if changed := g.lines.Set(findingLines(gate)); (changed || closed != g.closed) && g.laid {
		g.layers.Refresh()
	}
	g.closed, g.laid = closed, true
}
