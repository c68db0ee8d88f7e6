package main

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnUpgradeThatIsKilledIsStartedAgain(t *testing.T) {
	fixtures, err := fixtures()
	require.NoError(t, err)
	u := &upgrading{scale: tiny(t, 1), dice: rand.New(rand.NewPCG(1, 0))}

	found, err := u.from(t.Context(), fixtures[0], 3)

	require.NoError(t, err)
	assert.Positive(t, found.Statements)
	assert.Positive(t, found.Operations)
	assert.Positive(t, u.total.Kills)
}

func TestAnUpgradeDiesWhereItIsTold(t *testing.T) {
	for _, stop := range []upgrade{{Statement: 1}, {Operation: 1}, {Statement: 9}} {
		stop.Path = filepath.Join(t.TempDir(), "data", "firebreak.db")
		_, killed, err := upgradeIn(t.Context(), stop)
		require.NoError(t, err)
		assert.True(t, killed, "%+v", stop)
	}
}
