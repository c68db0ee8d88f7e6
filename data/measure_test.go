package data_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/data"
)

func TestPlacesAreMeasuredWithWhatLiesInThem(t *testing.T) {
	places, err := data.FindPlaces(t.TempDir())
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(places.Backups(), "older"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(places.Backups(), "a"), make([]byte, 300), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(places.Backups(), "older", "b"), make([]byte, 41), 0o600))

	sizes := map[string]data.Measured{}
	for _, m := range places.Measure() {
		sizes[m.Name] = m
	}

	assert.Equal(t, int64(341), sizes["Backups"].Bytes)
	assert.True(t, sizes["Backups"].Exists)
	assert.False(t, sizes["Incidents"].Exists, "nothing was written yet")
}
