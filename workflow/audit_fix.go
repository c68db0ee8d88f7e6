package workflow

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// What the kinds around the fix tell the audit: texts, tasks, the increment,
// tests, approvals, deploys and checks.

func (w TextWritten) tell(t *tale) {
	t.on("increment text", string(w.Which), string(w.Which)).field("text", w.Text)
}

func (c CauseIdentified) tell(t *tale) {
	t.on("root cause", "", "").field("cause", c.Cause).yes("a correction", c.Again)
}

func (f FixRecorded) tell(t *tale) {
	t.on("fix", "", "").field("commit", f.Commit).sees(f.Was).field("summary", f.Summary).field("branch", f.Branch)
}

func (m TaskMarked) tell(t *tale) {
	t.on("task", m.ID, m.ID+" "+m.Title).over("state", taskWord(false), taskWord(m.Done))
}

func (a AddedTask) tell(t *tale) { t.on("task", a.ID, a.ID).field("title", a.Title) }

func (r TaskRenamed) tell(t *tale) {
	initial := ""
	for i, policy := range t.final.Playbook.Work.Tasks {
		if taskID(i) == r.ID {
			initial = policy.Title
		}
	}
	t.on("task", r.ID, r.ID).over("title", initial, r.Title)
}

func (d TaskDropped) tell(t *tale) {
	t.on("task", d.ID, d.ID+" "+d.Title).field("left out because", d.Reason)
}

func (w WrittenIncrement) tell(t *tale) {
	t.on("increment", "", "").field("id", w.ID).field("repository", w.Root).field("folder", w.Path).field("type", w.Type)
}

func (l IncrementLinked) tell(t *tale) {
	l.WrittenIncrement.tell(t)
	t.field("its tasks", taskLines(l.Tasks)).field("tasks of the incident beside them", taskLines(l.Added))
}

func taskLines(tasks []LinkedTask) string {
	lines := make([]string, len(tasks))
	for i, l := range tasks {
		lines[i] = l.ID + " " + taskWord(l.Done) + ": " + l.Title
	}
	return strings.Join(lines, "\n")
}

func (m IncrementMoved) tell(t *tale) {
	t.on("increment", "", "").over("state", "as the incident", orFollows(m.State)).field("reason", m.Reason)
}

func orFollows(s Standing) string {
	if s == "" {
		return "as the incident"
	}
	return s.Word()
}

func (c ClashSettled) tell(t *tale) {
	t.on("question", string(c.Part), c.Part.Word()).field("kept", string(c.Keep)).field("the incident said", c.Ours).field("the file said", c.Theirs)
}

func (r TestRecorded) tell(t *tale) {
	outcome := "failed"
	if r.Passed {
		outcome = "passed"
	}
	t.new("test run", "").field("command", r.Command).field("suite", string(r.Suite)).field("result", outcome).
		field("took", took(r.Took)).field("commit", r.Commit).field("output", r.Output).field("run in spite of the rule because", r.Override).field("says", r.OverrideBy).
		field("name", r.Name).field("seen", string(r.From)).field("ended", r.ended()).yes("with files that were not committed", r.Dirty)
}

// ended is how a run that was seen came to its end.
func (r TestRecorded) ended() string {
	switch {
	case r.Exit != 0:
		return fmt.Sprintf("%s with %d", cmp.Or(r.Ending, RunExited), r.Exit)
	default:
		return string(r.Ending)
	}
}

func (a Approval) tell(t *tale) {
	t.new("approval", "").field("by", a.Person).field("commit", a.Commit)
}

func (r RollbackPlan) tell(t *tale) {
	t.on("rollback", "", "").field("command", r.Command).field("back to", r.Version)
}

func (d DeployDone) tell(t *tale) {
	t.new("deploy", "").field("environment", d.Environment).yes("a rollback", d.Rollback).field("version", d.Version).
		field("commit", d.Commit).field("command", d.Command).field("time", t.when(t.event.At))
}

func (s ScopeDeclared) tell(t *tale) {
	t.on("scope of the fix", "", "").field("base", s.Base).field("files", strings.Join(s.Paths, "\n"))
}

func (s ScopeJudged) tell(t *tale) {
	t.new("look at the scope", "").field("base", s.Base).field("commit", s.Tip).field("size", fmt.Sprintf("%d files, +%d −%d lines, %d of them counted", s.Files, s.Added, s.Removed, s.Counted)).
		yes("with changes that are not committed", s.Loose).field("tests", strings.Join(s.Tests, "\n")).field("authors", strings.Join(s.Authors, "\n")).
		field("findings", s.findingLines()).field("not known", strings.Join(s.Unknown, "\n")).field("by hand", s.ByHand)
}

// findingLines are the findings with everything that they say.
func (j ScopeJudgement) findingLines() string {
	var lines []string
	for _, f := range j.Findings {
		mild := ""
		if f.Mild {
			mild = ", a remark"
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s%s: %s (%s) %s %s", f.ID, mild, f.Says, f.Rule, f.Path, f.Commit)), f.Why)
		for _, l := range f.Lines {
			lines = append(lines, fmt.Sprintf("%d:%d %s", l.Old, l.New, l.Line))
		}
		if f.More > 0 {
			lines = append(lines, fmt.Sprintf("%d more", f.More))
		}
	}
	return strings.Join(lines, "\n")
}

func (s FindingSettled) tell(t *tale) {
	t.on("finding", s.ID, s.Says).field("rule", string(s.Rule)).field("file", s.Path).field("says", s.Says).field("accepted because", s.Reason).field("ticket", s.Ticket)
}

func (c Checked) tell(t *tale) {
	t.new("check", "").field("what", c.What).field("outcome", string(c.Outcome)).field("before the fix", c.Before).
		field("after the fix", c.After).field("time", t.when(t.event.At)).field("probe", string(c.Probe)).field("green for", took(c.Soaked))
}

func (a ProbeAdded) tell(t *tale) {
	p := a.Look
	status := ""
	if p.Status != 0 {
		status = strconv.Itoa(p.Status)
	}
	t.on("probe", p.ID, p.Name).field("name", p.Name).field("kind", string(p.Kind)).field("address", p.URL).field("method", p.Method).
		field("headers", strings.Join(p.Headers, "\n")).field("body", p.Body).field("status", status).field("text", p.Text).
		field("within", took(p.Within)).field("metric", p.Metric).field("below", p.Below).yes("falling", p.Falling).
		field("command", p.Run).field("time limit", took(p.Limit)).field("dropped because", "")
}

func (d ProbeDropped) tell(t *tale) {
	t.on("probe", string(d.ID), d.Name).field("dropped because", d.Reason)
}
