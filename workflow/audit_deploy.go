package workflow

import "strconv"

// What a deploy that was run from here tells the audit.

func (d DeployStarted) tell(t *tale) {
	t.new(d.Word(), "").field("environment", d.Environment).yes("a rollback", d.Rollback).yes("a dry run", d.DryRun).
		field("command", d.Command).field("version", d.Version).field("commit", d.Commit)
}

func (d DeployEnded) tell(t *tale) {
	t.on(d.What, string(d.Started), "").yes("a dry run", d.DryRun).yes("ended well", d.Well).yes("as a person said", d.Told).field("ending", string(d.Ending)).
		field("exit code", strconv.Itoa(d.Exit)).field("took", took(d.Took)).field("output", d.Tail).field("in words", d.Says)
}
