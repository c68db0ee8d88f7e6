package workflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// over is a fire that is out, with every task done.
func over(t testing.TB) *scene {
	s := fire(t).do(workflow.RecordIncrement{ID: "0015-hotfix-x"})
	for _, task := range s.in.Tasks() {
		if !task.Done {
			s.do(workflow.MarkTask{ID: task.ID, Done: true})
		}
	}
	return s.do(workflow.Override{Gate: workflow.AllClearGate, Reason: "drill"}, workflow.GiveAllClear{})
}

func TestTheIncrementFollowsTheIncident(t *testing.T) {
	s := fire(t)
	assert.Equal(t, workflow.Stand{State: workflow.Active}, s.in.IncrementStand())
	s.refuses(workflow.MoveIncrement{To: workflow.Paused, Reason: "r"}, "increment.none")

	s = over(t)
	assert.Equal(t, workflow.Completed, s.in.IncrementStand().State)
	assert.Equal(t, s.now, s.in.IncrementStand().Since)
	s.do(workflow.MarkTask{ID: "T-003"})
	assert.Equal(t, workflow.Active, s.in.IncrementStand().State, "an open task keeps it open")
	s.do(workflow.MarkTask{ID: "T-003", Done: true}, workflow.Reopen{Reason: "it is back"})
	assert.Equal(t, workflow.Active, s.in.IncrementStand().State)

	s = fire(t).do(workflow.Cancel{Reason: "a drill"})
	assert.Equal(t, workflow.Abandoned, s.in.IncrementStand().State)
	assert.Equal(t, "a drill", s.in.IncrementStand().Reason)
}

func TestAnIncrementIsPausedAbandonedAndMadeActiveAsSpecWeaveAllows(t *testing.T) {
	s := fire(t).do(workflow.RecordIncrement{ID: "0015-hotfix-x"})
	s.refuses(workflow.MoveIncrement{To: workflow.Paused}, "increment.reason-missing")
	s.refuses(workflow.MoveIncrement{To: workflow.Active}, "increment.same")
	s.refuses(workflow.MoveIncrement{To: workflow.Completed}, "increment.move")
	s.refuses(workflow.MoveIncrement{}, "increment.same")
	s.do(workflow.MoveIncrement{To: workflow.Paused, Reason: "waits for the vendor"})
	stand := s.in.IncrementStand()
	assert.Equal(t, workflow.Stand{State: workflow.Paused, Reason: "waits for the vendor", Since: s.now, Said: true}, stand)
	s.refuses(workflow.MoveIncrement{To: workflow.Paused, Reason: "again"}, "increment.same")
	s.do(workflow.MoveIncrement{To: workflow.Abandoned, Reason: "the vendor fixed it"}, workflow.MoveIncrement{To: workflow.Active}, workflow.MoveIncrement{})
	assert.Equal(t, workflow.Stand{State: workflow.Active}, s.in.IncrementStand())
}

func TestTheAllClearEndsAStateOfItsOwn(t *testing.T) {
	s := fire(t).do(workflow.RecordIncrement{ID: "0015-hotfix-x"}, workflow.MoveIncrement{To: workflow.Paused, Reason: "waits"})
	for _, task := range s.in.Tasks() {
		if !task.Done {
			s.do(workflow.MarkTask{ID: task.ID, Done: true})
		}
	}
	s.do(workflow.Override{Gate: workflow.AllClearGate, Reason: "drill"}, workflow.GiveAllClear{})
	assert.Equal(t, workflow.Completed, s.in.IncrementStand().State)
	s.do(workflow.MoveIncrement{To: workflow.Active})
	assert.Equal(t, workflow.Active, s.in.IncrementStand().State, "made active again after it was completed")
}

