package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/workflow"
)

// openCancel closes an incident that was none; it stays in the history.
func (s *Shell) openCancel() {
	f := newForm(s, "cancel", "Cancel the incident", "Cancelled. It stays in the history with its reason.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Cancel{Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why this was no incident", lines: 2, hint: "The monitor itself was broken; nobody was hit"})
	f.button.As(kit.Danger)
	s.openForm(formSheet{id: "cancel", title: "Cancel: it was no incident", form: f, above: textsOf(
		kit.NewText("Nothing is deleted: the incident stays in the history with this reason, and it can be opened again. If something did break and is over, declare the all-clear instead.").In(look.Muted).Wrapped())})
}
