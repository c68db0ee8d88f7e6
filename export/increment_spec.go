package export

import (
	"fmt"
	"strings"
	"time"

	"firebreak/export/markdown"
	"firebreak/workflow"
)

// story is the one user story: end the incident.
const story = "US-001"

// spec writes spec.md. No task's id may occur in it, and no box but those of
// the acceptance criteria.
func (i increment) spec() []byte {
	d := markdown.New().For(markdown.SpecFile)
	d.Front(i.specFront()...)
	d.Heading(1, i.title())
	d.Heading(2, "Overview")
	i.overview(d)
	d.Heading(2, "Problem")
	d.Markdown(problem(i.in), 2)
	heading, text := cause(i.in)
	d.Heading(2, heading)
	d.Markdown(text, 2)
	d.Heading(2, "Fix")
	d.Markdown(fix(i.in), 2)
	if !i.hotfix() {
		i.fullSpec(d)
	}
	d.Heading(2, "Incident")
	d.Bullets(i.facts()...)
	i.userStory(d)
	d.Heading(2, "Out of Scope")
	d.Bullets(outOfScope(i.in)...)
	return []byte(d.String())
}

func (i increment) specFront() []markdown.Entry {
	mode, coverage := i.testing()
	return []markdown.Entry{
		markdown.Plain("increment", i.place.ID),
		markdown.Plain("title", i.title()),
		markdown.Plain("type", IncrementType(i.in)),
		markdown.Plain("priority", i.priority()),
		markdown.Plain("status", i.status()),
		markdown.Plain("created", declared(i.in).Format(time.DateOnly)),
		markdown.Plain("structure", "user-stories"),
		markdown.Plain("test_mode", mode),
		markdown.Number("coverage_target", coverage),
		markdown.Plain("project", i.place.Project),
	}
}

// overview begins with a whole sentence of our own: SpecWeave takes the first
// one as the summary of the summary.
func (i increment) overview(d *markdown.Doc) {
	aim := "This increment ends the incident with the smallest possible change."
	if !i.hotfix() {
		aim = "This increment ends the incident by the normal flow."
	}
	about := fmt.Sprintf("%s incident, detected %s.", capital(workflow.SeverityWord(i.in.Triage.Severity.Get())), detectedFull(i.in))
	d.Lines(markdown.Line{markdown.Lit(about + " " + aim)})
	if impact := strings.TrimSpace(i.in.Assessment(workflow.Impact)); impact != "" {
		d.Text(impact)
	}
}

func detectedFull(in workflow.Incident) string {
	at, ok := in.MilestoneAt(workflow.Detected)
	if !ok || at.Time.IsZero() {
		return "at an unknown time"
	}
	return at.Full(time.UTC)
}

// fullSpec is what the normal flow asks for beyond a hotfix's minimal spec.
func (i increment) fullSpec(d *markdown.Doc) {
	d.Heading(2, "Impact")
	d.Markdown(orUnwritten(i.in.Assessment(workflow.Impact)), 2)
	d.Heading(2, "Symptoms")
	d.Markdown(orUnwritten(i.in.Assessment(workflow.Symptoms)), 2)
	d.Heading(2, "Flow")
	d.Bullets(i.flowRows()...)
}

// flowRows is the column of "hotfix against normal flow" that holds here.
func (i increment) flowRows() []markdown.Line {
	var rows []markdown.Line
	for _, row := range i.in.Playbook.Flow {
		value := row.Normal
		if i.hotfix() {
			value = row.Hotfix
		}
		rows = append(rows, markdown.Field(row.Aspect, value))
	}
	return rows
}

