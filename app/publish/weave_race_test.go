package publish_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// replaces changes a file as somebody else would.
func (s *stage) replaces(name, old, new string) {
	s.t.Helper()
	at := sampleFolder + "/" + name
	require.Contains(s.t, s.read(at), old)
	s.write(at, strings.Replace(s.read(at), old, new, 1))
}

func (s *stage) later() { s.now = s.now.Add(1e9) }

func TestALookThatIsBehindAnotherProgramTakesNothingBack(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.look()
	before := s.in // as a window that has not heard of it yet
	s.later()
	s.do(workflow.MarkTask{ID: "T-002", Done: true}, workflow.WriteText{Which: workflow.FixText, Text: "Newer."})
	s.look()
	tasks, spec := s.read(sampleFolder+"/tasks.md"), s.read(sampleFolder+"/spec.md")

	woven, err := s.hands.Weave(t.Context(), s.root, before)
	require.NoError(t, err)
	assert.Empty(t, woven.Takes)
	assert.Equal(t, tasks, s.read(sampleFolder+"/tasks.md"))
	assert.Equal(t, spec, s.read(sampleFolder+"/spec.md"))
}

func TestATextThatIsWrittenWhileTheFilesIsTakenOverIsAQuestion(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.look()
	s.replaces("spec.md", "Revert token validation to previous behavior.", "Theirs.")
	woven, err := s.hands.Weave(t.Context(), s.root, s.in)
	require.NoError(t, err)
	require.Len(t, woven.Takes, 1)
	s.do(workflow.WriteText{Which: workflow.FixText, Text: "Ours."})
	_, err = workflow.Decide(s.in, woven.Takes[0].Want, workflow.Env{Now: s.now, Actor: "x", Via: "spec.md", Device: "device-1", NewID: s.newID})
	require.Error(t, err)
	assert.Equal(t, "Ours.", s.in.Fix.Plan.Get())
	questions := s.look().Increment.Questions()
	require.Len(t, questions, 1)
	assert.Equal(t, workflow.FixPart, questions[0].Part)
}

func TestATickThatReachesAFileNeverLookedAtMeetsItsCriterionToo(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.do(workflow.MarkTask{ID: "T-002", Done: true})
	s.ledger.agreed = map[string][]byte{}
	s.look()
	assert.Contains(t, s.read(sampleFolder+"/tasks.md"), "[x] completed")
	assert.Contains(t, s.read(sampleFolder+"/spec.md"), "- [x] **AC-US1-02**")
}

func TestTwoIncidentsOfOneIncrementDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.look()
	other := *s
	other.in = workflow.Fold("incident-2", nil)
	other.do(workflow.Declare{Title: "Login again", Severity: "SEV1", Impact: "x", Playbook: standard(t)},
		workflow.WriteText{Which: workflow.FixText, Text: "Of the second."})
	link, err := s.hands.Link(t.Context(), s.root, other.in, "0015-hotfix-auth-outage")
	require.NoError(t, err)
	other.do(link)
	woven := other.look()
	assert.Contains(t, s.read(sampleFolder+"/spec.md"), "Revert token validation to previous behavior.")
	var parts []workflow.Part
	for _, q := range woven.Increment.Questions() {
		parts = append(parts, q.Part)
	}
	assert.Contains(t, parts, workflow.FixPart)
	s.look()
	assert.Equal(t, "Revert token validation to previous behavior.", s.in.Fix.Plan.Get())
}

func TestAnIncrementKnownByItsNameAloneIsNotWrittenInto(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement - 1)
	folder := ".specweave/increments/0021-checkout"
	s.write(folder+"/metadata.json", `{"id": "0021-checkout", "status": "active", "type": "hotfix", "title": "Checkout"}`)
	s.write(folder+"/spec.md", "# Checkout\n\n- [ ] **AC-US1-01**: a\n- [ ] **AC-US1-02**: b\n")
	s.write(folder+"/tasks.md", "### T-001: Look\n**Status**: [ ] pending\n")
	before := s.read(folder+"/tasks.md") + s.read(folder+"/spec.md") + s.read(folder+"/metadata.json")
	s.do(workflow.RecordIncrement{ID: "0021-checkout"})
	_, err := s.hands.CreateIncrement(t.Context(), s.root, s.in)
	assert.Error(t, err)
	assert.Equal(t, before, s.read(folder+"/tasks.md")+s.read(folder+"/spec.md")+s.read(folder+"/metadata.json"))
}
