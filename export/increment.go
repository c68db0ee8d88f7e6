package export

import (
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// Place is what an increment's files must know of where they lie.
type Place struct {
	ID         string // "0015-hotfix-auth-outage": also the folder's name
	Project    string // as SpecWeave's configuration calls it
	RecordPath string // of the post-mortem, below the same root, with slashes
	// External says that closing the increment also does something elsewhere,
	// such as closing an issue. SpecWeave does that only for an increment that it
	// closes itself, so it is then left open, with everything ticked.
	External bool
	// Status is the one on disk, empty for a new increment. Where SpecWeave has
	// closed the increment already, it stays closed.
	Status string
}

// File is one file of an increment, without its folder.
type File struct {
	Name    string
	Content []byte
}

// Increment writes the four files of the increment in SpecWeave's canonical
// form, in the order in which they belong on the disk: spec.md must not be
// newer than the plan and the tasks that were made from it.
//
// A level of the hotfix flow gets the lightweight hotfix; the others get an
// increment of the playbook's normal type, with the rows of the normal flow.
func Increment(in workflow.Incident, place Place) []File {
	i := increment{in: in, place: place, level: in.Effective()}
	return []File{
		{"metadata.json", i.metadata()},
		{"spec.md", i.spec()},
		{"plan.md", i.plan()},
		{"tasks.md", i.tasks()},
	}
}

// IncrementType is the type that SpecWeave knows the increment by: "hotfix", or
// the playbook's type for the normal flow.
func IncrementType(in workflow.Incident) string {
	normal := in.Playbook.Work.NormalType
	switch {
	case in.Effective().Flow == workflow.HotfixFlow:
		return hotfixType
	case normal == "":
		return "bug"
	default:
		return normal
	}
}

const hotfixType = "hotfix"

// increment is one rendering: the incident, and what all four files agree on.
type increment struct {
	in    workflow.Incident
	place Place
	level workflow.Level
}

func (i increment) hotfix() bool { return i.level.Flow == workflow.HotfixFlow }

// kind is the increment's type, with the first letter large.
func (i increment) kind() string {
	return capital(strings.ReplaceAll(IncrementType(i.in), "-", " "))
}

// title is one that every reader of SpecWeave takes as it is.
func (i increment) title() string {
	return markdown.SpecTitle(i.kind() + ": " + i.in.Triage.Title.Get())
}

func (i increment) priority() string {
	if i.level.Priority == "" {
		return "P1"
	}
	return i.level.Priority
}

// testing is SpecWeave's coverage gate. A hotfix runs the critical paths only,
// so no coverage can be asked of it; the normal flow runs the full suite.
func (i increment) testing() (mode string, coverage int) {
	if i.hotfix() {
		return "none", 0
	}
	return "test-after", 80
}

// The states of an increment that are written from here.
const (
	activeStatus    = "active"
	completedStatus = "completed"
	abandonedStatus = "abandoned"
	reviewStatus    = "ready_for_review" // only SpecWeave writes it
)

// status follows the incident: closed when the fire is out and every task is
// done, abandoned when it was no incident, else active.
func (i increment) status() string {
	switch {
	case i.in.Triage.Cancelled.Get() != "":
		return abandonedStatus
	case !i.finished():
		return activeStatus
	case i.place.Status == completedStatus || i.place.Status == reviewStatus:
		return i.place.Status
	case i.place.External || !i.hotfix():
		// SpecWeave's own close has work to do first: issues elsewhere, or the
		// reports that it asks of a normal increment.
		return activeStatus
	default:
		return completedStatus
	}
}

func (i increment) finished() bool {
	if !i.in.Reached(workflow.AllClear) {
		return false
	}
	for _, t := range i.in.Tasks() {
		if !t.Done {
			return false
		}
	}
	return true
}

// ended is when the increment was closed or given up, UTC: the all-clear if its
// time is known, else when the last thing was written down.
func (i increment) ended() time.Time {
	if at, ok := i.in.MilestoneAt(workflow.AllClear); ok && at.Known() {
		return at.Time.UTC()
	}
	return lastActivity(i.in)
}

// lastActivity is when the newest event was written down, UTC. That a document
// was written is no activity: else every export would change the next one.
func lastActivity(in workflow.Incident) time.Time {
	var newest time.Time
	for _, e := range in.Events() {
		switch e.Body.(type) {
		case workflow.Exported, workflow.WrittenIncrement:
			continue
		}
		if e.Recorded.After(newest) {
			newest = e.Recorded
		}
	}
	return newest.UTC()
}

// problem, cause and fix are the three texts of the increment's one page. Where
// nobody has written one, what is known stands in, or that nothing is.
func problem(in workflow.Incident) string {
	if text := strings.TrimSpace(in.Fix.Problem.Get()); text != "" {
		return text
	}
	known := strings.TrimSpace(in.Assessment(workflow.Impact))
	if symptoms := strings.TrimSpace(in.Assessment(workflow.Symptoms)); symptoms != "" {
		known = strings.TrimSpace(known + "\n\n" + symptoms)
	}
	return orUnwritten(known)
}

// cause is the root cause, and the heading that says whether it is one: until
// it is identified it is a guess.
func cause(in workflow.Incident) (heading, text string) {
	if found := strings.TrimSpace(in.Fix.RootCause.Get()); found != "" {
		return "Root Cause", found
	}
	return "Root Cause (Hypothesis)", orUnwritten(in.Assessment(workflow.Hypothesis))
}

func fix(in workflow.Incident) string {
	if plan := strings.TrimSpace(in.Fix.Plan.Get()); plan != "" {
		return plan
	}
	return orUnwritten(in.Fix.Change.Get().Summary)
}

func orUnwritten(text string) string {
	if strings.TrimSpace(text) == "" {
		return "Not written yet."
	}
	return strings.TrimSpace(text)
}

// Page is the increment on one page, as the workflow's description shows it.
// SpecWeave does not read this form; people do.
func Page(in workflow.Incident) string {
	d := markdown.New().Compact()
	id := in.Fix.Increment.Get().ID
	if id == "" {
		id = "not created yet"
	}
	d.Heading(1, "Increment: "+id)
	d.Heading(2, "Problem")
	d.Markdown(problem(in), 2)
	heading, text := cause(in)
	d.Heading(2, heading)
	d.Markdown(text, 2)
	d.Heading(2, "Fix")
	d.Markdown(fix(in), 2)
	d.Heading(2, "Tasks")
	var tasks []markdown.Task
	for _, t := range in.Tasks() {
		tasks = append(tasks, markdown.Task{Done: t.Done, Text: markdown.Line{markdown.Lit(t.ID + ": " + t.Title)}})
	}
	d.Tasks(tasks...)
	return d.String()
}
