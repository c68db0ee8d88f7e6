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

// stand is where the increment stands. One that is tied to a tracker, or that
// SpecWeave asks reports of, is left active when it follows the incident to its
// end: SpecWeave has work to do when it closes it, and passes over one that is
// closed already.
func (i increment) stand() workflow.Stand {
	stand := i.in.IncrementStand()
	if stand.State == workflow.Completed && !stand.Said && (i.place.External || !i.hotfix()) {
		return workflow.Stand{State: workflow.Active}
	}
	return stand
}

func (i increment) status() string { return string(i.stand().State) }

// lastActivity is when the newest event was written down, UTC. That a document
// was written is no activity: else every export would change the next one.
func lastActivity(in workflow.Incident) time.Time {
	var newest time.Time
	in.EachEvent(func(e *workflow.Event) bool {
		switch e.Body.(type) {
		case workflow.Exported, workflow.WrittenIncrement:
		default:
			if e.Recorded.After(newest) {
				newest = e.Recorded
			}
		}
		return true
	})
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

// Unwritten stands where nobody has written a text yet.
const Unwritten = "Not written yet."

func orUnwritten(text string) string {
	if strings.TrimSpace(text) == "" {
		return Unwritten
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
