package view

import (
	"strings"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/export"
	"firebreak/workflow"
)

// handoffWide is the width from which the page stands beside what is filled in.
const handoffWide float32 = 760

// openHandOff shows the one page that the next commander needs. Command moves
// once a receiver is named and has read it back.
func (s *Shell) openHandOff() {
	page := newHandoffPage()
	f := newForm(s, "handoff", "Hand over", "Command was handed over, read back.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.HandOff{
			To: value("to"), State: value("state"), Tried: value("tried"), Next: value("next"),
			Questions: value("questions"), ReadBack: value("readback") != "",
		}, nil
	},
		input{name: "to", label: "To", hint: "Who takes over"},
		input{name: "state", label: "Where things stand", lines: 3},
		input{name: "tried", label: "What was tried", lines: 2, hint: "What worked, and what did not"},
		input{name: "next", label: "What comes next", lines: 2},
		input{name: "questions", label: "Open questions", lines: 2, hint: "And what is worrying"},
		input{name: "readback", label: "They read it back", tick: true},
	)
	copyIt := kit.NewButton("Copy as markdown", func() {
		s.copyOutgoing(func(in workflow.Incident) string { return export.HandOff(in.HandOffSheet(s.state.Now)) }, "The hand-off sheet is on the clipboard, as markdown.")
	}).Icon("copy")
	f.moved = s.layers.Refresh
	f.after = func() { s.CloseLayer("handoff") }
	reader := "They"
	body := kit.NewResponsive(handoffWide,
		kit.FullRow(look.Space6, kit.Grow(kit.NewScroller(page.content).Fitted()), kit.NewRuleDown(), kit.Fixed(380, kit.NewScroller(f.inputs).Fitted())),
		kit.NewScroller(kit.Column(look.Space4, page.content, kit.NewRule(), f.inputs)).Fitted())
	s.openSheet(&kit.Layer{
		ID: "handoff", Title: "Hand-off: " + s.state.Incident.Triage.Title.Get(), Body: body, Width: 1040,
		Actions: []*kit.Button{f.button, copyIt}, Default: f.button, First: f.fields["to"].Target(),
	}, func(st session.State) {
		now := st.Incident.HandOffSheet(st.Now)
		page.Show(now, st)
		f.Start("state", stateInWords(now))
		f.Start("next", now.Next.Title)
		f.Show(st)
		if who := orElse(strings.TrimSpace(f.Value("to")), "They"); who != reader {
			reader = who
			f.picks["readback"].(tickPick).check.SetLabel(who + " read it back")
		}
	})
}

// stateInWords is where things stand, as far as the log can say it.
func stateInWords(sheet workflow.Sheet) string {
	parts := []string{capital(sheet.Severity) + ", " + strings.ToLower(string(sheet.Stage)) + "."}
	if sheet.Impact != "" {
		parts = append(parts, fullStop(sheet.Impact))
	}
	if sheet.Cause != "" {
		parts = append(parts, "Cause: "+fullStop(firstLineOf(sheet.Cause)))
	}
	return strings.Join(parts, " ")
}

func firstLineOf(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// fullStop ends a text with a full stop, unless it ends somehow already.
func fullStop(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:…") {
		return text
	}
	return text + "."
}
