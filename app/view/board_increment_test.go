package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/kit"
	"firebreak/workflow"
)

func TestTheIncrementStepOffersWhatTheRepositoryLacks(t *testing.T) {
	f := newDesk(t, 8*time.Minute)
	f.state.Repo.SpecWeave = false
	b, _ := openBoard(t, f)
	require.Equal(t, wayIncrement, b.card.on)
	sees(t, b, noSpecWeave)
	named[*kit.Button](t, b.Content(), "Enable SpecWeave here").Press()
	assert.Contains(t, f.calls, "enable SpecWeave")
	named[*kit.Button](t, b.Content(), "Link one that is there…").Press()
	assert.Equal(t, []string{"incident.link"}, f.ran)

	f.state.Repo.SpecWeave = true
	f.Show()
	seesNot(t, b, noSpecWeave)
}

func TestTheBoardsSideKnowsTheIncrementAndOpensItsSheet(t *testing.T) {
	f := newDesk(t, 8*time.Minute)
	b, _ := openBoard(t, f)
	assert.False(t, b.side.files.panel.Visible(), "there is none yet")

	f.Do(writtenIncrement(), nil)
	sees(t, b, "0015-hotfix-auth-outage")
	sees(t, b, "Active, 0 of 4 tasks")
	f.state.Increment, f.state.Increment.At = asked(ask(workflow.CausePart, "ours", "theirs")), f.state.Now
	f.Show()
	sees(t, b, "1 question to answer")
	named[*kit.Button](t, b.Content(), "Tasks and files").Press()
	assert.Equal(t, []string{"incident.weave"}, f.ran)
}
