package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestMilestonesAreMarkedMovedAndTakenOff(t *testing.T) {
	s := fire(t).at(5).do(workflow.Mark{Milestone: workflow.Mitigated})
	first := s.last()
	assert.Equal(t, "Impact mitigated", first.Text.Get(), "the playbook's line")
	at, _ := s.in.MilestoneAt(workflow.Mitigated)
	assert.Equal(t, when(5), at)

	s.do(workflow.Mark{Milestone: workflow.Mitigated, At: when(9), Text: "Traffic moved"})
	at, _ = s.in.MilestoneAt(workflow.Mitigated)
	assert.Equal(t, when(9), at, "the newest word holds")

	s.do(workflow.Correct{Entry: s.last().ID, Milestone: to(workflow.Milestone(""))})
	at, _ = s.in.MilestoneAt(workflow.Mitigated)
	assert.Equal(t, when(5), at, "the one before stands again")
	s.do(workflow.Correct{Entry: first.ID, Hidden: to(true)})
	assert.False(t, s.in.Reached(workflow.Mitigated))

	s.do(workflow.Note{Text: "moved traffic", At: when(7)})
	s.do(workflow.Correct{Entry: s.last().ID, Milestone: to(workflow.Mitigated)})
	at, _ = s.in.MilestoneAt(workflow.Mitigated)
	assert.Equal(t, when(7), at, "any line can be made the mark")
	e, ok := s.in.MilestoneEntry(workflow.Mitigated)
	assert.True(t, ok)
	assert.Equal(t, "moved traffic", e.Text.Get())
}

func TestAMilestoneThatThePlaybookLacksIsRefused(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.Mark{Milestone: "lunch"}, "milestone.unknown")
	s.refuses(workflow.Note{Text: "x", Milestone: "lunch"}, "milestone.unknown")
	s.do(workflow.Note{Text: "x"})
	s.refuses(workflow.Correct{Entry: s.last().ID, Milestone: to(workflow.Milestone("lunch"))}, "milestone.unknown")
	for _, m := range workflow.KnownMilestones() {
		_, ok := s.in.Playbook.Moment(m)
		assert.True(t, ok, "the playbook has a line for %s", m)
	}
}

func TestIdentifyingAgainCorrectsTheCauseAndLeavesTheTime(t *testing.T) {
	s := fire(t).at(10).do(workflow.Identify{Cause: "the deploy"}).at(20)
	s.refuses(workflow.Identify{Cause: " "}, "cause.missing")
	s.refuses(workflow.Identify{Cause: "the deploy "}, "cause.same")
	s.do(workflow.Identify{Cause: "the regex"})
	at, _ := s.in.MilestoneAt(workflow.Identified)
	assert.Equal(t, when(10), at)
	assert.Equal(t, "Root cause corrected: the regex", s.last().Text.Get())
	assert.Equal(t, "the regex", s.in.Summary().Cause)
}
