package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Assignment is a task of the response: one person, one time box.
type Assignment struct {
	ID    EventID
	Text  string
	Owner string
	Given time.Time // UTC
	Box   time.Duration
	Done  Register[string] // the result in words; set when it is finished
}

// Due is when its time box ends.
func (a Assignment) Due() time.Time { return a.Given.Add(a.Box) }

// Open says whether it is still to be done.
func (a Assignment) Open() bool { return !a.Done.Set() }

// Late says whether its time box is over.
func (a Assignment) Late(now time.Time) bool { return a.Open() && now.After(a.Due()) }

// OpenAssignments lists what is still to be done, the first due first.
func (in Incident) OpenAssignments() []Assignment {
	open := slices.DeleteFunc(slices.Clone(in.Crew.Assignments), func(a Assignment) bool { return !a.Open() })
	slices.SortStableFunc(open, func(a, b Assignment) int { return a.Due().Compare(b.Due()) })
	return open
}

// nobody are words that people type when they mean no one in particular.
var nobody = []string{"someone", "somebody", "anyone", "anybody", "we", "us", "team", "the team", "everyone", "everybody", "all", "tbd", "?"}

// Assign gives somebody a task with a time box.
type Assign struct {
	Text  string
	Owner string
	Box   time.Duration // 0: the playbook's
}

func (a Assign) decide(in Incident, _ Env) ([]Body, error) {
	text, owner := strings.TrimSpace(a.Text), strings.TrimSpace(a.Owner)
	switch {
	case text == "":
		return nil, refuseField("assignment.text-missing", "text", "Say what is to be done.")
	case owner == "":
		return nil, refuseField("assignment.owner-missing", "owner", "Name one person. A task without an owner does not get done.")
	case slices.Contains(nobody, strings.ToLower(owner)):
		return nil, refuseField("assignment.owner-vague", "owner", "%q is no one. Name one person.", owner)
	case a.Box < 0:
		return nil, refuseField("assignment.box", "box", "A time box is a length of time, such as 15m.")
	}
	box := a.Box
	if box == 0 {
		box = in.Playbook.Work.TimeBox
	}
	if box == 0 {
		box = 15 * time.Minute
	}
	return []Body{Assigned{Text: text, Owner: owner, Box: box}}, nil
}

// Assigned is a task given.
type Assigned struct {
	Text  string        `json:"text"`
	Owner string        `json:"owner"`
	Box   time.Duration `json:"box"`
}

// Kind is "assignment.given@1".
func (Assigned) Kind() Kind { return "assignment.given@1" }

func (a Assigned) apply(in *Incident, e Event) {
	given := e.Recorded
	if e.At.Known() {
		given = e.At.Time
	}
	in.Crew.Assignments = append(in.Crew.Assignments, Assignment{ID: e.ID, Text: a.Text, Owner: a.Owner, Given: given, Box: a.Box})
	in.record(e, ActionEntry, fmt.Sprintf("%s: %s (within %s)", a.Owner, a.Text, Words(a.Box)))
}

// FinishAssignment ends a task, with its result in words.
type FinishAssignment struct {
	ID     EventID
	Result string // "" means done
}

func (f FinishAssignment) decide(in Incident, _ Env) ([]Body, error) {
	i := slices.IndexFunc(in.Crew.Assignments, func(a Assignment) bool { return a.ID == f.ID })
	if i < 0 {
		return nil, refuse("assignment.gone", "That task is not in this incident any more. Nothing was changed.")
	}
	if !in.Crew.Assignments[i].Open() {
		return nil, refuse("assignment.done", "That task is done already.")
	}
	result := strings.TrimSpace(f.Result)
	if result == "" {
		result = "done"
	}
	return []Body{AssignmentFinished{ID: f.ID, Result: result}}, nil
}

// AssignmentFinished is the end of a task.
type AssignmentFinished struct {
	ID     EventID `json:"id"`
	Result string  `json:"result"`
}

// Kind is "assignment.finished@1".
func (AssignmentFinished) Kind() Kind { return "assignment.finished@1" }

func (f AssignmentFinished) apply(in *Incident, e Event) {
	i := slices.IndexFunc(in.Crew.Assignments, func(a Assignment) bool { return a.ID == f.ID })
	if i < 0 {
		return
	}
	a := &in.Crew.Assignments[i]
	a.Done.set(in, e, f.Result)
	in.record(e, ActionEntry, fmt.Sprintf("%s: %s, %s", a.Owner, a.Text, f.Result))
}
