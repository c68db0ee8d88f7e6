package view

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// decisionSheet is "rollback or hotfix": the team's criteria, what they speak
// for, and the choice, which stays the person's.
type decisionSheet struct {
	s       *Shell
	answers map[string]string
	picks   map[string]*kit.Segmented
	advice  *kit.Panel
	says    *kit.Text
	reasons *lineList
	take    *kit.Button
	path    *kit.Text
	form    *form
	laid    bool
}

func (s *Shell) openDecision() {
	d := &decisionSheet{s: s, answers: map[string]string{}, picks: map[string]*kit.Segmented{}}
	in := s.state.Incident
	for id, answer := range in.Fix.Choice().Answers {
		d.answers[id] = answer
	}
	d.form = newForm(s, "decision", "Decide", "Decided.", d.intent,
		input{name: "option", label: "Your decision", big: true, options: []kit.Option{
			{ID: workflow.RollbackOption, Word: "Rollback", Icon: "rollback"},
			{ID: workflow.HotfixOption, Word: "Hotfix", Icon: "deploy"},
		}},
		input{name: "reason", label: "Why", lines: 2, hint: "Empty takes the reasons of the advice"},
		input{name: "change", label: "What would change it", hint: "Empty takes that of the advice"},
	)
	d.form.changed = func(string) { d.weigh() }
	for _, c := range d.criteria() {
		d.form.also = append(d.form.also, d.draft(c.ID))
	}
	d.says = kit.NewText("").Bold().Wrapped()
	d.reasons = newLineList(1)
	d.take = kit.NewButton("", d.takeAdvice)
	d.path = kit.NewCaption("").Wrapped()
	d.advice = kit.NewPanel("", kit.Column(look.Space2, kit.Row(look.Space3, kit.Grow(d.says), d.take), d.reasons.box))
	d.form.moved = s.layers.Refresh
	d.form.after = func() { s.CloseLayer("decision") }
	criteria := kit.Column(look.Space4, d.side("Speaks for a rollback", in.Playbook.Decision.Rollback), d.side("Speaks for a hotfix", in.Playbook.Decision.Hotfix))
	decide := kit.Column(look.Space4, d.advice, d.form.inputs, d.path)
	body := kit.NewResponsive(decisionWide,
		kit.FullRow(look.Space6, kit.Grow(kit.NewScroller(criteria).Fitted()), kit.Fixed(400, kit.NewScroller(decide).Fitted())),
		kit.NewScroller(kit.Column(look.Space4, criteria, decide)).Fitted())
	s.openSheet(&kit.Layer{
		ID: "decision", Title: "Rollback or hotfix", Body: body, Width: 1040, Actions: []*kit.Button{d.form.button}, Default: d.form.button,
	}, d.Show)
}

// decisionWide is the width from which the advice stands beside the criteria.
const decisionWide float32 = 900

func (d *decisionSheet) draft(id string) string { return "decision.answer." + id }

func (d *decisionSheet) criteria() []workflow.Criterion {
	both := d.s.state.Incident.Playbook.Decision
	return append(append([]workflow.Criterion{}, both.Rollback...), both.Hotfix...)
}

// side is one half of the criteria, each with yes, no and unsure.
func (d *decisionSheet) side(heading string, criteria []workflow.Criterion) fyne.CanvasObject {
	column := kit.Column(look.Space2, kit.NewText(heading).Bold())
	for _, c := range criteria {
		words := kit.NewText(c.Text).Wrapped()
		label := kit.Column(0, words)
		if c.Decisive {
			label.Add(kit.NewCaption("This alone settles it").Wrapped())
		}
		pick := kit.NewSegmented([]kit.Option{{ID: workflow.Yes, Word: "Yes"}, {ID: workflow.No, Word: "No"}, {ID: workflow.Unsure, Word: "Unsure"}}, func(id string) {
			d.answers[c.ID] = id
			d.s.Draft(d.draft(c.ID), id)
			d.weigh()
		})
		d.picks[c.ID] = pick
		column.Add(kit.Row(look.Space3, kit.Grow(label), kit.Fixed(345, pick)))
	}
	return column
}

// Show brings drafts back and the way back up to date.
func (d *decisionSheet) Show(st session.State) {
	d.form.Show(st)
	for id, pick := range d.picks {
		if draft, ok := st.Drafts[d.draft(id)]; ok {
			d.answers[id] = draft.Text
		}
		if pick.Chosen() != d.answers[id] {
			pick.Choose(d.answers[id])
		}
	}
	d.path.SetText(wayBack(st.Incident))
	d.weigh()
	d.laid = true
}

// wayBack says how a rollback goes in this incident.
func wayBack(in workflow.Incident) string {
	plan := in.Proof.Rollback.Get()
	command := orElse(plan.Command, in.Playbook.Work.RollbackBy)
	says := "A rollback is verified like a fix, and it has a post-mortem too."
	if command == "" {
		return says
	}
	to := "the last good version"
	if plan.Version != "" {
		to = plan.Version
	}
	return fmt.Sprintf("The way back: %s, to %s. %s", command, to, says)
}

// weigh shows what the answers speak for.
func (d *decisionSheet) weigh() {
	a := d.s.state.Incident.Playbook.Advise(d.answers)
	changed := d.reasons.Set(adviceLines(a))
	show(d.take, a.Option != "" && a.Option != d.form.Value("option"))
	d.take.SetWord("Take it")
	if a.Option == "" {
		d.says.SetText("No advice yet. Answer what you know; unsure counts for neither.")
	} else {
		d.says.SetText("Advice: " + a.Option)
	}
	if changed && d.laid {
		d.s.layers.Refresh()
	}
}

// adviceLines say why, what speaks against it, and what would change it.
func adviceLines(a workflow.Advice) []lineOf {
	if a.Option == "" {
		return nil
	}
	lines := []lineOf{{icon: "step-done", role: look.SuccessText, text: "Because: " + lowerAll(a.Reason)}}
	if len(a.Other) > 0 {
		lines = append(lines, lineOf{icon: "info", role: look.Muted, text: "Against it: " + lowerAll(strings.Join(a.Other, "; "))})
	}
	if a.Open > 0 {
		lines = append(lines, lineOf{icon: "undecided", role: look.Muted, text: fmt.Sprintf("%d of the criteria are open or unsure", a.Open)})
	}
	if a.Change != "" {
		lines = append(lines, lineOf{icon: "decision", role: look.Muted, text: "Would change it: " + a.Change})
	}
	return lines
}

// lowerAll puts criteria, which are sentences of their own, behind a colon.
func lowerAll(reasons string) string {
	parts := strings.Split(reasons, "; ")
	for i := range parts {
		parts[i] = inSentence(parts[i])
	}
	return strings.Join(parts, "; ")
}

func (d *decisionSheet) takeAdvice() {
	a := d.s.state.Incident.Playbook.Advise(d.answers)
	d.form.Set("option", a.Option)
	d.s.Draft(d.form.draft("option"), a.Option)
	d.weigh()
}

func (d *decisionSheet) intent(value func(string) string) (workflow.Intent, error) {
	if value("option") == "" {
		return nil, &workflow.RuleError{Code: "decision.option", Field: "option", Says: "Choose rollback or hotfix. The advice is only advice."}
	}
	answers := map[string]string{}
	for id, answer := range d.answers {
		if answer != "" {
			answers[id] = answer
		}
	}
	return workflow.Choose{Option: value("option"), Reason: value("reason"), WouldChange: value("change"), Answers: answers}, nil
}
