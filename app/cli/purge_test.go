package cli_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// holding are the files below a folder that hold some bytes.
func holding(t *testing.T, folder, what string) (found []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(what)) {
			found = append(found, path)
		}
		return err
	}))
	return found
}

func TestHiddenWordsArePurgedOnlyWhenSomebodySaysYes(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.does("log", "the token is xyzzy-4711")
	s.does("log", "rolled back")
	assert.Contains(t, s.does("purge", "hidden", "--dry-run"), "No hidden entry")

	s.does("correct", "4", "--hide")
	assert.Contains(t, s.does("purge", "--dry-run"), "The words of 1 hidden entry")
	assert.Contains(t, s.fails(2, "purge", "hidden"), "--yes")
	assert.Contains(t, s.fails(2, "purge"), "hidden or everything")
	assert.NotEmpty(t, holding(t, s.data, "xyzzy"), "so far nothing was purged")

	assert.Contains(t, s.does("purge", "hidden", "--why", "a token was pasted", "--yes"), "are gone from the log")
	assert.Empty(t, holding(t, s.data, "xyzzy"))
	assert.Contains(t, s.does("history"), "redacted", "that it was purged stays on record")
	assert.Contains(t, s.does("show"), "rolled back")
	got := s.reads("purge", "hidden", "--yes")
	assert.Equal(t, false, got["purged"])
	assert.Zero(t, got["entries"])
}

func TestAFileThatASectionShowsStaysWhenItsHiddenEntryIsPurged(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.file("graph.txt", "a graph")
	s.does("log", "with a graph", "--attach", "graph.txt")
	s.does("postmortem", "attach", "impact", "graph.txt")
	s.does("correct", "4", "--hide")
	assert.Contains(t, s.does("purge", "hidden", "--yes"), "0 files")
	assert.Len(t, holding(t, filepath.Join(s.data, "attachments"), "a graph"), 1)
}

func TestEverythingGoesOnlyWhenSomebodySaysYes(t *testing.T) {
	s := newShell(t)
	assert.Contains(t, s.fails(5, "purge", "everything", "--yes"), "nothing of Firebreak")
	s.does("declare", "Checkout fails")
	assert.Contains(t, s.fails(2, "purge", "everything"), "every incident")
	assert.Contains(t, s.does("purge", "everything", "--dry-run"), "would go")
	assert.FileExists(t, filepath.Join(s.data, "firebreak.db"))
	assert.Contains(t, s.does("purge", "everything", "--yes"), "are gone")
	assert.NoDirExists(t, s.data)
}
