package weave

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"

	"firebreak/export/specweave"
	"firebreak/workflow"
)

// Edit is one file that has to change.
type Edit struct {
	Name          string
	Before, After []byte
}

// Edits makes the bytes that the files should hold, in the order in which they
// belong on the disk: the tasks, what follows from them, and the state last. A
// part that cannot be written stands in the sentences; the others are written
// all the same.
func (w *Weaving) Edits() ([]Edit, []string) {
	e := &editing{Weaving: w, now: maps.Clone(w.disk.Content)}
	e.tasks()
	e.texts()
	e.criteria()
	e.surroundings()
	e.metadata()
	var out []Edit
	for _, name := range []string{tasksFile, specFile, planFile, metadataFile} {
		if before := w.disk.Content[name]; !bytes.Equal(before, e.now[name]) {
			out = append(out, Edit{name, before, e.now[name]})
		}
	}
	return out, e.cannot
}

// editing is the files on their way to what they should hold.
type editing struct {
	*Weaving
	now    map[string][]byte
	moved  []string // tasks that are ticked or opened on this way, here or in the file
	cannot []string
}

// try carries one edit of a file out, or says why it cannot be done.
func (e *editing) try(name string, edit func([]byte) ([]byte, error)) bool {
	return e.tryOn(name, "", edit)
}

// tryOn is try for an edit of one thing in the file.
func (e *editing) tryOn(name, thing string, edit func([]byte) ([]byte, error)) bool {
	after, err := edit(e.now[name])
	if err != nil {
		e.say(strings.TrimSuffix(name+", "+thing, ", ") + ": " + err.Error())
		return false
	}
	e.now[name] = after
	return true
}

func (e *editing) say(says string) {
	if !slices.Contains(e.cannot, says) {
		e.cannot = append(e.cannot, says)
	}
}

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

// criteriaOf are the criteria that a task of the fresh files stands for.
func (e *editing) criteriaOf(id string) []specweave.Criterion {
	t, _ := e.mine.tasks.Find(id)
	var out []specweave.Criterion
	for _, name := range t.Satisfies {
		if c, found := e.mine.spec.Criterion(name); found {
			out = append(out, c)
		}
	}
	return out
}

// criterion puts a criterion into spec.md and answers the name it has there. One
// that is there with the same words is that one; a name that is taken gives way
// to the next number.
func (e *editing) criterion(c specweave.Criterion) string {
	spec := specweave.ReadSpec(e.now[specFile])
	if have, found := spec.Criterion(c.ID); found && have.Text == c.Text {
		return c.ID
	}
	name := c.ID
	if _, taken := spec.Criterion(name); taken || !e.like(spec, name) {
		name = specweave.NextCriterion(spec)
	}
	line, found := specweave.CriterionLine(e.fresh[specFile], c.ID)
	if !found || name == "" {
		return c.ID
	}
	e.try(specFile, func(src []byte) ([]byte, error) {
		after, err := specweave.AppendCriterion(src, strings.Replace(line, c.ID, name, 1))
		if errors.Is(err, specweave.ErrNoCriteria) { // a page without any is left as it is
			return src, nil
		}
		return after, err
	})
	return name
}

// like says whether the page's criteria belong to the story that a name is of.
func (e *editing) like(spec specweave.Spec, name string) bool {
	if len(spec.Criteria) == 0 {
		return false
	}
	story, _, _ := strings.Cut(strings.TrimPrefix(name, "AC-"), "-")
	last, _, _ := strings.Cut(strings.TrimPrefix(spec.Criteria[len(spec.Criteria)-1].ID, "AC-"), "-")
	return story == last
}

// story is the user story that the file's last task belongs to.
func (e *editing) story() string {
	return specweave.StoryOf(e.now[tasksFile])
}

// texts writes the three texts of the one page.
func (e *editing) texts() {
	for _, p := range texts {
		if slices.ContainsFunc(e.differs, func(d workflow.Difference) bool { return d.Part == p && d.Verdict == workflow.WriteOurs }) {
			e.text(p)
		}
	}
	e.causeHeading()
}

func (e *editing) text(p workflow.Part) {
	fresh, _ := heading(e.mine.spec, p)
	spec := specweave.ReadSpec(e.now[specFile])
	if have, found := heading(spec, p); found {
		if e.try(specFile, func(src []byte) ([]byte, error) { return specweave.SetSection(src, have.Name, fresh.Text) }) && have.Name != fresh.Name {
			e.try(specFile, func(src []byte) ([]byte, error) { return specweave.RenameSection(src, have.Name, fresh.Name) })
		}
		return
	}
	e.try(specFile, func(src []byte) ([]byte, error) {
		return specweave.InsertSection(src, before(spec, p), fresh.Name, fresh.Text)
	})
}

// before is the section that a new one comes behind; "" puts it at the end.
func before(spec specweave.Spec, p workflow.Part) string {
	for _, earlier := range slices.Backward(texts[:slices.Index(texts, p)]) {
		if have, found := heading(spec, earlier); found {
			return have.Name
		}
	}
	return ""
}

// causeHeading takes the word hypothesis away, or brings it back, when the
// texts agree and only it is left.
func (e *editing) causeHeading() {
	if !e.open(specFile) || e.openQuestion(workflow.CausePart) {
		return
	}
	fresh, _ := heading(e.mine.spec, workflow.CausePart)
	have, found := heading(specweave.ReadSpec(e.now[specFile]), workflow.CausePart)
	if found && have.Name != fresh.Name && strings.TrimSpace(e.in.Fix.RootCause.Get()) != "" {
		e.try(specFile, func(src []byte) ([]byte, error) { return specweave.RenameSection(src, have.Name, fresh.Name) })
	}
}

// openQuestion says whether a part waits for an answer, or is on its way out of
// the file.
func (w *Weaving) openQuestion(p workflow.Part) bool {
	return slices.ContainsFunc(w.differs, func(d workflow.Difference) bool {
		return d.Part == p && (d.Verdict == workflow.AskFirst || d.Verdict == workflow.TakeTheirs)
	})
}

// criteria ticks the criteria whose tasks are all done, and opens those of a
// task that is open again. Only criteria of tasks that have just moved are
// looked at: what else is ticked in spec.md is somebody's own doing.
func (e *editing) criteria() {
	if len(e.moved) == 0 || !e.open(specFile) {
		return
	}
	tasks := specweave.ReadTasks(e.now[tasksFile])
	spec := specweave.ReadSpec(e.now[specFile])
	met := map[string]bool{}
	for _, t := range tasks.List {
		if !slices.Contains(e.moved, t.ID) {
			continue
		}
		for _, name := range t.Satisfies {
			if c, found := spec.Criterion(name); found && c.Fixed == "" {
				met[name] = allDone(tasks, name)
			}
		}
	}
	if len(met) > 0 {
		e.try(specFile, func(src []byte) ([]byte, error) { return specweave.SetCriteria(src, met) })
	}
}

func allDone(tasks specweave.Tasks, criterion string) bool {
	return !slices.ContainsFunc(tasks.List, func(t specweave.Task) bool {
		return !t.Done && slices.Contains(t.Satisfies, criterion)
	})
}
