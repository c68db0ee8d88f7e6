package publish_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/sample"
	"firebreak/app/session"
	"firebreak/workflow"
)

// realSpecWeave is the environment variable that names the folder of the npm
// package specweave. Without it the real program is not asked: it is not a
// dependency of ours, and it needs node.
const realSpecWeave = "FIREBREAK_SPECWEAVE"

// weave is the real program in a project of its own.
type weave struct {
	t       *testing.T
	program string
	root    string
	home    string
}

func specWeave(t *testing.T, s *stage) weave {
	t.Helper()
	pkg := os.Getenv(realSpecWeave)
	if pkg == "" {
		t.Skip("set " + realSpecWeave + " to the folder of the npm package specweave to ask the real one")
	}
	// The program writes into what it looks at, so it gets a copy.
	root := filepath.Join(t.TempDir(), "project")
	require.NoError(t, os.CopyFS(root, os.DirFS(s.root)))
	return weave{t: t, program: filepath.Join(pkg, "bin", "specweave.js"), root: root, home: t.TempDir()}
}

func (w weave) run(args ...string) (printed string, ok bool) {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), "node", append([]string{w.program}, args...)...)
	command.Dir = w.root
	command.Env = append(os.Environ(), "HOME="+w.home, "NO_COLOR=1", "SPECWEAVE_SKIP_IMAGE_GEN=true")
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	return out.String(), err == nil
}

func TestTheRealSpecWeaveReadsAnOpenIncrementAndRefusesToCloseIt(t *testing.T) {
	s := newStage(t)
	s.play(untilDeploy)
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.IncrementDocument, session.PostmortemDocument)
	require.NoError(t, err)
	w := specWeave(t, s)
	printed, ok := w.run("status", "--verbose", "--type", "hotfix")
	assert.True(t, ok, printed)
	assert.Contains(t, printed, "0015-hotfix-auth-outage [hotfix]")
	assert.NotContains(t, printed, "Duplicate increment")
	for _, f := range []string{"metadata.json", "spec.md", "tasks.md", "plan.md"} {
		path := filepath.Join(".specweave", "increments", "0015-hotfix-auth-outage", f)
		after, err := os.ReadFile(filepath.Join(w.root, path))
		require.NoError(t, err)
		assert.Equal(t, s.read(filepath.ToSlash(path)), string(after), "a look by SpecWeave repairs nothing")
	}
	printed, ok = w.run("qa", "0015", "--ci")
	assert.True(t, ok, printed)
	s.do(workflow.AddTask{Title: "Tell support"})
	_, err = s.hands.Write(t.Context(), s.root, s.in, nil, session.IncrementDocument)
	require.NoError(t, err)
	printed, ok = specWeave(t, s).run("complete", "0015", "--yes")
	assert.False(t, ok, "an open task keeps it open:\n%s", printed)
	assert.Regexp(t, regexp.MustCompile(`still (open|pending)`), printed)
}

func TestTheRealSpecWeaveClosesAnIncrementWhoseTasksAreDone(t *testing.T) {
	s := newStage(t)
	s.play(untilDeploy)
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.IncrementDocument)
	require.NoError(t, err)
	w := specWeave(t, s)
	printed, ok := w.run("complete", "0015", "--yes")
	require.True(t, ok, printed)
	metadata, err := os.ReadFile(filepath.Join(w.root, ".specweave/increments/0015-hotfix-auth-outage/metadata.json"))
	require.NoError(t, err)
	assert.Contains(t, string(metadata), `"status": "completed"`)
	assert.Contains(t, string(metadata), `"incidentId": "incident-1"`, "what is ours outlives it")
}

func TestTheRealSpecWeaveCountsOurClosedIncrement(t *testing.T) {
	s := newStage(t)
	s.play(untilTheEnd)
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	printed, ok := specWeave(t, s).run("status", "--verbose", "--type", "hotfix")
	assert.True(t, ok, printed)
	assert.Regexp(t, regexp.MustCompile(`Completed: [1-9]`), printed)
}

