package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

func TestTheBoardRunsAProposedTestByItsDigit(t *testing.T) {
	f := newDesk(t, 20*time.Minute)
	in := f.state.Incident
	second := workflow.PlaybookCommand{Use: workflow.TestUse, Run: in.Playbook.Work.CriticalRun[1]}
	f.state.Trust.Accepted = []workflow.AcceptedCommand{{PlaybookCommand: second}}
	b, w := openBoard(t, f)
	var list *runList
	card := newRunCard(f, func(err error) { t.Error(err) })
	card.Show(f.state)
	list = card.list
	require.Len(t, list.runs, 3)
	assert.Equal(t, []bool{true, false, true}, list.held)
	list.rows.OnRune("", '2')
	assert.Equal(t, []string{"run: " + second.Run}, f.calls)
	assert.Equal(t, []string{"incident.tests"}, f.ran, "what it prints is shown in the sheet")
	list.rows.OnRune("", '1')
	assert.Equal(t, "incident.trust", f.ran[1], "what nobody accepted is shown first")
	assert.False(t, list.rows.OnRune("", '9'))
	_, _ = b, w
}

func TestHowFarTheTestsAreIsOneLine(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 11, 25, 15, 0, 0, 0, time.UTC)
	run := session.Running{Since: now.Add(-72 * time.Second), Limit: 10 * time.Minute}
	assert.Equal(t, "The tests run: 1:12 of 10 min at most", testLine(run, now).text)
	run.Cancelling = true
	assert.Equal(t, "The tests are being ended, after 1:12", testLine(run, now).text)
	ended := func(ran workflow.Ran) string {
		run.Ended = &ran
		return testLine(run, now).text
	}
	assert.Equal(t, "The tests passed in 41 s.", ended(workflow.Ran{Ending: workflow.RunExited, Took: 41 * time.Second}))
	assert.Equal(t, "The tests failed after 41 s. It ended with the exit code 1.", ended(workflow.Ran{Ending: workflow.RunExited, Exit: 1, Took: 41 * time.Second, Says: "It ended with the exit code 1."}))
	assert.Equal(t, "The tests were cancelled after 2 s.", ended(workflow.Ran{Ending: workflow.RunCancelled, Took: 2 * time.Second}))
	assert.Equal(t, "Nothing.", ended(workflow.Ran{Ending: workflow.RunNotStarted, Says: "Nothing."}))
	run.Says, run.Unkept = "The disk is full.", true
	assert.Len(t, testLines(run, now), 2)
}

func TestWhatTheTestsWillSeeIsSaidBeforeTheyRun(t *testing.T) {
	t.Parallel()
	st := session.State{}
	assert.Contains(t, runWhere(st)[0].text, "No repository is chosen")
	st.Survey = workflow.Survey{Root: "/shop", Branch: "hotfix/x", Head: "0123456789abcdef0123456789abcdef01234567", Changed: 2}
	assert.Equal(t, "They run in /shop, on hotfix/x at 01234567.", runWhere(st)[0].text)
	assert.Contains(t, runWhere(st)[1].text, "no commit yet")
	fixed := newDesk(t, 21*time.Minute)
	st.Incident = fixed.state.Incident
	assert.Contains(t, runWhere(st)[1].text, "tests of another commit prove nothing")
	st.Survey.Head = st.Incident.Fix.Change.Get().Commit + "00000000000000000000000000000000"
	assert.Contains(t, runWhere(st)[1].text, "2 files are changed and not committed")
}

func TestRunningTheSameAgainAsksForTrustAnew(t *testing.T) {
	f := newDesk(t, 20*time.Minute)
	p := f.state.Incident.Playbook
	command := workflow.PlaybookCommand{Use: workflow.TestUse, Run: p.Work.CriticalRun[0]}
	want := session.TestsWanted{Line: command.Run}
	assert.True(t, asksForTrust(p, want, f.Trusted), "the trust was taken back meanwhile")
	f.state.Trust.Accepted = []workflow.AcceptedCommand{{PlaybookCommand: command}}
	assert.False(t, asksForTrust(p, want, f.Trusted))
	f.state.Trust.Accepted = nil
	want.Typed = true
	assert.False(t, asksForTrust(p, want, f.Trusted), "what a person typed is theirs")
}
