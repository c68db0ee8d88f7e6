package specweave_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/export/specweave"
)

const criteria = "# X\n\n### US-001: y\n\n- [x] **AC-US1-01**: a\n- [ ] **AC-US1-02**: b\n  - **Priority**: P0\n\n## Out of Scope\n\n- c\n"

func TestACriterionIsPutBehindTheLastOneWithWhatHangsOnIt(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\n", "\r\n"} {
		src := strings.ReplaceAll(criteria, "\n", end)
		out, err := specweave.AppendCriterion([]byte(src), "- [ ] **AC-US1-03**: Done: d")
		require.NoError(t, err)
		want := strings.Replace(criteria, "  - **Priority**: P0\n", "  - **Priority**: P0\n- [ ] **AC-US1-03**: Done: d\n", 1)
		assert.Equal(t, strings.ReplaceAll(want, "\n", end), string(out))
	}
	out, err := specweave.AppendCriterion([]byte("- [ ] **AC-US1-01**: a"), "- [ ] **AC-US1-02**: b")
	require.NoError(t, err)
	assert.Equal(t, "- [ ] **AC-US1-01**: a\n- [ ] **AC-US1-02**: b", string(out), "no line end at the end, as before")

	for _, bad := range []string{"", "no criterion", "- [ ] **AC-US1-02**: taken", "- [ ] **AC-US1-03**: x\n- [ ] **AC-US1-04**: y"} {
		_, err := specweave.AppendCriterion([]byte(criteria), bad)
		require.Error(t, err, "%q", bad)
	}
	_, err = specweave.AppendCriterion([]byte("# Nothing\n"), "- [ ] **AC-US1-01**: a")
	assert.ErrorIs(t, err, specweave.ErrNoCriteria)
}

func TestTheNextCriterionIsTheFirstFreeOneOfItsStory(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		criteria: "AC-US1-03",
		"- [ ] **AC-US1-09**: a\n- [ ] **AC-US2-01**: b\n":   "AC-US2-02",
		"- [ ] **AC-US1-07**: a\n- [ ] **AC-US1-02**: b\n":   "AC-US1-08",
		"- [ ] **AC-NFR1-01**: a\n- [x] **AC-NFR1-02**: b\n": "AC-NFR1-03",
		"# none\n": "",
	} {
		assert.Equal(t, want, specweave.NextCriterion(specweave.ReadSpec([]byte(body))), body)
	}
	line, found := specweave.CriterionLine([]byte(criteria), "AC-US1-02")
	assert.True(t, found)
	assert.Equal(t, "- [ ] **AC-US1-02**: b", line)
	_, found = specweave.CriterionLine([]byte(criteria), "AC-US9-01")
	assert.False(t, found)
}

func TestACriterionIsTakenOutWithWhatHangsOnIt(t *testing.T) {
	t.Parallel()
	out, err := specweave.RemoveCriterion([]byte(criteria), "AC-US1-02")
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(criteria, "- [ ] **AC-US1-02**: b\n  - **Priority**: P0\n", "", 1), string(out))
	_, err = specweave.RemoveCriterion([]byte(criteria), "AC-US1-03")
	assert.Error(t, err)
	_, err = specweave.RemoveCriterion([]byte(criteria+"- [ ] **AC-US1-02**: twice\n"), "AC-US1-02")
	assert.Error(t, err)
}

func TestWhenATaskWasCompletedStandsBelowItsState(t *testing.T) {
	t.Parallel()
	const when = "2024-11-25T14:42:00Z"
	src := "### T-001: a\n**Status**: [x] completed\n\nText\n\n### T-002: b\n**Status**: [ ] pending\n"
	out, err := specweave.NoteCompletion([]byte(src), "T-001", when)
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(src, "completed\n", "completed\n**Completed At**: "+when+"\n", 1), string(out))
	assert.Equal(t, when, specweave.CompletedAt(out, "T-001"))
	again, err := specweave.NoteCompletion(out, "T-001", "2025-01-01T00:00:00Z")
	require.NoError(t, err)
	assert.Equal(t, string(out), string(again), "it says so already")
	opened, err := specweave.SetTask(out, "T-001", false)
	require.NoError(t, err)
	assert.NotContains(t, string(opened), "Completed At")

	for name, kept := range map[string]string{
		"open":    "### T-001: a\n**Status**: [ ] pending\n",
		"a list":  "- [x] T-001: a\n",
		"pipes":   "### T-001: a\n**User Story**: US-001 | **Status**: [x] completed\n",
		"no end":  "### T-001: a\n**Status**: [x] completed",
		"a piped": "### T-001: a\n**Status**: [x] completed | **Priority**: P1\n",
	} {
		out, err := specweave.NoteCompletion([]byte(kept), "T-001", when)
		require.NoError(t, err, name)
		assert.Equal(t, kept, string(out), name)
	}
}

func TestTheStoryOfAFileAndTheOrderOfFolders(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "US-002", specweave.StoryOf([]byte("**User Story**: US-001\n**User Story**: US-002 | **Status**: [ ]\n")))
	assert.Empty(t, specweave.StoryOf([]byte("**User Story**: none\n")))
	assert.Empty(t, specweave.StoryOf(nil))
	assert.Negative(t, specweave.Later("0002-b", "0010-a"))
	assert.Positive(t, specweave.Later("0010-a", "0002-b"))
	assert.Negative(t, specweave.Later("0010-a", "0010-b"))
}
