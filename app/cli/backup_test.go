package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/data"
)

// without takes what differs from run to run out of a text: the folder of the
// data and sizes.
func (s *shell) without(text string) string {
	return strings.ReplaceAll(text, s.data, "DATA")
}

func TestABackupIsMadeListedAndBroughtBack(t *testing.T) {
	s := newShell(t)
	assert.Contains(t, s.does("backup", "list"), "There is no backup yet")
	assert.Contains(t, s.does("restore"), "There is no backup yet")
	assert.Contains(t, s.fails(5, "restore", "latest"), "There is no sound backup")
	s.at("14:32").does("declare", "Checkout fails", "--severity", "SEV1")
	s.does("log", "in the backup")
	said := s.at("14:47").does("backup")
	assert.Contains(t, said, "1 incident, ")
	assert.Contains(t, said, "sound to its end")
	s.at("14:50").does("log", "after it")
	s.does("declare", "A second one")

	golden(t, "backups.txt", sizeless(s.without(s.does("backup", "list"))))
	assert.Equal(t, s.does("backup", "list"), s.does("restore"))
	listed := s.reads("backup", "list")["backups"].([]any)
	require.Len(t, listed, 1)
	one := listed[0].(map[string]any)
	assert.Equal(t, "sound", one["verdict"])
	assert.Equal(t, "asked", one["why"])
	assert.Equal(t, "2024-11-25T14:47:00Z", one["at"])

	looked := s.runs("restore", "latest")
	assert.Equal(t, 4, looked.exit)
	golden(t, "restore-look.txt", sizeless(s.without(looked.out+looked.err)))
	assert.Contains(t, s.does("list"), "A second one", "nothing was restored yet")

	done := s.at("15:00").does("restore", filepath.Base(one["path"].(string)), "--yes")
	golden(t, "restored.txt", sizeless(s.without(done)))
	assert.NotContains(t, s.does("list"), "A second one")
	assert.NotContains(t, s.does("show"), "after it")
	s.does("log", "and it goes on")

	var back struct {
		Restored bool
		Lacks    int
		Safety   string
	}
	safety := filepath.Join(s.data, "backups", "firebreak-20241125T150000.000Z-before-restore-sound.db")
	require.NoError(t, json.Unmarshal([]byte(s.at("15:05").does("restore", safety, "--yes", "--json")), &back))
	assert.True(t, back.Restored)
	assert.Equal(t, 1, back.Lacks)
	assert.FileExists(t, back.Safety)
	assert.Contains(t, s.does("list"), "A second one", "the way back")
}

// sizeless takes sizes out of a text: they depend on the engine.
func sizeless(text string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if at := strings.LastIndex(line, ", "); at >= 0 && strings.HasSuffix(line, "KB") {
			line = line[:at] + ", SIZE"
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestABackupOfOnesOwnIsWrittenWhereItWasAskedFor(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	made := s.reads("backup", "--to", "mine.db")["backup"].(map[string]any)
	to := filepath.Join(s.folder, "mine.db")
	assert.Equal(t, to, made["path"])
	assert.FileExists(t, to)
	assert.Contains(t, s.fails(1, "backup", "--to", "mine.db"), "is there already")
	assert.Contains(t, s.does("backup", "list"), "no backup yet", "it is nobody's but one's own")
	assert.Contains(t, s.does("restore", "mine.db", "--yes"), "Restored")
	assert.Contains(t, s.fails(5, "restore", "yours.db"), "There is no backup")
	assert.Contains(t, s.fails(2, "restore", "--yes"), "Say which backup")
	assert.Contains(t, s.fails(2, "--sample", "backup"), "Only real incidents")
	assert.Contains(t, s.fails(2, "--sample", "restore", "latest"), "Only real incidents")
}

func TestNothingIsRestoredWhileAWindowIsOpen(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.does("backup")
	store, err := data.Open(t.Context(), filepath.Join(s.data, "firebreak.db"), data.Options{Clock: func() time.Time { return s.now }})
	require.NoError(t, err)
	defer store.Close()
	assert.Contains(t, s.fails(1, "restore", "latest", "--yes"), "in use")
	assert.Contains(t, s.fails(4, "restore", "latest"), "--yes", "to look is harmless")
}

func TestADamagedBackupIsNeitherTheLatestNorRestored(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.does("backup")
	made, err := filepath.Glob(filepath.Join(s.data, "backups", "*.db"))
	require.NoError(t, err)
	require.NoError(t, os.Truncate(made[0], 8192))
	assert.Contains(t, s.does("backup", "list"), "damaged")
	assert.Contains(t, s.fails(5, "restore", "latest"), "no sound backup")
	assert.Contains(t, s.fails(1, "restore", made[0]), "damaged")
	assert.Contains(t, s.fails(1, "restore", made[0], "--yes"), "damaged")
	assert.Contains(t, s.does("list"), "Checkout fails")
}
