package weave_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

func TestATickOfOursIsNotPutOnAnotherTaskThatHasItsNumber(t *testing.T) {
	t.Parallel()
	l := newLoom(t)
	l.do(workflow.AddTask{Title: "Ours"}, workflow.MarkTask{ID: "T-005", Done: true})
	l.disk["tasks.md"] += "\n### T-005: Theirs\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-04\n**Status**: [ ] pending\n"
	before := maps.Clone(l.disk)
	l.look()
	require.Equal(t, []workflow.Part{workflow.TitlePart("T-005")}, l.questions())
	assert.Equal(t, before["tasks.md"], l.disk["tasks.md"])
	l.answer(workflow.KeepBoth)
	l.look()
	assert.Empty(t, l.questions())
	is := done(l.in)
	assert.False(t, is["T-005"], "theirs is open")
	assert.True(t, is["T-006"], "ours is done")
	assert.Contains(t, l.disk["tasks.md"], "### T-005: Theirs\n\n**User Story**: US-001\n**Satisfies ACs**: AC-US1-04\n**Status**: [ ] pending\n")
	assert.Contains(t, l.disk["spec.md"], "- [ ] **AC-US1-04**")
	assert.Empty(t, l.look())
}
