package data

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNobodyReplacesADatabaseThatIsOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "incidents.db")
	first, err := enter(t.Context(), path)
	require.NoError(t, err)
	second, err := enter(t.Context(), path)
	require.NoError(t, err, "any number may use it")

	_, err = alone(t.Context(), path)
	var trouble *Trouble
	require.ErrorAs(t, err, &trouble)
	assert.Contains(t, trouble.Says, "in use")

	require.NoError(t, first.leave())
	require.NoError(t, second.leave())
	only, err := alone(t.Context(), path)
	require.NoError(t, err, "a lock that was given back is not stale")
	require.NoError(t, only.leave())
}
