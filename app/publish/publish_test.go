package publish_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/export"
	"firebreak/workflow"
)

const (
	sampleFolder = ".specweave/increments/0015-hotfix-auth-outage"
	sampleRecord = ".specweave/docs/internal/operations/incidents/0015-hotfix-auth-outage.md"
)

var everyDocument = []session.Document{session.IncrementDocument, session.PostmortemDocument}

func (s *stage) export(accept ...string) session.Plan {
	s.t.Helper()
	plan, err := s.hands.Write(s.t.Context(), s.root, s.in, accept, everyDocument...)
	require.NoError(s.t, err)
	return plan
}

func (s *stage) preview(docs ...session.Document) session.Plan {
	s.t.Helper()
	plan, err := s.hands.Preview(s.t.Context(), s.root, s.in, docs...)
	require.NoError(s.t, err)
	return plan
}

func what(plan session.Plan) map[string]string {
	out := map[string]string{}
	for _, s := range plan.Steps {
		said := s.What
		if s.Kept {
			said += ", kept"
		}
		out[filepath.Base(s.Path)] = said
	}
	return out
}

func TestTheIncrementTakesTheNextNumberAndGetsExactlyFourFiles(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	assert.Equal(t, workflow.WrittenIncrement{
		ID: "0015-hotfix-auth-outage", Root: s.root, Path: sampleFolder, Type: "hotfix",
	}, s.in.Fix.Increment.Get())
	entries, err := os.ReadDir(filepath.Join(s.root, sampleFolder))
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	assert.Equal(t, []string{"metadata.json", "plan.md", "spec.md", "tasks.md"}, names)
	assert.Contains(t, s.read(sampleFolder+"/spec.md"), "`"+sampleRecord+"`", "the spec names the record before it is written")
	assert.Contains(t, s.read(sampleFolder+"/metadata.json"), `"project": "shop-api"`)
}

func TestAnIncrementOfTheNormalFlowIsNamedByItsType(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.do(workflow.Declare{Title: "Profile image not loading", Severity: "SEV3", Playbook: standard(t)})
	record := s.create()
	assert.Equal(t, "0015-bug-profile-image-not-loading", record.ID)
	assert.Equal(t, "bug", record.Type)
}

func TestAnIncrementIsNotCreatedTwice(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement - time.Minute)
	first := s.create()
	again := s.create() // the program stopped before the first was recorded
	assert.Equal(t, first, again)
	s.do(first)
	s.do(workflow.AddTask{Title: "Tell support"})
	assert.Equal(t, first, s.create(), "one that is recorded is written again")
	assert.Contains(t, s.read(sampleFolder+"/tasks.md"), "### T-005: Tell support\n")
	found, err := filepath.Glob(filepath.Join(s.root, ".specweave/increments/0*"))
	require.NoError(t, err)
	assert.Len(t, found, 1)
}

func TestCreatingAgainDoesNotWriteOverSomebodysEdit(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	s.write(sampleFolder+"/plan.md", "mine now\n")
	s.do(workflow.AddTask{Title: "Tell support"})
	s.create()
	assert.Equal(t, "mine now\n", s.read(sampleFolder+"/plan.md"))
	assert.Contains(t, s.read(sampleFolder+"/tasks.md"), "Tell support", "what nobody else touched goes on")
}

func TestAFailedCreationGivesTheNumberBack(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement - time.Minute)
	s.in.Playbook.Work.Records = "../outside"
	_, err := s.hands.CreateIncrement(t.Context(), s.root, s.in)
	require.Error(t, err)
	found, globErr := filepath.Glob(filepath.Join(s.root, ".specweave/increments/0*"))
	require.NoError(t, globErr)
	assert.Empty(t, found)
}

func TestThePostMortemBringsTheIncrementUpToDate(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	plan, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	assert.True(t, plan.Written)
	assert.Equal(t, map[string]string{
		"metadata.json": "update", "spec.md": "update", "plan.md": "update", "tasks.md": "update",
		"0015-hotfix-auth-outage.md": "create",
	}, what(plan))
	assert.Equal(t, string(export.Postmortem(s.in)), s.read(sampleRecord))
	assert.Contains(t, s.read(sampleFolder+"/metadata.json"), `"status": "completed"`)
	for _, step := range plan.Steps {
		assert.NotEmpty(t, step.Diff, step.Path)
	}
	assert.Empty(t, plan.Empty, "every section of the sample says something")
}

func TestASecondExportOfTheSameDataWritesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	s.export()
	s.now = s.now.Add(time.Hour)
	s.do(workflow.RecordExport{Export: workflow.Export{Document: "post-mortem", Root: s.root, Path: sampleRecord}})
	for name, said := range what(s.export()) {
		assert.Equal(t, "same", said, name)
	}
}

func TestAPreviewWritesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement - time.Minute)
	plan := s.preview(everyDocument...)
	assert.False(t, plan.Written)
	assert.Equal(t, "create", what(plan)["spec.md"])
	assert.Contains(t, plan.Steps[0].Path, "0015-hotfix-auth-outage", "the number that it would get now")
	assert.Equal(t, []string{"Root Cause", "Lessons Learned", "Action Items"}, plan.Empty)
	assert.NoDirExists(t, filepath.Join(s.root, sampleFolder))
	assert.Empty(t, s.ledger.sums)
	_, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.IncrementDocument)
	require.ErrorContains(t, err, "Create it first")
}

func TestAnEditedPostMortemIsKeptUntilThePersonHasSeenItAndAgrees(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilDeploy)
	s.export()
	s.write(sampleRecord, "written by hand\n")
	s.play2End()

	kept := s.export()
	assert.Equal(t, "changed, kept", what(kept)["0015-hotfix-auth-outage.md"])
	assert.Equal(t, []string{sampleRecord}, kept.Conflicts())
	assert.Equal(t, "update", what(kept)["spec.md"], "the increment is another document")
	assert.Equal(t, "written by hand\n", s.read(sampleRecord))

	shown := s.preview(session.PostmortemDocument)
	assert.Equal(t, []string{sampleRecord}, shown.Conflicts())
	s.write(sampleRecord, "written by hand, once more\n")
	assert.Equal(t, "changed, kept", what(s.export(sampleRecord))["0015-hotfix-auth-outage.md"], "that is not what the preview showed")

	s.preview(session.PostmortemDocument)
	taken := s.export(sampleRecord)
	assert.Equal(t, "update", what(taken)["0015-hotfix-auth-outage.md"])
	assert.Empty(t, taken.Conflicts())
	assert.Equal(t, string(export.Postmortem(s.in)), s.read(sampleRecord))
}

// play2End goes on from the deploy.
func (s *stage) play2End() {
	s.t.Helper()
	s.now = s.now.Add(time.Minute)
	s.do(
		workflow.RecordCheck{Check: workflow.Check{What: "login answers 200", Outcome: workflow.CheckPassed}},
		workflow.GiveAllClear{},
	)
}

func TestAnExportKeepsWhatSomebodyTickedInTheFile(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	tasks := sampleFolder + "/tasks.md"
	s.write(tasks, strings.Replace(s.read(tasks), "[ ] pending", "[x] completed", 1))
	s.do(workflow.AddTask{Title: "Tell support"})
	plan := s.export()
	assert.Equal(t, map[string]string{
		"metadata.json": "update", "spec.md": "update", "plan.md": "same", "tasks.md": "update",
		"0015-hotfix-auth-outage.md": "create",
	}, what(plan))
	assert.Contains(t, s.read(tasks), "[x] completed")
	assert.Contains(t, s.read(tasks), "### T-005: Tell support")
	assert.Contains(t, s.read(sampleFolder+"/spec.md"), "- [x] **AC-US1-01**", "its boxes agree with the tasks")
	assert.Contains(t, strings.Join(plan.Says, " "), "changed the tick of T-001")
}

func TestWhatSpecWeaveAddedToTheMetadataSurvivesAnAcceptedExport(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	metadata := sampleFolder + "/metadata.json"
	s.write(metadata, strings.Replace(s.read(metadata), `"externalLinks": {}`, `"externalLinks": {"github": {"issueNumber": 7}}`, 1))
	s.do(workflow.AddTask{Title: "Tell support"})
	s.export()
	assert.Contains(t, s.read(metadata), `"externalLinks": {"github": {"issueNumber": 7}}`)
	assert.Contains(t, s.read(metadata), `"status": "active"`, "an issue hangs on it: SpecWeave must close it itself")
}

func TestAnArchivedIncrementIsWrittenWhereItLies(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilIncrement)
	archived := ".specweave/increments/_archive/0015-hotfix-auth-outage"
	require.NoError(t, os.Rename(filepath.Join(s.root, sampleFolder), filepath.Join(s.root, archived)))
	plan := s.preview(session.IncrementDocument)
	assert.Equal(t, archived+"/metadata.json", plan.Steps[0].Path)
}

func TestAnIncrementOnAnotherBranchDoesNotStopThePostMortem(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.play(untilTheEnd)
	require.NoError(t, os.RemoveAll(filepath.Join(s.root, sampleFolder)))
	plan, err := s.hands.Write(t.Context(), s.root, s.in, nil, session.PostmortemDocument)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"0015-hotfix-auth-outage.md": "create"}, what(plan))
	s.write(".specweave/increments/0015-something-else/spec.md", "# else\n")
	_, err = s.hands.Preview(t.Context(), s.root, s.in, session.IncrementDocument)
	require.ErrorContains(t, err, "0015-something-else has its number")
}
