package weave_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestBothSidesOfANewIncrementSayTheSame(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	assert.Empty(t, l.look(), "nothing to write")
	assert.Empty(t, l.weaving().Differences())
	assert.Empty(t, l.says)
}

func TestATickInTheIncidentTicksTheTaskAndItsCriterionAndNothingElse(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	before := maps.Clone(l.disk)
	l.do(workflow.MarkTask{ID: "T-002", Done: true})
	assert.Equal(t, []string{"tasks.md", "spec.md", "metadata.json"}, l.look())
	assert.Equal(t, []string{"-**Status**: [ ] pending", "+**Status**: [x] completed", "+**Completed At**: 2024-11-25T14:38:00Z"}, changed(before["tasks.md"], l.disk["tasks.md"]))
	assert.Equal(t, []string{
		"-- [ ] **AC-US1-02**: The reported symptom no longer occurs, and nothing else has changed",
		"+- [x] **AC-US1-02**: The reported symptom no longer occurs, and nothing else has changed",
	}, changed(before["spec.md"], l.disk["spec.md"]))
	assert.Equal(t, []string{`-  "lastActivity": "2024-11-25T14:36:00.000Z",`, `+  "lastActivity": "2024-11-25T14:38:00.000Z",`}, changed(before["metadata.json"], l.disk["metadata.json"]))
	assert.Equal(t, before["plan.md"], l.disk["plan.md"])

	l.do(workflow.MarkTask{ID: "T-002"})
	l.look()
	assert.Equal(t, before["tasks.md"], l.disk["tasks.md"])
	assert.Equal(t, before["spec.md"], l.disk["spec.md"])
}

func TestATickInTheFileTicksTheTaskHereAndItsCriterionThere(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("tasks.md", "**Satisfies ACs**: AC-US1-03\n**Priority**: P0\n**Dependencies**: T-002\n**Status**: [ ] pending", "**Satisfies ACs**: AC-US1-03\n**Priority**: P0\n**Dependencies**: T-002\n**Status**: [x] completed")
	ticked := l.disk["tasks.md"]
	assert.Equal(t, []string{"spec.md"}, l.look())
	assert.Equal(t, map[string]bool{"T-001": false, "T-002": false, "T-003": true, "T-004": false}, done(l.in))
	assert.Equal(t, ticked, l.disk["tasks.md"], "what somebody wrote is left as it is")
	assert.Contains(t, l.disk["spec.md"], "- [x] **AC-US1-03**")
	events := l.in.Events()
	assert.Equal(t, "tasks.md", events[len(events)-1].Via)
}

func TestATextChangedOnOneSideTravelsToTheOther(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("spec.md", "Recent deploy broke it", "The `dash` is refused since *abc123*.\n\n- one\n- two")
	l.edit("spec.md", "Revert token validation.", "Put the old pattern back.")
	theirs := l.disk["spec.md"]
	l.look()
	assert.Equal(t, "The `dash` is refused since *abc123*.\n\n- one\n- two", l.in.Assessment(workflow.Hypothesis))
	assert.Equal(t, "Put the old pattern back.", l.in.Fix.Plan.Get())
	assert.Equal(t, theirs, l.disk["spec.md"])

	l.do(workflow.Identify{Cause: "The pattern lost its dash in abc123."})
	before := l.disk["spec.md"]
	l.look()
	for _, line := range changed(before, l.disk["spec.md"]) {
		assert.Contains(t, []string{
			"-## Root Cause (Hypothesis)", "+## Root Cause", "-", "-The `dash` is refused since *abc123*.", "-- one", "-- two",
			"+The pattern lost its dash in abc123.",
			"-- [ ] **AC-US1-01**: The change that broke production is named, with the evidence for it",
			"+- [x] **AC-US1-01**: The change that broke production is named, with the evidence for it",
		}, line)
	}
	assert.Contains(t, l.disk["tasks.md"], "**Status**: [x] completed", "the fact ticked its task")

	l.edit("spec.md", "lost its dash", "lost its dash and its dot")
	l.look()
	assert.Equal(t, "The pattern lost its dash and its dot in abc123.", l.in.Fix.RootCause.Get())
	assert.Empty(t, l.questions())
}

