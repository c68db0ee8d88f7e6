package export

import (
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// plan writes plan.md: what will be done, why so, and the way back. It holds no
// box and no acceptance criterion; those have their own files.
func (i increment) plan() []byte {
	d := markdown.New().For(markdown.SpecFile)
	d.Heading(1, "Implementation Plan: "+i.title())
	d.Heading(2, "Overview")
	if i.hotfix() {
		d.Para(markdown.Lit("Find the cause, make the smallest change that ends the incident, prove it with one regression test, deploy, verify."))
	} else {
		d.Para(markdown.Lit("Find the cause, make the change that ends it, test it in full, and deploy it by the normal flow."))
	}
	d.Heading(2, "Flow")
	d.Bullets(i.flowRows()...)
	d.Heading(2, "Design")
	d.Markdown(fix(i.in), 2)
	d.Heading(2, "Rationale")
	i.rationale(d)
	d.Heading(2, "Rollback")
	i.rollback(d)
	d.Heading(2, "Testing Strategy")
	i.testingStrategy(d)
	if with := i.in.Playbook.Work.Differs; i.hotfix() && len(with) > 0 {
		d.Heading(2, "Deployment")
		d.Bullets(markdown.Lits(with...)...)
	}
	return []byte(d.String())
}

// rationale is the decision between rollback and hotfix, once there is one, and
// the principles that hold in any case.
func (i increment) rationale(d *markdown.Doc) {
	if choice := i.in.Fix.Choice(); choice.Option != "" {
		d.Para(markdown.Lit(capital(choice.Option) + ": " + choice.Reason))
		if choice.WouldChange != "" {
			d.Para(markdown.Lit("What would change it: " + choice.WouldChange))
		}
	} else {
		d.Para(markdown.Lit("Rollback or hotfix is not decided yet."))
	}
	if i.hotfix() {
		d.Bullets(markdown.Lits(i.in.Playbook.Work.Principles...)...)
	}
}

func (i increment) rollback(d *markdown.Doc) {
	written := strings.TrimSpace(i.in.Fix.Rollback.Get())
	ready := i.in.Proof.Rollback.Get()
	if written != "" {
		d.Markdown(written, 2)
	}
	switch {
	case ready.Command != "" && ready.Version != "":
		d.Para(markdown.Lit("Ready: "), markdown.Code(ready.Command), markdown.Lit(" (back to "+ready.Version+")"))
	case ready.Command != "":
		d.Para(markdown.Lit("Ready: "), markdown.Code(ready.Command))
	case written == "" && i.in.Playbook.Work.RollbackBy != "":
		d.Para(markdown.Lit("Not ready yet. The command is "), markdown.Code(i.in.Playbook.Work.RollbackBy))
	case written == "":
		d.Para(markdown.Lit("Not ready yet."))
	}
}

func (i increment) testingStrategy(d *markdown.Doc) {
	work := i.in.Playbook.Work
	if !i.hotfix() {
		d.Para(markdown.Lit("The full suite, and one regression test that catches this bug."))
		return
	}
	d.Para(markdown.Lit("Critical paths only, and one regression test that catches this bug."))
	var runs []markdown.Line
	for _, command := range work.CriticalRun {
		runs = append(runs, markdown.Line{markdown.Code(command)})
	}
	d.Bullets(runs...)
	if len(work.NotNow) == 0 {
		return
	}
	d.Para(markdown.Lit("Not now:"))
	var not []markdown.Line
	for _, suite := range work.NotNow {
		not = append(not, markdown.Line{markdown.Lit(suite.Name + ": " + suite.Why)})
	}
	d.Bullets(not...)
}

// tasks writes tasks.md. Each task's fields stand on lines of their own, in the
// only form that every version of SpecWeave reads; its one box is its status.
func (i increment) tasks() []byte {
	d := markdown.New().For(markdown.TasksFile).Compact()
	d.Heading(1, "Tasks: "+i.title())
	before := ""
	for n, t := range i.in.Tasks() {
		d.HeadingLine(3, markdown.Trusted(t.ID+": "), markdown.Lit(markdown.SpecTitle(t.Title)))
		d.Lines(i.taskFields(n+1, t, before)...)
		d.Para(markdown.Trusted("**Description**: "), markdown.Lit(criterionText(t)))
		d.Lines(markdown.Line{markdown.Trusted("**Implementation**:")})
		d.Bullets(markdown.Line{markdown.Lit(orElse(t.Does, "As its title says; the task was added during the incident"))})
		d.Lines(markdown.Line{markdown.Trusted("**Test Plan**:")})
		d.Bullets(
			markdown.Line{markdown.Trusted("**Given** "), markdown.Lit(orElse(t.Given, "the incident as it stands"))},
			markdown.Line{markdown.Trusted("**When** "), markdown.Lit(orElse(t.When, "the task is done"))},
			markdown.Line{markdown.Trusted("**Then** "), markdown.Lit(orElse(t.Then, "its result is on record"))},
		)
		if !t.Added {
			before = t.ID
		}
	}
	return []byte(d.String())
}

// taskFields are the lines below a task's heading. A playbook's task needs the
// one before it; one that was added needs nothing.
func (i increment) taskFields(n int, t workflow.Task, before string) []markdown.Line {
	field := func(text string) markdown.Line { return markdown.Line{markdown.Trusted(text)} }
	lines := []markdown.Line{
		field("**User Story**: " + story),
		field("**Satisfies ACs**: " + i.criteriaOf(n)),
		field("**Priority**: " + i.priority()),
	}
	if before != "" && !t.Added {
		lines = append(lines, field("**Dependencies**: "+before))
	}
	if !t.Done {
		return append(lines, field("**Status**: [ ] pending"))
	}
	lines = append(lines, field("**Status**: [x] completed"))
	if at := CompletedAt(t); at != "" {
		// "Completed:" alone would count the task twice.
		lines = append(lines, field("**Completed At**: "+at))
	}
	return lines
}

// CompletedAt is when a task was done, as tasks.md writes it; empty while it is
// open, and where nobody knows.
func CompletedAt(t workflow.Task) string {
	if !t.Done || !t.At.Known() {
		return ""
	}
	return t.At.Time.UTC().Format(time.RFC3339)
}

func orElse(text, otherwise string) string {
	if strings.TrimSpace(text) == "" {
		return otherwise
	}
	return text
}
