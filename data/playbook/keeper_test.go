package playbook_test

import (
	"testing"

	"firebreak/data/playbook"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func keeper(t *testing.T) playbook.Keeper {
	t.Helper()
	k, err := playbook.NewKeeper("default", file(t, shipped))
	require.NoError(t, err)
	return k
}

func TestKeeperBeginsWithTheDefault(t *testing.T) {
	assert.Equal(t, "Firebreak default", keeper(t).InForce().Name)
}

func TestKeeperPutsTheTeamsPlaybookIntoForce(t *testing.T) {
	k, err := keeper(t).Load("team.yaml", []byte(team(t)))
	require.NoError(t, err)
	assert.Equal(t, "Harbour team", k.InForce().Name)
}

func TestKeeperKeepsTheLastGoodPlaybook(t *testing.T) {
	k, err := keeper(t).Load("team.yaml", []byte(team(t)))
	require.NoError(t, err)

	broken := spoiling{"", "id: SEV2", "id: SEV1", ""}.apply(t)
	k, err = k.Load("team.yaml", []byte(broken))
	assert.Equal(t, "Harbour team", k.InForce().Name)
	var f *playbook.Fault
	require.ErrorAs(t, err, &f)
	assert.Contains(t, err.Error(), "two levels are called SEV1")
	assert.Contains(t, err.Error(), `"Harbour team", version 4, stays in force`)
}

func TestKeeperKeepsTheDefaultWhenTheFirstOneIsBroken(t *testing.T) {
	k, err := keeper(t).Load("team.yaml", []byte("name: [\n"))
	require.Error(t, err)
	assert.Equal(t, keeper(t).InForce(), k.InForce())
}

func TestKeeperGoesBackToTheDefaultWhenTheTeamsIsTakenAway(t *testing.T) {
	k, err := keeper(t).Load("team.yaml", []byte(team(t)))
	require.NoError(t, err)
	assert.Equal(t, "Firebreak default", k.Standard().InForce().Name)
	assert.Equal(t, "Harbour team", k.InForce().Name, "a keeper is a value")
}

func TestKeeperRefusesABrokenDefault(t *testing.T) {
	_, err := playbook.NewKeeper("default", []byte("name: x"))
	var f *playbook.Fault
	assert.ErrorAs(t, err, &f)
}
