package workflow_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

func TestProbesAreThePlaybooksAndWhatWasAdded(t *testing.T) {
	t.Parallel()
	health := workflow.Probe{ID: "health", Name: "Health", Kind: workflow.HTTPProbe, URL: "https://api.example.com/health"}
	s := under(t, func(p *workflow.Playbook) { p.Verify.Probes = []workflow.Probe{health} })
	names := func() (out []string) {
		for _, p := range s.in.Probes() {
			out = append(out, p.Name)
		}
		return out
	}
	assert.True(t, s.in.FromPlaybook("health"))
	s.do(workflow.AddProbe{Probe: loginProbe})
	assert.Equal(t, []string{"Health", "Login answers 200"}, names())
	health.Text = "ok"
	s.do(workflow.AddProbe{Probe: health})
	assert.Equal(t, "Probe changed: Health", s.last().Text.Get())
	assert.False(t, s.in.FromPlaybook("health"), "somebody here typed it")
	assert.Equal(t, "ok", s.in.Probes()[0].Text)
	s.refuses(workflow.DropProbe{ID: "health"}, "probe.reason-missing")
	s.do(workflow.DropProbe{ID: "health", Reason: "it says nothing"})
	assert.Equal(t, []string{"Login answers 200"}, names())
	s.refuses(workflow.DropProbe{ID: "health", Reason: "again"}, "probe.gone")
	s.do(workflow.AddProbe{Probe: health})
	assert.Equal(t, []string{"Health", "Login answers 200"}, names(), "saving it again brings it back")
	s.do(workflow.Undo{}, workflow.Undo{})
	assert.Equal(t, []string{"Health", "Login answers 200"}, names())
	same(t, s.in, workflow.Fold(s.in.ID, s.in.Events()))
}

func TestAProbeThatCouldNotLookIsRefusedBesideItsField(t *testing.T) {
	t.Parallel()
	s := fire(t).do(workflow.AddProbe{Probe: loginProbe})
	for code, c := range map[string]struct {
		p     workflow.Probe
		field string
	}{
		"probe.name-missing":    {workflow.Probe{Kind: workflow.PersonProbe}, "name"},
		"probe.command-missing": {workflow.Probe{Kind: workflow.CommandProbe, Name: "x"}, "run"},
		"probe.kind":            {workflow.Probe{Kind: "smell", Name: "x"}, "kind"},
		"probe.url":             {workflow.Probe{Kind: workflow.HTTPProbe, Name: "x", URL: "file:///etc/passwd"}, "url"},
		"probe.status":          {workflow.Probe{Kind: workflow.HTTPProbe, URL: "https://a.example", Status: 42}, "status"},
		"probe.headers":         {workflow.Probe{Kind: workflow.HTTPProbe, URL: "https://a.example", Headers: []string{"no colon"}}, "headers"},
		"probe.metric-missing":  {workflow.Probe{Kind: workflow.MetricProbe, Name: "x", URL: "https://a.example"}, "metric"},
		"probe.below":           {workflow.Probe{Kind: workflow.MetricProbe, URL: "https://a.example", Metric: "m", Below: "few"}, "below"},
		"probe.time":            {workflow.Probe{Kind: workflow.HTTPProbe, URL: "https://a.example", Within: -time.Second}, "within"},
		"probe.double":          {workflow.Probe{Kind: workflow.HTTPProbe, URL: "https://a.example", Name: "login answers 200"}, "name"},
		"probe.secret":          {workflow.Probe{Kind: workflow.HTTPProbe, URL: "https://a.example", Headers: []string{"Authorization: Bearer abc"}}, "curl"},
		"probe.same":            {loginProbe, ""},
	} {
		assert.Equal(t, c.field, s.refuses(workflow.AddProbe{Probe: c.p}, code).Field, code)
	}
}

