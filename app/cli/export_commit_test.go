package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// committable is a shell in a repository with a first commit and a person who is
// known to git.
func committable(t *testing.T) *shell {
	t.Helper()
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	s := newShell(t)
	s.repository()
	s.git("config", "user.name", "Ann")
	s.git("config", "user.email", "ann@example.org")
	require.NoError(t, os.WriteFile(filepath.Join(s.folder, "a.txt"), []byte("1"), 0o644))
	s.git("add", "a.txt")
	s.git("commit", "-q", "-m", "first")
	s.does("declare", "Checkout fails", "--severity", "SEV1")
	return s
}

const (
	thePage   = ".specweave/docs/internal/operations/incidents/2024-11-25-checkout-fails.html"
	theRecord = ".specweave/docs/internal/operations/incidents/2024-11-25-checkout-fails.md"
)

func TestAnExportIsCommittedOnRequestWithNoOtherPath(t *testing.T) {
	s := committable(t)
	require.NoError(t, os.WriteFile(filepath.Join(s.folder, "a.txt"), []byte("2"), 0o644))
	s.git("add", "a.txt")
	before := s.git("diff", "--cached")

	shown := s.does("export", "postmortem", "html", "--dry-run", "--commit")
	assert.Contains(t, shown, "To commit")
	assert.NotContains(t, s.git("log", "--format=%s"), "Post-Mortem", "a dry run commits nothing")

	var out struct {
		Commit struct {
			ID, Branch, Message string
			Files               []string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(s.does("export", "postmortem", "html", "--commit", "--message", "Add it", "--json")), &out))
	assert.Equal(t, strings.TrimSpace(s.git("rev-parse", "HEAD")), out.Commit.ID)
	assert.Equal(t, []string{theRecord, thePage}, out.Commit.Files)
	assert.Equal(t, thePage+"\n"+theRecord, strings.TrimSpace(s.git("show", "--format=", "--name-only", "HEAD")))
	assert.Equal(t, "Add it", strings.TrimSpace(s.git("log", "-1", "--format=%B")))
	assert.Equal(t, before, s.git("diff", "--cached"), "what was staged is staged")
	assert.Contains(t, s.does("history"), out.Commit.ID[:8], "the commit is on record")

	assert.Contains(t, s.does("export", "postmortem", "html", "--commit"), "Git has these files as they are already")
	s.does("export", "postmortem", "html", "--check")
}

func TestACommitThatGitRefusesLeavesTheFilesAndSaysSo(t *testing.T) {
	s := committable(t)
	s.git("config", "--unset", "user.email")
	says := s.fails(1, "export", "--commit")
	assert.Contains(t, says, "Git does not know who you are")
	assert.FileExists(t, filepath.Join(s.folder, theRecord))

	s.git("config", "user.email", "ann@example.org")
	require.NoError(t, os.WriteFile(filepath.Join(s.folder, theRecord), []byte("mine\n"), 0o644))
	s.does("log", "more")
	assert.Contains(t, s.fails(6, "export", "--commit"), "it was kept")
	assert.Equal(t, "first", strings.TrimSpace(s.git("log", "--format=%s")), "nothing is committed beside a question")
	assert.Contains(t, s.fails(2, "export", "--message", "x"), "--commit")
	assert.Contains(t, s.fails(2, "export", "timeline", "--commit"), "--commit is for documents")
}

func TestACheckSaysWhichFileDiffersAndWritesNothing(t *testing.T) {
	s := committable(t)
	says := s.fails(1, "export", "postmortem", "html", "--check")
	assert.Contains(t, says, theRecord)
	assert.Contains(t, says, "firebreak export postmortem html")
	assert.NoFileExists(t, filepath.Join(s.folder, theRecord))

	s.does("export", "postmortem", "html")
	assert.Contains(t, s.does("export", "postmortem", "html", "--check"), "same")
	s.does("log", "one more")
	history := s.does("history")
	var out struct {
		Same  bool
		Mend  string
		Files []struct{ What, Diff string }
	}
	ran := s.runs("export", "html", "--check", "--diff", "--json")
	assert.Equal(t, 1, ran.exit)
	require.NoError(t, json.Unmarshal([]byte(ran.out), &out))
	assert.False(t, out.Same)
	assert.Equal(t, "firebreak export html", out.Mend)
	assert.Contains(t, out.Files[0].Diff, "+<li")
	assert.Equal(t, history, s.does("history"), "a check leaves no trace")
	s.fails(5, "export", "--check", "--incident", "nope")
	s.fails(2, "export", "--check", "--dry-run")
	s.fails(2, "export", "timeline", "--check")
}

func TestADocumentIsWrittenWhereTheOutSays(t *testing.T) {
	s := committable(t)
	assert.True(t, strings.HasPrefix(s.does("export", "html", "--out", "-"), "<!DOCTYPE html>"))
	for _, args := range [][]string{{"timeline", "--format", "csv"}, {"timeline", "--format", "jsonl"}, {"html"}, {"postmortem"}} {
		name := "out-" + strings.Join(args, "")
		at := append([]string{"export"}, append(args, "--out", name)...)
		assert.Contains(t, s.fails(1, append(at, "--check")...), name)
		s.does(at...)
		s.does(append(at, "--check")...)
		s.does("log", "goes on "+name)
		s.fails(1, append(at, "--check")...)
		assert.Contains(t, s.does(at...), "updated", "it is ours, so it goes on")
		require.NoError(t, os.WriteFile(filepath.Join(s.folder, name), []byte("mine\n"), 0o644))
		assert.Contains(t, s.fails(6, at...), "it is kept")
		s.fails(6, append(at, "--dry-run")...)
		assert.Contains(t, s.does(append(at, "--force", name)...), "replaced")
	}
	s.fails(2, "export", "postmortem", "html", "--out", "x")
}