func TestAFileIsRightAboutItsOwnState(t *testing.T) {
	s := fire(t).do(workflow.RecordIncrement{ID: "0015-hotfix-x"})
	env := s.env()
	env.Via = "metadata.json"
	for _, state := range []workflow.Standing{workflow.ReadyForReview, workflow.Completed, workflow.Backlog, workflow.Paused} {
		events, err := workflow.Decide(s.in, workflow.Adopt{Part: workflow.StatePart, Was: s.in.Says(workflow.StatePart), Text: string(state)}, env)
		require.NoError(t, err, state)
		s.in = s.in.With(events...)
		assert.Equal(t, state, s.in.IncrementStand().State)
	}
}

func TestAnIncrementThatSpecWeaveClosedIsClosedBesidesFollowingTheIncident(t *testing.T) {
	s := over(t)
	env := s.env()
	env.Via = "metadata.json"
	events, err := workflow.Decide(s.in, workflow.Adopt{Part: workflow.StatePart, Was: s.in.Says(workflow.StatePart), Text: "completed"}, env)
	require.NoError(t, err, "its files said active until now, because SpecWeave had to close it")
	s.in = s.in.With(events...)
	assert.True(t, s.in.IncrementStand().Said)
	_, err = workflow.Decide(s.in, workflow.Adopt{Part: workflow.StatePart, Was: s.in.Says(workflow.StatePart), Text: "completed"}, env)
	assert.Error(t, err)
}

func TestALinkedIncrementBringsItsOwnTasks(t *testing.T) {
	s := fire(t).do(workflow.AddTask{Title: "Warm the cache"}, workflow.MarkTask{ID: "T-005", Done: true})
	link := workflow.LinkIncrement{
		WrittenIncrement: workflow.WrittenIncrement{ID: "0012-bug-x", Root: "/r", Path: ".specweave/increments/0012-bug-x", Type: "bug"},
		Tasks:            []workflow.LinkedTask{{ID: "T-001", Title: "Theirs", Done: true}, {ID: "T-12", Title: "Far"}},
	}
	s.do(link)
	s.refuses(link, "increment.same")
	s.refuses(workflow.LinkIncrement{}, "increment.id-missing")
	assert.True(t, s.in.Linked())
	assert.Equal(t, []string{"T-001", "T-12", "T-013"}, taskNames(s.in), "what was added here gets a number that is free there")
	assert.True(t, s.in.Tasks()[0].Done)
	assert.True(t, s.in.Tasks()[2].Done)
	s.do(workflow.MarkTask{ID: "T-001"}, workflow.AddTask{Title: "One more"})
	assert.False(t, s.in.Tasks()[0].Done)
	assert.Equal(t, []string{"T-001", "T-12", "T-013", "T-014"}, taskNames(s.in))
	s.do(workflow.Undo{}, workflow.Undo{}, workflow.Undo{})
	assert.Equal(t, []string{"T-001", "T-002", "T-003", "T-004", "T-005"}, taskNames(s.in), "the link is taken back whole")
}

func TestADroppedTaskKeepsItsNumberAndCanComeBack(t *testing.T) {
	s := fire(t)
	s.refuses(workflow.DropTask{ID: "T-003"}, "task.reason-missing")
	s.refuses(workflow.DropTask{ID: "T-030", Reason: "r"}, "task.unknown")
	s.do(workflow.DropTask{ID: "T-004", Reason: "another team deploys"}, workflow.AddTask{Title: "New"})
	assert.Equal(t, []string{"T-001", "T-002", "T-003", "T-005"}, taskNames(s.in))
	s.refuses(workflow.MarkTask{ID: "T-004", Done: true}, "task.unknown")
	s.refuses(workflow.AddTask{ID: "T-005", Title: "x"}, "task.taken")
	s.refuses(workflow.AddTask{ID: "T 6", Title: "x"}, "task.id")
	s.do(workflow.AddTask{ID: "T-004", Title: "Deploy after all"})
	assert.Equal(t, []string{"T-001", "T-002", "T-003", "T-004", "T-005"}, taskNames(s.in))
	assert.Equal(t, "Deploy after all", s.in.Tasks()[3].Title)
}
