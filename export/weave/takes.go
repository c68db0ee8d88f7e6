package weave

import (
	"encoding/json"

	"firebreak/workflow"
)

// Take is something that only the files changed: what to ask the incident for,
// and in which file it stands.
type Take struct {
	Want workflow.Intent
	File string
}

// Takes lists what only the files changed, in the order in which it has to be
// asked for.
func (w *Weaving) Takes() []Take {
	var out []Take
	for _, d := range w.differs {
		if d.Verdict != workflow.TakeTheirs {
			continue
		}
		id, what, task := d.Part.Task()
		if !task || what != "" || d.Theirs == "" {
			out = append(out, Take{w.adopt(d), fileOf(d.Part)})
			continue
		}
		out = append(out, Take{workflow.AddTask{ID: id, Title: w.says[workflow.TitlePart(id)]}, tasksFile})
		if w.says[workflow.DonePart(id)] == workflow.DoneValue {
			out = append(out, Take{workflow.MarkTask{ID: id, Done: true}, tasksFile})
		}
	}
	return append(out, w.givenUp()...)
}

func (w *Weaving) adopt(d workflow.Difference) workflow.Adopt {
	a := workflow.Adopt{Part: d.Part, Text: d.Theirs, Was: w.in.Says(d.Part)}
	switch d.Part {
	case workflow.CausePart:
		a.Hypothesis = w.Hypothesis()
	case workflow.StatePart:
		a.Reason = w.reason()
	}
	return a
}

// reason is why the file says that the increment waits or was given up.
func (w *Weaving) reason() string {
	for _, key := range []string{"pausedReason", "abandonedReason", "backlogReason"} {
		var reason string
		if json.Unmarshal([]byte(w.theirs.metadata.Raw[key]), &reason) == nil && reason != "" {
			return reason
		}
	}
	return ""
}

// fileOf is where a part stands.
func fileOf(p workflow.Part) string {
	if _, _, task := p.Task(); task {
		return tasksFile
	}
	if p == workflow.StatePart {
		return metadataFile
	}
	return specFile
}

// givenUp asks to keep what a task's section holds in the log, before it is
// taken out of the file.
func (w *Weaving) givenUp() []Take {
	var out []Take
	for _, d := range w.differs {
		if block, gone := w.removed(d); gone && !w.keptInLog(d.Part, block) {
			out = append(out, Take{workflow.SettleClash{Part: d.Part, Theirs: block, Keep: workflow.KeepOurs}, tasksFile})
		}
	}
	return out
}
