package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// Task is one task of the increment as it stands.
type Task struct {
	TaskPolicy
	ID      string // "T-001"
	Done    bool
	Fact    string // the fact that settled it, in words
	By      string
	At      Stamp
	Added   bool // added for this incident
	Renamed bool
}

// TaskMark is what a person said about a task.
type TaskMark struct {
	Done bool `json:"done"`
}

// Tasks lists the increment's tasks: the playbook's, then the added ones.
func (in Incident) Tasks() []Task {
	var out []Task
	for i, policy := range in.Playbook.Work.Tasks {
		out = append(out, in.task(taskID(i), policy, false))
	}
	for _, a := range in.Fix.added {
		out = append(out, in.task(a.ID, TaskPolicy{Title: a.Title}, true))
	}
	return out
}

func taskID(i int) string { return fmt.Sprintf("T-%03d", i+1) }

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

// MarkTask ticks a task of the increment, or opens it again.
type MarkTask struct {
	ID   string
	Done bool
}

func (m MarkTask) decide(in Incident, _ Env) ([]Body, error) {
	tasks := in.Tasks()
	i := slices.IndexFunc(tasks, func(t Task) bool { return t.ID == m.ID })
	if i < 0 {
		return nil, refuseField("task.unknown", "task", "The increment has no task %q.", m.ID)
	}
	if tasks[i].Done == m.Done {
		return nil, refuse("task.same", "%s is %s already.", m.ID, taskWord(m.Done))
	}
	return []Body{TaskMarked{ID: m.ID, Title: tasks[i].Title, TaskMark: TaskMark{Done: m.Done}}}, nil
}

func taskWord(done bool) string {
	if done {
		return "done"
	}
	return "open"
}

// TaskMarked is a task ticked or opened by a person.
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
type AddTask struct{ Title string }

func (a AddTask) decide(in Incident, _ Env) ([]Body, error) {
	title := strings.Join(strings.Fields(a.Title), " ")
	if title == "" {
		return nil, refuseField("task.title-missing", "title", "Say what the task is.")
	}
	n := len(in.Playbook.Work.Tasks) + len(in.Fix.added)
	if n >= 999 {
		return nil, refuse("task.too-many", "An increment has at most 999 tasks. That is no hotfix any more.")
	}
	return []Body{AddedTask{ID: taskID(n), Title: title}}, nil
}

// AddedTask is a task for this incident only.
type AddedTask struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Kind is "task.added@1".
func (AddedTask) Kind() Kind { return "task.added@1" }

func (a AddedTask) apply(in *Incident, e Event) {
	for _, t := range in.Tasks() {
		if t.ID == a.ID { // two devices added one at the same time: both stay
			a.ID = taskID(len(in.Tasks()))
		}
	}
	in.Fix.added = append(in.Fix.added, a)
	in.record(e, StepEntry, fmt.Sprintf("Task added: %s %s", a.ID, a.Title))
}

// RenameTask gives a task another title.
type RenameTask struct{ ID, Title string }

func (r RenameTask) decide(in Incident, _ Env) ([]Body, error) {
	title := strings.Join(strings.Fields(r.Title), " ")
	if title == "" {
		return nil, refuseField("task.title-missing", "title", "A task needs a title.")
	}
	for _, t := range in.Tasks() {
		if t.ID == r.ID {
			if t.Title == title {
				return nil, refuse("task.same", "Nothing was changed.")
			}
			return []Body{TaskRenamed{ID: r.ID, Title: title}}, nil
		}
	}
	return nil, refuseField("task.unknown", "task", "The increment has no task %q.", r.ID)
}

// TaskRenamed is a task's new title.
type TaskRenamed struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Kind is "task.renamed@1".
func (TaskRenamed) Kind() Kind { return "task.renamed@1" }

func (t TaskRenamed) apply(in *Incident, e Event) {
	if in.Fix.names == nil {
		in.Fix.names = map[string]Register[string]{}
	}
	r := in.Fix.names[t.ID]
	r.set(in, e, t.Title)
	in.Fix.names[t.ID] = r
	in.record(e, StepEntry, fmt.Sprintf("%s renamed: %s", t.ID, t.Title))
}

// RecordIncrement says that the increment is on disk, or was written again.
type RecordIncrement struct {
	ID   string // "0015-hotfix-auth-token"
	Root string // folder of the repository
	Path string // folder of the increment below it, with slashes
	Type string // "hotfix", "bug"
	At   Stamp
}

func (r RecordIncrement) when() Stamp { return r.At }

func (r RecordIncrement) decide(in Incident, _ Env) ([]Body, error) {
	if strings.TrimSpace(r.ID) == "" {
		return nil, refuseField("increment.id-missing", "id", "Name the increment, such as 0015-hotfix-auth-token.")
	}
	body := WrittenIncrement{ID: strings.TrimSpace(r.ID), Root: r.Root, Path: r.Path, Type: r.Type}
	if body == in.Fix.Increment.Get() {
		return nil, refuse("increment.same", "That increment is recorded already.")
	}
	return []Body{body}, nil
}

// WrittenIncrement is where the increment lies.
type WrittenIncrement struct {
	ID   string `json:"id"`
	Root string `json:"root,omitempty"`
	Path string `json:"path,omitempty"`
	Type string `json:"type,omitempty"`
}

// Kind is "increment.written@1".
func (WrittenIncrement) Kind() Kind { return "increment.written@1" }

func (w WrittenIncrement) apply(in *Incident, e Event) {
	in.Fix.Increment.set(in, e, w)
	in.record(e, FactEntry, "Increment created: "+w.ID)
}

func proveIncrement(in Incident) Finding {
	h, ok := in.Fix.Increment.Head()
	if !ok {
		return Finding{Missing: "Create the increment"}
	}
	return Finding{Holds: true, Says: h.Value.ID + " written by " + h.By, At: h.At}
}
