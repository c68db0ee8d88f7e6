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
	assert.Equal(t, places.Backups(), sizes["Backups"].Folder)
	assert.False(t, sizes["Incidents"].Exists, "nothing was written yet")
	assert.Equal(t, places.Data, sizes["Incidents"].Folder)

	for suffix, bytes := range map[string]int{"": 400, "-wal": 50, ".lock": 0} {
		require.NoError(t, os.WriteFile(places.Database()+suffix, make([]byte, bytes), 0o600))
	}
	require.NoError(t, os.MkdirAll(places.Logs, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(places.Logs, "firebreak.log"), make([]byte, 7), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(places.State, "window.lock"), nil, 0o600))
	for _, m := range places.Measure() {
		sizes[m.Name] = m
	}
	assert.Equal(t, int64(450), sizes["Incidents"].Bytes, "with what is not in the main file yet")
	assert.Equal(t, int64(7), sizes["Logs"].Bytes)
	assert.True(t, sizes["State"].Exists)
}
