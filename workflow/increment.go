package workflow

import (
	"fmt"
	"strings"
)

// RecordIncrement says that the increment is on disk, or was written again.
type RecordIncrement struct {
	ID   string // "0015-hotfix-auth-token"
	Root string // folder of the repository; empty when only its name is known
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

// LinkIncrement ties the incident to an increment that exists, and takes its
// tasks over in place of the playbook's.
type LinkIncrement struct {
	WrittenIncrement
	Tasks []LinkedTask
}

// LinkedTask is a task as it stood in the increment.
type LinkedTask struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Done  bool   `json:"done,omitempty"`
}

func (l LinkIncrement) decide(in Incident, _ Env) ([]Body, error) {
	if strings.TrimSpace(l.ID) == "" || l.Root == "" {
		return nil, refuseField("increment.id-missing", "id", "Name an increment that is in the repository, such as 0015-hotfix-auth-token.")
	}
	if in.Fix.linked && in.Fix.Increment.Get().ID == l.ID {
		return nil, refuse("increment.same", "The incident is linked to %s already.", l.ID)
	}
	body := IncrementLinked{WrittenIncrement: l.WrittenIncrement, Tasks: l.Tasks}
	// What was added here is not in that increment yet: it gets numbers that
	// are free there.
	free := Incident{Fix: Fix{linked: true, own: l.Tasks}}
	for _, t := range in.Tasks() {
		if !t.Added {
			continue
		}
		added := LinkedTask{ID: free.nextTask(), Title: t.Title, Done: t.Done}
		body.Added = append(body.Added, added)
		free.Fix.own = append(free.Fix.own, added)
	}
	return []Body{body}, nil
}

// IncrementLinked is the increment that the incident was tied to.
type IncrementLinked struct {
	WrittenIncrement
	Tasks []LinkedTask `json:"tasks"`
	Added []LinkedTask `json:"added,omitempty"` // those of the incident that it did not have
}

// Kind is "increment.linked@1".
func (IncrementLinked) Kind() Kind { return "increment.linked@1" }

func (l IncrementLinked) apply(in *Incident, e Event) {
	in.Fix.Increment.set(in, e, l.WrittenIncrement)
	in.Fix.linked = true
	in.Fix.own = append(append([]LinkedTask{}, l.Tasks...), l.Added...)
	in.Fix.tasks, in.Fix.names, in.Fix.dropped, in.Fix.added = nil, nil, nil, nil
	in.record(e, FactEntry, fmt.Sprintf("Linked to the increment %s, %s", l.ID, count(len(l.Tasks), "task")))
}

// Linked says whether the increment was there before the incident: then only
// what both sides share is written into it.
func (in Incident) Linked() bool { return in.Fix.linked }

func proveIncrement(in Incident) Finding {
	h, ok := in.Fix.Increment.Head()
	if !ok {
		return Finding{Missing: "Create the increment"}
	}
	return Finding{Holds: true, Says: h.Value.ID + " written by " + h.By, At: h.At}
}
