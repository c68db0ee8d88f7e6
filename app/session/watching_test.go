package session_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/app/session"
	"firebreak/workflow"
)

// shop is a production that answers what a test says.
type shop struct {
	hand   *hand
	answer string // "200", "500", or "" for a network that is down
	looks  int
	orders []workflow.LookOrder
}

func (s *shop) Look(_ context.Context, order workflow.LookOrder) workflow.Sample {
	s.looks++
	s.orders = append(s.orders, order)
	out := workflow.Sample{Probe: workflow.ProbeID(order.Probe.ID), At: s.hand.now, Answer: s.answer, Outcome: workflow.CheckPassed}
	switch s.answer {
	case "":
		out.Outcome, out.Says = workflow.CheckUnknown, "The network does not reach that host from here."
	case "200":
	default:
		out.Outcome, out.Says = workflow.CheckFailed, "It answers "+s.answer+"."
	}
	return out
}

func (s *shop) ReadCurl(string) (workflow.Probe, []string, error) { return workflow.Probe{}, nil, nil }

// watched is a desk with an incident, one probe and a shop that fails.
func watched(t *testing.T) (*stand, *shop) {
	t.Helper()
	clock := &hand{now: start}
	made := &shop{hand: clock, answer: "500"}
	s := &stand{t: t, shelf: newMemory("laptop"), hand: clock, hands: &outside{}, prober: made}
	s.open()
	s.desk.Start()
	s.declare("Login is down")
	s.do(workflow.AddProbe{Probe: workflow.Probe{ID: "login", Name: "Login answers 200", Kind: workflow.HTTPProbe, URL: "https://api.example.com/login"}})
	return s, made
}

func (s *stand) watch(on bool) {
	s.t.Helper()
	s.desk.Watch(on, func(err error) { assert.NoError(s.t, err) })
	s.pump()
}

func (s *stand) deploy() {
	s.t.Helper()
	s.do(workflow.Override{Gate: workflow.DeployGate, Reason: "now"})
	s.do(workflow.RecordDeploy{Deploy: workflow.Deploy{Version: "v1.2.4"}})
}

// words are the checks on record, as "outcome before after".
func (s *stand) words() []string {
	var out []string
	for _, c := range s.state().Incident.Proof.Checks {
		word := string(c.Outcome) + " " + c.Before + " " + c.After
		if c.Soaked > 0 {
			word += " " + c.Soaked.String()
		}
		out = append(out, word)
	}
	return out
}

func (s *stand) probe() session.ProbeState {
	s.t.Helper()
	s.desk.Show()
	if !assert.Len(s.t, s.state().Watching.Probes, 1) {
		return session.ProbeState{}
	}
	return s.state().Watching.Probes[0]
}

func TestProductionIsWatchedFromBeforeTheDeployUntilItIsProven(t *testing.T) {
	s, made := watched(t)
	s.watch(true)
	s.pass(time.Minute)
	assert.Equal(t, []string{"failed 500 "}, s.words(), "one word for what it was before the deploy")
	assert.Equal(t, 13, made.looks, "one look each five seconds")

	s.deploy()
	made.answer = "200"
	s.pass(2 * time.Minute)
	assert.Equal(t, []string{"failed 500 ", "passed 500 200"}, s.words())
	assert.Equal(t, workflow.Verifying, s.state().Incident.Stage())
	assert.Regexp(t, `^Login answers 200: green for 1 min of 5$`, s.state().Incident.Find(workflow.FixVerified).Missing)

	made.answer = "500"
	s.pass(6 * time.Second)
	made.answer = ""
	s.pass(time.Minute)
	made.answer = "200"
	assert.Equal(t, []string{"failed 500 ", "passed 500 200", "failed 500 500"}, s.words(), "what nobody can tell is no word")
	assert.Equal(t, time.Duration(0), s.probe().Soaked, "a failure sets it back to nothing")
	s.pass(5*time.Minute + 20*time.Second)

	assert.Equal(t, []string{"failed 500 ", "passed 500 200", "failed 500 500", "passed 500 200", "passed 500 200 5m0s"}, s.words())
	assert.Equal(t, workflow.Verified, s.state().Incident.Stage())
	assert.True(t, s.probe().Proven)
	s.do(workflow.GiveAllClear{})
	looked := made.looks
	s.pass(time.Minute)
	assert.Equal(t, looked, made.looks, "it ends with the fire")
	assert.False(t, s.state().Watching.On)
}

