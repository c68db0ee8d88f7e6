package view

import (
	"fmt"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// questionBox asks the triage questions and shows the level that the answers
// lead to, with the reason. The person decides.
type questionBox struct {
	ask     Asker
	policy  workflow.Playbook
	content fyne.CanvasObject
	choices map[string]*kit.Choice
	chip    *kit.Chip
	says    *kit.Text
	take    *kit.Button
	chosen  string // the level that the person has chosen
	weighed string // what the proposal was shown for
	onTake  func(level string)
}

// answerDraft keeps an answer of a declaration that is not made yet.
func answerDraft(question string) string { return "app.declare.answer." + question }

func newQuestionBox(ask Asker, p workflow.Playbook, onTake func(level string)) *questionBox {
	q := &questionBox{
		ask: ask, policy: p, choices: map[string]*kit.Choice{}, onTake: onTake,
		chip: kit.NewChip("", kit.ChipLook{}), says: kit.NewText("").Wrapped(),
	}
	grid := kit.Grid(look.Space3, 2)
	for _, question := range p.Questions {
		var options []kit.Option
		for _, a := range question.Answers {
			options = append(options, kit.Option{ID: a.ID, Word: a.Label})
		}
		options = append(options, kit.Option{ID: workflow.Unsure, Word: "Unsure: take the higher"})
		choice := kit.NewChoice(question.Ask, options, func(id string) {
			q.ask.Draft(answerDraft(question.ID), id)
			q.weigh()
		}).Placeholder("Not answered")
		q.choices[question.ID] = choice
		grid.Add(slim(250, choice))
	}
	q.take = kit.NewButton("Take it", func() { q.onTake(q.policy.Propose(q.Answers()).Level) })
	q.content = kit.NewPanel("Not sure? Answer what you know", kit.Column(look.Space3, grid,
		kit.Row(look.Space3, q.chip, kit.Grow(q.says), q.take)))
	q.weigh()
	return q
}

// drafts lists where the answers are kept.
func (q *questionBox) drafts() []string {
	var out []string
	for _, question := range q.policy.Questions {
		out = append(out, answerDraft(question.ID))
	}
	return out
}

// Answers are the questions that were answered.
func (q *questionBox) Answers() map[string]string {
	answers := map[string]string{}
	for id, c := range q.choices {
		if c.Chosen() != "" {
			answers[id] = c.Chosen()
		}
	}
	return answers
}

// Show brings the answers back, and knows which level is chosen by now.
func (q *questionBox) Show(st session.State, chosen string) {
	for id, c := range q.choices {
		if d := st.Drafts[answerDraft(id)]; d.Text != c.Chosen() {
			c.Choose(d.Text)
		}
	}
	q.Weigh(chosen)
}

// Weigh shows the proposal beside the level that the person has chosen.
func (q *questionBox) Weigh(chosen string) {
	q.chosen = chosen
	q.weigh()
}

// weigh shows the proposal.
func (q *questionBox) weigh() {
	p := q.policy.Propose(q.Answers())
	key := fmt.Sprintf("%+v %s", p, q.chosen)
	if key == q.weighed {
		return
	}
	q.weighed = key
	defer q.content.Refresh()
	if p.Level == "" {
		q.chip.Hide()
		q.take.Hide()
		q.says.SetText("The answers propose a level, and you decide.")
		q.says.SetRole(look.Muted)
		return
	}
	q.chip.Set(p.Level, severityLook(q.policy, p.Level))
	q.chip.Show()
	says := "Proposed, because " + p.Reason + "."
	if p.Open > 0 {
		says += fmt.Sprintf(" %s still open.", counted(p.Open, "question"))
	}
	q.says.SetText(says)
	q.says.SetRole(look.Text)
	q.take.SetWord("Take " + p.Level)
	show(q.take, p.Level != q.chosen)
}

// counted is a number with its word: "1 question", "2 questions".
func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
