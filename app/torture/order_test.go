package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/workflow"
)

// tiny runs a trial in a folder of the test's own.
func tiny(t *testing.T, seed uint64) scale {
	t.Helper()
	return scale{seed: seed, folder: t.TempDir()}
}

func TestAnyOrderOfDeliveryLeadsToTheSameState(t *testing.T) {
	got, err := order(t.Context(), tiny(t, 7))
	require.NoError(t, err)
	assert.Positive(t, got.Acknowledged)
	assert.Zero(t, got.Lost)
}

func TestAMissingEventIsAnotherState(t *testing.T) {
	one := &far{id: "one", in: workflow.Fold("incident", nil)}
	book, err := rules()
	require.NoError(t, err)
	require.True(t, one.asks(deed{Does: declares, Text: "Login is down"}.asked(one.in, book), alert()))
	require.True(t, one.asks(workflow.Note{Text: "a note"}, alert()))
	want, err := stateHash(one.in)
	require.NoError(t, err)

	assert.Error(t, reached(want, workflow.Fold("incident", one.own[:len(one.own)-1]), "one"))
}
