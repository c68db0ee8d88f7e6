package publish_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/publish"
	"firebreak/app/session"
	"firebreak/workflow"
)

func TestWithoutSpecWeaveThereIsAPostMortemAndAnOffer(t *testing.T) {
	t.Parallel()
	s := bareStage(t)
	s.play(untilIncrement - time.Minute)
	_, err := s.hands.CreateIncrement(t.Context(), s.root, s.in)
	require.ErrorContains(t, err, "Enable SpecWeave here")
	assert.NoDirExists(t, filepath.Join(s.root, ".specweave"))

	plan, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	require.Len(t, plan.Steps, 1)
	assert.Equal(t, "docs/postmortems/2024-11-25-auth-outage.md", plan.Steps[0].Path)

	require.NoError(t, s.hands.Enable(t.Context(), s.root, "shop-api"))
	assert.Equal(t, "0001-hotfix-auth-outage", s.create().ID)
	require.Error(t, s.hands.Enable(t.Context(), s.root, "again"))
}

func TestTwoIncidentsOfOneTitleAndDayDoNotShareADocument(t *testing.T) {
	t.Parallel()
	s := bareStage(t)
	s.play(untilIncrement - time.Minute)
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	other := *s
	other.in = workflow.Fold("incident-2", nil)
	other.play(untilIncrement - time.Minute)
	plan, err := other.hands.Write(t.Context(), other.root, other.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	assert.Equal(t, "docs/postmortems/2024-11-25-auth-outage-2.md", plan.Steps[0].Path)
	assert.Contains(t, s.read("docs/postmortems/2024-11-25-auth-outage.md"), "incident-1")
	assert.Equal(t, "docs/postmortems/2024-11-25-auth-outage-2.md", other.preview(session.PostmortemDocument).Steps[0].Path)
}

func TestADocumentStaysWhereItIsWhenTheIncidentGetsAnotherTitle(t *testing.T) {
	t.Parallel()
	s := bareStage(t)
	s.play(untilIncrement - time.Minute)
	plan := s.preview(session.PostmortemDocument)
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	s.do(
		workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Root: s.root, Path: plan.Steps[0].Path}},
		workflow.Retitle{Title: "Login outage"},
	)
	assert.Equal(t, plan.Steps[0].Path, s.preview(session.PostmortemDocument).Steps[0].Path)
	s.do(workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Root: "/elsewhere", Path: "docs/gone.md"}})
	assert.Equal(t, plan.Steps[0].Path, s.preview(session.PostmortemDocument).Steps[0].Path, "another machine's folder is not ours")
}

func TestFilesThatExistAreLeftAloneWhileGitIsInTheMiddleOfSomething(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.write(".git/MERGE_HEAD", "0000000000000000000000000000000000000000\n")
	s.play(untilIncrement) // new files are in nobody's way
	s.do(workflow.AddTask{Title: "Tell support"})
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.IncrementDocument)
	require.ErrorContains(t, err, "in the middle of")
	require.NoError(t, os.Remove(filepath.Join(s.root, ".git/MERGE_HEAD")))
	s.export()
}

func TestWhereNothingCanBeWrittenTheAnswerSaysWhatToDo(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement - time.Minute)
	plain := t.TempDir()
	for folder, says := range map[string]string{
		"":                                "Choose the folder of your repository",
		plain:                             "git init",
		filepath.Join(plain, "not there"): "does not exist",
	} {
		_, err := s.hands.Find(t.Context(), folder)
		require.ErrorContains(t, err, says)
		_, err = s.hands.CreateIncrement(t.Context(), folder, s.in)
		require.ErrorContains(t, err, says)
		_, err = s.hands.Preview(t.Context(), folder, s.in, session.PostmortemDocument)
		require.ErrorContains(t, err, says)
		_, err = s.hands.Write(t.Context(), folder, s.in, nil, session.PostmortemDocument)
		require.ErrorContains(t, err, says)
		require.ErrorContains(t, s.hands.Enable(t.Context(), folder, ""), says)
	}
	entries, err := os.ReadDir(plain)
	require.NoError(t, err)
	assert.Empty(t, entries)
}

func TestTheRepositoryIsNamedBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	found, err := s.hands.Find(t.Context(), s.root)
	require.NoError(t, err)
	assert.Equal(t, s.root, found.Root)
	assert.Equal(t, "shop-api", found.Name)
	assert.True(t, found.SpecWeave)
	assert.Contains(t, found.Why, s.root)
	s.write(".git/MERGE_HEAD", "0000000000000000000000000000000000000000\n")
	found, err = s.hands.Find(t.Context(), s.root)
	require.NoError(t, err)
	assert.Contains(t, found.Warning, "in the middle of")
}

func TestALedgerThatFailsLosesNoDocument(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	forgets := publish.New(&memory{sums: s.ledger.sums, fail: errors.New("the disk is full")})
	_, err := forgets.Write(t.Context(), s.root, s.in, nil, everyDocument...)
	require.ErrorContains(t, err, "the disk is full")
	assert.NoFileExists(t, filepath.Join(s.root, sampleRecord), "what cannot be told from somebody's edit is not written over")
}

func TestAProjectWithExternalSyncIsLeftForSpecWeaveToClose(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	config := ".specweave/config.json"
	s.write(config, strings.Replace(s.read(config), `"version": "2.0",`, `"version": "2.0", "sync": {"enabled": true},`, 1))
	s.play(untilTheEnd)
	s.export()
	assert.Contains(t, s.read(sampleFolder+"/metadata.json"), `"status": "active"`)
	assert.NotContains(t, s.read(sampleFolder+"/spec.md"), "- [ ] **AC-", "everything is ticked")
}
