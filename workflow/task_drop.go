package workflow

import (
	"fmt"
	"strings"
)

// DropTask takes a task out of the increment: it will not be done.
type DropTask struct{ ID, Reason string }

func (d DropTask) decide(in Incident, _ Env) ([]Body, error) {
	reason := strings.TrimSpace(d.Reason)
	if reason == "" {
		return nil, refuseField("task.reason-missing", "reason", "Say in a few words why the task will not be done.")
	}
	t, err := in.findTask(d.ID)
	if err != nil {
		return nil, err
	}
	return []Body{TaskDropped{ID: d.ID, Title: t.Title, Reason: reason}}, nil
}

// TaskDropped is a task that will not be done.
type TaskDropped struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Reason string `json:"reason"`
}

// Kind is "task.dropped@1".
func (TaskDropped) Kind() Kind { return "task.dropped@1" }

func (d TaskDropped) apply(in *Incident, e Event) {
	in.Fix.drop(in, e, d.ID, d.Reason)
	in.record(e, StepEntry, fmt.Sprintf("Task dropped: %s %s (%s)", d.ID, d.Title, firstLine(d.Reason)))
}

// drop notes why a task is left out; an empty reason brings it back.
func (f *Fix) drop(in *Incident, e Event, id, reason string) {
	if f.dropped == nil {
		f.dropped = map[string]Register[string]{}
	}
	r := f.dropped[id]
	r.set(in, e, reason)
	f.dropped[id] = r
}
