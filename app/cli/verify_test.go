package cli_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// production answers what a test says; after so many looks it is well.
type production struct {
	s      *shell
	ill    int // looks that fail
	looks  int
	orders []workflow.LookOrder
}

func (p *production) look(order workflow.LookOrder) workflow.Sample {
	p.looks++
	p.orders = append(p.orders, order)
	if p.looks <= p.ill {
		return workflow.Sample{Probe: workflow.ProbeID(order.Probe.ID), At: p.s.now, Outcome: workflow.CheckFailed, Answer: "500", Says: "It answers 500 Internal Server Error, not 200."}
	}
	return workflow.Sample{Probe: workflow.ProbeID(order.Probe.ID), At: p.s.now, Outcome: workflow.CheckPassed, Answer: "200"}
}

// ready is a shell with a burning incident, one probe, and a deploy.
func ready(t *testing.T, deployed bool) (*shell, *production) {
	t.Helper()
	s := newShell(t)
	p := &production{s: s}
	s.looks = p.look
	s.does("declare", "Login is down", "--severity", "SEV1")
	s.does("probe", "add", "--url", "https://api.example.com/login", "--status", "200", "--name", "Login answers 200")
	if deployed {
		s.does("gate", "--override", "deploy", "--reason", "every minute costs orders")
		s.does("deploy", "--version", "v1.2.4")
	}
	return s, p
}

func TestProductionIsWatchedUntilTheFixIsVerified(t *testing.T) {
	s, p := ready(t, true)
	p.ill = 3
	out := s.does("verify", "--watch")
	assert.Contains(t, out, "✗ Login answers 200: failed, 500. It answers 500 Internal Server")
	assert.Contains(t, out, "✓ Login answers 200: 200, green for 4 min of 5")
	assert.Contains(t, out, "The fix is verified: Login answers 200, green for 5 minutes, seen by jane.")
	assert.Equal(t, 3+61, p.looks, "five minutes at five seconds, after it was well")
	assert.Less(t, strings.Count(out, "\n"), 12, "what is piped tells what changed")
	assert.Contains(t, s.does("show"), "Verified fix in production")
}

func TestWatchingEndsWithWhatIsMissing(t *testing.T) {
	s, p := ready(t, true)
	p.ill = 1000
	got := s.runs("verify", "--watch", "--for", "1m", "--every", "10s")
	assert.Equal(t, 1, got.exit)
	assert.Equal(t, 7, p.looks)
	assert.Contains(t, got.err, "The fix is not verified. Watch production again: Login answers 200 (failed: 500).")
}

func TestALookOnceSaysWhetherAllIsWell(t *testing.T) {
	s, p := ready(t, false)
	out := s.does("verify", "--once", "--json")
	var line struct {
		Name    string
		Outcome string
		Answer  string
		Left    float64 `json:"left_s"`
	}
	first, _, _ := strings.Cut(out, "\n")
	require.NoError(t, json.Unmarshal([]byte(first), &line))
	assert.Equal(t, "passed", line.Outcome)
	assert.Equal(t, "200", line.Answer)
	assert.InDelta(t, 300, line.Left, 0)
	p.ill = 100
	assert.Contains(t, s.fails(1, "verify", "--once"), "Not every probe is well.")
}

func TestAProbeIsAddedListedAndDropped(t *testing.T) {
	s, _ := ready(t, false)
	s.does("probe", "add", "--url", "https://api.example.com/metrics", "--metric", "auth_errors", "--falling", "--header", "X: $NAME")
	s.does("probe", "add", "--person", "Checkout with a card")
	list := s.does("probe")
	assert.Contains(t, list, "2.  auth_errors falls")
	assert.Contains(t, list, "GET https://api.example.com/metrics -H 'X: $NAME'")
	assert.Contains(t, list, "3.  Checkout with a card")
	assert.Contains(t, s.fails(4, "probe", "drop", "2"), "Say why")
	s.does("probe", "drop", "2", "--reason", "another service")
	assert.NotContains(t, s.does("probe"), "auth_errors")
	assert.Contains(t, s.fails(2, "probe", "add"), "Say how it looks")
	assert.Contains(t, s.fails(2, "verify", "--watch", "login"), "alone")

	got := s.runs("probe", "add", "--url", "https://a.example", "--header", "Authorization: Bearer abc")
	assert.Equal(t, 0, got.exit)
	assert.Contains(t, got.err, "Set FIREBREAK_TOKEN in the environment")
	assert.NotContains(t, got.out+got.err+s.does("probe", "--json"), "abc")
}

func TestWithoutAProbeWatchingSaysWhatToDo(t *testing.T) {
	s := newShell(t)
	s.looks = (&production{s: s}).look
	s.does("declare", "Login is down", "--severity", "SEV1")
	assert.Contains(t, s.fails(5, "verify", "--watch"), "Add a probe")
	assert.Contains(t, s.does("probe"), "No probe yet")
}

// looking is a production that a test answers for.
type looking struct {
	look func(workflow.LookOrder) workflow.Sample
}

func (l looking) Look(_ context.Context, order workflow.LookOrder) workflow.Sample {
	return l.look(order)
}

func (looking) ReadCurl(string) (workflow.Probe, []string, error) {
	return workflow.Probe{}, nil, nil
}
