package session_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/session"
	"firebreak/workflow"
)

// inShop is a desk with a repository.
func inShop(t *testing.T) *stand {
	t.Helper()
	s := newStand(t)
	s.desk.FindRepository()
	prefs := s.state().Prefs
	prefs.Repository = "/shop"
	s.desk.SetPrefs(prefs, "")
	s.pump()
	require.NotEmpty(t, s.state().Repo.Root)
	return s
}

func TestThePlaybooksCommandsAreAskedForFirst(t *testing.T) {
	s := inShop(t)
	asked := s.state().Trust.Commands()
	require.NotEmpty(t, asked, "the examples of the built-in playbook as well")
	assert.Equal(t, s.state().Repo.Root, s.state().Trust.Root)
	assert.Equal(t, "Firebreak default, version 1", s.state().Trust.Playbook)
	assert.False(t, s.desk.Trusted(asked[0]))

	s.desk.AcceptCommands(asked[:1], nil)
	assert.False(t, s.desk.Trusted(asked[0]), "not before the disk has it")
	s.pump()
	assert.True(t, s.desk.Trusted(asked[0]))
	assert.False(t, s.desk.Trusted(asked[1]))
	assert.Len(t, s.state().Trust.Asked, len(asked)-1)
	assert.Equal(t, "Jane", s.state().Trust.Accepted[0].By)

	again := s.restart()
	again.desk.FindRepository()
	again.pump()
	assert.True(t, again.desk.Trusted(asked[0]), "it is on this machine's disk")

	again.desk.ForgetTrust(nil)
	again.pump()
	assert.False(t, again.desk.Trusted(asked[0]))
	assert.Empty(t, again.state().Trust.Accepted)
}

func TestWhatATerminalAcceptedIsTakenOver(t *testing.T) {
	s := inShop(t)
	one := s.state().Trust.Commands()[0]
	trust := workflow.Trust{Root: s.state().Repo.Root}.Accepting("Ann", start, one)
	require.NoError(t, session.WriteTrust(t.Context(), s.shelf, trust))
	s.shelf.changed++
	s.desk.Look()
	s.pump()
	assert.True(t, s.desk.Trusted(one))
}

func TestNothingIsAcceptedForNoRepository(t *testing.T) {
	s := newStand(t)
	var got error
	s.desk.AcceptCommands([]workflow.PlaybookCommand{{Use: workflow.DeployUse, Run: "./deploy.sh"}}, func(err error) { got = err })
	s.pump()
	assert.ErrorContains(t, got, "No repository is known here")
	assert.False(t, s.desk.Trusted(workflow.PlaybookCommand{Use: workflow.DeployUse, Run: "./deploy.sh"}))
}

func TestTrustThatCannotBeReadIsNone(t *testing.T) {
	s := inShop(t)
	root := s.state().Repo.Root
	for _, kept := range []string{"{", `{"root":"/elsewhere","commands":[{"use":"deploy","run":"./deploy.sh"}]}`} {
		require.NoError(t, s.shelf.SetSetting(t.Context(), "trust:"+root, []byte(kept)))
		trust, err := session.ReadTrust(t.Context(), s.shelf, root)
		require.NoError(t, err)
		assert.Empty(t, trust.Commands, kept)
	}
}
