package cli_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// reported is an incident with its post-mortem in a plain git repository.
func reported(t *testing.T) (s *shell, path, full string) {
	s = newShell(t)
	s.repository()
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.does("export")
	path = ".specweave/docs/internal/operations/incidents/2024-11-25-checkout-fails.md"
	return s, path, filepath.Join(s.folder, filepath.FromSlash(path))
}

func TestAFileThatSomebodyChangedIsKeptUntilItIsForcedOver(t *testing.T) {
	s, path, full := reported(t)
	mine := "mine now\n"
	require.NoError(t, os.WriteFile(full, []byte(mine), 0o644))
	s.does("log", "rolled back the canary")

	says := s.fails(6, "export", "--dry-run")
	assert.Contains(t, says, path)
	says = s.fails(6, "export")
	assert.Contains(t, says, "it was kept")
	kept, err := os.ReadFile(full)
	require.NoError(t, err)
	assert.Equal(t, mine, string(kept))
	assert.Contains(t, s.runs("export", "--dry-run", "--diff").out, "-mine now")

	assert.Contains(t, s.fails(2, "export", "--force", "another.md"), "not a file of this export")
	s.does("export", "--force", path)
	written, err := os.ReadFile(full)
	require.NoError(t, err)
	assert.Contains(t, string(written), "rolled back the canary")
}

func TestAnExportThatChangesNothingLeavesNoTrace(t *testing.T) {
	s, _, _ := reported(t)
	before := s.does("history")
	assert.Contains(t, s.does("export"), "unchanged")
	assert.Equal(t, before, s.does("history"))
	assert.Equal(t, false, s.reads("export", "--dry-run")["written"])
}

func TestThePlaceOfAnExportIsTheOneThatIsNamed(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	says := s.fails(1, "export", "--repo", filepath.Join(t.TempDir(), "gone"))
	assert.Contains(t, says, "gone")
	assert.Contains(t, s.fails(1, "increment", "create", "--repo", t.TempDir()), "git", "an empty folder is no repository")
	assert.Contains(t, s.fails(2, "export", "breakfast"), "no document")
	assert.Contains(t, s.fails(2, "export", "--format", "csv"), "Only the timeline")
	assert.Contains(t, s.fails(2, "export", "timeline", "--format", "pdf"), "no format")
}

func TestTheTimelineIsPrintedAsDataAndAsText(t *testing.T) {
	s := newShell(t)
	s.does("declare", "Checkout fails")
	s.does("log", "=1+1", "--pin")
	assert.Contains(t, s.does("export", "timeline"), "14:32 - ")

	rows, err := csv.NewReader(strings.NewReader(s.does("export", "timeline", "--format", "csv"))).ReadAll()
	require.NoError(t, err)
	assert.Contains(t, rows[len(rows)-1], "'=1+1", "a spreadsheet must not run it")

	for _, args := range [][]string{{"export", "timeline", "--format", "json"}, {"export", "timeline", "--json"}} {
		var got struct {
			Entries []struct{ Text string } `json:"entries"`
		}
		require.NoError(t, json.Unmarshal([]byte(s.does(args...)), &got))
		assert.Equal(t, "=1+1", got.Entries[len(got.Entries)-1].Text)
	}
	lines := strings.Split(strings.TrimSpace(s.does("export", "timeline", "--format", "jsonl")), "\n")
	assert.Len(t, lines, len(rows)-1)
}
