package weave

import (
	"errors"
	"slices"
	"strings"

	"firebreak/export/specweave"
)

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
