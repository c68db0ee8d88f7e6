package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"firebreak/app/cli"
)

// attachments are what the list says, as a program reads it.
func (s *shell) attachments() (list []map[string]any) {
	s.t.Helper()
	require.NoError(s.t, json.Unmarshal([]byte(s.runs("attachments", "--json").out), &list))
	return list
}

func TestFilesAreAttachedListedAndSavedFromATerminal(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.file("graph.png", "\x89PNG\r\n\x1a\npicture")
	s.file("trace.txt", "trace")

	s.does("log", "error rate", "--attach", "graph.png")
	shown := s.does("show")
	assert.Contains(t, shown, "+ graph.png, 15 bytes")
	entry := shown[strings.LastIndex(shown[:strings.Index(shown, "error rate")], "\n")+1:]
	number := strings.Fields(entry)[0]
	assert.Contains(t, s.does("attach", number, "trace.txt"), "attached trace.txt")
	s.typing("from a pipe").does("attach", number, "-", "--name", "checkout-0.log")

	list := s.attachments()
	require.Len(t, list, 3)
	assert.Equal(t, "graph.png", list[0]["name"])
	assert.Equal(t, "image/png", list[0]["media"])
	assert.Equal(t, "whole", list[0]["state"])
	assert.Equal(t, float64(11), list[2]["bytes"])
	sha := list[1]["sha256"].(string)
	assert.Contains(t, s.does("attachments"), sha[:12])

	to := t.TempDir()
	assert.Contains(t, s.does("attachments", "save", sha[:8], "--to", to), filepath.Join(to, "trace.txt"))
}

func TestSavingAnAttachmentReplacesNothing(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.file("trace.txt", "trace")
	s.does("log", "--attach", "trace.txt")
	assert.Contains(t, s.does("show"), "1 file attached")
	s.file("trace.txt", "mine now")

	assert.Contains(t, s.fails(cli.ExitFailed, "attachments", "save", "trace.txt"), "is there already")
	to := t.TempDir()
	s.does("attachments", "save", "trace.txt", "--to", to)
	content, err := os.ReadFile(filepath.Join(to, "trace.txt"))
	require.NoError(t, err)
	assert.Equal(t, "trace", string(content))
	assert.Equal(t, "trace", s.does("attachments", "save", "trace.txt", "--to", "-"))
	assert.Contains(t, s.fails(cli.ExitNothing, "attachments", "save", "none"), "No attachment is called")
}

func TestAFileIsTakenOffALineAndUndoBringsItBack(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.file("a.txt", "a")
	id := s.reads("log", "x", "--attach", "a.txt")["written"].([]any)[0].(map[string]any)["id"].(string)
	assert.Contains(t, s.does("detach", id, "a.txt"), "took a.txt off an entry")
	assert.Empty(t, s.attachments())
	assert.Contains(t, s.does("attachments"), "Nothing is attached")
	s.does("undo")
	assert.Len(t, s.attachments(), 1)
	assert.Contains(t, s.fails(cli.ExitNothing, "detach", id, "none"), "No attachment")
	assert.Contains(t, s.fails(cli.ExitRefused, "attach", id, "a.txt"), "has a.txt already")
}

func TestWhatCannotBeAttachedIsSaid(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	big := s.file("heap.dump", "")
	require.NoError(t, os.Truncate(big, 26<<20))
	before := s.does("show")
	assert.Contains(t, s.fails(cli.ExitFailed, "log", "x", "--attach", "heap.dump"), "heap.dump has 26 MB, and an attachment can have 25 MB.")
	assert.Contains(t, s.fails(cli.ExitFailed, "log", "x", "--attach", "none.txt"), "cannot be read")
	assert.Contains(t, s.fails(cli.ExitFailed, "log", "x", "--attach", "."), "is a folder")
	assert.Contains(t, s.fails(cli.ExitUsage, "log", "-", "--attach", "-"), "not both")
	assert.Contains(t, s.fails(cli.ExitUsage, "log", "x", "--attach", "heap.dump", "--name", "y"), "--name")
	assert.Contains(t, s.fails(cli.ExitUsage, "attach", "1"), "which files")
	assert.Equal(t, before, s.does("show"), "nothing was written")
}

func TestDamageOfAnAttachmentIsListed(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.file("a.txt", "a")
	s.does("log", "x", "--attach", "a.txt")
	sha := s.attachments()[0]["sha256"].(string)
	stored := filepath.Join(s.data, "attachments", sha[:2], sha)
	require.NoError(t, os.WriteFile(stored, []byte("b"), 0o600))
	assert.Contains(t, s.fails(cli.ExitFailed, "attachments"), "1 of 1 attachments are damaged or missing")
	assert.Equal(t, "damaged", s.attachments()[0]["state"])
	require.NoError(t, os.Remove(stored))
	assert.Equal(t, "missing", s.attachments()[0]["state"])
	s.does("log", "again", "--attach", "a.txt")
	assert.Equal(t, "whole", s.attachments()[0]["state"], "the same file attached again mends it")
}

func TestTheExportFromATerminalHasTheFiles(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	root := s.repository()
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.file("graph.png", "\x89PNG\r\n\x1a\npicture")
	s.does("log", "error rate", "--attach", "graph.png")
	said := s.does("export", "postmortem")
	assert.Contains(t, said, "-files/graph.png, 15 bytes")
	found, err := filepath.Glob(filepath.Join(root, ".specweave/docs/internal/operations/incidents/*-files/graph.png"))
	require.NoError(t, err)
	assert.Len(t, found, 1)
	assert.Contains(t, s.does("export", "postmortem"), "unchanged", "also the second time")
}
