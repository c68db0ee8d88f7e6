package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func (s *scene) item(id string) workflow.Item {
	s.t.Helper()
	item, ok := s.in.Item(id)
	require.True(s.t, ok, id)
	return item
}

func TestTheBoardHasTheTwelveItemsInThreePhases(t *testing.T) {
	var got [][]string
	for _, p := range declared(t, "").in.Checklist() {
		var texts []string
		for _, i := range p.Items {
			assert.Equal(t, workflow.ItemOpen, i.State)
			texts = append(texts, i.Text)
		}
		got = append(got, texts)
	}
	assert.Equal(t, [][]string{
		{"Severity assessed", "Impact understood", "Stakeholders notified", "Status page updated"},
		{"Increment created", "Root cause identified", "Minimal fix implemented", "Critical tests pass"},
		{"Deployed to production", "Fix verified", "All-clear communicated", "Post-mortem scheduled"},
	}, got)
}

func TestItemsThatFactsSettleTickThemselvesAndSayWhichFactDid(t *testing.T) {
	s := resolved(t).do(workflow.Schedule{})
	says := map[string]string{}
	for _, p := range s.in.Checklist() {
		for _, i := range p.Items {
			assert.Equal(t, workflow.ItemDone, i.State, i.ID)
			says[i.ID] = i.Fact
		}
	}
	assert.Equal(t, map[string]string{
		"severity-assessed": "severity set to SEV1 by Jane", "impact-understood": "impact written by Jane",
		"stakeholders-notified": "posted in the incident channel by Jane", "status-page-updated": "status page updated by Jane",
		"increment-created": "0015-hotfix-login written by Jane", "root-cause-identified": "root cause written by Jane",
		"minimal-fix-implemented": "fix recorded by Jane, commit abc1234", "critical-tests-pass": "passed: npm test -- auth",
		"deployed-to-production": "deploy recorded by Jane", "fix-verified": "login answers 200, checked by Jane",
		"all-clear-communicated": "all-clear declared by Jane", "post-mortem-scheduled": "scheduled for 2024-11-26 15:19 UTC",
	}, says)
}

func TestAPersonTicksWithEvidenceAndSkipsWithAReason(t *testing.T) {
	s := fire(t).do(workflow.Tick{Item: "impact-understood", Evidence: "asked support\nall of them", At: when(3)})
	i := s.item("impact-understood")
	assert.Equal(t, workflow.ItemDone, i.State)
	assert.Equal(t, "asked support\nall of them", i.Evidence)
	assert.Equal(t, "Jane", i.By)
	assert.Equal(t, when(3), i.At)
	assert.Equal(t, "Impact understood — asked support …", s.last().Text.Get())
	s.refuses(workflow.Tick{Item: "impact-understood"}, "item.done")
	s.refuses(workflow.Tick{Item: "severity-assessed"}, "item.done")
	s.refuses(workflow.Tick{Item: "coffee"}, "item.unknown")

	s.refuses(workflow.Skip{Item: "status-page-updated", Reason: " "}, "item.reason-missing")
	s.do(workflow.Skip{Item: "status-page-updated", Reason: "we have none"})
	i = s.item("status-page-updated")
	assert.Equal(t, workflow.ItemSkipped, i.State)
	assert.Equal(t, "we have none", i.Reason)
	s.refuses(workflow.Skip{Item: "status-page-updated", Reason: "x"}, "item.skipped")
	s.do(workflow.Untick{Item: "status-page-updated"}, workflow.Tick{Item: "status-page-updated"})
	assert.Equal(t, workflow.ItemDone, s.item("status-page-updated").State)
}

func TestAFactIsOverruledWithAReasonOnly(t *testing.T) {
	s := fire(t)
	rule := s.refuses(workflow.Untick{Item: "severity-assessed"}, "item.reason-missing")
	assert.Contains(t, rule.Says, "severity set to SEV1 by Jane")
	s.do(workflow.Untick{Item: "severity-assessed", Reason: "nobody asked support"})
	i := s.item("severity-assessed")
	assert.Equal(t, workflow.ItemOpen, i.State)
	assert.Equal(t, "nobody asked support", i.Reason)
	assert.Equal(t, "Opened again: Severity assessed (nobody asked support)", s.last().Text.Get())
	s.refuses(workflow.Untick{Item: "severity-assessed", Reason: "x"}, "item.open")
	s.refuses(workflow.Untick{Item: "coffee"}, "item.unknown")
}

