//go:build unix

package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// commitsFile makes the shell's folder a repository with one commit, and answers
// its id.
func (s *shell) commitsFile(file, content string) string {
	s.t.Helper()
	require.NoError(s.t, os.MkdirAll(filepath.Dir(filepath.Join(s.folder, file)), 0o755))
	require.NoError(s.t, os.WriteFile(filepath.Join(s.folder, file), []byte(content), 0o644))
	git := func(args ...string) string {
		cmd := exec.CommandContext(s.t.Context(), "git", args...)
		cmd.Dir = s.folder
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Bob", "GIT_AUTHOR_EMAIL=bob@example.com", "GIT_COMMITTER_NAME=Bob", "GIT_COMMITTER_EMAIL=bob@example.com")
		out, err := cmd.CombinedOutput()
		require.NoError(s.t, err, "%s", out)
		return strings.TrimSpace(string(out))
	}
	git("init", "-q")
	git("add", "-A")
	git("commit", "-q", "-m", "One line back")
	return git("rev-parse", "HEAD")
}

func TestARunIsRecordedForTheCommitThatItSaw(t *testing.T) {
	s := newShell(t)
	head := s.commitsFile("auth/token.js", "x\n")
	s.does("declare", "Auth Outage", "--severity", "SEV1")
	s.does("fix", "--commit", head)

	got := s.runs("run", "--name", "Auth tests", "--", "sh", "-c", "echo 38 passing; echo warned >&2")
	assert.Equal(t, "38 passing\n", got.out, "what it prints passes through")
	assert.Equal(t, 0, got.exit)
	assert.Contains(t, got.err, "warned\nfirebreak: recorded: critical tests passed on "+head[:8])
	assert.Contains(t, got.err, "Add one regression test")
	assert.Contains(t, lastText(s), `Tests passed: sh -c "echo 38 passing; echo warned >&2" on `+head[:8])

	require.NoError(t, os.WriteFile(filepath.Join(s.folder, "auth", "token.js"), []byte("y\n"), 0o644))
	got = s.runs("run", "--", "true")
	assert.Contains(t, got.err, "so it proves nothing about the commit")
}

func TestTheExitCodeIsTheCommandsWhateverBecomesOfTheRecord(t *testing.T) {
	s := newShell(t)
	got := s.runs("run", "--", "sh", "-c", "exit 42")
	assert.Equal(t, 42, got.exit)
	assert.Contains(t, got.err, "No incident is open, so nothing was recorded.")
	got = s.runs("run", "--no-record", "--", "sh", "-c", "exit 4")
	assert.Equal(t, 4, got.exit)
	assert.Empty(t, got.err)
	assert.Equal(t, 127, s.runs("run", "--", "no-such-program").exit)
	assert.Equal(t, 143, s.runs("run", "--", "sh", "-c", "kill -TERM $$").exit)

	require.NoError(t, os.RemoveAll(s.data))
	require.NoError(t, os.WriteFile(s.data, []byte("no folder"), 0o600)) // the store cannot be opened
	got = s.runs("run", "--", "sh", "-c", "echo ran; exit 3")
	assert.Equal(t, 3, got.exit)
	assert.Equal(t, "ran\n", got.out)
	assert.Contains(t, got.err, "firebreak: Nothing was recorded. ")
}

func TestASuiteIsRefusedBeforeItStarts(t *testing.T) {
	s := newShell(t)
	s.commitsFile("touched", "")
	s.does("declare", "Auth Outage", "--severity", "SEV1")
	note := filepath.Join(t.TempDir(), "ran")
	require.NoError(t, os.WriteFile(filepath.Join(s.folder, "make"), []byte("#!/bin/sh\ntouch "+note+"\n"), 0o755))
	t.Setenv("PATH", s.folder+":"+os.Getenv("PATH"))
	got := s.runs("run", "--", "make", "test")
	assert.Equal(t, 4, got.exit)
	assert.Contains(t, got.err, "A hotfix does not run the full suite: takes too long")
	assert.Contains(t, got.err, "firebreak run --override WHY -- make test")
	assert.NoFileExists(t, note)

	got = s.runs("run", "--override", "the build changed", "--by", "Bob", "--", "make", "test")
	assert.Equal(t, 0, got.exit, got.err)
	assert.FileExists(t, note)
	assert.Contains(t, lastText(s), "(full suite, because the build changed, says Bob)")
}

func TestARunAfterAnAmendCountsForTheNewCommit(t *testing.T) {
	s := newShell(t)
	first := s.commitsFile("auth/token.js", "x\n")
	s.does("declare", "Auth Outage", "--severity", "SEV1")
	s.does("fix", "--commit", first)
	assert.Contains(t, s.runs("run", "--", "true").err, "passed on "+first[:8])

	second := s.commitsFile("auth/token.js", "y\n")
	got := s.runs("run", "--", "true")
	assert.Equal(t, 0, got.exit)
	assert.Contains(t, got.err, "From git: ", "the fix has moved on, and the person hears of it")
	assert.Contains(t, got.err, "passed on "+second[:8])
	assert.Contains(t, s.does("status", "--json"), "tests and approval of "+first[:8]+" are void", "what was true of the old commit is not")
}