func TestWhoeverTakesTheWordHypothesisAwayKnowsTheCause(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("spec.md", "## Root Cause (Hypothesis)", "## Root Cause")
	l.look()
	assert.Equal(t, "Recent deploy broke it", l.in.Fix.RootCause.Get())
	assert.True(t, l.in.Reached(workflow.Identified))
	assert.Empty(t, l.look())

	l = newLoom(t)
	l.do(workflow.Identify{Cause: "The pattern."})
	l.look()
	assert.Contains(t, l.disk["spec.md"], "## Root Cause\n\nThe pattern.")
	l.do(workflow.Undo{})
	l.look()
	assert.Contains(t, l.disk["spec.md"], "## Root Cause (Hypothesis)\n\nRecent deploy broke it")
	assert.Empty(t, l.in.Fix.RootCause.Get(), "what was taken back does not come back from the file")
}

func TestATextThatTheWriterMakesSafeIsStillAgreedUpon(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("spec.md", "Revert token validation.", "See T-009.\n\n#### Their heading\n\n- [ ] a box of theirs")
	theirs := l.disk["spec.md"]
	l.look()
	assert.Equal(t, "See T-009.\n\n#### Their heading\n\n- [ ] a box of theirs", l.in.Fix.Plan.Get())
	assert.Equal(t, theirs, l.disk["spec.md"], "their form of it stays")
	l.do(workflow.Note{Text: "something else"}, workflow.MarkTask{ID: "T-002", Done: true})
	l.look()
	assert.Contains(t, l.disk["spec.md"], "#### Their heading")
	assert.Empty(t, l.questions())
}

func TestTasksThatAreAddedAndRenamedTravelBothWays(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.do(workflow.AddTask{Title: "Purge the *token* cache"}, workflow.RenameTask{ID: "T-003", Title: "Add two tests"})
	before := maps.Clone(l.disk)
	l.look()
	assert.Contains(t, l.disk["tasks.md"], "### T-003: Add two tests\n")
	assert.Contains(t, l.disk["tasks.md"], "### T-005: Purge the \\*token\\* cache\n")
	assert.Contains(t, l.disk["tasks.md"], "**Satisfies ACs**: AC-US1-05\n")
	assert.Equal(t, []string{"+- [ ] **AC-US1-05**: Done: Purge the \\*token\\* cache"}, changed(before["spec.md"], l.disk["spec.md"]))

	l.edit("tasks.md", "### T-002: Implement fix", "### T-002: Revert the commit")
	l.disk["tasks.md"] += "\n### T-006: Tell the bank\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-04\n**Status**: [x] completed\n"
	l.look()
	assert.Equal(t, "Revert the commit", l.in.Text(workflow.TitlePart("T-002")))
	assert.Equal(t, "Tell the bank", l.in.Text(workflow.TitlePart("T-006")))
	assert.True(t, done(l.in)["T-006"])
	assert.Empty(t, l.questions())
	assert.Empty(t, l.look())
}

func TestWhatBothChangedIsAskedAndNothingIsOverwrittenMeanwhile(t *testing.T) {
	t.Parallel()
	for keep, want := range map[workflow.Keep][2]string{
		workflow.KeepOurs:   {"Ours.", "Ours."},
		workflow.KeepTheirs: {"Theirs, changed again.", "Theirs, changed again."},
		workflow.KeepBoth:   {"Ours.\n\nTheirs, changed again.", "Ours.\n\nTheirs, changed again."},
	} {
		l := newLoom(t)
		l.do(workflow.WriteText{Which: workflow.FixText, Text: "Ours."}, workflow.MarkTask{ID: "T-002", Done: true})
		l.edit("spec.md", "Revert token validation.", "Theirs.")
		l.look()
		assert.Equal(t, []workflow.Part{workflow.FixPart}, l.questions())
		assert.Contains(t, l.disk["spec.md"], "\nTheirs.\n")
		assert.Equal(t, "Ours.", l.in.Fix.Plan.Get())
		assert.Contains(t, l.disk["tasks.md"], "[x] completed", "what is no question goes on")

		stale := l.weaving().Differences()[0]
		l.edit("spec.md", "Theirs.", "Theirs, changed again.")
		l.do(workflow.SettleClash{Part: stale.Part, Ours: stale.Ours, Theirs: stale.Theirs, Keep: workflow.KeepOurs})
		l.look()
		assert.Equal(t, []workflow.Part{workflow.FixPart}, l.questions(), "the answer was about another text")
		assert.Contains(t, l.disk["spec.md"], "Theirs, changed again.")

		l.answer(keep)
		l.look()
		assert.Empty(t, l.questions(), keep)
		assert.Equal(t, want[0], l.in.Fix.Plan.Get(), keep)
		assert.Contains(t, l.disk["spec.md"], "\n## Fix\n\n"+want[1]+"\n\n## ", keep)
	}
}

