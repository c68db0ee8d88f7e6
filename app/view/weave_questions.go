package view

import (
	"slices"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// weaveQuestions are the parts that both sides changed: both texts, and what to
// keep. A part keeps its widgets, so that a look at the files moves nothing
// from under the hand.
type weaveQuestions struct {
	ask   Asker
	box   *fyne.Container
	slots map[workflow.Part]*weaveQuestion
	order []workflow.Part
	leave func() // takes the focus on, when its question is gone
}

// bothFrom is the width from which both texts of a question stand side by side.
const bothFrom float32 = 560

// weaveQuestion is one question. Its buttons answer about the texts that stand
// in it, never about older ones.
type weaveQuestion struct {
	shown   workflow.Difference
	panel   *kit.Panel
	ours    *kit.Marked
	theirs  *kit.Marked
	again   *kit.Text
	wrong   *kit.Text
	buttons []*kit.Button
}

func newWeaveQuestions(ask Asker, leave func()) *weaveQuestions {
	q := &weaveQuestions{ask: ask, leave: leave, box: kit.Column(look.Space3), slots: map[workflow.Part]*weaveQuestion{}}
	q.box.Hide()
	return q
}

// Show brings the questions in line with a state.
func (q *weaveQuestions) Show(st session.State) {
	var order []workflow.Part
	for _, d := range st.Increment.Questions() {
		order = append(order, d.Part)
		slot := q.slots[d.Part]
		if slot == nil {
			slot = q.newQuestion(d)
			q.slots[d.Part] = slot
		}
		slot.show(d)
	}
	if slices.Equal(order, q.order) {
		return
	}
	lost := false
	for part, slot := range q.slots {
		if !slices.Contains(order, part) {
			lost = lost || slot.focused()
			delete(q.slots, part)
		}
	}
	q.order, q.box.Objects = order, nil
	for _, part := range order {
		q.box.Objects = append(q.box.Objects, q.slots[part].panel)
	}
	q.box.Refresh()
	show(q.box, len(order) > 0)
	if lost {
		q.leave()
	}
}

// First is where the hand answers the first question; nil without one.
func (q *weaveQuestions) First() fyne.Focusable {
	if len(q.order) == 0 {
		return nil
	}
	return q.slots[q.order[0]].buttons[0]
}

func (q *weaveQuestions) newQuestion(d workflow.Difference) *weaveQuestion {
	s := &weaveQuestion{
		shown: d, ours: kit.NewMarked(), theirs: kit.NewMarked(),
		again: kit.NewCaption("The texts changed while this was open. These are the ones that hold now.").In(look.WarningText).Wrapped(),
		wrong: kit.NewCaption("").In(look.ErrorText).Wrapped(),
	}
	s.again.Hide()
	s.wrong.Hide()
	cell := func(icon, heading string, text *kit.Marked) fyne.CanvasObject {
		return kit.NewGround(look.Background, kit.Inset(look.Space3, look.Space2, kit.Column(look.Space1,
			kit.Row(look.Space1, kit.NewIcon(icon).Edge(14).In(look.Muted), kit.Grow(kit.NewCaption(heading).Bold().Cut())), text)))
	}
	ours, theirs := cell("board", "In the incident", s.ours), cell("branch", "In "+fileOf(d.Part), s.theirs)
	both := kit.NewResponsive(bothFrom,
		kit.FullRow(look.Space3, kit.Grow(ours), kit.Grow(theirs)), kit.Column(look.Space2, ours, theirs))
	row := kit.Wrap(look.Space2)
	for _, choice := range choicesFor(d) {
		button := kit.NewButton(choice.word, func() { q.settle(s, choice.keep) })
		s.buttons = append(s.buttons, button)
		row.Add(button)
	}
	s.panel = kit.NewPanelWith(questionHeading(d), kit.NewIcon("warning").Edge(18).In(look.WarningText),
		kit.Column(look.Space3, s.again, both, s.wrong, row)).Filled(look.Panel, look.WarningText)
	return s
}

func (q *weaveQuestions) settle(s *weaveQuestion, keep workflow.Keep) {
	show(s.wrong, false)
	q.ask.Settle(s.shown, keep, func(err error) {
		if err != nil {
			s.wrong.SetText(err.Error())
			show(s.wrong, true)
		}
	})
}

// show brings one question in line with what both sides say now.
func (s *weaveQuestion) show(d workflow.Difference) {
	if changed := d.Ours != s.shown.Ours || d.Theirs != s.shown.Theirs; changed {
		show(s.again, true)
		show(s.wrong, false)
	}
	s.shown = d
	ours, theirs := markWords(saidWords(d.Part, d.Ours), saidWords(d.Part, d.Theirs))
	s.ours.SetRuns(ours)
	s.theirs.SetRuns(theirs)
}

func (s *weaveQuestion) focused() bool {
	return slices.ContainsFunc(s.buttons, func(b *kit.Button) bool { return hasFocus(b) })
}

// hasFocus says whether a widget has the focus of its window.
func hasFocus(o interface {
	fyne.CanvasObject
	fyne.Focusable
},
) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	return c != nil && c.Focused() == fyne.Focusable(o)
}

func questionHeading(d workflow.Difference) string {
	if takenOut(d) {
		return d.Part.Word() + " was taken out of the file"
	}
	return capital(d.Part.Word()) + ": changed on both sides"
}

// takenOut says whether a task is in question that the file does not have any more.
func takenOut(d workflow.Difference) bool {
	_, what, task := d.Part.Task()
	return task && what == "" && d.Theirs == ""
}

// choice is one way to answer.
type choice struct {
	word string
	keep workflow.Keep
}

// choicesFor are the ways to answer a question. Both can be kept only of texts
// and titles.
func choicesFor(d workflow.Difference) []choice {
	if takenOut(d) {
		return []choice{{"Put it back into the file", workflow.KeepOurs}, {"Drop it here too", workflow.KeepTheirs}}
	}
	out := []choice{{"Keep ours", workflow.KeepOurs}, {"Keep the file's", workflow.KeepTheirs}}
	if _, what, task := d.Part.Task(); task && what == "title" || !task && d.Part != workflow.StatePart {
		out = append(out, choice{"Keep both", workflow.KeepBoth})
	}
	return out
}
