package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestTheNextBestActionLeadsThroughTheWholeIncident(t *testing.T) {
	s := declared(t, "")
	next := func() string {
		n := s.in.Next(s.now)
		assert.NotEmpty(t, n.Reason, n.Title)
		return string(n.Step) + " " + n.Target
	}
	type move struct {
		next string
		do   func()
	}
	for i, m := range []move{
		{"severity ", func() { s.do(workflow.SetSeverity{Level: "SEV1"}) }},
		{"item impact-understood", func() { s.do(workflow.Assess{Field: workflow.Impact, Text: "all"}) }},
		{"item stakeholders-notified", func() { s.do(workflow.Tell{Channel: workflow.StakeholderChannel}) }},
		{"item status-page-updated", func() { s.do(workflow.Tell{Channel: workflow.StatusPageChannel}) }},
		{"confirm before", func() { s.do(workflow.ConfirmPhase{Phase: "before"}) }},
		{"item increment-created", func() { s.do(workflow.RecordIncrement{ID: "0015-hotfix-x"}) }},
		{"item root-cause-identified", func() { s.do(workflow.Identify{Cause: "x"}) }},
		{"item minimal-fix-implemented", func() { s.as("Bob").do(workflow.RecordFix{Commit: "abc1234"}).as("Jane") }},
		{"item critical-tests-pass", func() { s.proven() }},
		{"confirm during", func() { s.do(workflow.ConfirmPhase{Phase: "during"}) }},
		{"item deployed-to-production", func() { s.deployed() }},
		{"item fix-verified", func() { s.verified() }},
		{"item all-clear-communicated", func() { s.do(workflow.GiveAllClear{}) }},
		{"item post-mortem-scheduled", func() { s.do(workflow.Schedule{}) }},
		{"confirm after", func() { s.do(workflow.ConfirmPhase{Phase: "after"}) }},
		{"post-mortem ", func() { s.do(workflow.WriteSection{Section: workflow.LessonsSection, Text: "1. x"}) }},
		{"post-mortem ", func() { s.do(workflow.AddAction{Text: "canary"}) }},
		{"export ", func() {
			s.do(workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Path: "x.md"}})
		}},
		{"finalize ", func() { s.do(workflow.SetReview{State: workflow.Final}) }},
	} {
		assert.Equal(t, m.next, next(), "step %d", i)
		m.do()
	}
	item := s.in.Review.ActionItems()[0]
	assert.Equal(t, "action-item "+string(item.ID), next())
	s.do(workflow.ChangeAction{ID: item.ID, State: to(workflow.ActionDone)})
	assert.Zero(t, s.in.Next(s.now), "nothing is left")
}

func TestWhatProtectsPeopleAndPromisesComesFirst(t *testing.T) {
	s := fire(t).do(workflow.Tell{Channel: workflow.StakeholderChannel}).do(workflow.Assign{Text: "look at the logs", Owner: "Bob", Box: 10 * time.Minute})
	assert.Equal(t, workflow.StepItem, s.in.Next(s.at(10).now).Step)

	late := s.in.Next(s.at(12).now)
	assert.Equal(t, workflow.Next{
		Step: workflow.StepAssign, Target: string(s.in.OpenAssignments()[0].ID), Title: "Ask Bob: look at the logs",
		Reason: "the time box ended 2 minutes ago", Late: true, Due: when(10).Time,
	}, late)

	s.do(workflow.FinishAssignment{ID: s.in.OpenAssignments()[0].ID})
	update := s.in.Next(s.at(21).now)
	assert.Equal(t, workflow.StepUpdate, update.Step)
	assert.Equal(t, "the last update was 21 minutes ago, 20 minutes is the limit", update.Reason)
	assert.True(t, update.Late)
}

func TestAStepSaysWhereInTheChecklistItIs(t *testing.T) {
	n := fire(t).in.Next(alert)
	assert.Equal(t, "2 of 4 in Before Fix (DO-CONFIRM)", n.Place)
	assert.Equal(t, workflow.ImpactUnderstood, n.Fact)
	assert.Equal(t, "Write who is hit, what they cannot do, and since when.", n.Reason)
}

func TestABurningIncidentAlwaysHasANextAction(t *testing.T) {
	s := fire(t)
	for _, p := range []string{"before", "during", "after"} {
		s.do(workflow.ConfirmPhase{Phase: p, Reason: "no time"})
	}
	n := s.in.Next(s.now)
	assert.Equal(t, "all-clear-communicated", n.Target, "the fire still burns: what ends it is next, not the post-mortem")
	assert.Equal(t, workflow.AllClearDeclared, n.Fact)
	assert.Zero(t, workflow.Incident{}.Next(alert))

	bare := under(t, func(p *workflow.Playbook) { p.Phases = nil })
	assert.Equal(t, workflow.StepReview, bare.in.Next(bare.now).Step)
}
