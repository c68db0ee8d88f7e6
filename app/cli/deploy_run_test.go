package cli_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shipping is a shell in a repository whose playbook deploys by a script, with a
// fix that may go out. The script does what it is told.
func shipping(t *testing.T, script string) *shell {
	t.Helper()
	s := newShell(t)
	s.folder = s.repository()
	s.file(ownPlaybook, ownCommands("./deploy.sh {commit} --to {version}"))
	path := filepath.Join(s.folder, "deploy.sh")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700))
	s.does("declare", "Login fails", "--severity", "SEV1")
	s.does("role", "fixer", "Bob")
	s.does("fix", "--commit", "f3a91c2", "--summary", "Put the dash back")
	s.does("rollback-ready", "--to", "v1.2.2", "--", "./back.sh", "{previous}")
	return s
}

func (s *shell) override() *shell {
	s.does("gate", "deploy", "--override", "--by", "Ann", "--reason", "this is about the deploy")
	return s
}

func (s *shell) trusts() *shell {
	s.does("playbook", "trust", "--accept", s.reads("playbook", "trust")["fingerprint"].(string))
	return s
}

func TestADeployIsRunFromTheTerminalAndRecorded(t *testing.T) {
	s := shipping(t, `echo "deploying $1 $3 for $FIREBREAK_PREVIOUS"; pwd`).override().trusts()
	got := s.runs("deploy", "--run", "--version", "v1.2.4", "--yes", "f3a91c2")
	require.Equal(t, 0, got.exit, got.err)
	assert.Equal(t, "deploying f3a91c2 v1.2.4 for v1.2.2\n"+s.folder+"\n", got.out, "what it prints, and nothing of ours")
	assert.Contains(t, got.err, "./deploy.sh f3a91c2 --to v1.2.4")
	assert.Contains(t, got.err, "FIREBREAK_COMMIT=f3a91c2")
	assert.Contains(t, got.err, "v1.2.2  ./back.sh {previous}")
	assert.Contains(t, got.err, "recorded: Deploy to production ended well")
	assert.Contains(t, got.err, "recorded: Fix deployed")
	assert.Equal(t, "Verifying", s.reads("status")["stage"])
}

func TestTheExitCodeOfADeployIsTheCommandsOwn(t *testing.T) {
	s := shipping(t, "echo no >&2; exit 3").override().trusts()
	got := s.runs("deploy", "--run", "--version", "v1.2.4", "--yes", "f3a91c2")
	assert.Equal(t, 3, got.exit)
	assert.Contains(t, got.err, "recorded: Deploy to production failed")
	assert.Contains(t, s.does("next"), "The deploy to production failed: look, deploy again, or roll back")
	assert.NotEqual(t, "Verifying", s.reads("status")["stage"])
}

func TestNothingRunsBehindAClosedGateOrUnseenOrUnconfirmed(t *testing.T) {
	s := shipping(t, "touch ran")
	run := []string{"deploy", "--run", "--version", "v1.2.4", "--yes", "f3a91c2"}
	assert.Contains(t, s.fails(4, run...), "the gate is closed. Nothing was run. Missing: ")
	s.override()
	assert.Contains(t, s.fails(4, run...), "Nobody has accepted this command of the playbook")
	s.trusts()
	assert.Contains(t, s.fails(4, "deploy", "--run", "--version", "v1.2.4", "--yes", "fff9999"), "what would go out is f3a91c2")
	assert.Contains(t, s.fails(2, "deploy", "--run", "--version", "v1.2.4"), "no terminal here to type production into")
	assert.Contains(t, s.fails(4, "deploy", "--run", "--yes", "f3a91c2"), "Write the version that goes out.")
	assert.Contains(t, s.fails(4, "deploy", "--run", "--version", "--force", "--yes", "f3a91c2"), "more than a value")
	assert.Contains(t, s.fails(2, "deploy", "--dry-run"), "add --run")
	assert.Contains(t, s.fails(2, "deploy", "--run", "--staging", "--yes", "f3a91c2"), "names no command for a deploy to staging")
	assert.NoFileExists(t, filepath.Join(s.folder, "ran"))

	s.file(ownPlaybook, ownCommands("./other.sh"))
	assert.Equal(t, 0, s.runs(run...).exit, "the incident keeps the playbook that it was declared under")
	assert.FileExists(t, filepath.Join(s.folder, "ran"))
}

func TestTheWayBackRunsFromTheTerminal(t *testing.T) {
	s := shipping(t, "true")
	require.NoError(t, os.WriteFile(filepath.Join(s.folder, "back.sh"), []byte("#!/bin/sh\necho back to $1\n"), 0o700))
	assert.Contains(t, s.fails(4, "rollback", "--run", "--yes", "v1.2.2"), "the gate is closed")
	s.does("decide", "rollback", "--reason", "it is worse")
	assert.Contains(t, s.fails(4, "rollback", "--run", "--yes", "v1.2.3"), "what would go out is v1.2.2")
	got := s.runs("rollback", "--run", "--yes", "v1.2.2")
	require.Equal(t, 0, got.exit, got.err)
	assert.Equal(t, "back to v1.2.2\n", got.out, "a person typed it, so nobody had to accept it")
	assert.Contains(t, got.err, "recorded: Rolled back to v1.2.2")
}

func TestAnApprovalNamesItsCommitInTheTerminal(t *testing.T) {
	s := shipping(t, "true")
	assert.Contains(t, s.fails(4, "approve", "Ann", "--commit", "fff9999"), "That approval is for fff9999, and the fix is f3a91c2.")
	assert.Contains(t, s.fails(4, "approve", "Bob"), "cannot approve")
	shown := s.does("approve", "Ann", "--commit", "f3a91c2")
	assert.Contains(t, shown, "f3a91c2: Put the dash back")
	assert.Contains(t, shown, "Bob")
	assert.Contains(t, shown, "Approved by Ann for f3a91c2")
}

func TestALostDeployIsRecordedByAPersonsWord(t *testing.T) {
	s := shipping(t, "true").override().trusts()
	assert.Contains(t, s.fails(4, "deploy", "--failed"), "no deploy under way")
	assert.Contains(t, s.fails(2, "deploy", "--failed", "--went-out"), "not both")
}
