package view

import (
	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// currentItem is the first open step of the phase that the response is in.
func currentItem(in workflow.Incident) (workflow.PhaseView, workflow.Item, bool) {
	for _, p := range in.Checklist() {
		if open := p.OpenItems(); !p.Confirmed && len(open) > 0 {
			return p, open[0], true
		}
	}
	return workflow.PhaseView{}, workflow.Item{}, false
}

// openSkip leaves the current step out, with a reason.
func (s *Shell) openSkip() {
	phase, item, ok := currentItem(s.state.Incident)
	if !ok {
		s.Say(session.Strip{Says: "No step is open, so there is none to skip."})
		return
	}
	f := newForm(s, "skip."+item.ID, "Skip this step", "Skipped: "+item.Text+".", func(value func(string) string) (workflow.Intent, error) {
		return workflow.Skip{Item: item.ID, Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why", lines: 2, hint: "No customer can see it, so there is no status page entry", help: "It goes into the timeline. The step can be opened again."})
	s.openForm(formSheet{id: "skip", title: "Skip the current step", form: f, above: textsOf(
		kit.NewCaption(phase.Name), kit.NewText(item.Text).Bold().Wrapped(), kit.NewText(item.How).In(look.Muted).Wrapped())})
}
