package workflow

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Task is one task of the increment as it stands.
type Task struct {
	TaskPolicy
	ID      string // "T-001"; a linked increment can have others
	Done    bool
	Fact    string // the fact that settled it, in words
	By      string
	At      Stamp
	Added   bool // added for this incident
	Renamed bool
}

// TaskMark is what somebody said about a task.
type TaskMark struct {
	Done bool `json:"done"`
}

// Tasks lists the increment's tasks: the playbook's, or those of the increment
// that the incident was linked to, then the added ones.
func (in Incident) Tasks() []Task {
	var out []Task
	if in.Fix.linked {
		for _, l := range in.Fix.own {
			t := in.task(l.ID, TaskPolicy{Title: l.Title}, false)
			if _, said := in.Fix.tasks[l.ID].Head(); !said {
				t.Done = l.Done
			}
			out = append(out, t)
		}
	} else {
		for i, policy := range in.Playbook.Work.Tasks {
			out = append(out, in.task(taskID(i), policy, false))
		}
	}
	for _, a := range in.Fix.added {
		out = append(out, in.task(a.ID, TaskPolicy{Title: a.Title}, true))
	}
	if len(in.Fix.dropped) == 0 {
		return out
	}
	return slices.DeleteFunc(out, func(t Task) bool { return in.Fix.dropped[t.ID].Get() != "" })
}

func taskID(i int) string { return fmt.Sprintf("T-%03d", i+1) }

// nextTask is the first number behind every task that there is or was: a number
// that was dropped is never given again.
func (in Incident) nextTask() string {
	highest := len(in.Playbook.Work.Tasks)
	if in.Fix.linked {
		highest = 0
	}
	for _, a := range in.Fix.added {
		highest = max(highest, numberOf(a.ID))
	}
	for _, l := range in.Fix.own {
		highest = max(highest, numberOf(l.ID))
	}
	return taskID(highest)
}

// numberOf is the number in a task's name, 0 when it has none.
func numberOf(id string) int {
	_, digits, _ := strings.Cut(id, "-")
	end := 0
	for end < len(digits) && '0' <= digits[end] && digits[end] <= '9' {
		end++
	}
	n, _ := strconv.Atoi(digits[:end]) // too long or none: no number that could be taken
	return n
}

func (in Incident) task(id string, policy TaskPolicy, added bool) Task {
	t := Task{TaskPolicy: policy, ID: id, Added: added}
	if name := in.Fix.names[id]; name.Set() {
		t.Title, t.Renamed = name.Get(), true
	}
	if h, ok := in.Fix.tasks[id].Head(); ok {
		t.Done, t.By, t.At = h.Value.Done, h.By, h.At
		return t
	}
	if policy.SettledBy != "" {
		if f := in.Find(policy.SettledBy); f.Holds {
			t.Done, t.Fact, t.At = true, f.Says, f.At
		}
	}
	return t
}

// findTask finds a task by its name.
func (in Incident) findTask(id string) (Task, error) {
	for _, t := range in.Tasks() {
		if t.ID == id {
			return t, nil
		}
	}
	return Task{}, refuseField("task.unknown", "task", "The increment has no task %q.", id)
}

// MarkTask ticks a task of the increment, or opens it again.
type MarkTask struct {
	ID   string
	Done bool
}

func (m MarkTask) decide(in Incident, _ Env) ([]Body, error) {
	t, err := in.findTask(m.ID)
	if err != nil {
		return nil, err
	}
	if t.Done == m.Done {
		return nil, refuse("task.same", "%s is %s already.", m.ID, taskWord(m.Done))
	}
	return []Body{TaskMarked{ID: m.ID, Title: t.Title, TaskMark: TaskMark{Done: m.Done}}}, nil
}

func taskWord(done bool) string {
	if done {
		return "done"
	}
	return "open"
}

// TaskMarked is a task ticked or opened.
type TaskMarked struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	TaskMark
}

// Kind is "task.marked@1".
func (TaskMarked) Kind() Kind { return "task.marked@1" }

