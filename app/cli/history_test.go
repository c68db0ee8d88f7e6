package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// burned is an outage with a few changes, one of them taken back.
func burned(s *shell) {
	s.at("14:32").does("declare", "Checkout fails", "--severity", "SEV1")
	s.at("14:34").does("log", "restarted the databse", "--as", "Sam")
	s.at("14:35").does("correct", "5", "--text", "restarted the database", "--as", "Sam")
	s.at("14:36").does("severity", "SEV2", "--reason", "only the EU", "--as", "Bob")
	s.at("14:37").does("undo", "--as", "Ann")
}

func TestTheHistorySaysWhoChangedWhatWhenAndFromWhat(t *testing.T) {
	s := newShell(t)
	burned(s)
	all := s.does("history")
	assert.Contains(t, all, "11-25 14:37:00Z   Undo: Severity changed from SEV1 to SEV2")
	assert.Contains(t, all, "incident, severity: SEV2 -> SEV1")
	assert.Contains(t, all, "11-25 14:36:00Z   (undone) Severity changed")
	assert.Contains(t, all, "; undone 11-25 14:37:00Z by Ann on ")
	assert.Contains(t, all, "text: restarted the databse -> restarted the database")
	assert.Contains(t, s.does("history", "--local"), "11-25 15:36:00+01:00")

	entry := s.does("log", "--history", "5")
	assert.Equal(t, entry, s.does("history", "--entry", "5"))
	assert.Contains(t, entry, "restarted the databse -> restarted the database")
	assert.NotContains(t, entry, "SEV2")
	assert.Equal(t, all, s.does("log", "--history"))
	assert.Contains(t, s.fails(5, "log", "--history", "99"), "no entry with the number 99")

	assert.Contains(t, s.does("history", "--by", "bob"), "SEV2")
	assert.NotContains(t, s.does("history", "--by", "bob"), "databse")
	assert.NotContains(t, s.does("history", "--kind", "severity"), "databse")
	assert.Equal(t, "No change fits.\n", s.does("history", "breakfast"))
	assert.Equal(t, 1, strings.Count(s.does("history", "undo", "--limit", "1"), "Undo: "))
}

func TestTheAuditIsExportedAsJSONLines(t *testing.T) {
	s := newShell(t)
	burned(s)
	read := func(text string) (rows []map[string]any) {
		for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
			var row map[string]any
			require.NoError(t, json.Unmarshal([]byte(line), &row), line)
			rows = append(rows, row)
		}
		return rows
	}
	newestFirst, oldestFirst := read(s.does("history", "--json")), read(s.does("export", "audit"))
	require.Len(t, oldestFirst, 7)
	assert.Equal(t, newestFirst[0], oldestFirst[6])
	assert.Equal(t, "incident.declared@1", oldestFirst[0]["kind"])
	assert.Equal(t, "Bob", oldestFirst[5]["by"])
	assert.Equal(t, "Ann", oldestFirst[5]["undone"].(map[string]any)["by"])
	assert.Equal(t, "2024-11-25T14:36:00Z", oldestFirst[5]["recorded"])
	edit := oldestFirst[4]["edits"].([]any)[0].(map[string]any)
	assert.Equal(t, []any{"text", "restarted the databse", "restarted the database"}, []any{edit["field"], edit["before"], edit["after"]})
	assert.Len(t, read(s.does("history", "--json", "--limit", "2")), 2)
	assert.Contains(t, s.fails(2, "export", "audit", "--format", "csv"), "JSON lines")
	assert.Contains(t, s.fails(5, "history", "--json", "-i", "nothing"), "incident.unknown")
}

func TestAHundredStepsBackAndForthFromTheShell(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs 300 commands")
	}
	s := newShell(t)
	s.does("declare", "Checkout fails")
	for i := range 100 {
		s.now = s.now.Add(1e9)
		s.does("log", "note "+strings.Repeat("x", i+1))
	}
	whole := s.does("show")
	for range 100 {
		s.does("undo")
	}
	assert.Contains(t, s.fails(4, "undo"), "cancel it with a reason")
	assert.NotContains(t, s.does("show"), "note x")
	for range 100 {
		s.does("redo")
	}
	s.fails(4, "redo")
	assert.Equal(t, whole, s.does("show"))
	assert.Len(t, strings.Split(strings.TrimSpace(s.does("export", "audit")), "\n"), 302)
}
