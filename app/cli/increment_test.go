package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inFile changes a file of the increment as an engineer would.
func (s *shell) inFile(name, old, new string) {
	s.t.Helper()
	at := filepath.Join(s.folder, ".specweave/increments/0001-hotfix-auth-outage", name)
	content, err := os.ReadFile(at)
	require.NoError(s.t, err)
	require.Contains(s.t, string(content), old)
	require.NoError(s.t, os.WriteFile(at, []byte(strings.Replace(string(content), old, new, 1)), 0o644))
}

func (s *shell) increment(name string) string {
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.folder, ".specweave/increments/0001-hotfix-auth-outage", name))
	require.NoError(s.t, err)
	return string(content)
}

// withIncrement is a shell whose incident has an increment.
func withIncrement(t *testing.T) *shell {
	t.Helper()
	s := newShell(t)
	s.repository()
	s.at("14:32").does("declare", "Auth Outage", "--severity", "SEV1", "--impact", "Login broken")
	s.does("increment", "write", "fix", "Revert it.")
	s.does("increment", "create")
	return s
}

func TestWhereAnIncrementWouldLieIsSaidBeforeItIsWritten(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.at("14:32").does("declare", "Auth Outage", "--severity", "SEV1")
	said := s.does("increment", "create", "--dry-run")
	assert.Contains(t, said, "the nearest folder with .specweave/config.json")
	assert.Contains(t, said, ".specweave/increments/0001-hotfix-auth-outage/tasks.md")
	assert.Contains(t, said, "Nothing was written.")
	assert.NoDirExists(t, filepath.Join(s.folder, ".specweave/increments"))
}

func TestAnIncrementOfTheNormalFlowSaysWhoClosesIt(t *testing.T) {
	s := newShell(t)
	s.repository()
	s.at("14:32").does("declare", "Profile image", "--severity", "SEV3")
	got := s.runs("increment", "create")
	assert.Equal(t, 0, got.exit)
	assert.Contains(t, got.err, "SpecWeave closes it, and asks reports")
}

func TestACommandBringsTheFilesOfTheIncrementUpToDate(t *testing.T) {
	s := withIncrement(t)
	s.at("14:40").does("increment", "task", "T-002")
	assert.Contains(t, s.increment("tasks.md"), "**Status**: [x] completed")
	assert.Contains(t, s.increment("spec.md"), "- [x] **AC-US1-02**")
	s.does("cause", "The pattern lost its dash.")
	assert.Contains(t, s.increment("spec.md"), "## Root Cause\n\nThe pattern lost its dash.\n")
	s.does("increment", "task", "T-003", "--rename", "Two tests")
	assert.Contains(t, s.increment("tasks.md"), "### T-003: Two tests")
	s.does("increment", "task", "T-004", "--drop", "another team deploys")
	assert.NotContains(t, s.increment("tasks.md"), "T-004: ")
	s.does("undo")
	assert.Contains(t, s.increment("tasks.md"), "T-004: ")
}

func TestSyncTakesOverWhatTheFilesSayAndAsksAboutTheRest(t *testing.T) {
	s := withIncrement(t)
	assert.Contains(t, s.at("14:41").does("increment", "sync"), "Both sides say the same.")
	s.inFile("tasks.md", "[ ] pending", "[x] completed")
	s.inFile("tasks.md", "### T-003: ", "### T-003: Theirs: ")

	checked := s.runs("increment", "sync", "--check", "--json")
	assert.Equal(t, 6, checked.exit, "for a script: they differ")
	assert.Contains(t, checked.out, `"in_step": false`)
	assert.Contains(t, checked.out, `"part": "T-001/done"`)
	assert.NotContains(t, s.does("increment", "show"), "[x] T-001", "a check takes nothing over")

	said := s.does("increment", "sync")
	assert.Contains(t, said, "T-001 done")
	assert.Contains(t, said, "tasks.md")
	assert.Contains(t, said, "Both sides say the same.")
	assert.Contains(t, s.does("increment", "show"), "[x] T-001")
	assert.Contains(t, s.does("increment", "show"), "Theirs: Add regression test")

	s.inFile("spec.md", "Revert it.", "Theirs.")
	s.does("increment", "write", "fix", "Ours.")
	asked := s.runs("increment", "sync")
	assert.Equal(t, 6, asked.exit)
	assert.Contains(t, asked.out, "Fix: changed on both sides")
	assert.Contains(t, asked.out, "firebreak increment keep fix ours|theirs|both")
	assert.Contains(t, s.increment("spec.md"), "Theirs.")
	assert.Contains(t, s.fails(5, "increment", "keep", "cause", "ours"), "no question about")
	assert.Contains(t, s.fails(4, "increment", "keep", "fix", "neither"), "ours, theirs or both")
	s.does("increment", "keep", "fix", "both")
	assert.Contains(t, s.increment("spec.md"), "Ours.\n\nTheirs.")
	s.does("increment", "sync")
}