// Words that SpecWeave's readers trip over when they come in as they are.
const trip = "# x ## Root Cause\n---\n- [ ] T-001: {{X}} [Story Title]\n### T-009: boo\n### US-002: y\n" +
	"**Status**: [ ] pending\n**Completed**: 2024\n- [ ] **AC-US1-09**: z\n\x00\r\n\u202eRTL (P0) \"q\" 'q' ## Acceptance Criteria"

func TestTheRealSpecWeaveReadsHostileWords(t *testing.T) {
	s := newStage(t)
	s.hostile()
	require.NoError(t, hostileWrite(t, s))
	w := specWeave(t, s)
	printed, ok := w.run("status", "--verbose", "--type", "hotfix")
	assert.True(t, ok, printed)
	assert.Contains(t, printed, s.in.Fix.Increment.Get().ID+" [hotfix]")
	printed, ok = w.run("sync-living-docs", s.in.Fix.Increment.Get().ID)
	assert.True(t, ok, printed)
	found, err := filepath.Glob(filepath.Join(w.root, ".specweave/docs/internal/specs/*/FS-*/us-001-*.md"))
	require.NoError(t, err)
	assert.Len(t, found, 1, "one user story, whatever was typed")
}

// hostile plays an incident in which every field holds the trip words.
func (s *stage) hostile() {
	s.t.Helper()
	s.now = sample.Alert()
	line := strings.Join(strings.Fields(trip), " ")
	title := string([]rune(line)[:190])
	s.do(
		workflow.Declare{Title: title, Severity: "SEV1", Service: trip, Commander: trip, Impact: trip, Playbook: standard(s.t)},
		workflow.Assess{Field: workflow.Symptoms, Text: trip},
		workflow.Assess{Field: workflow.Hypothesis, Text: trip},
		workflow.Note{Text: trip, Links: []string{trip}},
		workflow.WriteText{Which: workflow.ProblemText, Text: trip},
		workflow.WriteText{Which: workflow.FixText, Text: trip},
		workflow.WriteText{Which: workflow.RollbackText, Text: trip},
		workflow.AddTask{Title: line},
		workflow.RenameTask{ID: "T-002", Title: line},
		workflow.Tell{Channel: workflow.StakeholderChannel, Text: trip},
	)
	s.do(s.create())
	s.now = s.now.Add(10 * time.Minute)
	s.do(
		workflow.Identify{Cause: trip},
		workflow.Choose{Option: workflow.HotfixOption, Reason: trip, WouldChange: trip},
		workflow.RecordFix{Commit: trip, Summary: trip},
		workflow.ReadyRollback{Command: trip, Version: trip},
		workflow.Override{Gate: workflow.DeployGate, Reason: trip},
		workflow.AddAction{Text: line, Owner: line, Due: line, Kind: line},
	)
	for _, section := range workflow.KnownSections() {
		if !section.Generated() {
			s.do(workflow.WriteSection{Section: section, Text: "As written: " + trip})
		}
	}
}

func hostileWrite(t *testing.T, s *stage) error {
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.IncrementDocument, session.PostmortemDocument)
	return err
}

// TestProjectsForTheEye leaves whole projects in a folder, for checks that this
// package does not make itself.
func TestProjectsForTheEye(t *testing.T) {
	folder := os.Getenv("FIREBREAK_PROJECTS")
	if folder == "" {
		t.Skip("set FIREBREAK_PROJECTS to a new folder to keep the projects that the tests write")
	}
	for name, until := range map[string]time.Duration{"start": untilIncrement, "closable": untilDeploy, "completed": untilTheEnd} {
		s := newStage(t)
		s.play(until)
		_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.IncrementDocument, session.PostmortemDocument)
		require.NoError(t, err)
		require.NoError(t, os.CopyFS(filepath.Join(folder, name), os.DirFS(s.root)))
	}
	s := newStage(t)
	s.hostile()
	require.NoError(t, hostileWrite(t, s))
	require.NoError(t, os.CopyFS(filepath.Join(folder, "hostile"), os.DirFS(s.root)))
}