func TestAnItemOpenedBeforeItsFactTicksItselfWhenTheFactComes(t *testing.T) {
	s := fire(t).do(workflow.Tick{Item: "impact-understood"}, workflow.Untick{Item: "impact-understood", Reason: "too early"})
	assert.Equal(t, workflow.ItemOpen, s.item("impact-understood").State)
	assert.Equal(t, "too early", s.item("impact-understood").Reason)
	s.do(workflow.Assess{Field: workflow.Impact, Text: "All users"})
	assert.Equal(t, workflow.ItemDone, s.item("impact-understood").State)
}

func TestDoConfirmGoesInAnyOrderAndReadDoStepByStep(t *testing.T) {
	s := fire(t).do(workflow.Tick{Item: "status-page-updated"}) // do-confirm: the last first
	rule := s.refuses(workflow.Tick{Item: "critical-tests-pass"}, "item.order")
	assert.Contains(t, rule.Says, "First: Increment created.")
	s.do(workflow.Skip{Item: "increment-created", Reason: "rollback"}, workflow.Tick{Item: "root-cause-identified"})
	s.refuses(workflow.Tick{Item: "critical-tests-pass"}, "item.order")
}

func TestAStepThatAsksForAValueIsNotDoneWithoutIt(t *testing.T) {
	s := under(t, func(p *workflow.Playbook) { p.Phases[0].Items[1].Asks = "error rate now, %" })
	rule := s.refuses(workflow.Tick{Item: "impact-understood", Value: " "}, "item.value-missing")
	assert.Equal(t, "value", rule.Field)
	s.do(workflow.Tick{Item: "impact-understood", Value: "31"})
	assert.Equal(t, "31", s.item("impact-understood").Value)
	assert.Equal(t, "Impact understood: 31", s.last().Text.Get())
}

func TestAPausePointIsPassedOnceAndWithOpenItemsOnlyWithAReason(t *testing.T) {
	s := fire(t)
	rule := s.refuses(workflow.ConfirmPhase{Phase: "before"}, "phase.reason-missing")
	assert.Contains(t, rule.Says, "Impact understood, Stakeholders notified, Status page updated")
	s.refuses(workflow.ConfirmPhase{Phase: "lunch"}, "phase.unknown")

	s.do(workflow.ConfirmPhase{Phase: "before", Reason: "no time"})
	p := s.in.Checklist()[0]
	assert.True(t, p.Confirmed)
	assert.Equal(t, "no time", p.Reason)
	assert.Equal(t, "Jane", p.By)
	assert.Equal(t, 1, p.Done)
	assert.False(t, p.Settled())
	assert.Len(t, p.OpenItems(), 3)
	assert.Equal(t, "Before Fix confirmed: 1 of 4, left with open items: no time", s.last().Text.Get())
	s.refuses(workflow.ConfirmPhase{Phase: "before"}, "phase.confirmed")

	board := s.in.Checklist()
	assert.True(t, board[1].Current, "the next phase is the one that the response is in")
	assert.True(t, board[1].Items[0].Current)
	current := 0
	for _, p := range board {
		for _, i := range p.Items {
			if i.Current {
				current++
			}
		}
	}
	assert.Equal(t, 1, current, "exactly one step is the one to do now")
}

func TestItemsAreAddedForThisIncident(t *testing.T) {
	s := fire(t).do(workflow.AddItem{Phase: "before", Text: " call\n legal "})
	items := s.in.Checklist()[0].Items
	added := items[len(items)-1]
	assert.Equal(t, "call legal", added.Text)
	assert.True(t, added.Added)
	s.do(workflow.Tick{Item: added.ID})
	assert.Equal(t, workflow.ItemDone, s.item(added.ID).State)
	s.refuses(workflow.AddItem{Phase: "before"}, "item.text-missing")
	s.refuses(workflow.AddItem{Phase: "before", Text: "CALL LEGAL"}, "item.double")
	s.refuses(workflow.AddItem{Phase: "lunch", Text: "eat"}, "phase.unknown")
}
