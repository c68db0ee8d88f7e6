package weave

import (
	"encoding/json"
	"slices"
	"strings"

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
	if text, news := w.foundThere(); news {
		out = append(out, Take{workflow.Adopt{Part: workflow.CausePart, Text: text, Was: w.in.Says(workflow.CausePart)}, specFile})
	}
	return append(out, w.givenUp()...)
}

// foundPart is whether the file calls its root cause one, or a guess.
const foundPart workflow.Part = "cause/found"

// foundThere says that somebody took the word hypothesis out of the file's
// heading, and left the text as it was: they know it now.
func (w *Weaving) foundThere() (text string, news bool) {
	text = sectionOf(w.theirs.spec, workflow.CausePart)
	if !w.open(specFile) || text == "" || w.Hypothesis() || strings.TrimSpace(w.in.Fix.RootCause.Get()) != "" || w.differsOn(workflow.CausePart) {
		return "", false
	}
	_, known, ever := w.last(foundPart, w.foundHere(), yes)
	return text, !(ever && known)
}

// yes and no are the values of foundPart.
const (
	yes = "yes"
	no  = "no"
)

func (w *Weaving) foundHere() string {
	if strings.TrimSpace(w.in.Fix.RootCause.Get()) != "" {
		return yes
	}
	return no
}

func (w *Weaving) differsOn(p workflow.Part) bool {
	return slices.ContainsFunc(w.differs, func(d workflow.Difference) bool { return d.Part == p })
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
