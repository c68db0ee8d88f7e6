package session_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// program stands for what runs commands: it prints and ends as a test tells it.
type program struct {
	prints []string
	ran    workflow.Ran
	orders []workflow.RunOrder
	ended  bool // its context was over before it was run
	breaks bool
}

func (p *program) Run(ctx context.Context, order workflow.RunOrder, printed func([]byte)) workflow.Ran {
	if p.breaks {
		panic("a fault")
	}
	p.orders = append(p.orders, order)
	for _, text := range p.prints {
		printed([]byte(text))
	}
	if ctx.Err() != nil {
		p.ended = true
		return workflow.Ran{Ending: workflow.RunCancelled, Exit: -1}
	}
	return p.ran
}

func (*program) Installed(string) bool { return true }

// runs is a stand whose desk can run commands.
func runs(t *testing.T, p *program) *stand {
	t.Helper()
	s := &stand{t: t, shelf: newMemory("laptop"), hand: &hand{now: start}, hands: &outside{}, runner: p}
	s.open()
	s.declare("Auth Outage")
	return s
}

var authTests = workflow.RunOrder{Use: workflow.TestUse, Words: []string{"npm", "test"}, Line: "npm test -- --grep auth", Folder: "/shop"}

func TestACommandRunsBesideTheDeskAndItsOutputIsShown(t *testing.T) {
	p := &program{prints: []string{"one\n", "two\n"}, ran: workflow.Ran{Ending: workflow.RunExited, Took: 4 * time.Second, Tail: "two\n"}}
	s := runs(t, p)
	var ended []workflow.Ran
	begun := false
	s.desk.StartRun("tests", authTests, func(r workflow.Ran) { ended = append(ended, r) }, func(err error) { begun = err == nil })
	assert.True(t, begun)
	run, is := s.desk.State().Running("tests")
	require.True(t, is)
	assert.Nil(t, run.Ended)
	assert.Equal(t, start, run.Since)

	s.desk.StartRun("tests", authTests, nil, func(err error) { assert.ErrorContains(t, err, "runs already") })
	s.step() // the command runs to its end; its answer waits
	s.hand.now = s.hand.now.Add(time.Second)
	for _, a := range s.hand.timers { // the screen is told before the end is known
		if !a.off {
			a.off = true
			a.call()
		}
	}
	s.pump()
	require.Len(t, ended, 1)
	run, _ = s.desk.State().Running("tests")
	assert.Equal(t, "one\ntwo\n", run.Text)
	assert.EqualValues(t, 8, run.Printed)
	assert.Equal(t, 4*time.Second, run.Took(s.hand.now))
	assert.Equal(t, "npm test -- --grep auth", p.orders[0].Line)

	s.desk.StartRun("tests", authTests, nil, nil)
	run, _ = s.desk.State().Running("tests")
	assert.Nil(t, run.Ended, "a new run begins from nothing")
	assert.Empty(t, run.Text)
	s.desk.ForgetRun("tests")
	assert.Len(t, s.desk.State().Runs, 1, "one that runs is not forgotten")
	s.pump()
	s.desk.ForgetRun("tests")
	assert.Empty(t, s.desk.State().Runs)
}

func TestACommandIsCancelledAndStaysUntilItHasEnded(t *testing.T) {
	p := &program{}
	s := runs(t, p)
	s.desk.StartRun("tests", authTests, nil, nil)
	s.desk.CancelRun("tests")
	run, _ := s.desk.State().Running("tests")
	assert.True(t, run.Cancelling)
	s.pump()
	run, _ = s.desk.State().Running("tests")
	assert.False(t, run.Cancelling)
	assert.Equal(t, workflow.RunCancelled, run.Ended.Ending)
	s.desk.CancelRun("tests")
	s.desk.CancelRun("nothing")
}

func TestAFaultOfOursIsHowACommandEnded(t *testing.T) {
	s := runs(t, &program{breaks: true})
	s.desk.StartRun("tests", authTests, nil, nil)
	assert.Panics(t, s.pump)
	s.pump()
	run, _ := s.desk.State().Running("tests")
	require.NotNil(t, run.Ended)
	assert.Contains(t, run.Ended.Says, "failed")
	newStand(t).desk.StartRun("tests", authTests, nil, func(err error) { assert.ErrorContains(t, err, "cannot run commands") })
}

func TestALongOutputIsHeldAtItsEnd(t *testing.T) {
	line := strings.Repeat("x", 999) + "\n"
	p := &program{}
	for range 2000 {
		p.prints = append(p.prints, line)
	}
	p.prints = append(p.prints, strings.Repeat("y", 1<<20))
	s := runs(t, p)
	s.desk.StartRun("tests", authTests, nil, nil)
	s.pump()
	run, _ := s.desk.State().Running("tests")
	assert.EqualValues(t, 2_000_000+1<<20, run.Printed)
	assert.Equal(t, strings.Repeat("y", 128<<10), run.Text)
}

func TestAnotherIncidentOnTheDeskSeesNothingOfTheRun(t *testing.T) {
	p := &program{prints: []string{"x"}, ran: workflow.Ran{Ending: workflow.RunExited}}
	s := runs(t, p)
	heard := 0
	s.desk.StartRun("tests", authTests, func(workflow.Ran) { heard++ }, nil)
	s.desk.PutAway()
	_, is := s.desk.State().Running("tests")
	assert.False(t, is)
	s.pump()
	assert.Equal(t, 1, heard, "its end is heard all the same")
}

func TestClosingEndsTestsAndWaitsForADeploy(t *testing.T) {
	p := &program{}
	s := runs(t, p)
	s.desk.StartRun("tests", authTests, nil, nil)
	left := false
	s.desk.Leave(func() { left = true }, func() { t.Error("a test keeps nobody here") })
	assert.False(t, left)
	s.pump()
	assert.True(t, left)
	assert.True(t, p.ended)

	p = &program{ran: workflow.Ran{Ending: workflow.RunExited}}
	s = runs(t, p)
	deploy := authTests
	deploy.Use, deploy.Line = workflow.DeployUse, "npm run deploy:production"
	heard := false
	s.desk.StartRun("deploy", deploy, func(workflow.Ran) { heard = true }, nil)
	left, stays := false, false
	s.desk.Leave(func() { left = true }, func() { stays = true })
	assert.True(t, stays)
	strip := s.desk.State().Strip
	require.NotNil(t, strip)
	assert.Equal(t, "The deploy still runs (npm run deploy:production). Firebreak stays open until it has ended, so that it is not cut off.", strip.Says)
	strip.Back() // quit when it has ended
	assert.False(t, left)
	s.pump()
	assert.True(t, heard, "how it ended is put on record first")
	assert.True(t, left)
	assert.False(t, p.ended)
	s.desk.StartRun("tests", authTests, nil, func(err error) { assert.Error(t, err) })
}

var _ session.Outside = (*program)(nil)
