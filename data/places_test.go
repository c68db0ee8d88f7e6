package data

import (
	"path/filepath"
	"runtime"
	"testing"

	"github.com/adrg/xdg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPlacesFollowTheSystem(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the variables are those of Linux")
	}
	t.Cleanup(xdg.Reload)
	t.Setenv("HOME", "/home/jane")
	t.Setenv(dataDirVariable, "")
	t.Setenv("XDG_DATA_HOME", "/big/data")
	t.Setenv("XDG_CONFIG_HOME", "")          // empty falls back
	t.Setenv("XDG_STATE_HOME", "here/state") // relative falls back
	xdg.Reload()

	p, err := FindPlaces("")

	require.NoError(t, err)
	assert.Equal(t, Places{
		Data: "/big/data/firebreak", Config: "/home/jane/.config/firebreak",
		State: "/home/jane/.local/state/firebreak", Logs: "/home/jane/.local/state/firebreak/logs",
	}, p)
	assert.Equal(t, "/big/data/firebreak/firebreak.db", p.Database())
	assert.Equal(t, "/big/data/firebreak/sample.db", p.SampleDatabase())
	assert.Equal(t, "/big/data/firebreak/backups", p.Backups())
}

func TestOneFolderCanHoldEverything(t *testing.T) {
	fromVariable, named := t.TempDir(), t.TempDir()
	t.Setenv(dataDirVariable, fromVariable)

	p, err := FindPlaces("")
	require.NoError(t, err)
	assert.Equal(t, fromVariable, p.Data)

	p, err = FindPlaces(named)
	require.NoError(t, err)
	assert.Equal(t, named, p.Data, "the one that is named wins")
	for _, place := range []string{p.Config, p.State, p.Logs} {
		below, err := filepath.Rel(named, place)
		require.NoError(t, err)
		assert.True(t, filepath.IsLocal(below), place)
	}
}
