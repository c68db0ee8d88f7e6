package publish_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/data/repo"
	"firebreak/workflow"
)

var bothForms = []session.Document{session.PostmortemDocument, session.HTMLDocument}

const samplePage = ".specweave/docs/internal/operations/incidents/0015-hotfix-auth-outage.html"

func TestThePageLiesBesideThePostMortemAndHoldsItsPictures(t *testing.T) {
	t.Parallel()
	s, files := attachedStage(t)
	s.do(workflow.Note{Text: "graph", Files: []workflow.Attachment{files.add("graph.png", "\x89PNG\r\n\x1a\nrest")}})
	plan, err := s.hands.Write(t.Context(), s.root, s.in, nil, bothForms...)
	require.NoError(t, err)
	var at []string
	for _, step := range plan.Steps {
		if !step.Binary {
			at = append(at, string(step.Document)+" "+step.Path)
		}
	}
	folder := ".specweave/docs/internal/operations/incidents/2024-11-25-checkout-fails"
	assert.Equal(t, []string{"post-mortem " + folder + ".md", "page " + folder + ".html"}, at)
	page := s.read(folder + ".html")
	assert.Contains(t, page, `src="data:image/png;base64,`)
	assert.Contains(t, page, `href="2024-11-25-checkout-fails-files/trace.png"`, "what is no picture lies beside it")
	assert.Contains(t, plan.Empty, "Root Cause")

	for name, said := range what(s.preview(bothForms...)) {
		assert.Equal(t, "same", said, name)
	}
}

func TestAPageThatSomebodyChangedIsKeptAndBothTextsAreShown(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, bothForms...)
	require.NoError(t, err)
	ours := s.read(samplePage)
	s.write(samplePage, "mine\n")
	s.do(workflow.Note{Text: "one more"})
	plan, err := s.hands.Write(t.Context(), s.root, s.in, nil, bothForms...)
	require.NoError(t, err)
	assert.Equal(t, "changed, kept", what(plan)[filepath.Base(samplePage)])
	assert.Equal(t, "mine\n", s.read(samplePage))
	for _, step := range plan.Steps {
		if step.Path == samplePage {
			assert.Equal(t, "mine\n", step.Theirs)
			assert.Contains(t, step.Ours, "one more")
			assert.NotEqual(t, ours, step.Ours)
		} else {
			assert.Empty(t, step.Theirs, step.Path)
		}
	}
}

func TestAPageAloneFollowsAnOlderOneOfTheIncident(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.do(workflow.Declare{Title: "Checkout fails", Severity: "SEV1", Playbook: standard(t)})
	s.do(workflow.RecordExport{Export: workflow.Export{Document: "page", Root: s.root, Path: "papers/old-name.html"}})
	assert.Equal(t, "papers/old-name.html", s.preview(session.HTMLDocument).Steps[0].Path)
	assert.Equal(t, "papers/old-name.md", s.preview(session.PostmortemDocument).Steps[0].Path)
}

// gitStage is a stage in a real repository with a person who is known.
func gitStage(t *testing.T) *stage {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	s := newStage(t)
	require.NoError(t, os.RemoveAll(filepath.Join(s.root, ".git")))
	s.git("init", "--quiet", "--initial-branch=main")
	s.git("config", "user.name", "Ann")
	s.git("config", "user.email", "ann@example.org")
	s.git("add", ".")
	s.git("commit", "--quiet", "-m", "first")
	return s
}

func (s *stage) git(args ...string) string {
	s.t.Helper()
	command := exec.CommandContext(context.Background(), "git", args...)
	command.Dir = s.root
	out, err := command.CombinedOutput()
	require.NoError(s.t, err, "git %v: %s", args, out)
	return string(out)
}

func TestACommitHoldsWhatTheExportWroteAndNotWhatWasKept(t *testing.T) {
	s := gitStage(t)
	s.play(untilTheEnd)
	s.write("notes.txt", "of somebody else\n")
	s.git("add", "notes.txt")
	plan, err := s.hands.Write(t.Context(), s.root, s.in, nil, append([]session.Document{session.IncrementDocument}, bothForms...)...)
	require.NoError(t, err)

	shown, err := s.hands.PlanCommit(t.Context(), s.in, plan, "")
	require.NoError(t, err)
	assert.Equal(t, "Add Post-Mortem: SEV1 Auth Outage 2024-11-25", shown.Message)
	assert.Len(t, shown.Files, 6, "four of the increment, and the post-mortem twice")
	assert.Contains(t, shown.Diff, "+# Post-Mortem: SEV1 Auth Outage 2024-11-25")
	made, err := s.hands.Commit(t.Context(), shown)
	require.NoError(t, err)
	assert.Len(t, made.Paths, 6)
	assert.Equal(t, "A  notes.txt\n", s.git("status", "--porcelain"))

	s.do(session.RecordOf(made), workflow.Note{Text: "one more"})
	s.write(samplePage, "mine\n")
	plan, err = s.hands.Write(t.Context(), s.root, s.in, nil, bothForms...)
	require.NoError(t, err)
	shown, err = s.hands.PlanCommit(t.Context(), s.in, plan, "")
	require.NoError(t, err)
	assert.Equal(t, "Update Post-Mortem: SEV1 Auth Outage 2024-11-25", shown.Message)
	for _, f := range shown.Files {
		assert.NotEqual(t, samplePage, f.Path, "what somebody changed is not ours to commit")
	}
	assert.NotContains(t, shown.Diff, "mine")
}

func TestACommitIsRefusedWhenItIsNotWhatWasShown(t *testing.T) {
	s := gitStage(t)
	s.play(untilTheEnd)
	plan, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	shown, err := s.hands.PlanCommit(t.Context(), s.in, plan, "m")
	require.NoError(t, err)
	s.git("switch", "--quiet", "-c", "another")
	_, err = s.hands.Commit(t.Context(), shown)
	require.ErrorContains(t, err, "Nothing was committed")
	s.git("switch", "--quiet", "main")
	s.write(sampleRecord, strings.ToUpper(s.read(sampleRecord)))
	_, err = s.hands.Commit(t.Context(), shown)
	require.ErrorContains(t, err, "Nothing was committed")
	assert.Equal(t, "first\n", s.git("log", "--format=%s"))

	_, err = s.hands.PlanCommit(t.Context(), s.in, session.Plan{Root: s.root, Steps: []session.PlanStep{{Path: sampleRecord, Kept: true}}}, "")
	require.ErrorContains(t, err, "no file of ours")
	plan.Steps = plan.Steps[:1]
	s.write(".gitignore", "*\n")
	s.git("rm", "-r", "--cached", "--quiet", ".specweave")
	_, err = publish.New(s.ledger).PlanCommit(t.Context(), s.in, plan, "m")
	require.Error(t, err)
	var told *repo.Trouble
	require.ErrorAs(t, err, &told)
}
