package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pasted is a made-up key, put together here so that no scanner of repositories
// finds one in this file.
var pasted = "gh" + "p_" + strings.Repeat("aB3dE5gH7jK9", 3)

// leaky is a shell whose incident holds a key and a mail address.
func leaky(t *testing.T) *shell {
	s := newShell(t)
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	s.does("log", "the token "+pasted+" was in the log")
	s.does("assess", "--impact", "whoever has "+pasted)
	s.does("log", "mail from bob.smith@shop.com")
	return s
}

func finding(t *testing.T, s *shell, rule string) map[string]any {
	t.Helper()
	var list []map[string]any
	require.NoError(t, json.Unmarshal([]byte(s.does("redact", "--json")), &list))
	for _, f := range list {
		if f["rule"] == rule {
			return f
		}
	}
	t.Fatalf("there is no finding of %s", rule)
	return nil
}

func TestFindingsAreListedWithTheirPlaceAndNeverTheSecret(t *testing.T) {
	s := leaky(t)
	said := strings.Join(strings.Fields(s.does("redact")), " ")
	assert.Contains(t, said, "GitHub access token")
	assert.Contains(t, said, "the token")
	assert.Contains(t, said, "was in the log")
	assert.Contains(t, said, "mail address")
	assert.Contains(t, said, "1 finding holds an export back")
	assert.NotContains(t, said, pasted)
	assert.NotContains(t, said, "bob.smith@")
	f := finding(t, s, "github-pat")
	assert.Equal(t, true, f["holds"])
	assert.Equal(t, "ghp_••••", f["masked"])
	assert.Len(t, f["places"], 2)
}

func TestAnExportWaitsForADecisionAboutASecretAndSaysSo(t *testing.T) {
	s := leaky(t)
	repo := s.repository()
	for _, args := range [][]string{{"export", "postmortem", "--repo", repo}, {"export", "postmortem", "--repo", repo, "--dry-run"}, {"export", "timeline"}, {"export", "audit"}, {"export", "timeline", "--format", "csv"}} {
		got := s.runs(args...)
		assert.Equal(t, 4, got.exit, args)
		assert.Contains(t, got.err, "secret on which nobody has decided", args)
		assert.NotContains(t, got.out+got.err, pasted, args)
	}
	assert.Empty(t, holding(t, repo, pasted))

	print := finding(t, s, "github-pat")["fingerprint"].(string)
	s.does("redact", "export", print)
	for _, args := range [][]string{{"export", "postmortem", "--repo", repo}, {"export", "timeline"}, {"export", "timeline", "--format", "csv"}, {"export", "timeline", "--format", "jsonl"}, {"export", "audit"}, {"postmortem"}, {"handoff"}, {"assess"}, {"status", "--json"}} {
		got := s.runs(args...)
		assert.Zero(t, got.exit, "%v: %s", args, got.err)
		assert.NotContains(t, got.out+got.err, pasted, args)
	}
	assert.Contains(t, s.does("export", "timeline"), "[redacted: GitHub access token]")
	assert.Empty(t, holding(t, repo, pasted))
	assert.NotEmpty(t, holding(t, repo, "redacted: GitHub access token"))
	assert.NotEmpty(t, holding(t, s.data, pasted), "the log keeps it")
	assert.Contains(t, s.runs("export", "timeline").err, "personal data")
	assert.NotContains(t, s.does("export", "audit"), print, "a fingerprint does not leave either")

	s.does("undo") // that it was exported
	s.does("undo")
	s.fails(4, "export", "timeline")
}

func TestSecretsLeaveOnSomebodysWordAndThatStaysOnRecord(t *testing.T) {
	s := leaky(t)
	assert.Contains(t, s.does("export", "timeline", "--allow-secrets", "revoked an hour ago"), pasted)
	assert.Contains(t, s.does("history"), "let through")
	assert.Contains(t, s.does("redact"), "left once")
	s.fails(4, "export", "timeline")
	repo := s.repository()
	s.does("export", "postmortem", "--repo", repo, "--allow-secrets", "revoked")
	assert.NotEmpty(t, holding(t, repo, pasted))
}

func TestAKeptFindingIsNotAskedAboutAgain(t *testing.T) {
	s := leaky(t)
	s.does("redact", "keep", finding(t, s, "github-pat")["fingerprint"].(string), "--why", "revoked")
	assert.Contains(t, s.does("export", "timeline"), pasted)
	assert.Contains(t, s.does("redact"), "kept by jane (revoked)")
	assert.Contains(t, s.fails(5, "redact", "keep", "zzzz-zzzz"), "There is no finding")
	s.does("redact", "keep", "all")
	s.fails(5, "redact", "keep", "all")
}

func TestWhatIsBlottedOutIsInNoFileAndTheRestOfTheLineStays(t *testing.T) {
	s := leaky(t)
	s.does("search", "token") // the index knows the words
	print := finding(t, s, "github-pat")["fingerprint"].(string)
	s.does("redact", "keep", print)
	assert.Contains(t, s.fails(2, "redact", "blot", print), "--yes")
	assert.NotEmpty(t, holding(t, s.data, pasted))

	assert.Contains(t, s.does("redact", "blot", print, "--why", "pasted by mistake", "--yes"), "Blotted out of the log: GitHub access token")
	assert.Empty(t, holding(t, s.data, pasted))
	assert.Contains(t, s.does("show"), "the token [redacted: GitHub access token] was in the log")
	assert.Contains(t, s.does("search", "token"), "was in the log")
	assert.Contains(t, s.does("postmortem"), "blotted out of the log by jane")
	assert.NotContains(t, s.does("redact"), "GitHub")
	s.does("export", "timeline")
	s.does("doctor")
}
