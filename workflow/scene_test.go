package workflow_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/assets"
	"firebreak/data/playbook"
	"firebreak/workflow"
)

// alert is the moment of the first alert.
var alert = time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)

// scene is an incident that tests play: who asks, and when, is set between.
type scene struct {
	t      testing.TB
	in     workflow.Incident
	now    time.Time
	actor  string
	device workflow.DeviceID
	ids    int
}

func book(t testing.TB) workflow.Playbook {
	t.Helper()
	p, err := playbook.Read("playbook.yaml", assets.Playbook())
	require.NoError(t, err)
	return p
}

// nothing is a scene before anything was declared.
func nothing(t testing.TB) *scene {
	return &scene{t: t, in: workflow.Fold("incident-1", nil), now: alert, actor: "Jane", device: "laptop"}
}

// fire is a SEV1 incident under the playbook that the program ships with.
func fire(t testing.TB) *scene {
	return declared(t, "SEV1")
}

func declared(t testing.TB, severity string) *scene {
	t.Helper()
	s := nothing(t)
	s.do(workflow.Declare{Title: "Login is down", Severity: severity, Playbook: book(t)})
	return s
}

// under is an incident under a playbook that was changed a little.
func under(t testing.TB, change func(*workflow.Playbook)) *scene {
	t.Helper()
	p := book(t)
	change(&p)
	s := nothing(t)
	s.do(workflow.Declare{Title: "Login is down", Severity: "SEV1", Playbook: p})
	return s
}

func (s *scene) env() workflow.Env {
	return workflow.Env{Now: s.now, Actor: s.actor, Device: s.device, NewID: func() workflow.EventID {
		s.ids++
		return workflow.EventID(fmt.Sprintf("%s-%05d", s.device, s.ids))
	}}
}

// do asks for things, one after the other, and none may be refused.
func (s *scene) do(wants ...workflow.Intent) *scene {
	s.t.Helper()
	for _, want := range wants {
		events, err := workflow.Decide(s.in, want, s.env())
		require.NoError(s.t, err, "%T", want)
		s.in = s.in.With(events...)
	}
	return s
}

// as changes who asks.
func (s *scene) as(actor string) *scene {
	s.actor = actor
	return s
}

// at moves the clock to so long after the first alert.
func (s *scene) at(minutes float64) *scene {
	s.now = alert.Add(time.Duration(minutes * float64(time.Minute)))
	return s
}

// when is a moment so long after the first alert.
func when(minutes float64) workflow.Stamp {
	return workflow.StampAt(alert.Add(time.Duration(minutes*float64(time.Minute))), time.UTC)
}

func about(minutes float64) workflow.Stamp {
	s := when(minutes)
	s.Sure = workflow.About
	return s
}

// refuses asks for something that must be refused with a code, in a sentence
// that helps, and changes nothing.
func (s *scene) refuses(want workflow.Intent, code string) *workflow.RuleError {
	s.t.Helper()
	events, err := workflow.Decide(s.in, want, s.env())
	var rule *workflow.RuleError
	if !assert.ErrorAs(s.t, err, &rule, "%T must be refused", want) {
		return &workflow.RuleError{}
	}
	assert.Empty(s.t, events)
	assert.Equal(s.t, code, rule.Code)
	helps(s.t, rule)
	return rule
}

// helps says whether a refusal is a sentence for a person.
func helps(t testing.TB, rule *workflow.RuleError) {
	t.Helper()
	assert.Regexp(t, `^[a-z-]+\.[a-z-]+$`, rule.Code)
	assert.Regexp(t, `(?s)^["\pL\d].{8,}[.?]$`, rule.Says, rule.Code)
	assert.NotContains(t, rule.Says, "%!", rule.Code)
	assert.Equal(t, rule.Says, rule.Error())
}

// lines is the timeline as "clock text", as people read it.
func (s *scene) lines() []string {
	var out []string
	for _, e := range s.in.Timeline.All() {
		out = append(out, e.At.Get().Clock(nil)+" "+e.Text.Get())
	}
	return out
}

// last is the entry that was written last.
func (s *scene) last() workflow.Entry {
	s.t.Helper()
	events := s.in.Events()
	for i := len(events) - 1; i >= 0; i-- {
		if e, ok := s.in.Entry(events[i].ID); ok {
			return e
		}
	}
	require.Fail(s.t, "the timeline is empty")
	return workflow.Entry{}
}

// entry finds an entry by its text.
func (s *scene) entry(text string) workflow.Entry {
	s.t.Helper()
	for _, e := range s.in.Timeline.All() {
		if e.Text.Get() == text {
			return e
		}
	}
	require.Failf(s.t, "no such entry", "%q is not among %q", text, s.lines())
	return workflow.Entry{}
}

func to[T any](v T) *T { return &v }

// The way to a closed incident, as far as a test needs it.
func (s *scene) assessed() *scene {
	return s.do(
		workflow.Assess{Field: workflow.Impact, Text: "Login broken for all users"},
		workflow.Tell{Channel: workflow.StakeholderChannel, Text: "Login is down"},
		workflow.Tell{Channel: workflow.StatusPageChannel},
	)
}

func (s *scene) fixed(commit string) *scene {
	return s.do(
		workflow.Claim{Role: workflow.Fixer, Person: "Bob"},
		workflow.RecordIncrement{ID: "0015-hotfix-login", Type: "hotfix"},
		workflow.Identify{Cause: "The regex lost its dash"},
		workflow.RecordFix{Commit: commit, Summary: "Put the dash back"},
	)
}

func (s *scene) proven() *scene {
	return s.do(
		workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- token", Suite: workflow.RegressionSuite, Passed: true}},
		workflow.RecordTest{Run: workflow.TestRun{Command: "npm test -- auth", Passed: true}},
		workflow.RecordScope{ByHand: "read the diff, one line"},
		workflow.ReadyRollback{Version: "v1.2.2"},
		workflow.Approve{Person: "Ann"},
	)
}

func (s *scene) deployed() *scene {
	return s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4"}})
}

func (s *scene) verified() *scene {
	return s.do(workflow.RecordCheck{Check: workflow.Check{What: "login answers 200", Outcome: workflow.CheckPassed}})
}

// resolved is an incident from the first alert to the all-clear.
func resolved(t testing.TB) *scene {
	t.Helper()
	return fire(t).at(2).assessed().at(10).fixed("abc1234").at(20).proven().at(26).deployed().at(33).verified().
		at(47).do(workflow.GiveAllClear{})
}
