package weave

import (
	"bytes"

	"firebreak/export"
	"firebreak/export/specweave"
	"firebreak/workflow"
)

// Ticks makes tasks.md as it should be after the ticks of the incident alone.
// Nothing has to be rendered for it, so it is there before everything else; what
// follows from a tick is left to Edits. ok is false when no tick has to be
// written.
func Ticks(in workflow.Incident, src []byte, last workflow.Agreement) (edit Edit, ok bool) {
	theirs := specweave.ReadTasks(src)
	if theirs.Says != "" {
		return Edit{}, false
	}
	ours, says, at := workflow.Said{}, workflow.Said{}, map[string]string{}
	for _, t := range in.Tasks() {
		have, found := theirs.Find(t.ID)
		if !found || have.Fixed != "" {
			continue
		}
		there, done := workflow.TaskPart(t.ID), workflow.DonePart(t.ID)
		ours[there], says[there] = workflow.There, workflow.There
		ours[done], says[done] = doneWord(t.Done), doneWord(have.Done)
		at[t.ID] = export.CompletedAt(t)
	}
	now := src
	for _, d := range in.Compare(ours, says, last) {
		id, _, _ := d.Part.Task()
		if _, _, known := last(d.Part, d.Ours, d.Theirs); !known || d.Verdict != workflow.WriteOurs {
			continue // of a task that was never agreed upon it is not sure yet that it is the same
		}
		if after, err := tick(now, id, d.Ours == workflow.DoneValue, at[id]); err == nil { // else Edits says why not
			now = after
		}
	}
	return Edit{tasksFile, src, now}, !bytes.Equal(src, now)
}

// tick ticks a task, with the time where the file is in the form that has it, or
// opens it again.
func tick(src []byte, id string, done bool, at string) ([]byte, error) {
	out, err := specweave.SetTask(src, id, done)
	if err != nil || !done {
		return out, err
	}
	return specweave.NoteCompletion(out, id, at)
}
