package workflow

import (
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
	t.on("fix", "", "").field("commit", f.Commit).sees(f.Was).field("summary", f.Summary)
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
		field("took", took(r.Took)).field("commit", r.Commit).field("output", r.Output).field("run in spite of the rule because", r.Override)
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

func (d DeployStarted) tell(t *tale) {
	t.new(d.Word(), "").field("environment", d.Environment).yes("a rollback", d.Rollback).yes("a dry run", d.DryRun).
		field("command", d.Command).field("version", d.Version).field("commit", d.Commit)
}

func (d DeployEnded) tell(t *tale) {
	t.on(d.What, string(d.Started), "").yes("a dry run", d.DryRun).yes("ended well", d.Well).yes("as a person said", d.Told).field("ending", string(d.Ending)).
		field("exit code", strconv.Itoa(d.Exit)).field("took", took(d.Took)).field("output", d.Tail).field("in words", d.Says)
}

func (c Checked) tell(t *tale) {
	t.new("check", "").field("what", c.What).field("outcome", string(c.Outcome)).field("before the fix", c.Before).
		field("after the fix", c.After).field("time", t.when(t.event.At))
}
