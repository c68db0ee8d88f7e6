package view

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"firebreak/app/kit"
	"firebreak/app/look"
	"firebreak/app/session"
	"firebreak/workflow"
)

// tasksInSight is how many tasks are shown before those that are done are
// folded away.
const tasksInSight = 40

// weaveTasks are the increment's tasks as tick boxes.
type weaveTasks struct {
	ask    Asker
	fit    func()
	leave  func() // takes the focus on, when its task is gone
	reveal func(fyne.CanvasObject)
	box    *fyne.Container
	list   *fyne.Container
	slots  map[string]*weaveTask
	order  []string
	only   *kit.Text
	fold   *kit.Button
	all    bool // those that are done are shown too
	add    *form
	st     session.State
}

// weaveTask is one task: its tick, what is said about it, and a form to change it.
type weaveTask struct {
	id     string
	row    *fyne.Container
	under  *fyne.Container // what stands beneath the tick
	check  *kit.Check
	note   *kit.Text
	differ *fyne.Container
	says   *kit.Text
	wrong  *kit.Text
	more   *kit.Button
	box    *fyne.Container // the forms, once they were asked for
	form   *form           // for another title
	drop   *form           // for leaving it out
}

func newWeaveTasks(ask Asker, fit, leave func()) *weaveTasks {
	t := &weaveTasks{ask: ask, fit: fit, leave: leave, slots: map[string]*weaveTask{}, list: kit.Column(look.Space2), reveal: func(fyne.CanvasObject) {}}
	t.only = kit.NewCaption("").In(look.WarningText).Wrapped()
	t.only.Hide()
	t.fold = kit.NewQuiet("", func() {
		t.all = !t.all
		t.Show(t.st)
		t.fit()
	}).Small()
	t.add = newForm(ask, "weave.add", "Add", "Task added.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.AddTask{Title: value("title")}, nil
	}, input{name: "title", label: "Add a task", hint: "Purge the token cache"})
	t.add.resized = func() { t.fit() }
	t.box = kit.Column(look.Space2, kit.NewText("Tasks").Bold(), t.list, t.fold, t.only,
		t.add.inputs, kit.Row(0, kit.NewButton("Add", t.add.Submit).Icon("add").Small()))
	return t
}

// Show brings the tasks in line with a state.
func (t *weaveTasks) Show(st session.State) {
	t.st = st
	tasks, notes := st.Incident.Tasks(), taskNotes(st.Incident, st.Increment)
	folded := len(tasks) > tasksInSight
	var order []string
	hidden := 0
	for _, task := range tasks {
		if folded && !t.all && task.Done && notes[task.ID] == "" {
			hidden++
			continue
		}
		order = append(order, task.ID)
		slot := t.slots[task.ID]
		if slot == nil {
			slot = t.newTask(task.ID)
			t.slots[task.ID] = slot
		}
		slot.show(task, notes[task.ID], st)
	}
	t.place(order)
	show(t.fold, folded)
	t.fold.SetWord("Hide what is done")
	if !t.all {
		t.fold.SetWord(fmt.Sprintf("Show %d that are done", hidden))
	}
	only := onlyInFile(st.Incident, st.Increment)
	t.only.SetText("Only in the file: " + someOf(only, 8) + ".")
	show(t.only, len(only) > 0)
	t.add.Show(st)
}

func (t *weaveTasks) place(order []string) {
	if slices.Equal(order, t.order) {
		return
	}
	t.order, t.list.Objects = order, nil
	for _, id := range order {
		t.list.Objects = append(t.list.Objects, t.slots[id].row)
	}
	for id := range t.slots {
		if !slices.Contains(order, id) {
			delete(t.slots, id)
		}
	}
	t.list.Refresh()
}

func (t *weaveTasks) newTask(id string) *weaveTask {
	s := &weaveTask{id: id, note: kit.NewCaption("").Wrapped(), says: kit.NewCaption("").In(look.WarningText).Wrapped(), wrong: kit.NewCaption("").In(look.ErrorText).Wrapped()}
	s.check = kit.NewCheck("", func(on bool) { t.mark(s, on) })
	s.more = kit.NewQuiet("Change…", func() { t.change(s) }).Small()
	s.differ = kit.TopRow(look.Space1, kit.NewIcon("warning").Edge(14).In(look.WarningText), kit.Grow(s.says))
	s.wrong.Hide()
	s.box = kit.Column(look.Space2)
	s.box.Hide()
	s.under = kit.Inset(look.Space2, 2, kit.TopRow(look.Space2,
		kit.Fixed(tickEdge, kit.NewText("")), kit.Grow(kit.Column(2, s.note, s.differ, s.wrong, s.box))))
	s.row = kit.Column(0, kit.Row(look.Space2, kit.Grow(s.check), s.more), s.under)
	return s
}

