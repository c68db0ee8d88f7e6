package data

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEverythingOfOursGoesAndNothingElse(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	places, err := FindPlaces(folder)
	require.NoError(t, err)
	s, err := Open(t.Context(), places.Database(), options())
	require.NoError(t, err)
	write(t, s, "inc", 0, "rolled back")

	var trouble *Trouble
	require.ErrorAs(t, places.Erase(t.Context()), &trouble, "a window has it open")
	assert.FileExists(t, places.Database())

	require.NoError(t, s.Close())
	require.NoError(t, os.MkdirAll(places.Backups(), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(places.Backups(), "one.db"), []byte("x"), 0o600))
	foreign := filepath.Join(folder, "holiday.jpg")
	require.NoError(t, os.WriteFile(foreign, []byte("mine"), 0o600))

	require.NoError(t, places.Erase(t.Context()))
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, left, 1, "%v", left)
	assert.Equal(t, "holiday.jpg", left[0].Name())

	require.NoError(t, os.Remove(foreign))
	require.NoError(t, places.Erase(t.Context()))
	assert.NoDirExists(t, folder)
}

func TestPurgedFilesAreGoneAndOthersStay(t *testing.T) {
	a := freshAttachments(t)
	secret, graph := puts(t, a, "token.txt", "xyzzy"), puts(t, a, "graph.txt", "up and down")
	gone, err := a.Purge(secret.SHA256, sumOf("never stored"), "../../etc/passwd")
	require.NoError(t, err)
	assert.Equal(t, 1, gone)
	assert.False(t, a.holds(secret.SHA256))
	assert.True(t, a.holds(graph.SHA256))
}
