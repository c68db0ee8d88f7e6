package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestActionItemsLiveOnAfterTheIncident(t *testing.T) {
	s := resolved(t).do(workflow.AddAction{Text: " Add a\ntest ", Kind: "prevent", Owner: " Bob ", Due: "2024-12-05"}, workflow.AddAction{Text: "Canary"})
	items := s.in.Review.ActionItems()
	assert.Equal(t, "Add a test", items[0].Text.Get())
	assert.Equal(t, "Bob", items[0].Owner.Get())
	assert.Equal(t, "2024-12-05", items[0].Due.Get())
	assert.Equal(t, workflow.ActionOpen, items[0].State.Get())
	assert.Equal(t, 2, s.in.Summary().Actions)

	before := s.in
	owner := "Sue"
	s.do(workflow.ChangeAction{ID: items[0].ID, Owner: &owner, State: to(workflow.ActionDone)})
	owner = "nobody"
	assert.Equal(t, "Sue", s.in.Review.ActionItems()[0].Owner.Get(), "the log keeps what was said then")
	assert.Equal(t, "Bob", before.Review.ActionItems()[0].Owner.Get(), "what was there before is as it was")
	assert.Equal(t, 1, s.in.Summary().Actions)
	s.do(workflow.SetReview{State: workflow.Final}, workflow.ChangeAction{ID: items[1].ID, State: to(workflow.ActionDropped)})
	assert.True(t, s.in.Review.ActionItems()[1].Done())
	assert.Equal(t, 0, s.in.Summary().Actions)
}

func TestActionItemsRefuse(t *testing.T) {
	s := resolved(t).do(workflow.AddAction{Text: "Canary"})
	id := s.in.Review.ActionItems()[0].ID
	s.refuses(workflow.AddAction{Text: " "}, "action.text-missing")
	s.refuses(workflow.AddAction{Text: "CANARY"}, "action.double")
	s.refuses(workflow.ChangeAction{ID: "nope"}, "action.gone")
	s.refuses(workflow.ChangeAction{ID: id}, "action.same")
	s.refuses(workflow.ChangeAction{ID: id, Text: to("")}, "action.text-missing")
	s.refuses(workflow.ChangeAction{ID: id, State: to(workflow.ActionState("lost"))}, "action.state")
	s.do(workflow.ChangeAction{ID: id, State: to(workflow.ActionDone)}, workflow.AddAction{Text: "Canary"}) // done once, due again
}