func (m TaskMarked) apply(in *Incident, e Event) {
	if in.Fix.tasks == nil {
		in.Fix.tasks = map[string]Register[TaskMark]{}
	}
	r := in.Fix.tasks[m.ID]
	r.set(in, e, m.TaskMark)
	in.Fix.tasks[m.ID] = r
	in.record(e, StepEntry, fmt.Sprintf("%s %s: %s", m.ID, taskWord(m.Done), m.Title))
}

// AddTask adds a task to the increment.
type AddTask struct {
	Title string
	ID    string // as it stands in tasks.md already; empty: the next number
}

// The bounds of an increment: three digits count its tasks, and what is longer
// than a line is no title.
const (
	mostTasks  = 999
	taskLimit  = 1000 // characters of a title
	taskIDRoom = 40   // characters of a name that somebody else gave
)

func (a AddTask) decide(in Incident, _ Env) ([]Body, error) {
	title, err := taskTitle(a.Title)
	if err != nil {
		return nil, err
	}
	id := a.ID
	switch _, missing := in.findTask(id); {
	case id == "":
		id = in.nextTask()
	case missing == nil:
		return nil, refuseField("task.taken", "task", "The increment has a task %s already.", id)
	case strings.ContainsAny(id, " \t\r\n") || len(id) > taskIDRoom:
		return nil, refuseField("task.id", "task", "%q cannot be the name of a task.", id)
	}
	if len(in.Tasks()) >= mostTasks || a.ID == "" && numberOf(id) > mostTasks {
		return nil, refuse("task.too-many", "An increment has at most %d tasks. That is no hotfix any more.", mostTasks)
	}
	return []Body{AddedTask{ID: id, Title: title}}, nil
}

func taskTitle(typed string) (string, error) {
	title := strings.Join(strings.Fields(typed), " ")
	switch {
	case title == "":
		return "", refuseField("task.title-missing", "title", "Say what the task is.")
	case len([]rune(title)) > taskLimit:
		return "", refuseField("task.title-too-long", "title", "A task's title has at most %d characters; this one has %d.", taskLimit, len([]rune(title)))
	}
	return title, nil
}

// AddedTask is a task for this incident only.
type AddedTask struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Kind is "task.added@1".
func (AddedTask) Kind() Kind { return "task.added@1" }

func (a AddedTask) apply(in *Incident, e Event) {
	if in.Fix.dropped[a.ID].Get() != "" { // it is back
		in.Fix.drop(in, e, a.ID, "")
		in.Fix.name(in, e, a.ID, a.Title)
		in.record(e, StepEntry, fmt.Sprintf("Task back: %s %s", a.ID, a.Title))
		return
	}
	have, missing := in.findTask(a.ID)
	if missing == nil && e.Via != "" && have.Title == a.Title { // two devices read it out of the same file
		return
	}
	if missing == nil { // two devices added one at the same time: both stay
		a.ID = in.nextTask()
	}
	in.Fix.added = append(in.Fix.added, a)
	in.record(e, StepEntry, fmt.Sprintf("Task added: %s %s", a.ID, a.Title))
}

// RenameTask gives a task another title.
type RenameTask struct{ ID, Title string }

func (r RenameTask) decide(in Incident, _ Env) ([]Body, error) {
	title, err := taskTitle(r.Title)
	if err != nil {
		return nil, err
	}
	t, err := in.findTask(r.ID)
	if err != nil {
		return nil, err
	}
	if t.Title == title {
		return nil, refuse("task.same", "Nothing was changed.")
	}
	return []Body{TaskRenamed{ID: r.ID, Title: title}}, nil
}

// TaskRenamed is a task's new title.
type TaskRenamed struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Kind is "task.renamed@1".
func (TaskRenamed) Kind() Kind { return "task.renamed@1" }

func (t TaskRenamed) apply(in *Incident, e Event) {
	in.Fix.name(in, e, t.ID, t.Title)
	in.record(e, StepEntry, fmt.Sprintf("%s renamed: %s", t.ID, t.Title))
}

func (f *Fix) name(in *Incident, e Event, id, title string) {
	if f.names == nil {
		f.names = map[string]Register[string]{}
	}
	r := f.names[id]
	r.set(in, e, title)
	f.names[id] = r
}
