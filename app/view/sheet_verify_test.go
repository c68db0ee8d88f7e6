package view

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/app/session"
	"firebreak/workflow"
)

// fakeProduction answers what a test says, and reads one curl line.
type fakeProduction struct {
	d      *shellDesk
	answer string
	orders []workflow.LookOrder
}

func (f *fakeProduction) Look(_ context.Context, order workflow.LookOrder) workflow.Sample {
	f.orders = append(f.orders, order)
	s := workflow.Sample{Probe: workflow.ProbeID(order.Probe.ID), At: f.d.now, Answer: f.answer, Outcome: workflow.CheckPassed}
	if f.answer != "200" {
		s.Outcome, s.Says = workflow.CheckFailed, "It answers "+f.answer+"."
	}
	return s
}

func (f *fakeProduction) ReadCurl(string) (workflow.Probe, []string, error) {
	return workflow.Probe{Kind: workflow.HTTPProbe, URL: "https://api.example.com/login", Method: "POST", Headers: []string{"Authorization: Bearer abc"}}, []string{"-k: certificates are always checked"}, nil
}

// verifyDesk is the sample as it is deployed, before a soak of five minutes.
func verifyDesk(t *testing.T) (*shellDesk, *fakeProduction) {
	t.Helper()
	d := newShellDesk(t, 26*time.Minute, 1280, 800)
	f := &fakeProduction{d: d, answer: "500"}
	d.prober = f
	return d.open(1280, 800), f
}

// lookOnce lets one look of each probe happen, five seconds later.
func (d *shellDesk) lookOnce() {
	d.t.Helper()
	d.now = d.now.Add(5 * time.Second)
	d.shell.LookOnce(func(err error) { require.NoError(d.t, err) })
	d.pump()
	d.shell.Desk.Show()
}

func TestACurlLineBecomesAProbeWithoutItsSecret(t *testing.T) {
	d, f := verifyDesk(t)
	d.run("incident.verify")
	assert.True(t, d.sees("Nothing looks at production yet."))
	assert.Equal(t, "Add a probe…", focusedWord(d))
	d.run("incident.main")
	assert.True(t, d.sees("Your curl line, or an address"))
	d.write("curl -k https://api.example.com/login -H 'Authorization: Bearer abc'")
	assert.True(t, d.sees("Not taken over: -k: certificates are always checked."))
	d.run("incident.main")
	probes := d.incident().Probes()
	require.Len(t, probes, 1)
	assert.Equal(t, []string{"Authorization: Bearer $FIREBREAK_TOKEN"}, probes[0].Headers)
	assert.True(t, d.sees("POST /login answers"))

	d.lookOnce()
	assert.Equal(t, "abc", f.orders[0].Values["FIREBREAK_TOKEN"], "it is kept in memory")
	assert.True(t, d.sees("Failed. It answers 500."))
}

func TestTheSheetFollowsASoakFromFailureToProof(t *testing.T) {
	d, f := verifyDesk(t)
	d.shell.Do(workflow.AddProbe{Probe: workflow.Probe{ID: "login", Kind: workflow.HTTPProbe, Name: "Login answers 200", URL: "https://api.example.com/login"}}, nil)
	d.pump()
	d.run("incident.verify")
	assert.True(t, d.sees("0 of 1 probe proven; nothing is watched now"))
	d.lookOnce()
	assert.True(t, d.sees("Login answers 200 fails"))
	f.answer = "200"
	for range 27 {
		d.lookOnce()
	}
	assert.True(t, d.sees("2:10 of 5:00, started again") || d.sees("2:10 of 5:00"))
	chart := named[*kit.Chart](t, d.window.Content(), d.chartWords())
	assert.True(t, chart.Visible())
	for range 35 {
		d.lookOnce()
	}
	assert.True(t, d.sees("Verified: Login answers 200, green for 5 minutes, seen by Jane"))
	assert.True(t, d.sees("Stayed green for 5:00"))
	assert.Equal(t, workflow.Verified, d.incident().Stage())
}

func (d *shellDesk) chartWords() string {
	p := d.shell.State().Watching.Probes[0]
	return chartWords(p, p.Series.Looks())
}

func TestThePersonsWordAndADropAreOneStepEach(t *testing.T) {
	d, _ := verifyDesk(t)
	d.shell.Do(workflow.AddProbe{Probe: workflow.Probe{Kind: workflow.PersonProbe, Name: "Checkout with a card"}}, nil)
	d.pump()
	d.run("incident.verify")
	assert.True(t, d.sees("Somebody looks at this and says how it is."))
	named[*kit.Button](t, d.window.Content(), "It is well").Press()
	d.pump()
	assert.Equal(t, workflow.Verified, d.incident().Stage())
	named[*kit.Button](t, d.window.Content(), "Drop…").Press()
	d.pump()
	d.write("the shop has none")
	d.run("incident.main")
	assert.Empty(t, d.incident().Probes())
	assert.True(t, d.sees("Nothing looks at production yet."))
}

func TestTheStatusBarSaysHowLongTheProofTakes(t *testing.T) {
	deployed := func(p session.ProbeState) session.State {
		d, _ := verifyDesk(t)
		st := d.shell.State()
		st.Watching = session.Watching{On: true, Probes: []session.ProbeState{p}}
		return st
	}
	words, tone := probesItem(deployed(session.ProbeState{Left: 130 * time.Second}))
	assert.Equal(t, "Proven in 2:10", words)
	assert.Equal(t, kit.Neutral, tone)
	words, tone = probesItem(deployed(session.ProbeState{Outcome: workflow.CheckFailed}))
	assert.Equal(t, "Production fails", words)
	assert.Equal(t, kit.Bad, tone)
	words, _ = probesItem(session.State{})
	assert.Empty(t, words)
}
