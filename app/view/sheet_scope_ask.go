package view

import (
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// askReason accepts the chosen finding: it stays in the hotfix, and why stands
// in the post-mortem.
func (t *scopeSheet) askReason() {
	row, ok := t.chosen()
	if !ok || row.Mild {
		return
	}
	f := newForm(t.s, "scope.accept."+row.ID, "Accept it", "Accepted in the hotfix.", func(value func(string) string) (workflow.Intent, error) {
		want := t.settle(row)
		want.Accept, want.Reason = true, value("reason")
		return want, nil
	}, input{name: "reason", label: "Why it belongs in this hotfix", hint: "The test needs the new fixture", lines: 2, start: row.answer.Reason, help: "It stands in the timeline and in the post-mortem, under your name."})
	t.s.openForm(formSheet{id: "scope-accept", title: "Accept it in the hotfix", form: f, width: 640, above: scopeAbove(row)})
}

// askTicket leaves the chosen finding for later: it becomes an action item.
func (t *scopeSheet) askTicket() {
	row, ok := t.chosen()
	if !ok {
		return
	}
	f := newForm(t.s, "scope.ticket."+row.ID, "Make it a ticket", "Left for a ticket.", func(value func(string) string) (workflow.Intent, error) {
		want := t.settle(row)
		want.Ticket, want.Owner, want.Due = value("ticket"), value("owner"), value("due")
		return want, nil
	},
		input{name: "ticket", label: "What is to be done later", hint: "Refactor the auth module", lines: 2, start: row.answer.Ticket, help: "It becomes an action item of the post-mortem. Take its lines out of the hotfix as well, where that is quick."},
		input{name: "owner", label: "Owner", hint: "Bob"},
		input{name: "due", label: "Due", hint: "2024-12-05", beside: true})
	t.s.openForm(formSheet{id: "scope-ticket", title: "Leave it for later", form: f, width: 640, above: scopeAbove(row)})
}

func scopeAbove(row scopeRow) []fyne.CanvasObject {
	return textsOf(kit.NewText(row.Says).Bold().Wrapped(), kit.NewText(row.Why).In(look.Muted).Wrapped())
}

// settle is the answer to a finding, with the judgement that it stands in where
// that is not on record.
func (t *scopeSheet) settle(row scopeRow) workflow.SettleFinding {
	want := workflow.SettleFinding{ID: row.ID}
	if st := t.s.state; st.Delta != nil && st.Scope.Tip != "" {
		scope := st.Scope
		want.Of = &scope
	}
	return want
}

// askScope declares where the hotfix began, and which files it may touch.
func (t *scopeSheet) askScope() {
	was := t.s.state.Incident.Fix.Declared()
	f := newForm(t.s, "scope.declare", "Declare", "Scope declared.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.DeclareScope{Base: value("base"), Paths: strings.Fields(strings.ReplaceAll(value("paths"), ",", " "))}, nil
	},
		input{name: "paths", label: "Files that the fix may touch", hint: "src/auth/**", mono: true, lines: 2, start: strings.Join(was.Paths, "\n"), help: "Folders, or patterns with * for any name and ** for any folders. Tests and documents are always allowed. Empty: every file."},
		input{name: "base", label: "Where the hotfix began", hint: "found in the repository", mono: true, start: was.Base, help: "A commit, tag or branch, such as v1.2.3 or origin/main."})
	t.s.openForm(formSheet{id: "scope-declare", title: "What the fix is about", form: f, width: 640})
}

// scopeByHand is the form for who looks at the change without the guard. The
// board's card has the same, with the same draft.
func (s *Shell) scopeByHand() *form {
	return newForm(s, "board.scope", "Record the look", "Scope recorded.", func(value func(string) string) (workflow.Intent, error) {
		return byHand(value("by-hand"))
	}, byHandInput())
}

func byHandInput() input {
	return input{
		name: "by-hand", label: "What was looked at, and what is in it", hint: "Read the diff with Bob: one line in token.ts, and its test", lines: 2,
		help: "The change cannot be read from here, so your word counts. It holds for this commit only.",
	}
}

func byHand(text string) (workflow.Intent, error) {
	if strings.TrimSpace(text) == "" {
		return nil, refusal("by-hand", "Say what you looked at and found. A line is enough.")
	}
	return workflow.RecordScope{ByHand: text}, nil
}
