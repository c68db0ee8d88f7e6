package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestTheLevelIsProposedFromAnswersWithItsReason(t *testing.T) {
	p := book(t)
	for name, c := range map[string]struct {
		answers       map[string]string
		level, reason string
		unsures, open int
	}{
		"nothing answered proposes nothing":              {nil, "", "", 0, 5},
		"no workaround alone says nothing":               {map[string]string{"workaround": "no"}, "", "", 0, 4},
		"everyone is hit":                                {map[string]string{"who": "everyone"}, "SEV1", "everyone is hit", 0, 4},
		"the worst answer counts":                        {map[string]string{"who": "some", "function": "major"}, "SEV2", "some are hindered; a major feature is broken", 0, 3},
		"a workaround lowers":                            {map[string]string{"function": "major", "workaround": "yes"}, "SEV3", "a major feature is broken; there is a workaround", 0, 3},
		"a workaround never lowers the top":              {map[string]string{"function": "system", "workaround": "yes"}, "SEV1", "the system is down; there is a workaround", 0, 3},
		"money at risk is never less than its floor":     {map[string]string{"who": "some", "workaround": "yes", "risk": "money"}, "SEV2", "some are hindered; there is a workaround; money is at risk", 0, 2},
		"getting worse raises":                           {map[string]string{"function": "minor", "worse": "yes"}, "SEV2", "a minor feature is broken; it is getting worse", 0, 3},
		"getting worse cannot raise the top":             {map[string]string{"who": "everyone", "worse": "yes"}, "SEV1", "everyone is hit; it is getting worse", 0, 3},
		"unsure takes the higher and says so":            {map[string]string{"who": workflow.Unsure}, "SEV1", "unsure about “Who is hit?”, so the higher counts", 1, 4},
		"unsure about a workaround means none":           {map[string]string{"function": "major", "workaround": workflow.Unsure}, "SEV2", "a major feature is broken; unsure about “Is there a workaround?”, so the higher counts", 1, 3},
		"an answer that the playbook lacks is not given": {map[string]string{"who": "martians", "ufo": "yes"}, "", "", 0, 5},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.Propose(c.answers)
			assert.Equal(t, workflow.Proposal{Level: c.level, Reason: c.reason, Unsures: c.unsures, Open: c.open}, got)
		})
	}
	assert.Zero(t, workflow.Playbook{}.Propose(map[string]string{"who": "x"}), "an empty playbook proposes nothing")
}

func TestThePersonDecidesTheSeverityAndTheProposalIsItsReason(t *testing.T) {
	answers := map[string]string{"who": "everyone"}
	s := declared(t, "").do(workflow.SetSeverity{Level: "SEV1", Answers: answers})
	answers["who"] = "nobody"

	assert.False(t, s.in.Undecided())
	assert.Equal(t, "Severity set to SEV1: everyone is hit", s.last().Text.Get())
	assert.Equal(t, workflow.DecisionEntry, s.last().Kind.Get())
	assert.Equal(t, "everyone", s.in.Triage.Answers.Get()["who"], "the answers are those given then")

	other := declared(t, "").do(workflow.SetSeverity{Level: "SEV2", Answers: map[string]string{"who": "everyone"}})
	assert.Equal(t, "Severity set to SEV2", other.last().Text.Get(), "a decision against the proposal does not borrow its reason")
}

func TestLoweringTheSeverityNeedsAReasonAndRaisingDoesNot(t *testing.T) {
	s := declared(t, "SEV2")
	rule := s.refuses(workflow.SetSeverity{Level: "SEV3", Reason: " "}, "severity.reason-missing")
	assert.Equal(t, "Say why the severity goes down.", rule.Says)
	assert.Equal(t, "reason", rule.Field)
	s.refuses(workflow.SetSeverity{}, "severity.reason-missing")
	s.refuses(workflow.SetSeverity{Level: "SEV2"}, "severity.same")
	s.refuses(workflow.SetSeverity{Level: "SEV7"}, "severity.unknown")

	s.do(workflow.SetSeverity{Level: "SEV1"})
	assert.Equal(t, "Severity changed from SEV2 to SEV1", s.last().Text.Get())
	s.do(workflow.SetSeverity{Level: "SEV3", Reason: "only avatars"})
	assert.Equal(t, "Severity changed from SEV1 to SEV3: only avatars", s.last().Text.Get())
	s.do(workflow.SetSeverity{Reason: "nobody knows"})
	assert.Equal(t, "Severity changed from SEV3 to undecided: nobody knows", s.last().Text.Get())
	assert.Equal(t, "SEV1", s.in.Effective().ID)
}

func TestTheSeverityDecidesTheFlow(t *testing.T) {
	for level, flow := range map[string]workflow.Flow{"SEV1": workflow.HotfixFlow, "SEV2": workflow.HotfixFlow, "SEV3": workflow.NormalFlow, "SEV4": workflow.NormalFlow, "": workflow.HotfixFlow} {
		assert.Equal(t, flow, declared(t, level).in.Effective().Flow, "level %q", level)
	}
}
