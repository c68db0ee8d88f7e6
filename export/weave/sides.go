package weave

import (
	"slices"
	"strings"

	"firebreak/export"
	"firebreak/export/specweave"
	"firebreak/workflow"
)

// read parses the files, and takes those that nobody should write into out of
// the comparison.
func (w *Weaving) read() {
	w.theirs.tasks = specweave.ReadTasks(w.disk.Content[tasksFile])
	w.theirs.spec = specweave.ReadSpec(w.disk.Content[specFile])
	w.theirs.plan = specweave.ReadSpec(w.disk.Content[planFile])
	w.theirs.metadata, w.meta = specweave.ReadMetadata(w.disk.Content[metadataFile])

	for name, says := range map[string]string{tasksFile: w.theirs.tasks.Says, specFile: w.theirs.spec.Says, planFile: w.theirs.plan.Says} {
		if says != "" {
			w.closed[name] = name + " was not compared and not written: " + says
		}
	}
	if w.meta != nil {
		w.closed[metadataFile] = w.meta.Error()
	}
	for _, name := range fileNames {
		if _, there := w.disk.Content[name]; there {
			continue
		}
		w.closed[name] = w.disk.Says[name]
		if w.closed[name] == "" {
			w.closed[name] = name + " is not there. Nothing was written in its place. Bring it back, from git for example, or go on without it."
		}
	}
}

var fileNames = []string{metadataFile, specFile, planFile, tasksFile}

// Says are sentences about files that take no part, in the order of the files.
// A linked increment may do without plan.md.
func (w *Weaving) Says() []string {
	var out []string
	for _, name := range fileNames {
		says, closed := w.closed[name]
		missing := closed && w.disk.Says[name] == "" && w.disk.Content[name] == nil
		if closed && (name != planFile || !missing) {
			out = append(out, says)
		}
	}
	for _, id := range w.twice {
		out = append(out, id+" stands in tasks.md twice, so it is neither read nor written. Give one of the two another number.")
	}
	if says := w.theirs.spec.FrontSays; says != "" && w.open(specFile) {
		out = append(out, says)
	}
	return out
}

// open says whether a file takes part.
func (w *Weaving) open(name string) bool {
	_, closed := w.closed[name]
	return !closed
}

// say collects what each side says of each part that both can say.
func (w *Weaving) say() {
	if w.open(specFile) {
		for _, p := range texts {
			w.put(p, sectionOf(w.mine.spec, p), sectionOf(w.theirs.spec, p))
		}
	}
	if w.open(tasksFile) {
		w.sayTasks(w.ours, w.mine.tasks)
		w.sayTasks(w.says, w.theirs.tasks)
		for _, id := range w.twice { // which one counts is for a person to say
			if w.ours[workflow.TaskPart(id)] == "" {
				delete(w.says, workflow.TaskPart(id))
			}
			for _, p := range []workflow.Part{workflow.TitlePart(id), workflow.DonePart(id)} {
				delete(w.ours, p)
				delete(w.says, p)
			}
		}
		for p, theirs := range w.says {
			if ours, both := w.ours[p]; both {
				w.put(p, ours, theirs)
			}
		}
	}
	if w.open(metadataFile) {
		if state, known := specweave.State(w.theirs.metadata.Status); known {
			w.put(workflow.StatePart, w.mine.metadata.Status, state)
		}
	}
}

// put notes what both sides say of a part. Where the file holds the incident's
// own words, the form that they would be written in makes no difference.
func (w *Weaving) put(p workflow.Part, ours, theirs string) {
	w.written[p] = ours
	if own := strings.TrimSpace(w.in.Text(p)); own != "" && own == theirs {
		ours = theirs
	}
	if ours != "" || theirs != "" {
		w.ours[p], w.says[p] = ours, theirs
	}
}

func (w *Weaving) sayTasks(said workflow.Said, tasks specweave.Tasks) {
	for _, t := range tasks.List {
		if said[workflow.TaskPart(t.ID)] != "" {
			if !slices.Contains(w.twice, t.ID) {
				w.twice = append(w.twice, t.ID)
			}
			continue
		}
		said[workflow.TaskPart(t.ID)] = workflow.There
		said[workflow.TitlePart(t.ID)] = t.Title
		said[workflow.DonePart(t.ID)] = doneWord(t.Done)
	}
}

func doneWord(done bool) string {
	if done {
		return workflow.DoneValue
	}
	return workflow.OpenValue
}

// The sections of spec.md that travel both ways.
const (
	problemSection = "Problem"
	causeSection   = "Root Cause"
	guessSection   = "Root Cause (Hypothesis)"
	fixSection     = "Fix"
)

// texts are the parts that are sections of spec.md, in the order of the page.
var texts = []workflow.Part{workflow.ProblemPart, workflow.CausePart, workflow.FixPart}

var sectionNames = map[workflow.Part][]string{
	workflow.ProblemPart: {problemSection},
	workflow.CausePart:   {causeSection, guessSection},
	workflow.FixPart:     {fixSection},
}

// heading is the section that holds a part, under whichever of its names.
func heading(spec specweave.Spec, p workflow.Part) (specweave.Section, bool) {
	for _, name := range sectionNames[p] {
		if section, found := spec.Section(name); found {
			return section, true
		}
	}
	return specweave.Section{}, false
}

// sectionOf is the text of a part; what only says that nobody wrote it is none.
func sectionOf(spec specweave.Spec, p workflow.Part) string {
	section, _ := heading(spec, p)
	text, _ := lead(section.Text)
	if text = strings.TrimSpace(text); text == export.Unwritten {
		return ""
	}
	return text
}

// Hypothesis says whether the file calls its root cause a guess.
func (w *Weaving) Hypothesis() bool {
	section, found := heading(w.theirs.spec, workflow.CausePart)
	return found && section.Name != causeSection
}