func (i increment) facts() []markdown.Line {
	lines := []markdown.Line{
		markdown.Field("Severity", workflow.SeverityWord(i.in.Triage.Severity.Get())),
		markdown.Field("Detected", detectedFull(i.in)),
	}
	if service := i.in.Triage.Service.Get(); service != "" {
		lines = append(lines, markdown.Field("Service", service))
	}
	if i.place.RecordPath != "" {
		lines = append(lines, markdown.Line{markdown.Strong("Record"), markdown.Trusted(": "), markdown.Code(i.place.RecordPath)})
	}
	return lines
}

func (i increment) userStory(d *markdown.Doc) {
	goal := "End the incident: " + i.in.Triage.Title.Get()
	user := "user of what is broken"
	if service := i.in.Triage.Service.Get(); service != "" {
		user = "user of " + service
	}
	d.Heading(2, "User Stories")
	d.HeadingLine(3, markdown.Trusted(story+": "), markdown.Lit(markdown.SpecTitle(goal)), markdown.Trusted(" ("+i.priority()+")"))
	d.Lines(markdown.Field("Project", i.place.Project))
	d.Lines(
		markdown.Line{markdown.Trusted("**As a** "), markdown.Lit(user)},
		markdown.Line{markdown.Trusted("**I want** it to work again")},
		markdown.Line{markdown.Trusted("**So that** I can do what I came for")},
	)
	d.Heading(4, "Acceptance Criteria")
	var boxes []markdown.Task
	for _, c := range i.criteria() {
		boxes = append(boxes, markdown.Task{Done: c.done, Text: markdown.Line{
			markdown.Trusted("**" + c.id + "**: "), markdown.Lit(c.text),
		}})
	}
	d.Tasks(boxes...)
}

// criterion is an acceptance criterion and whether every task for it is done.
type criterion struct {
	id   string
	text string
	done bool
}

// lastCriterion is how far two digits count. Tasks beyond it share the last.
const lastCriterion = 99

func criterionID(n int) string { return fmt.Sprintf("AC-US1-%02d", min(n, lastCriterion)) }

// criteria has one criterion per task, so that each task has its own and the
// boxes of both files always agree. Two are the least that SpecWeave accepts.
func (i increment) criteria() []criterion {
	var out []criterion
	tasks := i.in.Tasks()
	for n, t := range tasks {
		if n >= lastCriterion {
			last := &out[lastCriterion-1]
			last.text, last.done = "Every further task is done", last.done && t.Done
			continue
		}
		out = append(out, criterion{id: criterionID(n + 1), text: criterionText(t), done: t.Done})
	}
	if len(out) == 1 {
		out = append(out, criterion{id: criterionID(2), text: "Nothing else has changed", done: out[0].done})
	}
	return out
}

// criteriaOf names the criteria that the nth task (from 1) is for.
func (i increment) criteriaOf(n int) string {
	if len(i.in.Tasks()) == 1 {
		return criterionID(1) + ", " + criterionID(2)
	}
	return criterionID(n)
}

// criterionText does not begin with a bracket: SpecWeave takes that for a gap
// of its template, or cuts the text there. Nor does it leave one open, for then
// SpecWeave reads on to the next closing one, and passes over the criteria in
// between. Nor does it name the heading that it stands below: a criterion on
// such a line is passed over.
func criterionText(t workflow.Task) string {
	text := markdown.OneLine(t.Criterion)
	if text == "" {
		text = "Done: " + markdown.OneLine(t.Title)
	}
	if strings.HasPrefix(text, "[") || strings.HasPrefix(text, "(") {
		text = "It holds: " + text
	}
	if _, inside, opens := strings.Cut(text, "("); opens && !strings.Contains(inside, ")") {
		text += ")"
	}
	return strings.ReplaceAll(text, "Acceptance Criteria", "acceptance criteria")
}

func outOfScope(in workflow.Incident) []markdown.Line {
	lines := markdown.Lits("Everything that this incident does not need")
	for _, item := range in.Review.ActionItems() {
		if !item.Done() {
			lines = append(lines, markdown.Line{markdown.Lit(item.Text.Get())})
		}
	}
	return lines
}