func TestSecretsOfAProbeBecomeVariables(t *testing.T) {
	t.Parallel()
	p := workflow.Probe{
		URL: "https://me:pw@a.example/x?token=abc&page=2&api_key=def#t",
		Headers: []string{
			"Authorization: Bearer abc.def", "Cookie: sid=1", "X-Api-Key: k", "Accept: text/plain", "Author: Jane",
			"Authorization: Bearer $TOKEN", "X-Auth-Token: ${MINE}", "Authorization: Basic bWU6cHc=",
		},
	}
	kept, held := p.WithoutSecrets()
	assert.Equal(t, []string{
		"Authorization: Bearer $FIREBREAK_TOKEN", "Cookie: $FIREBREAK_COOKIE", "X-Api-Key: $FIREBREAK_X_API_KEY", "Accept: text/plain", "Author: Jane",
		"Authorization: Bearer $TOKEN", "X-Auth-Token: ${MINE}", "Authorization: Basic $FIREBREAK_LOGIN",
	}, kept.Headers)
	assert.Equal(t, "https://me:$FIREBREAK_PASSWORD@a.example/x?token=$FIREBREAK_TOKEN_2&page=2&api_key=$FIREBREAK_API_KEY#t", kept.URL)
	values := map[string]string{}
	for _, h := range held {
		values[h.Variable] = h.Value.Reveal()
	}
	assert.Equal(t, map[string]string{
		"FIREBREAK_TOKEN": "abc.def", "FIREBREAK_COOKIE": "sid=1", "FIREBREAK_X_API_KEY": "k", "FIREBREAK_LOGIN": "bWU6cHc=",
		"FIREBREAK_PASSWORD": "pw", "FIREBREAK_TOKEN_2": "abc", "FIREBREAK_API_KEY": "def",
	}, values)
	_, again := kept.WithoutSecrets()
	assert.Empty(t, again)
}

func TestAPersonsWordProvesWhatAPersonLooksAt(t *testing.T) {
	t.Parallel()
	s := shipped(t).do(workflow.AddProbe{Probe: workflow.Probe{Kind: workflow.PersonProbe, Name: "Checkout with a card"}})
	assert.Equal(t, "Look at production yourself and say how it is: Checkout with a card", s.in.Find(workflow.FixVerified).Missing)
	s.do(checked("something else", workflow.CheckPassed))
	assert.False(t, s.in.Holds(workflow.FixVerified))
	s.do(checked("checkout with a card", workflow.CheckPassed))
	assert.True(t, s.in.Holds(workflow.FixVerified), "by its name")
	s.do(checked("Checkout with a card", workflow.CheckFailed))
	assert.Equal(t, "Check again: Checkout with a card (failed)", s.in.Find(workflow.FixVerified).Missing)
}

func TestAnAllClearWithoutProofNeedsANamedOverride(t *testing.T) {
	t.Parallel()
	s := shipped(t).do(workflow.AddProbe{Probe: loginProbe})
	rule := s.refuses(workflow.GiveAllClear{}, "gate.closed")
	assert.Contains(t, rule.Says, "Watch production: Login answers 200 must stay green for 5 minutes")
	s.do(workflow.Override{Gate: workflow.AllClearGate, By: "Ann", Reason: "the probe host is down"}, workflow.GiveAllClear{})
	assert.False(t, s.in.Open())
}

func TestACallIsWrittenAsItWouldBeTyped(t *testing.T) {
	t.Parallel()
	p := workflow.Probe{Kind: workflow.HTTPProbe, URL: "https://a.example/x?y=1", Method: "POST", Headers: []string{"A: it's"}, Body: "{}", Limit: 2500 * time.Millisecond}
	assert.Equal(t, `curl 'https://a.example/x?y=1' -H 'A: it'\''s' --data-raw '{}' -m 2.5`, p.CurlLine())
	assert.Equal(t, "curl -X HEAD https://a.example", workflow.Probe{URL: "https://a.example", Method: "HEAD"}.CurlLine())
}
