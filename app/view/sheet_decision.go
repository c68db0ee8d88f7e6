package view

import (
	"fmt"
	"maps"
	"strings"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// decisionSheet is "rollback or hotfix": the team's criteria with the facts
// beside them, the way back, what the answers speak for, and the choice, which
// stays the person's.
type decisionSheet struct {
	s       *Shell
	answers map[string]string // the person's own; facts propose the others
	rows    map[string]*criterionRow
	way     *wayPanel
	stands  *lineList // the decision that stands, and what has changed since
	says    *kit.Text
	reasons *lineList
	take    *kit.Button
	path    *kit.Text
	form    *form
	laid    bool
}

func (s *Shell) openDecision() {
	d := &decisionSheet{s: s, answers: s.state.Incident.Fix.Choice().Own(), rows: map[string]*criterionRow{}}
	d.form = newForm(s, "decision", "Decide", "Decided.", d.intent,
		input{name: "option", label: "Your decision", big: true, options: []kit.Option{
			{ID: workflow.RollbackOption, Word: "Rollback", Icon: "rollback"},
			{ID: workflow.HotfixOption, Word: "Hotfix", Icon: "deploy"},
		}},
		input{name: "reason", label: "Why", lines: 2, hint: "Empty takes the reasons of the advice"},
		input{name: "change", label: "What would change it", hint: "Empty takes that of the advice"},
	)
	d.form.changed = func(string) { d.weigh() }
	d.way = newWayPanel(s)
	d.form.also = append(d.form.also, d.way.form.drafts()...)
	for _, c := range d.criteria() {
		d.form.also = append(d.form.also, d.draft(c.ID))
	}
	d.stands, d.reasons = newLineList(1), newLineList(1)
	d.says = kit.NewText("").Bold().Wrapped()
	d.take = kit.NewButton("Take it", d.takeAdvice)
	d.path = kit.NewCaption("").Wrapped()
	d.form.moved = s.layers.Refresh
	d.form.after = func() { s.CloseLayer("decision") }
	layer := &kit.Layer{
		ID: "decision", Title: "Rollback or hotfix", Body: d.body(), Width: 1080, Actions: []*kit.Button{d.form.button}, Default: d.form.button,
	}
	if all := d.criteria(); len(all) > 0 {
		layer.First = d.rows[all[0].ID].pick.Target()
	}
	s.openSheet(layer, d.Show)
	d.way.look()
}

// body lays the sheet out: facts and criteria beside the decision; narrow, the
// advice comes first and the decision last.
func (d *decisionSheet) body() fyne.CanvasObject {
	book := d.s.state.Incident.Playbook.Decision
	facts := kit.Column(look.Space4, d.way.panel, d.side("Speaks for a rollback", book.Rollback), d.side("Speaks for a hotfix", book.Hotfix))
	advice := kit.NewPanel("", kit.Column(look.Space2, d.stands.box, kit.Row(look.Space3, kit.Grow(d.says), d.take), d.reasons.box))
	decide := kit.Column(look.Space4, d.form.inputs, d.path)
	return kit.NewResponsive(decisionWide,
		kit.FullRow(look.Space6, kit.Grow(kit.NewScroller(facts).Fitted()), kit.Fixed(380, kit.NewScroller(kit.Column(look.Space4, advice, decide)).Fitted())),
		kit.NewScroller(kit.Column(look.Space4, advice, facts, decide)).Fitted())
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
	column := kit.Column(look.Space3, kit.NewText(heading).Bold())
	for _, c := range criteria {
		row := newCriterionRow(c, func(id string) {
			d.answers[c.ID] = id
			d.s.Draft(d.draft(c.ID), id)
			d.weigh()
		})
		d.rows[c.ID] = row
		column.Add(row.box)
	}
	return column
}

// Show brings drafts back, and the facts and the way back up to date.
func (d *decisionSheet) Show(st session.State) {
	d.form.Show(st)
	for id := range d.rows {
		if draft, ok := st.Drafts[d.draft(id)]; ok {
			d.answers[id] = draft.Text
		}
	}
	moved := d.way.Show(st)
	d.path.SetText(wayBack(st.Incident))
	d.weigh()
	if moved && d.laid {
		d.s.layers.Refresh()
	}
	d.laid = true
}

// wayBack says how a rollback goes in this incident.
func wayBack(in workflow.Incident) string {
	says := "A rollback is verified like a fix, and it has a post-mortem too. What only a fix needs is then settled by itself."
	command := in.BackBy()
	if command == "" {
		return says
	}
	return fmt.Sprintf("The way back: %s, to %s. %s", command, orElse(in.BackTo(), "the last good version"), says)
}

// weigh puts the facts beside the criteria and shows what the answers speak
// for: the person's, and those that the facts propose.
func (d *decisionSheet) weigh() {
	in, facts := d.s.state.Incident, d.s.state.Weighed()
	answers := in.Playbook.Proposed(d.answers, facts)
	changed := d.stands.Set(standLines(in, facts))
	for id, row := range d.rows {
		fact := facts[id]
		if d.way.tells(fact.Says) {
			fact.Says = ""
		}
		changed = row.show(answers[id], d.answers[id] == "", fact) || changed
	}
	a := in.Playbook.AdviseOn(answers, facts)
	changed = d.reasons.Set(adviceLines(a)) || changed
	show(d.take, a.Option != "" && a.Option != d.form.Value("option"))
	if a.Option == "" {
		d.says.SetText("No advice yet. Answer what you know; unsure counts for neither.")
	} else {
		d.says.SetText("Advice: " + a.Option)
	}
	if changed && d.laid {
		d.s.layers.Refresh()
	}
}

// standLines are the decision that stands, and what has come to speak against it.
func standLines(in workflow.Incident, facts map[string]workflow.Weighed) []lineOf {
	h, decided := in.Fix.ChoiceRegister().Head()
	if !decided {
		return nil
	}
	lines := []lineOf{{icon: "decision", role: look.Muted, text: fmt.Sprintf("%s decided for %s: %s. A new decision keeps that on record.", h.By, h.Value.Option, strings.TrimRight(h.Value.Reason, "."))}}
	if since := in.SinceWords(facts); since != "" {
		lines = append(lines, lineOf{icon: "warning", role: look.WarningText, text: since})
	}
	return lines
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
	facts := d.s.state.Weighed()
	book := d.s.state.Incident.Playbook
	a := book.AdviseOn(book.Proposed(d.answers, facts), facts)
	d.form.Set("option", a.Option)
	d.s.Draft(d.form.draft("option"), a.Option)
	d.weigh()
}

func (d *decisionSheet) intent(value func(string) string) (workflow.Intent, error) {
	if value("option") == "" {
		return nil, &workflow.RuleError{Code: "decision.option", Field: "option", Says: "Choose rollback or hotfix. The advice is only advice."}
	}
	in, facts := d.s.state.Incident, d.s.state.Weighed()
	answers := in.Playbook.Proposed(d.answers, facts)
	maps.DeleteFunc(answers, func(_, answer string) bool { return answer == "" })
	if len(answers) == 0 {
		answers = nil
	}
	hints := d.way.hints()
	return workflow.Choose{
		Option: value("option"), Reason: value("reason"), WouldChange: value("change"), Answers: answers, Facts: facts,
		BackTo: backTo(d.s.state), Good: hints.Good, Suspect: hints.Suspect,
	}, nil
}

// backTo is the version that a rollback would go to.
func backTo(st session.State) string {
	if way := st.WayBack(); way != nil && way.Good.Name != "" {
		return way.Good.Name
	}
	return st.Incident.BackTo()
}
