package weave

import (
	"slices"
	"strings"

	"firebreak/export/specweave"
	"firebreak/workflow"
)

func (e *editing) tasks() {
	for _, d := range e.differs {
		id, what, is := d.Part.Task()
		if !is {
			continue
		}
		if what == "done" && d.Verdict == workflow.TakeTheirs {
			e.moved = append(e.moved, id)
		}
		if d.Verdict == workflow.WriteOurs {
			e.task(d, id, what)
		}
	}
	e.moved = append(e.moved, e.halfway()...)
}

// halfway are the tasks that were ticked or opened in both places, but nobody
// noted yet that the two agree: what follows from them may not be written.
func (e *editing) halfway() []string {
	var out []string
	for p, theirs := range e.says {
		if id, what, is := p.Task(); is && what == "done" && e.ours[p] == theirs {
			oursSame, theirsSame, known := e.last(p, theirs, theirs)
			if known && !(oursSame && theirsSame) {
				out = append(out, id)
			}
		}
	}
	return out
}

func (e *editing) task(d workflow.Difference, id string, what workflow.Part) {
	switch {
	case what == "done":
		at := specweave.CompletedAt(e.fresh[tasksFile], id)
		if e.tryOn(tasksFile, id, func(src []byte) ([]byte, error) { return tick(src, id, d.Ours == workflow.DoneValue, at) }) {
			e.moved = append(e.moved, id)
		}
	case what == "title":
		e.tryOn(tasksFile, id, func(src []byte) ([]byte, error) { return specweave.RenameTask(src, id, e.written[d.Part]) })
	case d.Ours == "":
		if block, gone := e.removed(d); gone && e.keptInLog(d.Part, block) {
			e.remove(id)
		}
	default:
		e.append(id)
	}
}

// remove takes a task out of the file, and the criteria that nothing else is for.
func (e *editing) remove(id string) {
	alone := e.alone(id)
	if !e.tryOn(tasksFile, id, func(src []byte) ([]byte, error) { return specweave.RemoveTask(src, id) }) {
		return
	}
	for _, name := range alone {
		e.tryOn(specFile, name, func(src []byte) ([]byte, error) { return specweave.RemoveCriterion(src, name) })
	}
}

// leastCriteria are the fewest that SpecWeave accepts.
const leastCriteria = 2

// alone are the criteria that only this task is for, as far as enough others
// stay.
func (w *Weaving) alone(id string) []string {
	if !w.open(specFile) {
		return nil
	}
	t, _ := w.theirs.tasks.Find(id)
	left := len(w.theirs.spec.Criteria)
	var out []string
	for _, name := range t.Satisfies {
		c, found := w.theirs.spec.Criterion(name)
		shared := slices.ContainsFunc(w.theirs.tasks.List, func(o specweave.Task) bool { return o.ID != id && slices.Contains(o.Satisfies, name) })
		if found && c.Fixed == "" && !shared && left > leastCriteria {
			out = append(out, name)
			left--
		}
	}
	return out
}

// removed is the section of a task that the incident has dropped and the file
// still holds, with the criteria that go with it.
func (w *Weaving) removed(d workflow.Difference) (block string, gone bool) {
	id, what, is := d.Part.Task()
	if !is || what != "" || d.Ours != "" || d.Verdict != workflow.WriteOurs {
		return "", false
	}
	block, gone = specweave.TaskBlock(w.disk.Content[tasksFile], id)
	for _, name := range w.alone(id) {
		line, _ := specweave.CriterionLine(w.disk.Content[specFile], name)
		block += "\n" + line + "\n"
	}
	return block, gone
}

func (w *Weaving) keptInLog(p workflow.Part, block string) bool {
	answer, ok := w.in.Settled(p)
	return ok && answer.Theirs == block
}

// append puts a task into the file, with a criterion of its own in spec.md.
func (e *editing) append(id string) {
	block, found := specweave.TaskBlock(e.fresh[tasksFile], id)
	if !found {
		return
	}
	for _, criterion := range e.criteriaOf(id) {
		if !e.open(specFile) {
			break
		}
		named := e.criterion(criterion)
		block = strings.Replace(block, criterion.ID, named, 1)
	}
	if story := e.story(); story != "" {
		block = strings.Replace(block, "**User Story**: "+freshStory, "**User Story**: "+story, 1)
	}
	e.tryOn(tasksFile, id, func(src []byte) ([]byte, error) { return specweave.AppendTask(src, block) })
}

// freshStory is the one user story of an increment from here.
const freshStory = "US-001"

// story is the user story that the file's last task belongs to.
func (e *editing) story() string {
	return specweave.StoryOf(e.now[tasksFile])
}
