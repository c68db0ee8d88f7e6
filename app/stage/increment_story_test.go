package stage_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// fixing is a story whose incident has an increment.
func fixing(t *testing.T) *story {
	t.Helper()
	st := begin(t)
	st.declares()
	return st
}

func (st *story) declares() {
	st.t.Helper()
	st.does("Jane",
		workflow.Declare{Title: "Auth Outage", Severity: "SEV1", Impact: "Login broken", Playbook: st.s.Desk.State().Policy},
		workflow.WriteText{Which: workflow.FixText, Text: "Revert it."})
	st.waits(st.s.Desk.CreateIncrement)
	st.s.Pump()
}

func (st *story) ofIncrement(name string) string {
	return filepath.Join(st.shop, ".specweave/increments/0001-hotfix-auth-outage", name)
}

func (st *story) incrementFile(name string) string {
	st.t.Helper()
	content, err := os.ReadFile(st.ofIncrement(name))
	require.NoError(st.t, err)
	return string(content)
}

// edits changes a file as an engineer's editor does: a new one in its place.
func (st *story) edits(name, old, new string) {
	st.t.Helper()
	content := st.incrementFile(name)
	require.Contains(st.t, content, old)
	beside := st.ofIncrement(name) + ".new"
	require.NoError(st.t, os.WriteFile(beside, []byte(strings.Replace(content, old, new, 1)), 0o644))
	require.NoError(st.t, os.Rename(beside, st.ofIncrement(name)))
}

func (st *story) increment() session.Increment { return st.s.Desk.State().Increment }

func (st *story) looks() {
	st.t.Helper()
	st.waits(st.s.Desk.WeaveIncrement)
}

func TestATickOnTheDeskIsInTheFileAndATickInTheFileIsOnTheDesk(t *testing.T) {
	st := fixing(t)
	assert.Equal(t, workflow.Active, st.increment().State)
	st.does("Jane", workflow.MarkTask{ID: "T-002", Done: true})
	assert.Contains(t, st.incrementFile("tasks.md"), "**Status**: [x] completed")
	assert.Contains(t, st.incrementFile("spec.md"), "- [x] **AC-US1-02**")

	st.edits("tasks.md", "[ ] pending", "[x] completed")
	st.looks()
	assert.True(t, st.in().Tasks()[0].Done)
	assert.Contains(t, st.s.Desk.State().Strip.Says, "From tasks.md: T-001 done")
	assert.Contains(t, st.incrementFile("spec.md"), "- [x] **AC-US1-01**")
	assert.Equal(t, 2, st.increment().Done)

	st.waits(st.s.Desk.Undo)
	assert.NotContains(t, st.incrementFile("spec.md"), "- [x] **AC-US1-02**", "the person's own tick is taken back")
	assert.True(t, st.in().Tasks()[0].Done, "the engineer's stands")

	st.losesPower()
	assert.Empty(t, st.increment().Differences, "both sides agree after a power cut as well")
}

func TestWhatBothChangedIsAskedOnTheDeskAndDecidedThere(t *testing.T) {
	st := fixing(t)
	st.edits("spec.md", "Revert it.", "Theirs.")
	st.does("Jane", workflow.WriteText{Which: workflow.FixText, Text: "Ours."})
	questions := st.increment().Questions()
	require.Len(t, questions, 1)
	strip := st.s.Desk.State().Strip
	require.NotNil(t, strip)
	assert.True(t, strip.Question)
	assert.Contains(t, strip.Says, "Both texts are kept")
	assert.Contains(t, st.incrementFile("spec.md"), "Theirs.")

	st.losesPower()
	questions = st.increment().Questions()
	require.Len(t, questions, 1, "the question is still open after a power cut")
	st.waits(func(done func(error)) { st.s.Desk.Settle(questions[0], workflow.KeepBoth, done) })
	assert.Empty(t, st.increment().Questions())
	assert.Contains(t, st.incrementFile("spec.md"), "Ours.\n\nTheirs.")
}

func TestAStoryOfTwoIncidentsKeepsTheirIncrementsApart(t *testing.T) {
	st := fixing(t)
	first := st.in().ID
	st.does("Jane", workflow.Cancel{Reason: "a drill"})
	assert.Contains(t, st.incrementFile("metadata.json"), `"status": "abandoned"`)
	st.does("Jane", workflow.Declare{Title: "Checkout", Severity: "SEV2", Playbook: st.s.Desk.State().Policy})
	assert.Empty(t, st.increment().ID, "the new one has none yet")
	st.edits("tasks.md", "[ ] pending", "[x] completed")
	st.s.Desk.OpenIncident(first, nil)
	st.s.Pump()
	assert.True(t, st.in().Tasks()[0].Done, "what happened meanwhile is taken over when it is opened")
}

func TestTroubleWithAFileIsSaidOnceAndEndsWithTheTrouble(t *testing.T) {
	st := fixing(t)
	whole := st.incrementFile("metadata.json")
	require.NoError(t, os.WriteFile(st.ofIncrement("metadata.json"), []byte(whole[:40]), 0o644))
	st.looks()
	require.NotEmpty(t, st.increment().Says)
	assert.Contains(t, st.s.Desk.State().Strip.Says, "metadata.json")
	st.s.Desk.Dismiss()
	st.looks()
	assert.Nil(t, st.s.Desk.State().Strip, "it is not said again and again")
	require.NoError(t, os.WriteFile(st.ofIncrement("metadata.json"), []byte(whole), 0o644))
	st.looks()
	assert.Empty(t, st.increment().Says)

	require.NoError(t, os.Rename(filepath.Dir(st.ofIncrement("x")), st.shop+"/away"))
	st.does("Jane", workflow.MarkTask{ID: "T-003", Done: true})
	assert.Contains(t, strings.Join(st.increment().Says, " "), "There is no increment")
	require.NoError(t, os.Rename(st.shop+"/away", filepath.Dir(st.ofIncrement("x"))))
	st.looks()
	assert.Equal(t, 1, strings.Count(st.incrementFile("tasks.md"), "[x] completed"), "it is brought up to date when it is back")
}

// TestAWatchedFileIsOnTheDeskWithinASecond uses the real watch and the clock on
// the wall. The bound is generous: what is promised is measured in make bench.
func TestAWatchedFileIsOnTheDeskWithoutBeingAskedFor(t *testing.T) {
	st := begin(t)
	st.s.Close()
	st.live = true
	st.start(st.s.Clock.Now())
	st.declares()
	soon := func(what string, holds func() bool) {
		t.Helper()
		require.Eventually(t, func() bool { st.s.Pump(); return holds() }, 20*time.Second, 5*time.Millisecond, what)
	}
	soon("the files are watched", func() bool { return st.increment().Live })
	st.edits("tasks.md", "[ ] pending", "[x] completed")
	soon("the first tick arrives", func() bool { return st.in().Tasks()[0].Done })
	st.edits("spec.md", "Revert it.", "Theirs.")
	soon("the text arrives", func() bool { return st.in().Fix.Plan.Get() == "Theirs." })
	require.NoError(t, os.WriteFile(filepath.Join(st.shop, ".git", "MERGE_HEAD"), []byte("x\n"), 0o644))
	soon("the merge is seen", func() bool { return st.increment().Held != "" })
	st.edits("tasks.md", "[ ] pending", "[x] completed")
	require.NoError(t, os.Remove(filepath.Join(st.shop, ".git", "MERGE_HEAD")))
	soon("its end is seen", func() bool { return st.in().Tasks()[1].Done })
}
