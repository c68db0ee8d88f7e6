package session_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// PlanCommit proposes a commit of whatever a plan names.
func (o *outside) PlanCommit(_ context.Context, _ workflow.Incident, of session.Plan, message string) (session.Commit, error) {
	if message == "" {
		message = "Add it"
	}
	c := session.Commit{Root: of.Root, Branch: "main", Message: message}
	for _, s := range of.Steps {
		c.Files = append(c.Files, session.CommitFile{Path: s.Path})
	}
	return c, o.fail
}

// Commit makes a commit.
func (o *outside) Commit(_ context.Context, shown session.Commit) (session.Commit, error) {
	shown.ID, shown.Paths = "0123456789abcdef", []string{"a.md"}
	return shown, o.fail
}

// exported is a desk after an export of one document.
func exported(t *testing.T) (*stand, workflow.IncidentID) {
	t.Helper()
	s := newStand(t)
	id := s.declare("Login is down")
	s.hands.plan = session.Plan{Root: "/srv/shop", Written: true, Steps: []session.PlanStep{{Document: session.PostmortemDocument, Path: "a.md", What: "create"}}}
	s.desk.Export(nil, nil)
	s.pump()
	return s, id
}

func TestACommitIsShownThenMadeThenOnRecord(t *testing.T) {
	s, id := exported(t)
	s.desk.PreviewCommit("", nil)
	s.pump()
	require.NotNil(t, s.state().Commit)
	assert.Equal(t, "Add it", s.state().Commit.Message)
	assert.False(t, s.state().Commit.Made(), "it is only shown")

	var err error
	s.desk.Commit("Add the post-mortem", func(e error) { err = e })
	s.pump()
	require.NoError(t, err)
	assert.True(t, s.state().Commit.Made())
	lines := workflow.Fold(id, s.shelf.logs[id]).Timeline.All()
	assert.Equal(t, "Committed 1 file to main: 01234567 Add the post-mortem", lines[len(lines)-1].Text.Get())

	s.desk.Commit("again", func(e error) { err = e })
	s.pump()
	require.Error(t, err, "it is made already")
	s.desk.CloseCommit()
	assert.Nil(t, s.state().Commit)
	assert.NotNil(t, s.state().Plan)
	s.desk.ClosePreview()
	s.desk.PreviewCommit("", func(e error) { err = e })
	require.ErrorContains(t, err, "Nothing can be committed")
}

func TestACommitThatDoesNotWorkLeavesNoRecord(t *testing.T) {
	s, id := exported(t)
	s.desk.PreviewCommit("", nil)
	s.pump()
	events := len(s.shelf.logs[id])
	s.hands.fail = errors.New("Git did not commit.")
	var err error
	s.desk.Commit("m", func(e error) { err = e })
	s.pump()
	require.ErrorIs(t, err, s.hands.fail)
	assert.False(t, s.state().Commit.Made())
	assert.Len(t, s.shelf.logs[id], events)
}

func TestACommitIsShownOnlyBesideTheExportThatItIsOf(t *testing.T) {
	s, _ := exported(t)
	s.desk.PreviewCommit("", nil)
	s.desk.ClosePreview()
	s.pump()
	assert.Nil(t, s.state().Commit)
}
