package workflow_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestDeclaringNeedsATitleAndNothingElse(t *testing.T) {
	s := nothing(t).do(workflow.Declare{Title: "  Login \n is   down ", Playbook: book(t)})

	assert.Equal(t, "Login is down", s.in.Triage.Title.Get())
	assert.True(t, s.in.Undecided())
	assert.Equal(t, "SEV1", s.in.Effective().ID, "undecided behaves as the most severe")
	assert.Equal(t, "Jane", s.in.Holder(workflow.Commander).Person, "who declares has command")
	assert.Equal(t, workflow.Assessing, s.in.Stage())
	at, ok := s.in.MilestoneAt(workflow.Detected)
	assert.True(t, ok)
	assert.Equal(t, when(0), at)
	assert.False(t, s.in.Reached(workflow.ImpactStarted), "nobody knows when the impact started")
	assert.Equal(t, []string{"14:32 First alert triggered", "14:32 Incident declared: Login is down", "14:32 Jane is incident commander"}, s.lines())
}

func TestDeclaringTakesEverythingThatIsKnownAlready(t *testing.T) {
	answers := map[string]string{"who": "everyone"}
	s := nothing(t).at(10).do(workflow.Declare{
		Title: "Login is down", Detected: when(0), Severity: "SEV1", Service: " auth ", Commander: "Sue", Scribe: "Sam",
		Impact: "All users", Answers: answers, FirstLine: "Pager went off", Playbook: book(t), Sample: true,
	})

	assert.Equal(t, "SEV1", s.in.Triage.Severity.Get())
	assert.Equal(t, "auth", s.in.Triage.Service.Get())
	assert.Equal(t, "Sue", s.in.Holder(workflow.Commander).Person)
	assert.Equal(t, "Sam", s.in.Holder(workflow.Scribe).Person)
	assert.Equal(t, "All users", s.in.Assessment(workflow.Impact))
	assert.Equal(t, "Pager went off", s.entry("Pager went off").Text.Get())
	assert.Equal(t, when(0), s.entry("Pager went off").At.Get(), "detected earlier than declared")
	assert.True(t, s.in.Sample)

	batch := s.in.Events()[0].Batch
	for _, e := range s.in.Events() {
		assert.Equal(t, batch, e.Batch, "a declaration is one change")
	}
	answers["who"] = "nobody"
	assert.Equal(t, map[string]string{"who": "everyone"}, s.in.Triage.Answers.Get(), "the log keeps what was answered then")
}

func TestDeclaringRefuses(t *testing.T) {
	p := book(t)
	for name, c := range map[string]struct {
		want workflow.Declare
		code string
	}{
		"no title":                        {workflow.Declare{Title: " \n", Playbook: p}, "title.missing"},
		"a title that is a story":         {workflow.Declare{Title: strings.Repeat("ö", 201), Playbook: p}, "title.too-long"},
		"a level that the playbook lacks": {workflow.Declare{Title: "x", Severity: "SEV9", Playbook: p}, "severity.unknown"},
		"a playbook without levels":       {workflow.Declare{Title: "x"}, "playbook.empty"},
	} {
		t.Run(name, func(t *testing.T) { nothing(t).refuses(c.want, c.code) })
	}
	fire(t).refuses(workflow.Declare{Title: "again", Playbook: p}, "incident.declared")
	nothing(t).do(workflow.Declare{Title: strings.Repeat("ö", 200), Playbook: p})
}

func TestNothingCanBeAskedOfAnIncidentThatIsNotDeclared(t *testing.T) {
	for _, want := range []workflow.Intent{workflow.Note{Text: "x"}, workflow.Undo{}, workflow.SetSeverity{Level: "SEV1"}, workflow.GiveAllClear{}} {
		nothing(t).refuses(want, "incident.none")
	}
}

func TestATitleIsChanged(t *testing.T) {
	s := fire(t).do(workflow.Retitle{Title: " Auth\toutage "})
	assert.Equal(t, "Auth outage", s.in.Triage.Title.Get())
	assert.Equal(t, "Title changed to: Auth outage", s.last().Text.Get())
	s.refuses(workflow.Retitle{Title: " "}, "title.missing")
	s.refuses(workflow.Retitle{Title: strings.Repeat("x", 201)}, "title.too-long")
	s.refuses(workflow.Retitle{Title: "Auth outage"}, "title.same")
}

func TestAnIncidentDeclaredByMistakeIsCancelledAndStaysInTheHistory(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.Cancel{Reason: " "}, "cancel.reason-missing")
	s.do(workflow.Cancel{Reason: "a load test"})
	assert.Equal(t, workflow.Cancelled, s.in.Stage())
	assert.False(t, s.in.Open())
	assert.Zero(t, s.in.Next(s.now))
	s.refuses(workflow.Cancel{Reason: "again"}, "cancel.over")
	s.refuses(workflow.GiveAllClear{}, "all-clear.over")

	s.refuses(workflow.Reopen{}, "reopen.reason-missing")
	s.do(workflow.Reopen{Reason: "no load test after all"})
	assert.Equal(t, workflow.Assessing, s.in.Stage())
	s.refuses(workflow.Reopen{Reason: "again"}, "reopen.open")
}

func TestReopeningTakesTheAllClearBackForGood(t *testing.T) {
	s := resolved(t)
	first := s.last()
	assert.Equal(t, workflow.Resolved, s.in.Stage())

	s.at(60).do(workflow.Reopen{Reason: "it is back"})
	assert.True(t, s.in.Open())
	assert.Equal(t, workflow.Pending, s.in.Metric(workflow.TimeToResolve).State)

	s.at(90).do(workflow.GiveAllClear{})
	second := s.last()
	assert.Equal(t, "1 hour 30 minutes", s.in.Metric(workflow.TimeToResolve).String())

	s.do(workflow.Correct{Entry: second.ID, Hidden: to(true)})
	assert.True(t, s.in.Open(), "the all-clear that was taken back does not come back by itself")

	s.do(workflow.Correct{Entry: second.ID, Hidden: to(false)})
	assert.Equal(t, workflow.Resolved, s.in.Stage())
	kept, ok := s.in.Entry(first.ID)
	assert.True(t, ok)
	assert.True(t, kept.InReport(), "a false all-clear is part of the story")
}
