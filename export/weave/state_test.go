package weave_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"

	"firebreak/workflow"
)

// finish does everything but the all-clear.
func (l *loom) finish() {
	for id, is := range done(l.in) {
		if !is {
			l.do(workflow.MarkTask{ID: id, Done: true})
		}
	}
}

func (l *loom) allClear() {
	l.do(workflow.Override{Gate: workflow.AllClearGate, Reason: "drill"}, workflow.GiveAllClear{})
}

func TestTheAllClearClosesTheIncrementOnceEverythingIsDone(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.allClear()
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "active"`, "tasks are open")

	l.finish()
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "completed"`)
	assert.Contains(t, l.disk["spec.md"], "\nstatus: completed\n")
	for _, key := range []string{`"readyForReviewAt": "2024-`, `"approvedAt": "2024-`, `"completed": "2024-`} {
		assert.Contains(t, l.disk["metadata.json"], key)
	}
	assert.NotContains(t, l.disk["spec.md"], "- [ ]")
	assert.NotContains(t, l.disk["tasks.md"], "[ ]")

	l.do(workflow.Reopen{Reason: "it is back"})
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "active"`)
	assert.Contains(t, l.disk["spec.md"], "\nstatus: active\n")
	assert.NotContains(t, l.disk["metadata.json"], "readyForReviewAt")
	assert.NotContains(t, l.disk["metadata.json"], `"completed"`)
	assert.Contains(t, l.disk["metadata.json"], "approvedAt", "SpecWeave keeps it, too")
	assert.Empty(t, l.questions())
}

func TestACriterionThatNoTaskIsForKeepsTheIncrementOpen(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("spec.md", "\n\n## Out of Scope", "\n- [ ] **AC-US1-05**: The bank says that it works\n\n## Out of Scope")
	l.finish()
	l.allClear()
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "active"`)
	assert.Contains(t, l.says[0], "AC-US1-05")
	l.edit("spec.md", "- [ ] **AC-US1-05**", "- [x] **AC-US1-05**")
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "completed"`)
	assert.Empty(t, l.says)
}

func TestAnIncrementThatSpecWeaveMustCloseIsLeftActiveWithEverythingTicked(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.place.External = true
	l.finish()
	l.allClear()
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "active"`)
	assert.NotContains(t, l.disk["tasks.md"], "[ ]")
	assert.NotContains(t, l.disk["spec.md"], "- [ ]")

	// SpecWeave closes it.
	l.edit("metadata.json", `"status": "active"`, `"status": "completed"`)
	l.edit("spec.md", "status: active", "status: completed")
	closed := maps.Clone(l.disk)
	l.look()
	assert.Equal(t, workflow.Completed, l.in.IncrementStand().State)
	assert.Equal(t, closed, l.disk)

	// A refused close leaves it for review; the person makes it active again.
	l.edit("metadata.json", `"status": "completed"`, `"status": "ready_for_review"`)
	l.look()
	assert.Equal(t, workflow.ReadyForReview, l.in.IncrementStand().State)
	l.do(workflow.MoveIncrement{To: workflow.Active})
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "active"`)
}

func TestPauseAndAbandonCarryTheirReasonBothWays(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.do(workflow.MoveIncrement{To: workflow.Paused, Reason: `waits for "the vendor"`})
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "paused"`)
	assert.Contains(t, l.disk["metadata.json"], `"pausedReason": "waits for \"the vendor\""`)
	assert.Contains(t, l.disk["metadata.json"], `"pausedAt": "2024-11-25T14:`)
	assert.Contains(t, l.disk["spec.md"], "\nstatus: paused\n")
	l.do(workflow.MoveIncrement{To: workflow.Active})
	l.look()
	assert.NotContains(t, l.disk["metadata.json"], "paused")

	l.edit("metadata.json", `"status": "active"`, `"status": "abandoned",`+"\n"+`  "abandonedReason": "done elsewhere"`)
	l.edit("spec.md", "status: active", "status: abandoned")
	l.look()
	stand := l.in.IncrementStand()
	assert.Equal(t, workflow.Abandoned, stand.State)
	assert.Equal(t, "done elsewhere", stand.Reason)
}

func TestAStateThatNobodyKnowsIsShownAndNeverRewritten(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("metadata.json", `"status": "active"`, `"status": "superseded"`)
	l.finish()
	l.allClear()
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "superseded"`)
	assert.Equal(t, "superseded", l.weaving().Glance(sampleID).RawStatus)
	assert.NotContains(t, l.disk["tasks.md"], "[ ]", "the tasks go on")
}

func TestBothSidesMovedTheStateAndAPersonDecides(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.do(workflow.MoveIncrement{To: workflow.Paused, Reason: "waits"})
	l.edit("metadata.json", `"status": "active"`, `"status": "abandoned"`)
	l.edit("spec.md", "status: active", "status: abandoned")
	l.look()
	assert.Equal(t, []workflow.Part{workflow.StatePart}, l.questions())
	l.answer(workflow.KeepOurs)
	l.look()
	assert.Contains(t, l.disk["metadata.json"], `"status": "paused"`)
	assert.Contains(t, l.disk["spec.md"], "status: paused")
}

func TestTheStateIsWrittenIntoBothFilesOrIntoNone(t *testing.T) {
	t.Parallel()
	for name, old := range map[string][2]string{
		"a merge":                {"# Hotfix: Auth Outage", "<<<<<<< HEAD\n# Hotfix: Auth Outage"},
		"front matter in pieces": {"type: hotfix", "type: [hotfix"},
	} {
		l := newLoom(t)
		l.edit("spec.md", old[0], old[1])
		broken := maps.Clone(l.disk)
		l.do(workflow.MoveIncrement{To: workflow.Paused, Reason: "waits"})
		l.look()
		assert.Contains(t, l.disk["metadata.json"], `"status": "active"`, name)
		assert.Equal(t, broken["spec.md"], l.disk["spec.md"], name)
		assert.NotEmpty(t, l.says, name)

		l.edit("spec.md", old[1], old[0])
		l.look()
		assert.Contains(t, l.disk["metadata.json"], `"status": "paused"`, name)
		assert.Contains(t, l.disk["spec.md"], "\nstatus: paused\n", name)
	}
}