func TestATaskThatLeftTheFileIsAskedAbout(t *testing.T) {
	t.Parallel()
	without := func() *loom {
		l := newLoom(t)
		block := l.disk["tasks.md"]
		from, to := strings.Index(block, "### T-003"), strings.Index(block, "### T-004")
		l.disk["tasks.md"] = block[:from] + block[to:]
		l.look()
		assert.Equal(t, []workflow.Part{workflow.TaskPart("T-003")}, l.questions())
		return l
	}
	l := without()
	l.answer(workflow.KeepOurs)
	l.look()
	assert.Contains(t, l.disk["tasks.md"], "### T-003: Add regression test", "it is back, at the end")
	assert.Empty(t, l.questions())

	l = without()
	l.answer(workflow.KeepTheirs)
	l.look()
	assert.NotContains(t, done(l.in), "T-003")
	assert.Empty(t, l.questions())

	l = newLoom(t)
	l.disk["tasks.md"] = "# Tasks\n"
	l.look()
	assert.Len(t, l.questions(), 4, "a file that is being written drops nothing")
	assert.Len(t, done(l.in), 4)
}

func TestADroppedTaskLeavesTheFileAndItsWordsStayInTheLog(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("tasks.md", "### T-003: Add regression test\n", "### T-003: Add regression test\n\nA note of the engineer.\n")
	l.look()
	l.do(workflow.DropTask{ID: "T-003", Reason: "there is one"})
	l.look()
	assert.NotContains(t, l.disk["tasks.md"], "T-003: ")
	answer, ok := l.in.Settled(workflow.TaskPart("T-003"))
	require.True(t, ok)
	assert.Contains(t, answer.Theirs, "A note of the engineer.")
	assert.NotContains(t, l.disk["spec.md"], "AC-US1-03", "nothing is for its criterion any more")
	assert.Contains(t, answer.Theirs, "AC-US1-03")
	l.do(workflow.Undo{})
	l.look()
	assert.Contains(t, l.disk["tasks.md"], "T-003: ", "taken back, it is back in the file")
	l.do(workflow.Redo{})
	l.look()
	assert.NotContains(t, l.disk["tasks.md"], "T-003: ")
	assert.Empty(t, l.questions())
	assert.Empty(t, l.look())
}

func TestTwoTasksUnderOneNumberAreKeptBoth(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.do(workflow.AddTask{Title: "Ours"})
	l.disk["tasks.md"] += "\n### T-005: Theirs\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-04\n**Status**: [ ] pending\n"
	l.look()
	require.Equal(t, []workflow.Part{workflow.TitlePart("T-005")}, l.questions())
	l.answer(workflow.KeepBoth)
	l.look()
	assert.Empty(t, l.questions())
	assert.Contains(t, l.disk["tasks.md"], "### T-005: Theirs\n")
	assert.Contains(t, l.disk["tasks.md"], "### T-006: Ours\n")
}

func TestTheSurroundingsFollowTheIncidentUntilSomebodyTouchesThem(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.edit("plan.md", "## Rollback\n", "## Rollback\n\nAsk Bob first.\n")
	l.edit("spec.md", "- Everything that this incident does not need\n", "- Everything that this incident does not need\n- The old admin page\n")
	l.do(
		workflow.SetService{Service: "auth"}, workflow.ReadyRollback{Command: "make back", Version: "v1.2.2"},
		workflow.Choose{Option: workflow.HotfixOption, Reason: "small and clear"}, workflow.AddAction{Text: "Add a canary"},
	)
	l.look()
	assert.Contains(t, l.disk["spec.md"], "- **Service**: auth")
	assert.Contains(t, l.disk["plan.md"], "Hotfix: small and clear")
	assert.Contains(t, l.disk["plan.md"], "Ask Bob first.")
	assert.NotContains(t, l.disk["plan.md"], "make back", "somebody wrote into that section: it is theirs")
	assert.Contains(t, l.disk["spec.md"], "- The old admin page")
	assert.NotContains(t, l.disk["spec.md"], "canary")

	l.do(workflow.SetSeverity{Level: "SEV3", Reason: "only the admin page"})
	l.place.External = true
	l.look()
	assert.Contains(t, l.disk["spec.md"], "type: bug\n")
	assert.Contains(t, l.disk["spec.md"], "## Symptoms\n", "the normal flow asks for a full spec")
	assert.Contains(t, l.disk["metadata.json"], `"type": "bug"`)
	assert.Contains(t, l.disk["metadata.json"], `"testMode": "test-after"`)
	assert.Empty(t, l.questions())
	assert.Empty(t, l.look())
}