// tickEdge is how wide the box of a tick is.
const tickEdge float32 = 22

// fold leaves the room beneath a tick out where nothing stands in it.
func (s *weaveTask) fold() {
	show(s.under, s.note.Visible() || s.differ.Visible() || s.wrong.Visible() || s.box.Visible())
}

// mark asks for a tick. The box shows what is on the disk, so a refused one goes
// back.
func (t *weaveTasks) mark(s *weaveTask, on bool) {
	says := s.id + " is open again."
	if on {
		says = s.id + " is done."
	}
	show(s.wrong, false)
	t.ask.DoAndOffer(workflow.MarkTask{ID: s.id, Done: on}, says, func(err error) {
		if err != nil {
			s.check.Set(!on)
			s.refuse(err)
			t.fit()
		}
	})
}

func (s *weaveTask) refuse(err error) {
	s.wrong.SetText(err.Error())
	show(s.wrong, true)
	s.fold()
}

// change opens the form for a task's title and for leaving it out.
func (t *weaveTasks) change(s *weaveTask) {
	if s.form == nil {
		t.buildForm(s)
	}
	if s.box.Visible() {
		t.close(s)
		return
	}
	show(s.box, true)
	s.fold()
	t.fit()
	t.reveal(s.row)
	focusIn(s.box, s.form.fields["title"].Target())
}

func (t *weaveTasks) close(s *weaveTask) {
	show(s.box, false)
	s.fold()
	t.fit()
	focusIn(s.more, s.more)
}

func (t *weaveTasks) buildForm(s *weaveTask) {
	s.form = newForm(t.ask, "weave.task."+s.id, "Rename", s.id+" renamed.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.RenameTask{ID: s.id, Title: value("title")}, nil
	}, input{name: "title", label: "Title"})
	s.drop = newForm(t.ask, "weave.drop."+s.id, "Drop it", s.id+" dropped.", func(value func(string) string) (workflow.Intent, error) {
		return workflow.DropTask{ID: s.id, Reason: value("reason")}, nil
	}, input{name: "reason", label: "Why it will not be done", hint: "The cache is empty after the rollback"})
	for _, f := range []*form{s.form, s.drop} {
		f.resized, f.after = func() { t.fit() }, func() { t.close(s) }
		for _, field := range f.fields {
			field.OnEscape = func() bool { t.close(s); return true }
		}
	}
	s.drop.after = t.leave // the row goes with the task
	s.box.Add(s.form.inputs)
	s.box.Add(kit.Row(look.Space2, kit.NewButton("Rename", s.form.Submit).Small()))
	s.box.Add(s.drop.inputs)
	s.box.Add(kit.Row(look.Space2, kit.NewButton("Drop it", s.drop.Submit).Small(), kit.NewQuiet("Close", func() { t.close(s) }).Small()))
	if task, ok := t.task(s.id); ok {
		s.form.Start("title", task.Title)
	}
	s.form.Show(t.st)
	s.drop.Show(t.st)
}

func (t *weaveTasks) task(id string) (workflow.Task, bool) {
	for _, task := range t.st.Incident.Tasks() {
		if task.ID == id {
			return task, true
		}
	}
	return workflow.Task{}, false
}

// show brings one task in line with a state.
func (s *weaveTask) show(task workflow.Task, note string, st session.State) {
	if label := task.ID + ": " + task.Title; s.check.AccessibilityLabel() != label+", on" && s.check.AccessibilityLabel() != label+", off" {
		s.check.SetLabel(label)
	}
	s.check.Set(task.Done)
	settled := settledWords(task, st)
	if settled == "" && task.Added {
		settled = "Added for this incident"
	}
	s.note.SetText(settled)
	show(s.note, settled != "")
	s.says.SetText(note)
	show(s.differ, note != "")
	s.fold()
	if s.form != nil {
		s.form.Start("title", task.Title)
	}
}

// Caret is the form of these that somebody types in; nil when none is.
func (t *weaveTasks) Caret() *form {
	if t.add.hasCaret() {
		return t.add
	}
	for _, s := range t.slots {
		if s.form == nil || !s.box.Visible() {
			continue
		}
		for _, f := range []*form{s.form, s.drop} {
			if f.hasCaret() {
				return f
			}
		}
	}
	return nil
}

// firstOpen is the tick of the first task that is not done.
func (t *weaveTasks) firstOpen() fyne.Focusable {
	for _, id := range t.order {
		if s := t.slots[id]; !s.check.On() {
			return s.check
		}
	}
	return nil
}
