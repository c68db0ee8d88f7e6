package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheZoneFollowsTheMachines(t *testing.T) {
	const shared = "/usr/share/zoneinfo"
	if _, err := os.Stat(filepath.Join(shared, "Europe", "Berlin")); err != nil {
		t.Skip("this machine has no time zones")
	}
	t.Setenv("TZ", "") // restored at the end
	require.NoError(t, os.Unsetenv("TZ"))
	file := filepath.Join(t.TempDir(), "localtime")
	require.NoError(t, os.Symlink(filepath.Join(shared, "UTC"), file))
	z := newZones(file)
	assert.Same(t, time.Local, z.now(), "what Go has read at the start")

	travel := func(to string) {
		require.NoError(t, os.Remove(file))
		require.NoError(t, os.Symlink(filepath.Join(shared, to), file))
	}
	travel("Europe/Berlin")
	winter := time.Date(2024, 11, 25, 14, 32, 0, 0, time.UTC)
	name, shift := winter.In(z.now()).Zone()
	assert.Equal(t, "CET", name)
	assert.Equal(t, 3600, shift)
	assert.Same(t, z.now(), z.now(), "it is read once")

	travel("nowhere")
	assert.Equal(t, "CET", winter.In(z.now()).Format("MST"), "the last one holds")
	require.NoError(t, os.Remove(file))
	require.NoError(t, os.WriteFile(file, []byte("no zone"), 0o600))
	assert.Equal(t, "CET", winter.In(z.now()).Format("MST"))

	t.Setenv("TZ", "Asia/Tokyo")
	assert.Equal(t, "CET", winter.In(z.now()).Format("MST"), "a zone that was named to the program stays")
}