func TestALaptopThatSleptEarnsNothing(t *testing.T) {
	s, made := watched(t)
	s.deploy()
	made.answer = "200"
	s.watch(true)
	s.pass(time.Minute)
	before := s.probe().Soaked
	s.hand.now = s.hand.now.Add(8 * time.Hour)
	s.pass(500 * time.Millisecond)
	assert.Equal(t, before, s.probe().Soaked)
	assert.Equal(t, workflow.Verifying, s.state().Incident.Stage())
	s.pass(4*time.Minute + 10*time.Second)
	assert.Equal(t, workflow.Verified, s.state().Incident.Stage(), "and loses nothing")
}

func TestAProbeOfAPlaybookLooksNowhereBeforeItWasAccepted(t *testing.T) {
	s, made := watched(t)
	p := s.state().Policy
	p.Verify.Probes = []workflow.Probe{{ID: "health", Name: "Health", Kind: workflow.HTTPProbe, URL: "https://api.example.com/health"}}
	s.do(workflow.Declare{Title: "Again", Severity: "SEV1", Playbook: p})
	s.watch(true)
	s.pass(time.Minute)
	assert.Zero(t, made.looks)
	assert.Contains(t, s.probe().Held, "nobody has accepted it")
	assert.True(t, s.probe().Ask)
	assert.Equal(t, workflow.PlaybookCommand{Use: workflow.ProbeUse, Run: "GET https://api.example.com/health"}, s.state().Incident.ProbeCommand(s.probe().Probe))
}

func TestAProbeFromAnotherComputerIsNotLookedAtFromHere(t *testing.T) {
	s, made := watched(t)
	s.other(s.state().Incident.ID, workflow.DropProbe{ID: "login", Reason: "r"})
	s.other(s.state().Incident.ID, workflow.AddProbe{Probe: workflow.Probe{ID: "far", Name: "Far", Kind: workflow.CommandProbe, Run: "touch /srv/x"}})
	s.pass(time.Second)
	s.watch(true)
	s.pass(time.Minute)
	assert.Zero(t, made.looks)
	assert.Contains(t, s.probe().Held, "another computer")
}

func TestWatchingSaysWhyItCannotBegin(t *testing.T) {
	s := newStand(t)
	says := func(want string) {
		t.Helper()
		s.desk.Watch(true, func(err error) { assert.ErrorContains(t, err, want) })
		s.pump()
	}
	says("Nothing can be looked at from here")
	s, made := watched(t)
	s.do(workflow.DropProbe{ID: "login", Reason: "it is another service"})
	says("There is nothing to look at yet")
	s.do(workflow.Cancel{Reason: "a drill"})
	says("The incident is over")
	assert.Zero(t, made.looks)
}

func TestSecretsOfAProbeStayInMemory(t *testing.T) {
	s, made := watched(t)
	s.desk.KeepValue("FIREBREAK_TOKEN", "abc")
	s.desk.LookOnce(nil)
	s.pump()
	assert.Equal(t, "abc", made.orders[0].Values["FIREBREAK_TOKEN"])
	assert.Equal(t, 1, made.looks)
	for _, e := range s.shelf.logs[s.state().Incident.ID] {
		data, err := workflow.Encode(e)
		assert.NoError(t, err)
		assert.NotContains(t, string(data), "abc")
	}
}
