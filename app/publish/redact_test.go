package publish_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// pasted is a made-up key, put together here so that no scanner of repositories
// finds one in this file.
var pasted = "gh" + "p_" + strings.Repeat("aB3dE5gH7jK9", 3)

// holding are the files of the repository that hold a text.
func (s *stage) holding(text string) (found []string) {
	s.t.Helper()
	require.NoError(s.t, filepath.WalkDir(s.root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) {
			found = append(found, path)
		}
		return err
	}))
	return found
}

func (s *stage) findings() []workflow.Leak {
	s.t.Helper()
	leaks, err := s.hands.Leaks(s.t.Context(), s.in, session.LookFor{})
	require.NoError(s.t, err)
	return leaks
}

func TestAnExportIsHeldBackUntilSomebodyDecidesAboutASecret(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	assert.Empty(t, s.findings(), "the sample has none")
	s.do(workflow.Note{Text: "the token " + pasted + " leaked"}, workflow.Note{Text: "mail from bob.smith@shop.com"})

	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, everyDocument...)
	var held *session.HeldError
	require.ErrorAs(t, err, &held)
	assert.Contains(t, err.Error(), "A secret on which nobody has decided would leave: GitHub access token (Timeline, ")
	assert.NotContains(t, err.Error(), pasted)
	assert.Empty(t, s.holding(pasted))
	assert.NoFileExists(t, filepath.Join(s.root, sampleRecord))

	s.do(workflow.Judge{Leak: held.Leaks[0], Verdict: workflow.RedactLeak})
	s.export()
	assert.Empty(t, s.holding(pasted))
	assert.Contains(t, s.read(sampleRecord), `the token \[redacted: GitHub access token] leaked`)
	assert.Contains(t, s.read(sampleRecord), "GitHub access token, redacted here by Jane")
	assert.Contains(t, s.read(sampleRecord), "shop.com", "personal data is only pointed out")
}

func TestSecretsLeaveWhereThatWasAccepted(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	s.do(workflow.Note{Text: "the token " + pasted + " leaked"})
	s.export(session.LeaksAccepted)
	assert.Len(t, s.holding(pasted), 1)
}

func TestThePreviewShowsWhatWouldBeWrittenAndHoldsNothingBack(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	s.do(workflow.Note{Text: "the token " + pasted + " leaked"})
	shown := func() (all string) {
		for _, step := range s.preview(everyDocument...).Steps {
			all += step.Diff
		}
		return all
	}
	assert.Contains(t, shown(), pasted)
	s.do(workflow.Judge{Leak: s.findings()[0], Verdict: workflow.RedactLeak})
	assert.NotContains(t, shown(), pasted)
}

func TestAWovenIncrementHoldsMarkersAndStillTakesWhatTheFileChanged(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement - 1)
	s.do(workflow.WriteText{Which: workflow.FixText, Text: "rotate " + pasted + " first"})
	s.do(workflow.Judge{Leak: s.findings()[0], Verdict: workflow.RedactLeak})
	s.do(s.create())
	assert.Empty(t, s.holding(pasted))
	assert.Empty(t, s.look().Increment.Wrote, "both sides are in step")
	spec := sampleFolder + "/spec.md"
	require.Contains(t, s.read(spec), "redacted: GitHub access token")

	s.write(spec, strings.Replace(s.read(spec), " first", " now", 1))
	assert.Empty(t, s.look().Increment.Differences)
	assert.Contains(t, s.in.Text(workflow.FixPart), " now", "what the file says came into the incident")
	assert.Empty(t, s.holding(pasted))
}

func TestTheMessageOfACommitGivesNothingAway(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, args := range [][]string{{"init", "-q"}, {"config", "user.name", "Jane"}, {"config", "user.email", "jane@example.com"}} {
		require.NoError(t, exec.Command("git", append([]string{"-C", s.root}, args...)...).Run())
	}
	s.play(untilTheEnd)
	s.do(workflow.Retitle{Title: "Login down: " + pasted})
	s.do(workflow.Judge{Leak: s.findings()[0], Verdict: workflow.RedactLeak})
	commit, err := s.hands.PlanCommit(t.Context(), s.in, s.export(), "")
	require.NoError(t, err)
	assert.Contains(t, commit.Message, "Login down: [redacted: GitHub access token]")
	assert.NotContains(t, commit.Message+commit.Diff, pasted)
}
