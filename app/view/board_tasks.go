package view

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// tasks are the open tasks of the response: one person, one time box each.
type tasks struct {
	ask    Asker
	panel  *kit.Panel
	list   *fyne.Container
	none   *kit.Text
	slots  map[workflow.EventID]*taskSlot // a task keeps its widgets, so that a press hits the right one
	order  []workflow.EventID
	give   *kit.Button
	form   *form
	began  string          // the text that the form was started with
	box    *fyne.Container // the form and its buttons
	fit    func()
	moved  func() // shows the tasks, where they are behind a tab
	reveal func() // scrolls to the form
}

type taskSlot struct {
	row  *fyne.Container
	icon *kit.Icon
	who  *kit.Text
	left *kit.Text
	text *kit.Text
}

func newTasks(ask Asker) *tasks {
	t := &tasks{ask: ask, slots: map[workflow.EventID]*taskSlot{}, fit: func() {}, moved: func() {}, reveal: func() {}}
	t.none = kit.NewCaption("Nobody has a task. One person and one time box each.").Wrapped()
	t.list = kit.Column(look.Space3)
	t.give = kit.NewButton("Give a task", func() { t.Give("") }).Icon("add").Key("Ctrl+Shift+A").Small()
	t.form = newForm(ask, "board.task", "Give task", "Task given.", t.assign,
		input{name: "text", label: "What is to be done", hint: "Dump the heap of node 3"},
		input{name: "owner", label: "Who", hint: "One name"},
		input{name: "box", label: "Time box", hint: "15m", beside: true})
	t.form.resized = func() { t.fit() }
	t.form.after = t.closeForm
	for _, field := range t.form.fields {
		field.OnEscape = func() bool { t.closeForm(); return true }
	}
	send := kit.NewButton("Give task", t.form.Submit).Small()
	t.box = kit.Column(look.Space2, t.form.inputs, kit.Row(look.Space2, send, kit.NewQuiet("Close", t.closeForm).Small()))
	t.box.Hide()
	t.panel = kit.NewPanel("Tasks", kit.Column(look.Space3, t.none, t.list, kit.Column(0, kit.Row(0, t.give), t.box)))
	return t
}

func (t *tasks) assign(value func(string) string) (workflow.Intent, error) {
	box, err := timeBox(strings.TrimSpace(value("box")))
	if err != nil {
		return nil, err
	}
	return workflow.Assign{Text: value("text"), Owner: value("owner"), Box: box}, nil
}

// Give opens the form for a task; a text starts it, unless somebody has typed
// another one there.
func (t *tasks) Give(text string) {
	t.moved()
	show(t.box, true)
	show(t.give, false)
	t.fit()
	t.reveal()
	target := t.form.fields["text"]
	if now := target.Text(); text != "" && (now == "" || now == t.began) {
		t.began = text
		target.SetText(text)
		target = t.form.fields["owner"]
	}
	focusIn(t.panel, target.Target())
}

func (t *tasks) closeForm() {
	show(t.box, false)
	show(t.give, true)
	t.fit()
	focusIn(t.panel, t.give)
}

// Show brings the tasks in line with a state; it reports whether they need
// another height.
func (t *tasks) Show(st session.State) bool {
	open := st.Incident.OpenAssignments()
	t.form.Show(st)
	changed := false
	var order []workflow.EventID
	for _, a := range open {
		order = append(order, a.ID)
		s := t.slots[a.ID]
		if s == nil {
			s = t.newSlot(a.ID)
		}
		word, how := timeLeft(a, st)
		icon := "clock"
		if how == kit.Bad {
			icon = how.Icon()
		}
		s.icon.Set(icon, how.Role())
		s.left.SetRole(how.Role())
		s.left.SetText(word)
		s.who.SetText(a.Owner)
		s.text.SetText(a.Text)
	}
	if !slices.Equal(order, t.order) {
		t.order, changed = order, true
		t.list.Objects = nil
		for _, id := range order {
			t.list.Objects = append(t.list.Objects, t.slots[id].row)
		}
		for id := range t.slots {
			if !slices.Contains(order, id) {
				delete(t.slots, id)
			}
		}
	}
	show(t.list, len(order) > 0)
	show(t.none, len(order) == 0)
	return changed
}

func (t *tasks) newSlot(id workflow.EventID) *taskSlot {
	s := &taskSlot{
		icon: kit.NewIcon("clock").Edge(18), who: kit.NewText("").Bold().Cut(),
		left: kit.NewText("").Sized(theme.SizeNameCaptionText).In(look.Muted), text: kit.NewText("").Wrapped(),
	}
	done := kit.NewButton("Done", func() {
		t.ask.DoAndOffer(workflow.FinishAssignment{ID: id}, "Task done.", nil)
	}).Small()
	s.row = kit.TopRow(look.Space2, s.icon,
		kit.Grow(kit.Column(2, kit.TopRow(look.Space2, kit.Grow(s.who), s.left), s.text)), done)
	t.slots[id] = s
	return s
}

// timeLeft is how much of the time box is left, in words.
func timeLeft(a workflow.Assignment, st session.State) (string, kit.Tone) {
	left := a.Due().Sub(st.Now)
	switch {
	case a.Late(st.Now):
		return "Late by " + short(-left), kit.Bad
	case a.Box > 0 && left <= a.Box/5:
		return short(left) + " left", kit.Warn
	default:
		return short(left) + " left", kit.Neutral
	}
}

// taskCount is how many tasks the tab counts: the late ones, or else the open.
func taskCount(st session.State) (count int, late bool) {
	open := st.Incident.OpenAssignments()
	for _, a := range open {
		if a.Late(st.Now) {
			count++
		}
	}
	if count > 0 {
		return count, true
	}
	return len(open), false
}