func TestAnIncrementIsPausedReopenedAndClosedFromTheShell(t *testing.T) {
	s := withIncrement(t)
	s.does("increment", "pause", "waits", "for", "the", "vendor")
	assert.Contains(t, s.increment("metadata.json"), `"pausedReason": "waits for the vendor"`)
	s.does("increment", "reopen")
	assert.Contains(t, s.increment("metadata.json"), `"status": "active"`)
	refused := s.fails(4, "increment", "close")
	assert.Contains(t, refused, "the all-clear")
	assert.Contains(t, refused, "T-002 Implement fix")
	for _, id := range []string{"T-001", "T-002", "T-003", "T-004"} {
		s.does("increment", "task", id)
	}
	s.does("gate", "all-clear", "--override", "--reason", "a drill")
	s.does("all-clear")
	assert.Contains(t, s.increment("metadata.json"), `"status": "completed"`, "the all-clear closes it")
	assert.Contains(t, s.does("increment", "close"), "completed")
	assert.Equal(t, "completed", s.reads("increment", "show")["files"].(map[string]any)["state"])
	s.does("increment", "reopen")
	assert.Contains(t, s.increment("spec.md"), "\nstatus: active\n")
	assert.NotContains(t, s.increment("metadata.json"), "readyForReviewAt")
	s.does("increment", "abandon", "done elsewhere")
	assert.Contains(t, s.increment("metadata.json"), `"abandonedReason": "done elsewhere"`)
}

func TestWhatSpecWeaveMustCloseIsShownWithItsCommand(t *testing.T) {
	s := withIncrement(t)
	s.inFile("metadata.json", `"externalLinks": {}`, `"externalLinks": {"github": {"issueNumber": 7}}`)
	for _, id := range []string{"T-001", "T-002", "T-003", "T-004"} {
		s.does("increment", "task", id)
	}
	s.does("gate", "all-clear", "--override", "--reason", "a drill")
	s.does("all-clear")
	said := s.does("increment", "close")
	assert.Contains(t, said, "specweave complete 0001 --yes")
	assert.Contains(t, said, "/sw:done 0001")
	assert.Contains(t, s.increment("metadata.json"), `"status": "active"`)
	assert.Contains(t, s.fails(1, "increment", "close", "--run"), "specweave")
}

func TestIncrementsOfTheRepositoryAreListedAndLinked(t *testing.T) {
	s := withIncrement(t)
	s.file(".specweave/increments/0007-checkout/metadata.json", `{"id": "0007-checkout", "status": "active", "type": "hotfix", "title": "Checkout"}`)
	s.file(".specweave/increments/0007-checkout/spec.md", "# Checkout\n\n## Problem\n\nCheckout fails.\n")
	s.file(".specweave/increments/0007-checkout/tasks.md", "# Tasks\n\n- [x] T-001: Look\n- [ ] T-002: Act\n")
	listed := s.does("increment", "list")
	assert.Contains(t, listed, "0007-checkout")
	assert.Contains(t, listed, "1/2")
	assert.Contains(t, s.does("increment", "list", "--all", "--json"), `"0001-hotfix-auth-outage"`)

	s.at("15:00").does("declare", "Checkout fails", "--severity", "SEV2")
	id := s.reads("list")["incidents"].([]any)[0].(map[string]any)["id"].(string)
	s.does("increment", "link", "0007-checkout", "-i", id)
	assert.Contains(t, s.does("increment", "show", "-i", id), "[x] T-001: Look")
	s.does("increment", "task", "T-002", "-i", id)
	tasks, err := os.ReadFile(filepath.Join(s.folder, ".specweave/increments/0007-checkout/tasks.md"))
	require.NoError(t, err)
	assert.Equal(t, "# Tasks\n\n- [x] T-001: Look\n- [x] T-002: Act\n", string(tasks), "a list has no place for a time")
	assert.Contains(t, s.fails(1, "increment", "link", "0099-none", "-i", id), "no increment")
}

func TestTroubleWithTheFilesIsAWarningAndNothingIsLost(t *testing.T) {
	s := withIncrement(t)
	s.inFile("metadata.json", `"type": "hotfix",`, `"type": "hotfix",,`)
	s.inFile("tasks.md", "# Tasks", "<<<<<<< HEAD\n# Tasks")
	got := s.runs("increment", "task", "T-002")
	assert.Equal(t, 0, got.exit, "it is in the log")
	assert.Contains(t, got.err, "merge conflict")
	assert.Contains(t, got.err, "metadata.json")
	assert.NotContains(t, s.increment("tasks.md"), "[x]")
	require.NoError(t, os.RemoveAll(filepath.Join(s.folder, ".specweave/increments/0001-hotfix-auth-outage")))
	got = s.runs("increment", "task", "T-003")
	assert.Equal(t, 0, got.exit)
	assert.Contains(t, got.err, "What you wrote is in the log")
}

func TestSyncWatchesTheFilesUntilItIsInterrupted(t *testing.T) {
	s := withIncrement(t)
	ctx, interrupt := context.WithCancel(t.Context())
	s.ctx = ctx
	ended := make(chan said, 1)
	go func() { ended <- s.runs("increment", "sync", "--watch") }()
	s.inFile("tasks.md", "**Status**: [ ] pending", "**Status**: [x] completed")
	require.Eventually(t, func() bool { return strings.Contains(s.increment("spec.md"), "- [x] **AC-US1-01**") }, 20*time.Second, 5*time.Millisecond,
		"the tick in the file is taken over, and its criterion is met")
	interrupt()
	got := <-ended
	assert.Equal(t, 0, got.exit, got.err)
	assert.Contains(t, got.out, "T-001 done")
	s.ctx = nil
	assert.Contains(t, s.fails(2, "increment", "sync", "--watch", "--check"), "not both")
}
