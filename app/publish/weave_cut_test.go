package publish_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/publish"
	"firebreak/workflow"
)

// TestALookThatIsCutOffIsMadeGoodByTheNext ends a look after each of its steps, as
// a crash or a full disk does, and looks again with a program that was just
// started.
func TestALookThatIsCutOffIsMadeGoodByTheNext(t *testing.T) {
	t.Parallel()
	readOnly := func(name string) func(*stage) func() {
		return func(s *stage) func() {
			at := filepath.Join(s.root, sampleFolder, name)
			require.NoError(t, os.Chmod(at, 0o444))
			return func() { require.NoError(t, os.Chmod(at, 0o644)) }
		}
	}
	for name, cut := range map[string]func(*stage) func(){
		"before anything is written":     readOnly("tasks.md"),
		"between the tasks and the spec": readOnly("spec.md"),
		"before the state":               readOnly("metadata.json"),
		"before it is remembered": func(s *stage) func() {
			s.ledger.fail = errors.New("the disk is full")
			return func() { s.ledger.fail = nil }
		},
	} {
		s := newStage(t)
		s.play(untilIncrement)
		s.look()
		s.do(workflow.MarkTask{ID: "T-002", Done: true}, workflow.WriteText{Which: workflow.FixText, Text: "Ours."}, workflow.AddTask{Title: "Tell support"})
		s.tickThere("T-003")
		mend := cut(s)
		_, err := s.hands.Weave(t.Context(), s.root, s.in)
		require.Error(t, err, name)
		mend()

		s.hands = publish.New(s.ledger) // the program starts again
		woven := s.look()
		assert.Empty(t, woven.Increment.Differences, name)
		assert.True(t, s.in.Tasks()[1].Done && s.in.Tasks()[2].Done, name)
		assert.Equal(t, 2, strings.Count(s.read(sampleFolder+"/tasks.md"), "[x] completed"), name)
		assert.Contains(t, s.read(sampleFolder+"/tasks.md"), "### T-005: Tell support", name)
		spec := s.read(sampleFolder + "/spec.md")
		assert.Contains(t, spec, "## Fix\n\nOurs.\n", name)
		for _, criterion := range []string{"- [x] **AC-US1-02**", "- [x] **AC-US1-03**", "- [ ] **AC-US1-05**"} {
			assert.Contains(t, spec, criterion, name)
		}
		assert.Equal(t, 1, strings.Count(spec, "AC-US1-05"), name)
	}
}

func TestWhatALookFoundIsFoundAgainWhenNobodyWroteItDown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.look()
	s.tickThere("T-003")
	for range 3 { // killed before the log had it, three times
		woven, err := publish.New(s.ledger).Weave(t.Context(), s.root, s.in)
		require.NoError(t, err)
		require.Len(t, woven.Takes, 1)
	}
	s.look()
	assert.True(t, s.in.Tasks()[2].Done)
}
