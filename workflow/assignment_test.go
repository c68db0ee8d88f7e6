package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestATaskHasOneOwnerAndATimeBox(t *testing.T) {
	s := fire(t).at(5).do(workflow.Assign{Text: " restore the pattern ", Owner: " Bob "})
	a := s.in.OpenAssignments()[0]
	assert.Equal(t, "restore the pattern", a.Text)
	assert.Equal(t, "Bob", a.Owner)
	assert.Equal(t, 15*time.Minute, a.Box, "the playbook's time box")
	assert.Equal(t, alert.Add(20*time.Minute), a.Due())
	assert.Equal(t, "Bob: restore the pattern (within 15 minutes)", s.last().Text.Get())
	assert.False(t, a.Late(alert.Add(20*time.Minute)))
	assert.True(t, a.Late(alert.Add(20*time.Minute+time.Second)))

	s.refuses(workflow.Assign{Owner: "Bob"}, "assignment.text-missing")
	s.refuses(workflow.Assign{Text: "x"}, "assignment.owner-missing")
	s.refuses(workflow.Assign{Text: "x", Owner: "Bob", Box: -time.Minute}, "assignment.box")
	for _, owner := range []string{"someone", "WE", "The Team", "tbd", "?"} {
		s.refuses(workflow.Assign{Text: "x", Owner: owner}, "assignment.owner-vague")
	}
}

func TestTasksAreOpenUntilFinishedTheFirstDueFirst(t *testing.T) {
	s := fire(t).do(workflow.Assign{Text: "later", Owner: "Sue", Box: time.Hour}, workflow.Assign{Text: "soon", Owner: "Bob", Box: time.Minute})
	open := s.in.OpenAssignments()
	assert.Equal(t, []string{"soon", "later"}, []string{open[0].Text, open[1].Text})

	before := s.in
	s.do(workflow.FinishAssignment{ID: open[0].ID, Result: " found it "}, workflow.FinishAssignment{ID: open[1].ID})
	assert.Empty(t, s.in.OpenAssignments())
	assert.Len(t, before.OpenAssignments(), 2, "what was there before is as it was")
	assert.Equal(t, "found it", s.in.Crew.Assignments[1].Done.Get())
	assert.Equal(t, "done", s.in.Crew.Assignments[0].Done.Get())
	assert.Equal(t, "Sue: later, done", s.last().Text.Get())
	s.refuses(workflow.FinishAssignment{ID: open[0].ID}, "assignment.done")
	s.refuses(workflow.FinishAssignment{ID: "nope"}, "assignment.gone")
}

func TestAPlaybookWithoutATimeBoxStillHasOne(t *testing.T) {
	s := under(t, func(p *workflow.Playbook) { p.Work.TimeBox = 0 }).do(workflow.Assign{Text: "look", Owner: "Bob"})
	assert.Equal(t, 15*time.Minute, s.in.OpenAssignments()[0].Box)
}
